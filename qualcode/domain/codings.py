"""Codings, read marks and memos: what a coder leaves on a text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

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
    slide under a code unnoticed.
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

    @property
    def extent(self) -> Range:
        """The stretch from the first range's start to the last one's end."""
        return Range(self.ranges[0].start, self.ranges[-1].end)

    def words(self, text: str) -> str:
        """Give the words the coding stands on, `[...]` between distant ranges."""
        return " [...] ".join(stretch.of(text) for stretch in self.ranges)

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


@dataclass(frozen=True, slots=True)
class Memo:
    """A written thought, on a coding or on a segment."""

    id: UUID
    coder: UUID
    layer: UUID
    source: UUID
    revision: UUID
    range: Range
    coding: UUID | None
    body: str
    written: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """What one coder has on one source: codings, read marks and memos, in order of place."""

    codings: tuple[Coding, ...] = ()
    marks: tuple[ReadMark, ...] = ()
    memos: tuple[Memo, ...] = ()

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
