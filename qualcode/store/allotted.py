"""The tables of what a round gives out by lot or by turn, and of what it keeps when it closes."""

from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qualcode.store.models import Table, entry_key


class RoundSourceRow(Table):
    """Which sources are coded in a round, whoever has them."""

    __tablename__ = "round_source"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"), primary_key=True)


class PassageRow(Table):
    """A turn given to a coder who does not have its whole source; why is not said here."""

    __tablename__ = "passage"
    __table_args__ = (
        ForeignKeyConstraint(["revision_id", "ordinal"], ["turn.revision_id", "turn.ordinal"]),
    )
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"), primary_key=True)
    revision_id: Mapped[UUID] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))


class SampleRow(Table):
    """How a round's passages for double coding were drawn; the lead's alone to see."""

    __tablename__ = "sample"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    percent: Mapped[str]
    seed: Mapped[int]
    strata: Mapped[str]
    added_in: Mapped[UUID] = entry_key()


class LotRow(Table):
    """A passage drawn for double coding, why it is in, and to whom it was given beside others."""

    __tablename__ = "lot"
    __table_args__ = (
        ForeignKeyConstraint(["revision_id", "ordinal"], ["turn.revision_id", "turn.ordinal"]),
    )
    round_id: Mapped[UUID] = mapped_column(ForeignKey("sample.round_id"), primary_key=True)
    revision_id: Mapped[UUID] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))
    stratum: Mapped[str]
    place: Mapped[int]
    taken: Mapped[int]
    among: Mapped[int]
    given_to: Mapped[UUID | None] = mapped_column(ForeignKey("coder.id"))


class SnapshotRow(Table):
    """What was measured when a round was closed, as JSON; its entry holds the fingerprint."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("round_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    body: Mapped[str]
    added_in: Mapped[UUID] = entry_key()
