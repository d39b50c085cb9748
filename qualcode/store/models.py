"""The tables of the study. Rows never leave this room: its other files make domain values.

`begins` and `ends` are code points of a revision's text, half-open.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from qualcode.store.types import Id, Moment

OF_STUDY = text("layer_id IS NULL")


class Table(DeclarativeBase):
    """What all tables share: how constraints are named and Python types are stored."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Id,
        datetime: Moment,
        bytes: LargeBinary,
        list[str]: JSON,
    }


def entry_key() -> Mapped[UUID]:
    """Refer to the journal entry in which a row was added; the entry is written last.

    Without its index, writing an entry would look through every row for those that wait for it.
    """
    return mapped_column(ForeignKey("entry.id", deferrable=True, initially="DEFERRED"), index=True)


class ProjectRow(Table):
    """The study; one a database."""

    __tablename__ = "project"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    approach: Mapped[str]
    language: Mapped[str]
    sentence_model: Mapped[str]
    workspace_id: Mapped[UUID]
    created_at: Mapped[datetime]


class CoderRow(Table):
    """A person; `login` is the role they are known by in a database that has roles."""

    __tablename__ = "coder"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    position: Mapped[int]
    login: Mapped[str | None] = mapped_column(unique=True)
    left: Mapped[bool]


class SourceRow(Table):
    """A piece of data; `revision_id` names the text in force."""

    __tablename__ = "source"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    position: Mapped[int]
    revision_id: Mapped[UUID]
    turns: Mapped[int]
    codable: Mapped[int]


class AttributeRow(Table):
    """What is known of a source's participant, as text."""

    __tablename__ = "attribute"
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class RevisionRow(Table):
    """A text that never changes."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("source_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"))
    number: Mapped[int]
    text_hash: Mapped[str] = mapped_column(index=True)
    encoding: Mapped[str]
    added_in: Mapped[UUID] = entry_key()
    body: Mapped[str]


class TurnRow(Table):
    """One speaker's talk in a revision."""

    __tablename__ = "turn"
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    speaker: Mapped[str]
    role: Mapped[str]
    begins: Mapped[int]
    ends: Mapped[int]
    started_ms: Mapped[int | None]
    ended_ms: Mapped[int | None]


class SegmentationRow(Table):
    """Sentence bounds of a revision, as one splitter cut them: pairs of 32-bit integers."""

    __tablename__ = "segmentation"
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    splitter: Mapped[str] = mapped_column(primary_key=True)
    bounds: Mapped[bytes]


class CodebookRow(Table):
    """A numbered version of the codebook; it may undo another version, or bring one back."""

    __tablename__ = "codebook"
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    language: Mapped[str]
    reason: Mapped[str]
    added_in: Mapped[UUID] = entry_key()
    undoes: Mapped[int | None]
    redoes: Mapped[int | None]


class PartRow(Table):
    """A part as it reads in one version."""

    __tablename__ = "part"
    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("codebook.version"), primary_key=True)
    title: Mapped[str]
    note: Mapped[str]
    origin: Mapped[str]


class CodeRow(Table):
    """A code's identity, never given out again."""

    __tablename__ = "code"
    id: Mapped[UUID] = mapped_column(primary_key=True)


class CodeEntryRow(Table):
    """A code as it reads from one version on."""

    __tablename__ = "code_entry"
    code_id: Mapped[UUID] = mapped_column(ForeignKey("code.id"), primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("codebook.version"), primary_key=True)
    label: Mapped[str]
    key: Mapped[str]
    name: Mapped[str]
    part: Mapped[int]
    position: Mapped[int]
    description: Mapped[str]
    full_definition: Mapped[str]
    include: Mapped[list[str]]
    exclude: Mapped[list[str]]
    examples: Mapped[list[str]]
    sub_questions: Mapped[list[str]]
    not_to_confuse_with: Mapped[list[str]]
    parent: Mapped[str]
    origin: Mapped[str]
    colour: Mapped[str]
    state: Mapped[str]
    successors: Mapped[list[str]]
    earlier_names: Mapped[list[str]]
    proposed_by: Mapped[str]
    proposed_on: Mapped[str]


class VerdictRow(Table):
    """How the lead answered a proposal; `version` is the codebook's that came of it."""

    __tablename__ = "verdict"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    code_id: Mapped[UUID | None] = mapped_column(ForeignKey("code.id"))
    version: Mapped[int | None] = mapped_column(ForeignKey("codebook.version"))
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("coder.id"))
    decided_at: Mapped[datetime]
    added_in: Mapped[UUID] = entry_key()
    retired_in: Mapped[UUID | None]


class ThemeRow(Table):
    """A theme's identity, and whose it is."""

    __tablename__ = "theme"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"))


class ThemeEntryRow(Table):
    """A theme as it reads from one change on: its claim, its codes, its counter-examples."""

    __tablename__ = "theme_entry"
    theme_id: Mapped[UUID] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    claim: Mapped[str]
    position: Mapped[int]
    codes: Mapped[list[str]]
    counter_examples: Mapped[list[str]]
    state: Mapped[str]
    added_in: Mapped[UUID] = entry_key()


class RoundRow(Table):
    """A stretch of coding; `unblinded` once the lead has looked at names before it closed."""

    __tablename__ = "round"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int]
    state: Mapped[str]
    blind: Mapped[bool]
    free: Mapped[bool]
    unit: Mapped[str]
    codebook_version: Mapped[int]
    unblinded: Mapped[bool]


class RoundCoderRow(Table):
    """Who codes in a round, in order."""

    __tablename__ = "round_coder"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"), primary_key=True)
    position: Mapped[int]


class AssignmentRow(Table):
    """Which source is given to which coder in a round."""

    __tablename__ = "assignment"
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"), primary_key=True)


class LayerRow(Table):
    """Everything one coder did in one round; without a coder, the consensus."""

    __tablename__ = "layer"
    __table_args__ = (UniqueConstraint("round_id", "coder_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"))
    coder_id: Mapped[UUID | None] = mapped_column(ForeignKey("coder.id"))


class ProgressRow(Table):
    """How far a layer has come with a source; kept in step in the same transaction."""

    __tablename__ = "progress"
    layer_id: Mapped[UUID] = mapped_column(ForeignKey("layer.id"), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"), primary_key=True)
    done: Mapped[int]
    codings: Mapped[int]


class PlaceRow(Table):
    """Where a coder left a source in a round, and how many entries the journal had then."""

    __tablename__ = "place"
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("coder.id"), primary_key=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("source.id"), primary_key=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    begins: Mapped[int]
    ends: Mapped[int]
    at: Mapped[datetime]
    seen: Mapped[int]


class EntryRow(Table):
    """One change in the journal; rows are never changed or deleted (a trigger watches)."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        Index(
            "ix_entry_study",
            "kind",
            "number",
            sqlite_where=OF_STUDY,
            postgresql_where=OF_STUDY,
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    workspace_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    who: Mapped[UUID | None] = mapped_column(ForeignKey("coder.id"))
    kind: Mapped[str]
    layer_id: Mapped[UUID | None] = mapped_column(ForeignKey("layer.id"))
    touched: Mapped[str]
    sealed_words: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class EntryWordsRow(Table):
    """The words an entry is about, apart from it so that they can be erased."""

    __tablename__ = "entry_words"
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    salt: Mapped[str]
    words: Mapped[str]


class StepRow(Table):
    """A coder's steps that can be undone, in order, and whether they are undone now."""

    __tablename__ = "step"
    __table_args__ = (Index(None, "who", "state", "ordinal"),)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    who: Mapped[UUID] = mapped_column(ForeignKey("coder.id"))
    ordinal: Mapped[int]
    state: Mapped[str]
    undone_in: Mapped[UUID | None]
