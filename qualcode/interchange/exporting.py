"""What an exporter is: a report of quotations in, one file out.

An exporter is a class named by an entry point of the group `qualcode.exporters`. The
same report gives the same bytes. It writes to a stream; the program puts the file in
its place whole, or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, ClassVar, Protocol, runtime_checkable

from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.errors import ExportRefusedError
from qualcode.domain.sources import SourceKind

NOT_YET = "not yet re-decided"


@dataclass(frozen=True, slots=True)
class Remark:
    """A memo that travels with a quotation, signed by its coder's letter."""

    initials: str
    body: str
    written: datetime


@dataclass(frozen=True, slots=True)
class Quotation:
    """A segment as printed: the words verbatim, who spoke, and where they stand.

    `label` is the attribution (FG4), `locator` says where in the source (turn 18),
    `also_under` names the other codes under which the same words are quoted. `made_under` is
    the label of the code it was coded with at first, `codebook_version` that of the codebook
    then; 0 where it is not known.
    """

    id: str
    source: str
    kind: SourceKind
    speaker: str
    label: str
    locator: str
    turn: int
    start: int
    end: int
    words: str
    coders: tuple[str, ...] = ()
    also_under: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    made_under: str = ""
    codebook_version: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A code with its quotations in order.

    Where the code is gone and its coders have not decided anew on these, `undecided` says
    in a sentence what became of it.
    """

    code: Code
    quotations: tuple[Quotation, ...]
    undecided: str = ""

    @property
    def name(self) -> str:
        """Name the code, and say so where it is gone."""
        return f"{self.code.name}, {NOT_YET}" if self.undecided else self.code.name

    @property
    def title(self) -> str:
        """Head the section: `TC1A Awareness, not yet re-decided (3)`."""
        title = self.code.title
        return f"{title}, {NOT_YET} ({len(self.quotations)})" if self.undecided else title


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the codebook with its sections."""

    part: Part
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Themed quotations with all that a reader needs to trust them.

    `as_of` is the moment of the last change to the study, and `head` that change's
    journal hash, so that unchanged data give an unchanged report. `stored` counts the
    codings of the layer; `left_out` says in sentences which of them are not printed, and
    `blinding` what broke the blindness of its round, "" where nothing did.
    """

    project: str
    layer: str
    round: str
    codebook: Codebook
    chapters: tuple[Chapter, ...]
    as_of: datetime
    head: str
    program: str
    stored: int
    left_out: tuple[str, ...] = ()
    language: str = "en"
    blinding: str = ""

    def quotations(self) -> Iterator[tuple[Section, Quotation]]:
        """Go through all quotations in order, each with its section."""
        for chapter in self.chapters:
            for section in chapter.sections:
                for quotation in section.quotations:
                    yield section, quotation


@runtime_checkable
class Exporter(Protocol):
    """Writes one format."""

    title: ClassVar[str]
    suffix: ClassVar[str]

    def write(self, report: Report, stream: BinaryIO) -> None:
        """Write the report to the stream."""
        ...


def count_line(quotations: tuple[Quotation, ...]) -> str:
    """Say how many quotations there are and from what: `7 quotations from 5 focus groups`."""
    if not quotations:
        return "No quotations"
    sources: dict[SourceKind, set[str]] = {}
    for quotation in quotations:
        sources.setdefault(quotation.kind, set()).add(quotation.source)
    named = [_counted(len(names), kind) for kind, names in sorted(sources.items())]
    amount = "1 quotation" if len(quotations) == 1 else f"{len(quotations)} quotations"
    return f"{amount} from {_listed(named)}"


def proof_line(report: Report) -> str:
    """Prove that nothing went missing: `Stored 67 = printed 63 + left out 4`."""
    printed = sum(1 for _ in report.quotations())
    if printed > report.stored:
        raise ExportRefusedError(
            f"There are {printed} quotations to print, but only {report.stored} codings stored.",
            hint="See: qualcode check",
        )
    return f"Stored {report.stored} = printed {printed} + left out {report.stored - printed}"


def _counted(number: int, kind: SourceKind) -> str:
    if number > 1:
        return f"{number} {kind.plural}"
    return "1 survey respondent" if kind is SourceKind.SURVEY else f"1 {kind.value}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
