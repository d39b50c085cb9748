"""The codebook as a table of text, one row a code."""

import csv
import io
from typing import BinaryIO, ClassVar

from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode.interchange.doors import csv_cell
from qualcode_exporters.codebook_rows import COLUMNS, rows


class CsvCodebookExporter:
    """Writes a table that a spreadsheet opens and that reads back as the same codes."""

    title: ClassVar[str] = "Codebook as a table, one row a code"
    suffix: ClassVar[str] = ".csv"
    for_people: ClassVar[bool] = False

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the codebook: RFC 4180, UTF-8 with the mark Excel looks for."""
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            table = csv.writer(text)
            table.writerow(COLUMNS)
            for row in rows(report.codebook):
                table.writerow([csv_cell(cell) for cell in row])
        finally:
            text.detach()
