"""Quotations as a table: one row for each quotation under each code."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from qualcode.domain.codebook import Part
from qualcode.interchange.doors import csv_cell, xml_text
from qualcode.interchange.exporting import Quotation, Report, Section

COLUMNS = (
    "id",
    "source",
    "kind",
    "turn",
    "start",
    "end",
    "speaker",
    "label",
    "part",
    "code",
    "name",
    "words",
    "coders",
    "memos",
    "made_under",
    "codebook_version",
)


class CsvExporter:
    """Writes a table that spreadsheets and statistics programs open."""

    title: ClassVar[str] = "Table of quotations, one row a quotation and code"
    suffix: ClassVar[str] = ".csv"

    def write(self, report: Report, stream: BinaryIO) -> None:
        """Write the report to the stream: RFC 4180, UTF-8 with the mark Excel looks for."""
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            rows = csv.writer(text)
            rows.writerow(COLUMNS)
            rows.writerows(_rows(report))
        finally:
            text.detach()


def _rows(report: Report) -> Iterator[list[str | int]]:
    for chapter in report.chapters:
        for section in chapter.sections:
            for quotation in section.quotations:
                yield _row(chapter.part, section, quotation)


def _row(part: Part, section: Section, quotation: Quotation) -> list[str | int]:
    memos = "\n".join(f"{each.initials}: {each.body}" for each in quotation.remarks)
    cells: tuple[str | int, ...] = (
        quotation.id,
        quotation.source,
        quotation.kind.value,
        quotation.turn,
        quotation.start,
        quotation.end,
        quotation.speaker,
        quotation.label,
        part.number,
        section.code.label,
        section.name,
        quotation.words,
        "; ".join(quotation.coders),
        memos,
        quotation.made_under,
        quotation.codebook_version,
    )
    return [csv_cell(xml_text(cell)) if isinstance(cell, str) else cell for cell in cells]
