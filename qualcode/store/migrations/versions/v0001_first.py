"""The first schema."""

import sqlalchemy as sa
from alembic import op

from qualcode.store import types

revision = "0001"
down_revision = None

_PLAIN_CODINGS = """
CREATE VIEW plain_coding AS
SELECT source.name AS source, turn.number AS turn, turn.speaker AS speaker,
       substr(revision.body, coding.begins + 1, coding.ends - coding.begins) AS words,
       code_entry.label AS code, code_entry.name AS code_name,
       coalesce(coder.name, 'consensus') AS coder, round.name AS round, entry.at AS coded_at
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
    _make_decisions()
    _guard_the_journal()
    op.execute(_PLAIN_CODINGS)


def _make_study() -> None:
    """Make the study, its people and its sources."""
    op.create_table(
        "project",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("approach", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("workspace_id", types.Id(), nullable=False),
        sa.Column("created_at", types.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_table(
        "coder",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coder")),
        sa.UniqueConstraint("folded", name=op.f("uq_coder_folded")),
    )
    op.create_table(
        "source",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("codable", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("folded", name=op.f("uq_source_folded")),
    )


def _make_rounds() -> None:
    """Make rounds, assignments and layers."""
    op.create_table(
        "round",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("folded", name=op.f("uq_round_folded")),
    )
    op.create_table(
        "round_coder",
        sa.Column("round_id", types.Id(), nullable=False),
        sa.Column("coder_id", types.Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_round_coder_coder_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_coder_round_id")),
        sa.PrimaryKeyConstraint("round_id", "coder_id", name=op.f("pk_round_coder")),
    )
    op.create_table(
        "assignment",
        sa.Column("round_id", types.Id(), nullable=False),
        sa.Column("coder_id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_assignment_coder_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_round_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_assignment_source_id")),
        sa.PrimaryKeyConstraint("round_id", "coder_id", "source_id", name=op.f("pk_assignment")),
    )
    op.create_table(
        "layer",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("round_id", types.Id(), nullable=False),
        sa.Column("coder_id", types.Id(), nullable=True),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_layer_coder_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_layer_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layer")),
        sa.UniqueConstraint("round_id", "coder_id", name=op.f("uq_layer_round_id_coder_id")),
    )


def _make_journal() -> None:
    """Make the journal and the steps that can be undone."""
    op.create_table(
        "entry",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("workspace_id", types.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", types.Moment(), nullable=False),
        sa.Column("who", types.Id(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("layer_id", types.Id(), nullable=True),
        sa.Column("touched", sa.String(), nullable=False),
        sa.Column("sealed_words", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_entry_layer_id")),
        sa.ForeignKeyConstraint(["who"], ["coder.id"], name=op.f("fk_entry_who")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_entry_workspace_id_number")),
    )
    op.create_table(
        "entry_words",
        sa.Column("entry_id", types.Id(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_words_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_words")),
    )
    op.create_table(
        "step",
        sa.Column("entry_id", types.Id(), nullable=False),
        sa.Column("who", types.Id(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("undone_in", types.Id(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_step_entry_id")),
        sa.ForeignKeyConstraint(["who"], ["coder.id"], name=op.f("fk_step_who")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_step")),
    )
    op.create_index(
        op.f("ix_step_who_state_ordinal"), "step", ["who", "state", "ordinal"], unique=False
    )


def _make_texts() -> None:
    """Make texts and turns."""
    op.create_table(
        "attribute",
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_attribute_source_id")),
        sa.PrimaryKeyConstraint("source_id", "name", name=op.f("pk_attribute")),
    )
    op.create_table(
        "revision",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("added_in", types.Id(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_in"],
            ["entry.id"],
            name=op.f("fk_revision_added_in"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_revision_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_revision_source_id_number")),
    )
    op.create_index(op.f("ix_revision_text_hash"), "revision", ["text_hash"], unique=False)
    op.create_table(
        "turn",
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("started_ms", sa.Integer(), nullable=True),
        sa.Column("ended_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_turn_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "ordinal", name=op.f("pk_turn")),
    )
    op.create_table(
        "segmentation",
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("splitter", sa.String(), nullable=False),
        sa.Column("bounds", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_segmentation_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "splitter", name=op.f("pk_segmentation")),
    )


def _make_codebook() -> None:
    """Make the codebook's versions."""
    op.create_table(
        "codebook",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("added_in", types.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_in"],
            ["entry.id"],
            name=op.f("fk_codebook_added_in"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_codebook")),
    )
    op.create_table(
        "part",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["codebook.version"], name=op.f("fk_part_version")),
        sa.PrimaryKeyConstraint("number", "version", name=op.f("pk_part")),
    )
    op.create_table(
        "code",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
    )
    op.create_table(
        "code_entry",
        sa.Column("code_id", types.Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("full_definition", sa.String(), nullable=False),
        sa.Column("include", sa.JSON(), nullable=False),
        sa.Column("exclude", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("sub_questions", sa.JSON(), nullable=False),
        sa.Column("not_to_confuse_with", sa.JSON(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_code_entry_code_id")),
        sa.ForeignKeyConstraint(
            ["version"], ["codebook.version"], name=op.f("fk_code_entry_version")
        ),
        sa.PrimaryKeyConstraint("code_id", "version", name=op.f("pk_code_entry")),
    )


def _make_codings() -> None:
    """Make codings."""
    op.create_table(
        "coding",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("layer_id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("code_id", types.Id(), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.String(), nullable=False),
        sa.Column("words_hash", sa.LargeBinary(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("added_in", types.Id(), nullable=False),
        sa.Column("retired_in", types.Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_in"],
            ["entry.id"],
            name=op.f("fk_coding_added_in"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_coding_code_id")),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_coding_layer_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_coding_revision_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_coding_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
    )
    op.create_index(
        "ix_coding_code",
        "coding",
        ["code_id", "layer_id", "source_id", "begins"],
        unique=False,
        sqlite_where=sa.text("retired_in IS NULL"),
        postgresql_where=sa.text("retired_in IS NULL"),
    )
    op.create_index(
        "uq_coding_live",
        "coding",
        ["layer_id", "source_id", "begins", "ends", "code_id", "pieces"],
        unique=True,
        sqlite_where=sa.text("retired_in IS NULL"),
        postgresql_where=sa.text("retired_in IS NULL"),
    )


def _make_marks() -> None:
    """Make read marks and progress."""
    op.create_table(
        "read_mark",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("layer_id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("added_in", types.Id(), nullable=False),
        sa.Column("retired_in", types.Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_in"],
            ["entry.id"],
            name=op.f("fk_read_mark_added_in"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_read_mark_layer_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_read_mark_revision_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_read_mark_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_mark")),
    )
    op.create_index(
        "uq_read_mark_live",
        "read_mark",
        ["layer_id", "source_id", "begins", "ends"],
        unique=True,
        sqlite_where=sa.text("retired_in IS NULL"),
        postgresql_where=sa.text("retired_in IS NULL"),
    )
    op.create_table(
        "progress",
        sa.Column("layer_id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("codings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_progress_layer_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_progress_source_id")),
        sa.PrimaryKeyConstraint("layer_id", "source_id", name=op.f("pk_progress")),
    )


def _make_memos() -> None:
    """Make memos."""
    op.create_table(
        "memo",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("layer_id", types.Id(), nullable=False),
        sa.Column("coder_id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("coding_id", types.Id(), nullable=True),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("written_at", types.Moment(), nullable=False),
        sa.Column("added_in", types.Id(), nullable=False),
        sa.Column("retired_in", types.Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_in"],
            ["entry.id"],
            name=op.f("fk_memo_added_in"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_memo_coder_id")),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_memo_coding_id")),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_memo_layer_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_memo_revision_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_memo_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo")),
    )
    op.create_index(
        op.f("ix_memo_layer_id_source_id_begins"),
        "memo",
        ["layer_id", "source_id", "begins"],
        unique=False,
    )


def _make_decisions() -> None:
    """Make decisions."""
    op.create_table(
        "decision",
        sa.Column("id", types.Id(), nullable=False),
        sa.Column("layer_id", types.Id(), nullable=False),
        sa.Column("source_id", types.Id(), nullable=False),
        sa.Column("revision_id", types.Id(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", types.Id(), nullable=False),
        sa.Column("decided_at", types.Moment(), nullable=False),
        sa.Column("added_in", types.Id(), nullable=False),
        sa.Column("retired_in", types.Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_in"],
            ["entry.id"],
            name=op.f("fk_decision_added_in"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["coder.id"], name=op.f("fk_decision_decided_by")),
        sa.ForeignKeyConstraint(["layer_id"], ["layer.id"], name=op.f("fk_decision_layer_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_decision_revision_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_decision_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(
        op.f("ix_decision_layer_id_source_id_begins"),
        "decision",
        ["layer_id", "source_id", "begins"],
        unique=False,
    )


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
