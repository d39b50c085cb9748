"""A codebook that lives: lineage of codes, rewordings, the lead's answers, themes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from qualcode.store import types
from qualcode.store.migrations.versions.v0001_first import PLAIN_CODINGS

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Widen versions, code entries and proposals; make answers and themes."""
    op.execute("DROP VIEW plain_coding")
    _let_versions_be_steps()
    _let_codes_have_a_lineage()
    _let_proposals_reword()
    _make_verdicts()
    _make_themes()
    op.execute(PLAIN_CODINGS)


def _let_versions_be_steps() -> None:
    with op.batch_alter_table("codebook") as codebook:
        for name in ("undoes", "redoes"):
            codebook.add_column(sa.Column(name, sa.Integer(), nullable=True))


def _let_codes_have_a_lineage() -> None:
    lists, texts = ("successors", "earlier_names"), ("state", "proposed_by", "proposed_on")
    with op.batch_alter_table("code_entry") as entry:
        entry.add_column(_text("state", "in use"))
        for name in lists:
            entry.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
        for name in ("proposed_by", "proposed_on"):
            entry.add_column(_text(name, ""))
    _let_defaults_go("code_entry", {name: sa.JSON() for name in lists})
    _let_defaults_go("code_entry", {name: sa.String() for name in texts})


def _let_proposals_reword() -> None:
    with op.batch_alter_table("proposal") as proposal:
        for name in ("source_id", "revision_id"):
            proposal.alter_column(name, existing_type=types.Id(), nullable=True)
        proposal.add_column(sa.Column("code_id", types.Id(), nullable=True))
        proposal.add_column(_text("wording", ""))
        proposal.add_column(_text("reason", ""))
        proposal.create_foreign_key("fk_proposal_code_id", "code", ["code_id"], ["id"])
    _let_defaults_go("proposal", {name: sa.String() for name in ("wording", "reason")})


def _let_defaults_go(table: str, columns: dict[str, sa.types.TypeEngine[Any]]) -> None:
    """Leave it to the program from now on to say what a new row holds."""
    with op.batch_alter_table(table) as widened:
        for name, kind in columns.items():
            widened.alter_column(name, existing_type=kind, server_default=None)


def _make_verdicts() -> None:
    op.create_table(
        "verdict",
        _id("id", key=True),
        _id("proposal_id", refers="proposal.id", index=True),
        _text("outcome"),
        _text("reason"),
        _id("code_id", refers="code.id", missing=True),
        sa.Column("version", sa.Integer(), sa.ForeignKey("codebook.version"), nullable=True),
        _id("decided_by", refers="coder.id"),
        sa.Column("decided_at", types.Moment(), nullable=False),
        _added_in(),
        _id("retired_in", missing=True),
    )


def _make_themes() -> None:
    op.create_table("theme", _id("id", key=True), _id("coder_id", refers="coder.id"))
    op.create_table(
        "theme_entry",
        _id("theme_id", refers="theme.id", key=True),
        sa.Column("number", sa.Integer(), primary_key=True, nullable=False),
        _text("name"),
        _text("claim"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("counter_examples", sa.JSON(), nullable=False),
        _text("state"),
        _added_in(),
    )


def _id(
    name: str, *, refers: str = "", key: bool = False, index: bool = False, missing: bool = False
) -> sa.Column[Any]:
    references = [sa.ForeignKey(refers)] if refers else []
    return sa.Column(
        name, types.Id(), *references, primary_key=key, nullable=missing, index=index or None
    )


def _text(name: str, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _added_in() -> sa.Column[Any]:
    """Refer to the journal entry in which a row was added; it is written after the row."""
    later = sa.ForeignKey("entry.id", deferrable=True, initially="DEFERRED")
    return sa.Column("added_in", types.Id(), later, nullable=False, index=True)
