"""What a coder's own role reads and writes in a database, with any program it comes with."""

from collections.abc import Callable, Iterator
from itertools import count, product
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy import select

from qualcode.domain.errors import ProjectError
from qualcode.domain.ids import new_id
from qualcode.domain.rounds import Round, RoundState, Viewpoint
from qualcode.domain.themes import Theme
from qualcode.store import roles
from qualcode.store.engine import bare
from qualcode.store.models import Table
from qualcode.store.opening import open_project
from qualcode.store.policies import RULES
from qualcode.store.schema import upgrade
from tests.conftest import Server
from tests.store.conftest import Study, a_round, begin_study

MARKER = "zebrafinch"
_NUMBER = count(1)
SignIn = Callable[[str], "psycopg.Connection[Any]"]


def as_role(address: str, role: str) -> str:
    """Give the address for who signs in by another name."""
    return address.replace("postgres:", f"{role}:", 1)


@pytest.fixture
def study(database: str) -> Iterator[Study]:
    """Set a study up in a database, in which Ada and Ben have worked and have roles."""
    made = begin_study(database)
    fill(made)
    yield made
    made.project.close()


def fill(study: Study) -> None:
    ada, ben = study.ada, study.ben
    coding = study.coding(ada, "TC1A", study.turn(2))
    study.add(
        ada,
        coding,
        study.mark(ada, study.turn(3)),
        study.flag(ada, study.turn(5)),
        study.memo(ada, study.turn(2), f"{MARKER} memo", coding),
        study.proposal(ada, study.turn(5), f"{MARKER} proposal"),
    )
    layer = study.layer(ada)
    with study.project.work("theme new", by=ada) as work:
        work.about_layer(layer.id)
        work.themes.keep([Theme(new_id(), ada.id, f"{MARKER} theme", "", (), (), 1)])
    study.add(ben, study.coding(ben, "TC1B", study.turn(2)), study.mark(ben, study.turn(3)))


@pytest.fixture
def names(study: Study, server: Server) -> Iterator[dict[str, str]]:
    """Let Ada and Ben sign in as roles of this test's own; the server outlives the database."""
    number = next(_NUMBER)
    given = {"ada": f"ada{number}", "ben": f"ben{number}"}
    with study.project.work("coder login", by=study.lead) as work:
        for coder in (study.ada, study.ben):
            roles.let_in(work.session, coder, given[coder.name.casefold()])
        work.note("coder", "both")
    yield given
    for role in given.values():
        with psycopg.connect(study.place, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {role}".encode())
        server.run(f"DROP ROLE {role}")


@pytest.fixture
def sign_in(study: Study, names: dict[str, str]) -> Iterator[SignIn]:
    """Give the way to sign in as a coder with nothing but the database's own client."""
    opened: list[psycopg.Connection[Any]] = []

    def made(who: str) -> "psycopg.Connection[Any]":
        opened.append(psycopg.connect(as_role(study.place, names[who]), autocommit=True))
        return opened[-1]

    yield made
    for connection in opened:
        connection.close()


def relations(connection: "psycopg.Connection[Any]") -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    )
    return sorted(name for (name,) in rows)


def rows_of(connection: "psycopg.Connection[Any]", table: str) -> list[Any]:
    query = sql.SQL("SELECT {0}::text FROM {0}").format(sql.Identifier(table))
    return [text for (text,) in connection.execute(query)]


def turn_to(study: Study, within: Round, state: RoundState) -> None:
    with study.project.work(f"round {state.value}", by=study.lead) as work:
        work.rounds.set_state(within, state)
        work.note("round", str(within.id))


def test_every_table_has_a_rule() -> None:
    assert set(RULES) == set(Table.metadata.tables)


def test_every_table_is_bound(study: Study) -> None:
    with psycopg.connect(study.place) as connection:
        free = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relrowsecurity"
            " AND relnamespace = current_schema()::regnamespace"
        ).fetchall()
    assert free == [("alembic_version",)]


def test_nothing_of_a_colleague_is_read_in_a_blind_round(study: Study, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    hers = {str(study.ada.id), str(study.layer(study.ada).id)}
    seen = {
        name: [row for row in rows_of(ben, name) if any(one in row for one in hers)]
        for name in relations(ben)
    }
    named = {"coder", "round_coder", "entry"}
    assert {name: rows for name, rows in seen.items() if rows and name not in named} == {}
    assert all("coder add" in row or "coder login" in row for row in seen["entry"])


def test_a_marker_in_a_colleagues_words_is_found_nowhere(study: Study, sign_in: SignIn) -> None:
    with psycopg.connect(study.place) as lead:
        planted = {name for name in relations(lead) if MARKER in str(rows_of(lead, name))}
    assert planted == {"memo", "proposal", "theme_entry", "entry_words"}
    ben = sign_in("ben")
    assert {name for name in relations(ben) if MARKER in str(rows_of(ben, name))} == set()
    for name in relations(ben):
        with ben.cursor().copy(
            sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(name))
        ) as out:
            assert MARKER.encode() not in b"".join(map(bytes, out))


def test_ones_own_rows_are_all_there(study: Study, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    assert len(rows_of(ben, "coding")) == len(rows_of(ben, "read_mark")) == 1
    assert len(rows_of(ben, "plain_coding")) == 1
    assert len(rows_of(ben, "step")) == 1


def test_a_closed_round_shows_what_was_done_in_it(study: Study, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    turn_to(study, study.blind, RoundState.CLOSED)
    assert len(rows_of(ben, "coding")) == 2
    assert MARKER in str(rows_of(ben, "memo"))
    assert MARKER in str(rows_of(ben, "entry_words"))
    assert len(rows_of(ben, "plain_coding")) == 2
    assert len(rows_of(ben, "step")) == 1
    turn_to(study, study.blind, RoundState.OPEN)
    assert len(rows_of(ben, "coding")) == 1


WRITES = {
    "a code on her layer": "INSERT INTO coding SELECT gen_random_uuid(), '{ada_layer}', source_id,"
    " revision_id, code_id, 1, 0, 1, '', words_hash, 'key', added_in, NULL, NULL FROM coding",
    "a memo in her name": "INSERT INTO memo (id, layer_id, coder_id, begins, ends, body,"
    " written_at, added_in) SELECT gen_random_uuid(), layer_id, '{ada}', 0, 0, 'x', now(),"
    " added_in FROM coding",
    "a layer of hers": "INSERT INTO layer VALUES (gen_random_uuid(), '{free}', '{ada}')",
    "a consensus": "INSERT INTO layer VALUES (gen_random_uuid(), '{free}', NULL)",
    "a step of hers": "INSERT INTO step SELECT id, '{ada}', 99, 'done', NULL FROM entry",
    "a theme of hers": "INSERT INTO theme VALUES (gen_random_uuid(), '{ada}')",
    "a place of hers": "INSERT INTO place SELECT '{ada}', '{blind}', id, revision_id, 0, 1,"
    " now(), 1 FROM source",
    "an entry of hers": "INSERT INTO entry SELECT gen_random_uuid(), workspace_id, number + 1,"
    " now(), '{ada}', 'code', '{ada_layer}', '{{}}', '', hash, 'x' FROM entry",
    "an entry beside the chain": "INSERT INTO entry SELECT gen_random_uuid(), workspace_id, 999,"
    " now(), '{ben}', 'code', '{ben_layer}', '{{}}', '', hash, 'x' FROM entry LIMIT 1",
    "an entry on a round": "INSERT INTO entry SELECT gen_random_uuid(),"
    " (SELECT workspace_id FROM project), number + 1, now(), '{ben}', 'round closed', NULL,"
    " '{{}}', '', hash, 'x' FROM journal_end()",
    "a share": "INSERT INTO entry SELECT gen_random_uuid(),"
    " (SELECT workspace_id FROM project), number + 1, now(), '{ben}', 'bundle begun',"
    " '{ben_layer}', '{{}}', '', hash, 'x' FROM journal_end()",
    "an end of the study": "INSERT INTO entry SELECT gen_random_uuid(),"
    " (SELECT workspace_id FROM project), number + 1, now(), '{ben}', 'project move',"
    " '{ben_layer}', '{{}}', '', hash, 'x' FROM journal_end()",
    "another text of a memo": "UPDATE memo SET body = 'x'",
    "another place of a coding": "UPDATE coding SET begins = 0",
    "another owner of a layer": "UPDATE layer SET coder_id = '{ben}'",
    "an entry otherwise": "UPDATE entry SET kind = 'x'",
    "words otherwise": "UPDATE entry_words SET words = 'x'",
    "the end of a round": "UPDATE round SET state = 'closed'",
    "a place in a round": "INSERT INTO round_coder VALUES ('{blind}', '{ben}', 7)",
    "a source for oneself": "INSERT INTO assignment SELECT '{blind}', '{ben}', id FROM source",
    "another text": "UPDATE revision SET body = 'x'",
    "another source": "UPDATE source SET name = 'x'",
    "another codebook": "UPDATE code_entry SET label = 'x'",
    "another version": "INSERT INTO codebook SELECT 9, title, language, reason, added_in"
    " FROM codebook",
    "oneself as the lead": "UPDATE coder SET role = 'lead'",
    "another login": "UPDATE coder SET login = current_user",
    "another study": "UPDATE project SET name = 'x'",
    "an answer": "UPDATE verdict SET outcome = 'x'",
    "a decision": "UPDATE decision SET reason = 'x'",
    "fewer memos": "DELETE FROM memo",
    "fewer codings": "DELETE FROM coding",
    "fewer entries": "DELETE FROM entry",
    "no codings": "TRUNCATE coding CASCADE",
    "no rules": "ALTER TABLE coding DISABLE ROW LEVEL SECURITY",
    "a rule of one's own": "CREATE POLICY mine ON coding USING (true)",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON coding EXECUTE FUNCTION refuse_change()",
    "another function": "CREATE OR REPLACE FUNCTION coder_signed_in() RETURNS uuid LANGUAGE sql"
    " AS $$ SELECT '{ada}'::uuid $$",
    "a function in between": "CREATE FUNCTION substr(text, integer, integer) RETURNS text"
    " LANGUAGE sql AS $$ SELECT 'x' $$",
    "a table in between": "CREATE TABLE layer2 (id uuid)",
    "the lead's role": "SET ROLE postgres",
    "Ada's role": "SET ROLE {ada_role}",
    "a right for others": "GRANT SELECT ON memo TO PUBLIC; SET ROLE {ada_role}",
}


@pytest.mark.parametrize("what", WRITES)
def test_a_role_writes_nothing_but_its_own(
    study: Study, names: dict[str, str], sign_in: SignIn, what: str
) -> None:
    words = WRITES[what].format(
        ada=study.ada.id,
        ben=study.ben.id,
        ada_layer=study.layer(study.ada).id,
        ben_layer=study.layer(study.ben).id,
        blind=study.blind.id,
        free=study.free.id,
        ada_role=names["ada"],
    )
    before = everything(study)
    refusals = (errors.InsufficientPrivilege, errors.FeatureNotSupported, errors.WrongObjectType)
    with pytest.raises(refusals):
        sign_in("ben").execute(words.encode())
    assert everything(study) == before


def everything(study: Study) -> dict[str, list[str]]:
    with study.project.reading() as view:
        return {
            name: sorted(map(repr, view.session.execute(select(table))))
            for name, table in Table.metadata.tables.items()
        }


@pytest.mark.parametrize("table", ["coding", "read_mark", "flag", "memo", "proposal"])
def test_a_colleagues_rows_are_not_retired(study: Study, sign_in: SignIn, table: str) -> None:
    query = sql.SQL("UPDATE {} SET retired_in = added_in").format(sql.Identifier(table))
    mine = len(rows_of(ben := sign_in("ben"), table))
    assert ben.execute(query).rowcount == mine
    with psycopg.connect(study.place) as lead:
        still = sql.SQL("SELECT count(*) FROM {} WHERE retired_in IS NULL").format(
            sql.Identifier(table)
        )
        assert lead.execute(still).fetchone() == (1,)


@pytest.mark.parametrize("state", [RoundState.FROZEN, RoundState.CLOSED])
def test_a_stopped_round_is_written_in_by_nobody(
    study: Study, sign_in: SignIn, state: RoundState
) -> None:
    turn_to(study, study.blind, state)
    ben = sign_in("ben")
    assert ben.execute("UPDATE coding SET retired_in = added_in").rowcount == 0
    again = "INSERT INTO read_mark SELECT gen_random_uuid(), layer_id, source_id, revision_id,"
    with pytest.raises(errors.InsufficientPrivilege):
        ben.execute(f"{again} 1, 2, added_in, NULL FROM read_mark".encode())


def test_planning_and_statistics_tell_no_words(study: Study, sign_in: SignIn) -> None:
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute("ANALYZE")
        known = lead.execute("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'public'")
        assert {"memo", "coding"} <= {name for (name,) in known}
    ben = sign_in("ben")
    told = ben.execute("SELECT * FROM pg_stats WHERE schemaname = 'public'").fetchall()
    bound = {row[1] for row in told} & set(Table.metadata.tables)
    assert bound == set()
    plan = str(ben.execute("EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM memo").fetchall())
    assert MARKER not in plan


def test_a_careless_function_is_not_asked_about_what_is_hidden(sign_in: SignIn) -> None:
    ben = sign_in("ben")
    ben.execute(
        "CREATE FUNCTION pg_temp.tell(words text) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
        " AS $$ BEGIN RAISE EXCEPTION 'told %', words; END $$"
    )
    for table, column in (("memo", "body"), ("proposal", "label"), ("theme_entry", "name")):
        query = sql.SQL("SELECT * FROM {} WHERE pg_temp.tell({})")
        found = ben.execute(query.format(sql.Identifier(table), sql.Identifier(column)))
        assert found.fetchall() == []
    with pytest.raises(errors.RaiseException) as told:
        ben.execute("SELECT * FROM plain_coding WHERE pg_temp.tell(coder)")
    assert "told Ben" in str(told.value)


def test_the_rules_cannot_be_left_out(sign_in: SignIn) -> None:
    ben = sign_in("ben")
    ben.execute("SET row_security = off")
    with pytest.raises(errors.InsufficientPrivilege):
        ben.execute("SELECT * FROM memo")


def test_the_end_of_the_journal_tells_a_number_and_a_hash(study: Study, sign_in: SignIn) -> None:
    (told,) = sign_in("ben").execute("SELECT * FROM journal_end()").fetchall()
    last = study.entries()[-1]
    assert told == (None, last.number, last.hash, None)


def test_a_role_that_nobody_let_in_reads_nothing(study: Study, server: Server) -> None:
    role = f"stranger{next(_NUMBER)}"
    server.run(f"CREATE ROLE {role} LOGIN")
    with psycopg.connect(as_role(study.place, role), autocommit=True) as stranger:
        for table in Table.metadata.tables:
            with pytest.raises(errors.InsufficientPrivilege):
                rows_of(stranger, table)
        with pytest.raises(errors.InsufficientPrivilege):
            stranger.execute("SELECT * FROM journal_end()")
    with pytest.raises(ProjectError, match="may not do that"):
        open_project(as_role(study.place, role))
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}".encode())
    with (
        psycopg.connect(as_role(study.place, role), autocommit=True) as stranger,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        rows_of(stranger, "coding")
    with pytest.raises(ProjectError, match=f"no coder who signs in as {role}"):
        open_project(as_role(study.place, role))
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute(f"DROP OWNED BY {role}".encode())
    server.run(f"DROP ROLE {role}")


def test_the_sample_is_the_leads_alone(study: Study, sign_in: SignIn) -> None:
    entry = study.entries()[-1].id
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute("INSERT INTO sample VALUES (%s, '20', 7, 'x', %s)", (study.blind.id, entry))
        lead.execute(
            "INSERT INTO lot SELECT %s, revision_id, ordinal, %s, 'x', 1, 1, 1 FROM turn LIMIT 1",
            (study.blind.id, study.ferry.id),
        )
        for table in ("sample", "lot"):
            assert len(rows_of(lead, table)) == 1
    ben = sign_in("ben")
    for state in RoundState:
        turn_to(study, study.blind, state)
        assert rows_of(ben, "sample") == rows_of(ben, "lot") == []


def test_what_others_were_given_and_where_they_are_stays_theirs(
    study: Study, sign_in: SignIn
) -> None:
    ben, both = sign_in("ben"), (study.blind.id, study.ada.id)
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute(
            "INSERT INTO passage SELECT %s, %s, revision_id, ordinal, source_id FROM turn"
            " JOIN revision ON revision.id = revision_id LIMIT 1",
            both,
        )
        lead.execute(
            "INSERT INTO place SELECT %s, %s, id, revision_id, 0, 1, now(), 1 FROM source",
            both[::-1],
        )
        assert len(rows_of(lead, "passage")) == 1
        assert len(rows_of(lead, "assignment")) == 4
    assert rows_of(ben, "passage") == rows_of(ben, "place") == []
    assert len(rows_of(ben, "assignment")) == 2
    turn_to(study, study.blind, RoundState.CLOSED)
    assert len(rows_of(ben, "passage")) == 1
    assert len(rows_of(ben, "assignment")) == 4
    assert rows_of(ben, "place") == []


def test_a_role_sees_the_layers_that_its_viewpoint_sees(study: Study, sign_in: SignIn) -> None:
    ben, layers = sign_in("ben"), []
    for number, (blind, state) in enumerate(product((True, False), RoundState)):
        draft = a_round(f"r{number + 2}", blind=blind, coders=(study.ada.id, study.ben.id))
        with study.project.work("round new", by=study.lead) as work:
            made = work.rounds.add(draft)
            work.note("round", str(made.id))
        layers += [study.layer(who, made) for who in (study.ada, study.ben, None)]
        turn_to(study, made, state)
    with study.project.reading() as view:
        seen = {each.layer.id for each in view.rounds.layers_seen(Viewpoint(study.ben))}
    assert {each.id for each in layers} - seen
    assert {row[0] for row in ben.execute("SELECT id FROM layer")} == seen


def test_rules_that_were_taken_away_are_back_before_anybody_is_let_in(
    study: Study, server: Server
) -> None:
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute("ALTER TABLE memo DISABLE ROW LEVEL SECURITY")
        lead.execute("DROP POLICY sees ON coding")
    role = f"ben{next(_NUMBER)}"
    with study.project.work("coder login", by=study.lead) as work:
        roles.let_in(work.session, study.ben, role)
        work.note("coder", "ben")
    with psycopg.connect(as_role(study.place, role), autocommit=True) as ben:
        assert (len(rows_of(ben, "memo")), len(rows_of(ben, "coding"))) == (0, 1)
    with psycopg.connect(study.place, autocommit=True) as lead:
        lead.execute(f"DROP OWNED BY {role}".encode())
    server.run(f"DROP ROLE {role}")


def test_binding_anew_changes_nothing(study: Study, sign_in: SignIn) -> None:
    query = "SELECT * FROM pg_policies ORDER BY tablename, policyname"
    with psycopg.connect(study.place) as lead:
        before = lead.execute(query).fetchall()
    engine = bare(study.place)
    upgrade(engine)
    engine.dispose()
    with psycopg.connect(study.place) as lead:
        assert lead.execute(query).fetchall() == before
    assert len(rows_of(sign_in("ben"), "coding")) == 1
