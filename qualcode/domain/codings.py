"""Codings, read marks, flags and memos: what a coder leaves on a text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from qualcode.domain.proposals import Proposal
from qualcode.domain.quotations import pieced
from qualcode.domain.text import Range, words_hash


class Via(StrEnum):
    """How a coding came about."""

    HAND = "by hand"
    FILE = "from a file"
    SEARCH = "through a search"
    DECISION = "by decision"


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder, one code, one segment: the segment may have more than one range.

    `words_hash` is `text.words_hash` of the words of all its ranges, so that text cannot
    slide under a code unnoticed. `first` is the coding this one grew out of, by another
    extent or another code; None where it is the first itself. Where the code it was made
    under was merged into another, `code` can be that other, and `first_code` the one it was.
    """

    id: UUID
    layer: UUID
    source: UUID
    revision: UUID
    code: UUID
    codebook_version: int
    ranges: tuple[Range, ...]
    words_hash: bytes
    via: Via = Via.HAND
    first: UUID | None = None
    first_code: UUID | None = None

    @property
    def made_under(self) -> UUID:
        """The code it was made under, whatever that was merged into."""
        return self.first_code or self.code

    @property
    def root(self) -> UUID:
        """The id that stays when the coding gets another extent: memos hang on it."""
        return self.first or self.id

    @property
    def extent(self) -> Range:
        """The stretch from the first range's start to the last one's end."""
        return Range(self.ranges[0].start, self.ranges[-1].end)

    def words(self, text: str) -> str:
        """Give the words the coding stands on, `[...]` between distant ranges."""
        return pieced(stretch.of(text) for stretch in self.ranges)

    def fits(self, text: str) -> bool:
        """Say whether the words it stands on are still those it was made on."""
        bare = "".join(stretch.of(text) for stretch in self.ranges)
        return self.extent.end <= len(text) and words_hash(bare) == self.words_hash


@dataclass(frozen=True, slots=True)
class ReadMark:
    """A coder has read these words, and nothing applies: silence is not a zero."""

    id: UUID
    layer: UUID
    source: UUID
    revision: UUID
    range: Range


class FlagKind(StrEnum):
    """What a flag says of the words it stands on."""

    TEAM = "for the team"
    QUOTABLE = "quotable"


@dataclass(frozen=True, slots=True)
class Flag:
    """A coder holds these words up: to be talked about, or worth quoting."""

    id: UUID
    layer: UUID
    source: UUID
    revision: UUID
    range: Range
    kind: FlagKind


class MemoOn(StrEnum):
    """What a memo hangs on."""

    SEGMENT = "segment"
    CODING = "coding"
    SOURCE = "source"
    CODE = "code"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Memo:
    """A written thought: on a segment, a coding, a source, a code or the whole project.

    On a coding, `coding` is its root, so the memo moves with it; `range` is then where it
    stood when the memo was written. `range` is empty on a source, a code or the project.
    `noted_in` names an earlier round in which it was written for the next one.
    """

    id: UUID
    coder: UUID
    layer: UUID
    source: UUID | None
    revision: UUID | None
    range: Range
    coding: UUID | None
    body: str
    written: datetime
    code: UUID | None = None
    noted_in: str = ""

    @property
    def told(self) -> str:
        """The memo as it is read: a note from an earlier round says so."""
        return f"(noted in round {self.noted_in}) {self.body}" if self.noted_in else self.body

    @property
    def on(self) -> MemoOn:
        """What the memo hangs on."""
        if self.coding is not None:
            return MemoOn.CODING
        if self.code is not None:
            return MemoOn.CODE
        if self.source is None:
            return MemoOn.PROJECT
        return MemoOn.SEGMENT if self.range.length else MemoOn.SOURCE


@dataclass(frozen=True, slots=True)
class Desk:
    """What one coder has on one source, in order of place.

    Memos are those on its segments, its codings and on the source itself; notes are those that
    were written in earlier rounds for the next one.
    """

    codings: tuple[Coding, ...] = ()
    marks: tuple[ReadMark, ...] = ()
    memos: tuple[Memo, ...] = ()
    flags: tuple[Flag, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[Memo, ...] = ()

    @property
    def thoughts(self) -> tuple[Memo, ...]:
        """All there is to read: the memos, and before them the notes."""
        return (*self.notes, *self.memos)

    def on(self, stretch: Range) -> list[Coding]:
        """List the codings that touch a stretch."""
        return [
            coding
            for coding in self.codings
            if any(each.overlaps(stretch) for each in coding.ranges)
        ]

    def deals_with(self, stretch: Range) -> bool:
        """Is the stretch touched by a coding or a read mark?"""
        return bool(self.on(stretch)) or any(mark.range.overlaps(stretch) for mark in self.marks)
