"""The first schema."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from qualcode.store import types

revision = "0001"
down_revision = None

PLAIN_CODINGS = """
CREATE VIEW plain_coding AS
SELECT source.name AS source, turn.number AS turn, turn.speaker AS speaker,
       substr(revision.body, coding.begins + 1, coding.ends - coding.begins) AS words,
       code_entry.label AS code, code_entry.name AS code_name,
       coalesce(coder.name, 'consensus') AS coder, round.name AS round, entry.at AS coded_at,
       coding.pieces AS pieces
FROM coding
JOIN layer ON layer.id = coding.layer_id
JOIN round ON round.id = layer.round_id
LEFT JOIN coder ON coder.id = layer.coder_id
JOIN entry ON entry.id = coding.added_in
JOIN revision ON revision.id = coding.revision_id
JOIN source ON source.id = coding.source_id
JOIN code_entry ON code_entry.code_id = coding.code_id
 AND code_entry.version = (SELECT max(version) FROM code_entry AS newer
                           WHERE newer.code_id = coding.code_id
                             AND newer.version <= coding.codebook_version)
LEFT JOIN turn ON turn.revision_id = coding.revision_id
 AND turn.begins <= coding.begins AND turn.ends > coding.begins
WHERE coding.retired_in IS NULL
"""


def upgrade() -> None:
    """Make every table, the journal's guard, and the view that reads in ten years."""
    _make_study()
    _make_rounds()
    _make_journal()
    _make_texts()
    _make_codebook()
    _make_codings()
    _make_marks()
    _make_memos()
    _guard_the_journal()
    op.execute(PLAIN_CODINGS)


def _make_study() -> None:
    """Make the study, its people and its sources."""
    op.create_table(
        "project",
        _id("id", key=True),
        _text("name"),
        _text("approach"),
        _text("language"),
        _text("sentence_model"),
        _id("workspace_id"),
        _moment("created_at"),
    )
    op.create_table(
        "coder",
        _id("id", key=True),
        _text("name"),
        _text("folded"),
        _text("role"),
        _number("position"),
        sa.UniqueConstraint("folded"),
    )
    op.create_table(
        "source",
        _id("id", key=True),
        _text("name"),
        _text("folded"),
        _text("kind"),
        _number("position"),
        _id("revision_id"),
        _number("turns"),
        _number("codable"),
        sa.UniqueConstraint("folded"),
    )


def _make_rounds() -> None:
    """Make rounds, assignments and layers."""
    op.create_table(
        "round",
        _id("id", key=True),
        _text("name"),
        _text("folded"),
        _number("number"),
        _text("state"),
        _flag("blind"),
        _flag("free"),
        _text("unit"),
        _number("codebook_version"),
        sa.UniqueConstraint("folded"),
    )
    op.create_table(
        "round_coder",
        _id("round_id", refers="round.id", key=True),
        _id("coder_id", refers="coder.id", key=True),
        _number("position"),
    )
    op.create_table(
        "assignment",
        _id("round_id", refers="round.id", key=True),
        _id("coder_id", refers="coder.id", key=True),
        _id("source_id", refers="source.id", key=True),
    )
    op.create_table(
        "layer",
        _id("id", key=True),
        _id("round_id", refers="round.id"),
        _id("coder_id", refers="coder.id", null=True),
        sa.UniqueConstraint("round_id", "coder_id"),
    )


def _make_journal() -> None:
    """Make the journal and the steps that can be undone."""
    op.create_table(
        "entry",
        _id("id", key=True),
        _id("workspace_id"),
        _number("number"),
        _moment("at"),
        _id("who", refers="coder.id", null=True),
        _text("kind"),
        _id("layer_id", refers="layer.id", null=True),
        _text("touched"),
        _text("sealed_words"),
        _text("previous"),
        _text("hash"),
        sa.UniqueConstraint("workspace_id", "number"),
    )
    op.create_table(
        "entry_words", _id("entry_id", refers="entry.id", key=True), _text("salt"), _text("words")
    )
    op.create_table(
        "step",
        _id("entry_id", refers="entry.id", key=True),
        _id("who", refers="coder.id"),
        _number("ordinal"),
        _text("state"),
        _id("undone_in", null=True),
    )
    op.create_index("ix_step_who_state_ordinal", "step", ["who", "state", "ordinal"])


def _make_texts() -> None:
    """Make texts and turns."""
    op.create_table(
        "attribute",
        _id("source_id", refers="source.id", key=True),
        _text("name", key=True),
        _text("value"),
    )
    op.create_table(
        "revision",
        _id("id", key=True),
        _id("source_id", refers="source.id"),
        _number("number"),
        _text("text_hash"),
        _text("encoding"),
        _entry("added_in"),
        _text("body"),
        sa.UniqueConstraint("source_id", "number"),
    )
    op.create_index("ix_revision_text_hash", "revision", ["text_hash"])
    op.create_table(
        "turn",
        _id("revision_id", refers="revision.id", key=True),
        _number("ordinal", key=True),
        _number("number"),
        _text("speaker"),
        _text("role"),
        _number("begins"),
        _number("ends"),
        _number("started_ms", null=True),
        _number("ended_ms", null=True),
    )
    op.create_table(
        "segmentation",
        _id("revision_id", refers="revision.id", key=True),
        _text("splitter", key=True),
        _bytes("bounds"),
    )


def _make_codebook() -> None:
    """Make the codebook's versions."""
    op.create_table(
        "codebook",
        _number("version", key=True),
        _text("title"),
        _text("language"),
        _text("reason"),
        _entry("added_in"),
    )
    op.create_table(
        "part",
        _number("number", key=True),
        _number("version", refers="codebook.version", key=True),
        _text("title"),
        _text("note"),
        _text("origin"),
    )
    op.create_table("code", _id("id", key=True))
    op.create_table(
        "code_entry",
        _id("code_id", refers="code.id", key=True),
        _number("version", refers="codebook.version", key=True),
        _text("label"),
        _text("key"),
        _text("name"),
        _number("part"),
        _number("position"),
        _text("description"),
        _text("full_definition"),
        _list("include"),
        _list("exclude"),
        _list("examples"),
        _list("sub_questions"),
        _list("not_to_confuse_with"),
        _text("parent"),
        _text("origin"),
        _text("colour"),
    )


def _make_codings() -> None:
    """Make codings."""
    op.create_table(
        "coding",
        _id("id", key=True),
        _id("layer_id", refers="layer.id"),
        _id("source_id", refers="source.id"),
        _id("revision_id", refers="revision.id"),
        _id("code_id", refers="code.id"),
        _number("codebook_version"),
        _number("begins"),
        _number("ends"),
        _text("pieces"),
        _bytes("words_hash"),
        _text("via"),
        _entry("added_in"),
        _id("retired_in", null=True),
    )
    _live_index(
        "ix_coding_code", "coding", ["code_id", "layer_id", "source_id", "begins"], unique=False
    )
    _live_index(
        "uq_coding_live",
        "coding",
        ["layer_id", "source_id", "begins", "ends", "code_id", "pieces"],
        unique=True,
    )


def _make_marks() -> None:
    """Make read marks, and the counts of how far a layer has come."""
    op.create_table(
        "read_mark",
        _id("id", key=True),
        _id("layer_id", refers="layer.id"),
        _id("source_id", refers="source.id"),
        _id("revision_id", refers="revision.id"),
        _number("begins"),
        _number("ends"),
        _entry("added_in"),
        _id("retired_in", null=True),
    )
    _live_index(
        "uq_read_mark_live", "read_mark", ["layer_id", "source_id", "begins", "ends"], unique=True
    )
    op.create_table(
        "progress",
        _id("layer_id", refers="layer.id", key=True),
        _id("source_id", refers="source.id", key=True),
        _number("done"),
        _number("codings"),
    )


def _make_memos() -> None:
    """Make memos and decisions."""
    op.create_table(
        "memo",
        _id("id", key=True),
        _id("layer_id", refers="layer.id"),
        _id("coder_id", refers="coder.id"),
        _id("source_id", refers="source.id"),
        _id("revision_id", refers="revision.id"),
        _id("coding_id", refers="coding.id", null=True),
        _number("begins"),
        _number("ends"),
        _text("body"),
        _moment("written_at"),
        _entry("added_in"),
        _id("retired_in", null=True),
    )
    op.create_index(
        "ix_memo_layer_id_source_id_begins", "memo", ["layer_id", "source_id", "begins"]
    )

    op.create_table(
        "decision",
        _id("id", key=True),
        _id("layer_id", refers="layer.id"),
        _id("source_id", refers="source.id"),
        _id("revision_id", refers="revision.id"),
        _number("begins"),
        _number("ends"),
        _text("outcome"),
        _text("reason"),
        _id("decided_by", refers="coder.id"),
        _moment("decided_at"),
        _entry("added_in"),
        _id("retired_in", null=True),
    )
    op.create_index(
        "ix_decision_layer_id_source_id_begins", "decision", ["layer_id", "source_id", "begins"]
    )


def _id(name: str, *, refers: str = "", key: bool = False, null: bool = False) -> sa.Column[Any]:
    return _column(name, types.Id(), refers=refers, key=key, null=null)


def _entry(name: str) -> sa.Column[Any]:
    """Refer to an entry of the journal, which is written last."""
    later = sa.ForeignKey("entry.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, types.Id(), later, nullable=False, index=True)


def _text(name: str, *, key: bool = False) -> sa.Column[Any]:
    return _column(name, sa.String(), key=key)


def _number(
    name: str, *, refers: str = "", key: bool = False, null: bool = False
) -> sa.Column[Any]:
    return _column(name, sa.Integer(), refers=refers, key=key, null=null)


def _moment(name: str) -> sa.Column[Any]:
    return _column(name, types.Moment())


def _bytes(name: str) -> sa.Column[Any]:
    return _column(name, sa.LargeBinary())


def _list(name: str) -> sa.Column[Any]:
    return _column(name, sa.JSON())


def _flag(name: str) -> sa.Column[Any]:
    return _column(name, sa.Boolean())


def _column(
    name: str,
    kind: sa.types.TypeEngine[Any],
    *,
    refers: str = "",
    key: bool = False,
    null: bool = False,
) -> sa.Column[Any]:
    constraints = [sa.ForeignKey(refers)] if refers else []
    return sa.Column(name, kind, *constraints, primary_key=key, nullable=null)


def _live_index(name: str, table: str, columns: list[str], *, unique: bool) -> None:
    """Index the rows of a table that stand, not those that were retired."""
    live = sa.text("retired_in IS NULL")
    op.create_index(name, table, columns, unique=unique, sqlite_where=live, postgresql_where=live)


def _guard_the_journal() -> None:
    """Let entries be added, and never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'the journal is never changed'; END $$"
        )
        op.execute(
            "CREATE TRIGGER entry_stands BEFORE UPDATE OR DELETE ON entry"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER entry_stands_{change.lower()} BEFORE {change} ON entry"
            " BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
        )
