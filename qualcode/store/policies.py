"""What a coder's own role may read and write in a database: the program's rules, row by row.

A role that neither owns the tables nor stands above all rules is bound, whoever it is and
with whatever program it comes. `RULES` says for every table which rows it sees (as
`Viewpoint.sees` does), which it may add, and which columns of which rows it may change;
nobody but the owner, who is the lead, deletes. A table that stands in no rule shows no row.

The journal is one chain, and a coder who adds to it must know its end, though their policy
hides the entries of others. So `journal_end()` tells the owner's knowledge: number and hash
of the last entry, and of nothing else which entry that is. To number and seal entries within
the database instead would need a second maker of the canonical text that is hashed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from qualcode.store.allotted import LotRow, SampleRow
from qualcode.store.journal import MOVING, NOTING, OUTGOING
from qualcode.store.layered import LAYERED
from qualcode.store.models import Table

VIEWS_HIDE_SINCE = (15, 0)
"""From this PostgreSQL on a view shows its reader no more than the tables behind it would."""

_ME = "(SELECT {s}.coder_signed_in())"
_UNSEALED = "round_id IN (SELECT id FROM {s}.round WHERE NOT blind OR state = 'closed')"
_SEEN_LAYER = "layer_id IN (SELECT id FROM {s}.layer)"
_OPEN_LAYER = (
    "layer_id IN (SELECT layer.id FROM {s}.layer JOIN {s}.round ON round.id = layer.round_id"
    f" WHERE layer.coder_id = {_ME} AND round.state = 'open')"
)
_OWN = f"coder_id = {_ME}"
_OWN_LAYER = f"layer_id IN (SELECT id FROM {{s}}.layer WHERE {_OWN})"
_NOTES = f"kind = '{NOTING}' AND {_OWN_LAYER}"
_OWN_OR_UNSEALED = f"{_OWN} OR {_UNSEALED}"
_OWN_THEME = f"theme_id IN (SELECT id FROM {{s}}.theme WHERE {_OWN})"
_LEADS = "coder_id IN (SELECT id FROM {s}.coder WHERE role = 'lead')"
_APART = (
    "EXISTS (SELECT FROM {s}.round WHERE blind AND state <> 'closed' AND (free OR EXISTS"
    f" (SELECT FROM {{s}}.round_coder WHERE round_id = round.id AND {_OWN})))"
)
_TOLD = (
    "kind IN ('init', 'import', 'coder add', 'round new', 'round open', 'round frozen',"
    f" 'round closed', 'round codebook', '{MOVING}')"
    " OR starts_with(kind, 'codebook ') OR starts_with(kind, 'source ')"
    " OR id IN (SELECT added_in FROM {s}.theme_entry)"
)
_OF_STUDY = f"layer_id IS NULL AND (who = {_ME} OR {_TOLD})"
_LEAVES = f"kind = '{OUTGOING}' AND (layer_id IS NULL OR {_SEEN_LAYER})"
_ON_THEMES = f"starts_with(kind, 'theme ') AND (layer_id IS NULL OR {_OWN_LAYER})"
_OF_A_CODER = (
    "kind !~ '^(init|import|source|coder|round|codebook|bundle|project|decide|accept|proposal)"
    "( |$)'"
)
_AT_THE_END = (
    "workspace_id = (SELECT workspace_id FROM {s}.project)"
    " AND (number - 1, previous) IN (SELECT number, hash FROM {s}.journal_end())"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows of a table a coder's role sees, adds and changes, and which columns of these."""

    sees: str = "false"
    adds: str = ""
    changes: str = ""
    columns: tuple[str, ...] = ()


_ALL = Rule("true")
_LAYERED = Rule(_SEEN_LAYER, _OPEN_LAYER, _OPEN_LAYER, ("retired_in",))
_SIGNED = Rule(_SEEN_LAYER, f"{_OWN} AND {_OPEN_LAYER}", _OPEN_LAYER, ("retired_in",))
_READ_BY_ALL = (
    "project",
    "coder",
    "source",
    "attribute",
    "revision",
    "turn",
    "segmentation",
    "codebook",
    "part",
    "code",
    "code_entry",
    "round",
    "round_coder",
    "round_source",
)
RULES: dict[str, Rule] = {
    **dict.fromkeys(_READ_BY_ALL, _ALL),
    **dict.fromkeys(LAYERED, _LAYERED),
    "memo": Rule(_SEEN_LAYER, f"{_OWN} AND {_OWN_LAYER}", _OWN_LAYER, ("retired_in",)),
    "proposal": _SIGNED,
    "decision": Rule(_SEEN_LAYER),
    "verdict": Rule("proposal_id IN (SELECT id FROM {s}.proposal)"),
    "layer": Rule(
        _OWN_OR_UNSEALED,
        f"{_OWN} AND round_id IN (SELECT id FROM {{s}}.round WHERE state = 'open' AND (free OR"
        f" EXISTS (SELECT FROM {{s}}.round_coder WHERE round_id = round.id AND {_OWN})))",
    ),
    "progress": Rule(_SEEN_LAYER, _OPEN_LAYER, _OPEN_LAYER, ("done", "codings")),
    "place": Rule(_OWN, _OWN, _OWN, ("revision_id", "begins", "ends", "at", "seen")),
    "assignment": Rule(_OWN_OR_UNSEALED),
    "passage": Rule(_OWN_OR_UNSEALED),
    SampleRow.__tablename__: Rule(),
    LotRow.__tablename__: Rule(),
    "snapshot": Rule(_UNSEALED),
    "theme": Rule(f"{_OWN} OR {_LEADS} OR NOT {_APART}", _OWN),
    "theme_entry": Rule("theme_id IN (SELECT id FROM {s}.theme)", _OWN_THEME),
    "entry": Rule(
        f"{_SEEN_LAYER} OR ({_OF_STUDY})",
        f"who = {_ME} AND {_AT_THE_END} AND {_OF_A_CODER}"
        f" AND ({_OPEN_LAYER} OR ({_NOTES}) OR ({_LEAVES}) OR ({_ON_THEMES}))",
    ),
    "entry_words": Rule(
        f"entry_id IN (SELECT id FROM {{s}}.entry) AND NOT {{s}}.answers_another(entry_id, {_ME})",
        f"entry_id IN (SELECT id FROM {{s}}.entry WHERE who = {_ME})",
    ),
    "step": Rule(
        f"who = {_ME}",
        f"who = {_ME} AND entry_id IN (SELECT id FROM {{s}}.entry WHERE who = {_ME})",
        f"who = {_ME}",
        ("state", "undone_in"),
    ),
}

_FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION {s}.coder_signed_in() RETURNS uuid LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT id FROM {s}.coder WHERE login = current_user::text $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION {{s}}.journal_end()
    RETURNS TABLE (id uuid, number integer, hash text, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
    AS $$ SELECT CASE WHEN kind = '{MOVING}' THEN id END, number, hash,
                 CASE WHEN kind = '{MOVING}' THEN kind END
          FROM {{s}}.entry WHERE workspace_id = (SELECT workspace_id FROM {{s}}.project)
          ORDER BY number DESC LIMIT 1 $$
    """,
    """
    CREATE OR REPLACE FUNCTION {s}.answers_another(entry uuid, reader uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$ SELECT EXISTS (
        SELECT FROM {s}.verdict
        JOIN {s}.proposal ON proposal.id = verdict.proposal_id
        JOIN {s}.layer ON layer.id = proposal.layer_id
        JOIN {s}.round ON round.id = layer.round_id
        WHERE (verdict.added_in = entry OR verdict.retired_in = entry)
          AND layer.coder_id IS DISTINCT FROM reader
          AND round.blind AND round.state <> 'closed') $$
    """,
)
FUNCTIONS = ("coder_signed_in()", "journal_end()", "answers_another(uuid, uuid)")
_SAFER = (
    "ALTER FUNCTION {s}.refuse_change() SET search_path = pg_catalog, pg_temp",
    "ALTER VIEW {s}.plain_coding SET (security_barrier = true)",
)
_VIEW_HIDES = "ALTER VIEW {s}.plain_coding SET (security_invoker = true)"
_OWNS_SCHEMA = (
    "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"
)
_OPENS_DATABASE = "SELECT has_database_privilege(current_database(), 'CONNECT WITH GRANT OPTION')"
_LOGINS = "SELECT login FROM {s}.coder JOIN pg_roles ON rolname = login WHERE login <> current_user"


def bind(connection: Connection) -> None:
    """Put the rules into force, new or anew; a role that comes later is bound at once.

    SQLite knows no roles; nothing happens there.
    """
    if connection.dialect.name != "postgresql":
        return
    schema = schema_of(connection)
    for statement in _statements(connection):
        connection.exec_driver_sql(statement.format(s=schema))
    for login in connection.exec_driver_sql(_LOGINS.format(s=schema)).scalars().all():
        let_in(connection, login)


def _statements(connection: Connection) -> Iterator[str]:
    yield from _FUNCTIONS
    yield from (f"REVOKE ALL ON FUNCTION {{s}}.{name} FROM PUBLIC" for name in FUNCTIONS)
    yield from _SAFER
    if hides_behind_views(connection):
        yield _VIEW_HIDES
    if connection.exec_driver_sql(_OWNS_SCHEMA).scalar():
        yield "REVOKE CREATE ON SCHEMA {s} FROM PUBLIC"
    for name in Table.metadata.tables:
        yield from _policies(name, RULES.get(name, Rule()))


def _policies(name: str, rule: Rule) -> Iterator[str]:
    yield f'ALTER TABLE {{s}}."{name}" ENABLE ROW LEVEL SECURITY'
    parts = {
        "sees": ("SELECT", f"USING ({rule.sees})"),
        "adds": ("INSERT", f"WITH CHECK ({rule.adds})" if rule.adds else ""),
        "changes": ("UPDATE", f"USING ({rule.changes})" if rule.changes else ""),
    }
    for policy, (what, condition) in parts.items():
        yield f'DROP POLICY IF EXISTS {policy} ON {{s}}."{name}"'
        if condition:
            yield f'CREATE POLICY {policy} ON {{s}}."{name}" FOR {what} {condition}'


def let_in(connection: Connection, role: str) -> None:
    """Grant a role what a coder needs; which rows that reaches is for the policies to say."""
    for statement in _grants(connection):
        words = statement.format(s=schema_of(connection), r=quoted(connection, role))
        connection.exec_driver_sql(words)


def _grants(connection: Connection) -> Iterator[str]:
    if connection.exec_driver_sql(_OPENS_DATABASE).scalar():
        yield f"GRANT CONNECT ON DATABASE {_database(connection)} TO {{r}}"
    yield "GRANT USAGE ON SCHEMA {s} TO {r}"
    yield "GRANT SELECT ON {s}.alembic_version TO {r}"
    if hides_behind_views(connection):
        yield "GRANT SELECT ON {s}.plain_coding TO {r}"
    yield from (f"GRANT EXECUTE ON FUNCTION {{s}}.{name} TO {{r}}" for name in FUNCTIONS)
    for name, rule in RULES.items():
        allowed = ["SELECT"]
        if rule.adds:
            allowed.append("INSERT")
        if rule.changes:
            columns = ", ".join(f'"{column}"' for column in rule.columns)
            allowed.append(f"UPDATE ({columns})")
        yield f'GRANT {", ".join(allowed)} ON {{s}}."{name}" TO {{r}}'


def let_out(connection: Connection, role: str) -> None:
    """Take back from a role all that was granted to it here."""
    schema, name = schema_of(connection), quoted(connection, role)
    for what in ("TABLES", "FUNCTIONS"):
        connection.exec_driver_sql(f"REVOKE ALL ON ALL {what} IN SCHEMA {schema} FROM {name}")
    for table, rule in RULES.items():
        if rule.columns:
            columns = ", ".join(f'"{column}"' for column in rule.columns)
            words = f'REVOKE UPDATE ({columns}) ON {schema}."{table}" FROM {name}'
            connection.exec_driver_sql(words)
    connection.exec_driver_sql(f"REVOKE ALL ON SCHEMA {schema} FROM {name}")
    if connection.exec_driver_sql(_OPENS_DATABASE).scalar():
        words = f"REVOKE CONNECT ON DATABASE {_database(connection)} FROM {name}"
        connection.exec_driver_sql(words)


def _database(connection: Connection) -> str:
    found = connection.exec_driver_sql("SELECT current_database()").scalar_one()
    return quoted(connection, found)


def hides_behind_views(connection: Connection) -> bool:
    """Say whether the server can keep a view from showing more than its tables would."""
    return (connection.dialect.server_version_info or (0,)) >= VIEWS_HIDE_SINCE


def schema_of(connection: Connection) -> str:
    """Name the schema the study's tables are in, as a statement needs it."""
    found = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    return quoted(connection, found)


def quoted(connection: Connection, name: str) -> str:
    """Write a name as a statement needs it, whatever signs it has."""
    return connection.dialect.identifier_preparer.quote_identifier(name)
