"""Several coders: logins, who left, passages, samples, snapshots, unblinded rounds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from qualcode.store import types
from qualcode.store.migrations.versions.v0001_first import PLAIN_CODINGS

revision = "0004"
down_revision = "0003"

_OF_STUDY = sa.text("layer_id IS NULL")


def upgrade() -> None:
    """Widen people and rounds; make sources of rounds, passages, samples, lots and snapshots."""
    op.execute("DROP VIEW plain_coding")
    _add_flag("coder", "left")
    _add_flag("round", "unblinded")
    with op.batch_alter_table("coder") as coder:
        coder.add_column(sa.Column("login", sa.String(), nullable=True))
        coder.create_unique_constraint("uq_coder_login", ["login"])
    op.create_index(
        "ix_entry_study",
        "entry",
        ["kind", "number"],
        sqlite_where=_OF_STUDY,
        postgresql_where=_OF_STUDY,
    )
    _make_round_sources()
    _make_passages()
    _make_samples()
    _make_snapshots()
    op.execute(PLAIN_CODINGS)


def _add_flag(table: str, name: str) -> None:
    with op.batch_alter_table(table) as widened:
        widened.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table(table) as widened:
        widened.alter_column(name, existing_type=sa.Boolean(), server_default=None)


def _make_round_sources() -> None:
    op.create_table(
        "round_source",
        _id("round_id", refers="round.id", key=True),
        _id("source_id", refers="source.id", key=True),
    )
    op.execute(
        "INSERT INTO round_source (round_id, source_id)"
        " SELECT DISTINCT round_id, source_id FROM assignment"
    )


def _make_passages() -> None:
    op.create_table(
        "passage",
        _id("round_id", refers="round.id", key=True),
        _id("coder_id", refers="coder.id", key=True),
        *_turn(),
        _id("source_id", refers="source.id"),
    )


def _make_samples() -> None:
    op.create_table(
        "sample",
        _id("round_id", refers="round.id", key=True),
        sa.Column("percent", sa.String(), nullable=False),
        _number("seed"),
        sa.Column("strata", sa.String(), nullable=False),
        _added_in(),
    )
    op.create_table(
        "lot",
        _id("round_id", refers="sample.round_id", key=True),
        *_turn(),
        _id("source_id", refers="source.id"),
        sa.Column("stratum", sa.String(), nullable=False),
        _number("place"),
        _number("taken"),
        _number("among"),
        sa.Column("given_to", types.Id(), sa.ForeignKey("coder.id"), nullable=True),
    )


def _make_snapshots() -> None:
    op.create_table(
        "snapshot",
        _id("id", key=True),
        _id("round_id", refers="round.id"),
        _number("number"),
        sa.Column("body", sa.String(), nullable=False),
        _added_in(),
        sa.UniqueConstraint("round_id", "number"),
    )


def _turn() -> tuple[sa.schema.SchemaItem, ...]:
    """Refer to a turn of a revision, as a part of the key."""
    return (
        _id("revision_id", key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True, nullable=False),
        sa.ForeignKeyConstraint(["revision_id", "ordinal"], ["turn.revision_id", "turn.ordinal"]),
    )


def _id(name: str, *, refers: str = "", key: bool = False) -> sa.Column[Any]:
    references = [sa.ForeignKey(refers)] if refers else []
    return sa.Column(name, types.Id(), *references, primary_key=key, nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _added_in() -> sa.Column[Any]:
    """Refer to the journal entry in which a row was added; it is written after the row."""
    later = sa.ForeignKey("entry.id", deferrable=True, initially="DEFERRED")
    return sa.Column("added_in", types.Id(), later, nullable=False, index=True)
