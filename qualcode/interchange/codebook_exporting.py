"""What a writer of codebooks is: the codebook and what became of it in, one file out.

A writer is a class named by an entry point of the group `qualcode.codebook_exporters`, or
of `qualcode.card_exporters` for a card that hangs on the wall. The same report gives the
same bytes. What a format that can be read back does not hold is found out by reading it
back; a writer that writes for people only says so by `for_people`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, ClassVar, Protocol, runtime_checkable
from uuid import UUID

from qualcode.domain.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Tally:
    """How many passages stand under a code: its own, those with all codes under it; sources."""

    own: int
    with_below: int
    sources: int


@dataclass(frozen=True, slots=True)
class Example:
    """The words of a quotation that a code names as an example, and who said them."""

    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """A version of the codebook: when and why it was made, and what it changed, in sentences.

    `undoes` and `redoes` are the numbers of the versions it took back or brought back.
    """

    version: int
    at: datetime
    who: str
    reason: str
    changes: tuple[str, ...]
    undoes: int | None = None
    redoes: int | None = None


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """The codebook with its counts, the words of its examples and its history.

    `counts` are by the id of the code, and `counted` says what was counted; it is empty
    where nothing was. `examples` are by quotation id. `as_of` is the moment of the last
    change to the codebook's project that the asking person may see, `head` its hash.

    `proposers` names, by the id of a code, who is known to the asking person to have proposed
    it. That is for documents only: in the codebook stands what all may know (`proposed_by`).
    """

    project: str
    codebook: Codebook
    as_of: datetime
    head: str
    program: str
    language: str = "en"
    counts: Mapping[UUID, Tally] = field(default_factory=dict)
    counted: str = ""
    examples: Mapping[str, Example] = field(default_factory=dict)
    proposers: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    history: tuple[Step, ...] = ()


@runtime_checkable
class CodebookExporter(Protocol):
    """Writes codebooks in one format."""

    title: ClassVar[str]
    suffix: ClassVar[str]
    for_people: ClassVar[bool]

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the codebook to the stream."""
        ...


@runtime_checkable
class CardExporter(CodebookExporter, Protocol):
    """Writes the card for the wall."""

    def pages(self, report: CodebookReport) -> int:
        """Reckon on how many pages the card comes to stand."""
        ...
