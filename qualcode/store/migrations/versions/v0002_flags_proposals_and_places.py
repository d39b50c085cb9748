"""Flags, proposals and places; codings that grow, and memos on more than words."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from qualcode.store import types
from qualcode.store.migrations.versions.v0001_first import PLAIN_CODINGS

revision = "0002"
down_revision = "0001"

_LIVE = sa.text("retired_in IS NULL")
_GROWN = sa.text("first_id IS NOT NULL")


def upgrade() -> None:
    """Make the three tables, and widen codings and memos.

    SQLite rebuilds a widened table, which it refuses while a view looks at it.
    """
    _make_flags()
    _make_proposals()
    _make_places()
    op.execute("DROP VIEW plain_coding")
    _let_codings_grow()
    _let_memos_hang_on_more()
    op.execute(PLAIN_CODINGS)


def _make_flags() -> None:
    op.create_table(
        "flag",
        _id("id", key=True),
        _id("layer_id", refers="layer.id"),
        _id("source_id", refers="source.id"),
        _id("revision_id", refers="revision.id"),
        *_range(),
        _text("kind"),
        *_added_and_retired(),
    )
    op.create_index(
        "uq_flag_live",
        "flag",
        ["layer_id", "source_id", "begins", "ends", "kind"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )


def _make_proposals() -> None:
    op.create_table(
        "proposal",
        _id("id", key=True),
        _id("layer_id", refers="layer.id"),
        _id("coder_id", refers="coder.id"),
        _id("source_id", refers="source.id"),
        _id("revision_id", refers="revision.id"),
        *_range(),
        _text("label"),
        _moment("written_at"),
        *_added_and_retired(),
    )
    op.create_index(
        "ix_proposal_layer_id_source_id_begins", "proposal", ["layer_id", "source_id", "begins"]
    )


def _make_places() -> None:
    op.create_table(
        "place",
        _id("coder_id", refers="coder.id", key=True),
        _id("round_id", refers="round.id", key=True),
        _id("source_id", refers="source.id", key=True),
        _id("revision_id", refers="revision.id"),
        *_range(),
        _moment("at"),
        _number("seen"),
    )


def _let_codings_grow() -> None:
    with op.batch_alter_table("coding") as coding:
        coding.add_column(sa.Column("first_id", types.Id(), nullable=True))
        coding.create_foreign_key("fk_coding_first_id", "coding", ["first_id"], ["id"])
    op.create_index(
        "ix_coding_first", "coding", ["first_id"], sqlite_where=_GROWN, postgresql_where=_GROWN
    )


def _let_memos_hang_on_more() -> None:
    with op.batch_alter_table("memo") as memo:
        for name in ("source_id", "revision_id"):
            memo.alter_column(name, existing_type=types.Id(), nullable=True)
        memo.add_column(sa.Column("code_id", types.Id(), nullable=True))
        memo.create_foreign_key("fk_memo_code_id", "code", ["code_id"], ["id"])


def _id(name: str, *, refers: str = "", key: bool = False) -> sa.Column[Any]:
    references = [sa.ForeignKey(refers)] if refers else []
    return sa.Column(name, types.Id(), *references, primary_key=key, nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, types.Moment(), nullable=False)


def _range() -> list[sa.Column[Any]]:
    return [_number("begins"), _number("ends")]


def _added_and_retired() -> list[sa.Column[Any]]:
    """Refer to entries of the journal; the one that adds a row is written after it."""
    later = sa.ForeignKey("entry.id", deferrable=True, initially="DEFERRED")
    return [
        sa.Column("added_in", types.Id(), later, nullable=False, index=True),
        sa.Column("retired_in", types.Id(), nullable=True),
    ]
