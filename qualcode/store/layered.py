"""The tables of what stands in a layer: codings, read marks, flags, memos, proposals, decisions.

Their rows are added in one journal entry and retired in another; nothing is overwritten.
`begins` and `ends` are code points of a revision's text, half-open. A column that came
with a later version of the schema stands last.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from qualcode.store.models import Table, entry_key

LIVE = text("retired_in IS NULL")
GROWN = text("first_id IS NOT NULL")


class CodingRow(Table):
    """One coder, one code, one segment; `pieces` holds its ranges where they are several.

    `first_id` names the coding it grew out of, by another extent.
    """

    __tablename__ = "coding"
    __table_args__ = (
        Index(
            "uq_coding_live",
            "layer_id",
            "source_id",
            "begins",
            "ends",
            "code_id",
            "pieces",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index(
            "ix_coding_code",
            "code_id",
            "layer_id",
            "source_id",
            "begins",
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_coding_first", "first_id", sqlite_where=GROWN, postgresql_where=GROWN),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"))
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    code_id: Mapped[UUID] = mapped_column(ForeignKey("code.id"))
    codebook_version: Mapped[int]
    begins: Mapped[int]
    ends: Mapped[int]
    pieces: Mapped[str]
    words_hash: Mapped[bytes]
    via: Mapped[str]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]
    first_id: Mapped[UUID | None] = mapped_column(ForeignKey("coding.id"))


class ReadMarkRow(Table):
    """Read, and nothing applies."""

    __tablename__ = "read_mark"
    __table_args__ = (
        Index(
            "uq_read_mark_live",
            "layer_id",
            "source_id",
            "begins",
            "ends",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"))
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]


class FlagRow(Table):
    """Words held up: to be talked about, or worth quoting."""

    __tablename__ = "flag"
    __table_args__ = (
        Index(
            "uq_flag_live",
            "layer_id",
            "source_id",
            "begins",
            "ends",
            "kind",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"))
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    kind: Mapped[str]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]


class MemoRow(Table):
    """A written thought on a segment or a coding; without words, on a source, code or project."""

    __tablename__ = "memo"
    __table_args__ = (Index(None, "layer_id", "source_id", "begins"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"))
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("source.id"))
    revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("revision.id"))
    coding_id: Mapped[UUID | None] = mapped_column(ForeignKey("coding.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    body: Mapped[str]
    written_at: Mapped[datetime]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]
    code_id: Mapped[UUID | None] = mapped_column(ForeignKey("code.id"))


class ProposalRow(Table):
    """What a coder proposes: a code with a passage as its first example, or another wording.

    `code_id` names the code that would be reworded; `wording` holds, as JSON, the fields
    that would read otherwise, and `reason` says why.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "layer_id", "source_id", "begins"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"))
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("source.id"))
    revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("revision.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    label: Mapped[str]
    written_at: Mapped[datetime]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]
    code_id: Mapped[UUID | None] = mapped_column(ForeignKey("code.id"))
    wording: Mapped[str]
    reason: Mapped[str]


class DecisionRow(Table):
    """How a disagreement was settled; its codings stand in the consensus layer."""

    __tablename__ = "decision"
    __table_args__ = (Index(None, "layer_id", "source_id", "begins"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"))
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    outcome: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("coder.id"))
    decided_at: Mapped[datetime]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]


LAYERED: dict[str, type[Any]] = {
    "coding": CodingRow,
    "read_mark": ReadMarkRow,
    "flag": FlagRow,
    "memo": MemoRow,
    "proposal": ProposalRow,
    "decision": DecisionRow,
}
ALIKE: dict[str, tuple[str, ...]] = {
    "coding": ("layer_id", "source_id", "begins", "ends", "code_id", "pieces"),
    "read_mark": ("layer_id", "source_id", "begins", "ends"),
    "flag": ("layer_id", "source_id", "begins", "ends", "kind"),
}
"""By what rows are alike, so that only one of them can stand."""
