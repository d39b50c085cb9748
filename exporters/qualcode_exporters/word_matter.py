"""What stands before the findings and after them: the title, who spoke, the register."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from qualcode.domain.sources import SourceKind
from qualcode.interchange.exporting import Quotation, Report, proof_line
from qualcode_exporters.word_findings import label_of, place_of
from qualcode_exporters.word_styles import (
    FACT,
    FRONT_HEADING,
    NORMAL,
    PROOF,
    SMALL_PRINT,
    SUBTITLE,
    TITLE,
)
from qualcode_exporters.word_text import BOLD, Block, led, line, paragraph, runs, table

SUBJECT = "Quotations by code"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_READING = (
    (
        "Brackets and ellipses",
        """inside a quotation stand in the transcript. Only [...] between two stretches of one \
coding was put there, to show that words were passed over.""",
    ),
    ("XXX", "is the transcript's own mark for a name or a detail taken out."),
    (
        "Labels such as {label}",
        """say who is quoted. The small grey line gives the place in the source, and an id that \
stays the same in every export.""",
    ),
    (
        "Counts",
        """say how many quotations stand under a code, and from how many sources. Words coded \
twice stand under both codes and count under both.""",
    ),
    (
        "The words",
        """come letter by letter from the transcripts kept in the project; none was typed anew. \
The empty paragraph with a bar under each count is for the author.""",
    ),
)
SHORT_HASH = 12
_DIGITS = re.compile(r"(\d{1,18})")


def title_block(report: Report) -> Iterator[Block]:
    """Say what the document is, of which state of the study, and what made it."""
    yield line(TITLE, report.project)
    yield line(SUBTITLE, SUBJECT)
    yield led(FACT, "Quotations", _amounts(report))
    yield led(FACT, "Round and layer", f"{report.round}, {report.layer}")
    if report.blinding:
        yield led(FACT, "Blinding", report.blinding)
    yield led(FACT, "Codebook", f"version {report.codebook.version}")
    yield led(FACT, "State of", moment(report.as_of))
    yield led(FACT, "Made with", report.program)
    yield led(FACT, "Journal head", report.head[:SHORT_HASH])


def how_to_read(report: Report) -> Iterator[Block]:
    """Explain brackets, marks, labels, counts and where the words come from."""
    yield line(FRONT_HEADING, "How to read this")
    example = next((label_of(each) for _, each in report.quotations()), "(FG4)")
    for lead, words in _READING:
        bold = lead.replace("{label}", example)
        yield paragraph(NORMAL, f"{bold} {words}", runs(bold, BOLD) + runs(f" {words}"))


def participants(report: Report) -> Iterator[Block]:
    """Count by kind the sources that speak here, and what is quoted from them."""
    sources: dict[SourceKind, set[str]] = {}
    ids: dict[SourceKind, set[str]] = {}
    for _, quotation in report.quotations():
        sources.setdefault(quotation.kind, set()).add(quotation.source)
        ids.setdefault(quotation.kind, set()).add(quotation.id)
    rows = [
        (kind.plural.capitalize(), str(len(sources[kind])), str(len(ids[kind])))
        for kind in SourceKind
        if kind in sources
    ]
    total = [sum(len(each) for each in counted.values()) for counted in (sources, ids)]
    rows.append(("All", str(total[0]), str(total[1])))
    yield from table(("Kind of source", "Sources (n)", "Quotations (n)"), rows, (4536, 2268, 2268))
    yield line(SMALL_PRINT, "Sources with at least one quotation in this document.")


def register(report: Report) -> Iterator[Block]:
    """List every quotation once, by source and place, with the codes it stands under."""
    codes: dict[str, list[str]] = {}
    known: dict[str, Quotation] = {}
    for section, quotation in report.quotations():
        known.setdefault(quotation.id, quotation)
        codes.setdefault(quotation.id, []).append(section.code.label)
    rows = [
        (each.id, label_of(each), place_of(each), ", ".join(dict.fromkeys(codes[each.id])))
        for each in sorted(known.values(), key=_by_place)
    ]
    yield line(
        NORMAL, "Every quotation once, by source and place. A withdrawal can be followed here."
    )
    yield from table(("Id", "Label", "Place", "Codes"), rows, (1700, 2572, 2600, 2200))


def proof(report: Report) -> Block:
    """Close with the reckoning: what is stored is printed, or is said to be left out."""
    left_out = "".join(f" {sentence}" for sentence in report.left_out)
    return line(PROOF, f"{proof_line(report)}.{left_out} Journal head: {report.head}.")


def _amounts(report: Report) -> str:
    printed = [quotation for _, quotation in report.quotations()]
    different = len({quotation.id for quotation in printed})
    sources = len({quotation.source for quotation in printed})
    amounts = f"{counted(different, 'quotation')} from {counted(sources, 'source')}"
    if different == len(printed):
        return amounts
    return f"{amounts} ({len(printed)} in print: some stand under more than one code)"


def counted(number: int, noun: str) -> str:
    """Count a noun: `1 code`, `2 codes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def moment(at: datetime) -> str:
    """Write a moment out: `4 March 2026, 14:05 UTC`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}, {utc:%H:%M} UTC"


def _by_place(quotation: Quotation) -> tuple[tuple[str | int, ...], int, int]:
    return _natural(quotation.source), quotation.turn, quotation.start


@cache
def _natural(name: str) -> tuple[str | int, ...]:
    """Take a name apart so that FG10 is sorted behind FG2."""
    pieces = _DIGITS.split(name)
    return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))
