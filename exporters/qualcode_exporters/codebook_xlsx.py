"""The codebook as an Excel workbook: its codes, its parts, and what it is."""

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import ExportRefusedError
from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode.interchange.codebook_table import ABOUT_SHEET, CODES_SHEET, PARTS_SHEET
from qualcode.interchange.codebook_writing import codebook_fields
from qualcode_exporters.codebook_rows import COLUMNS, rows

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_LONGEST_CELL = 32_767
_WIDE = 44
_MIDDLE = 22
_NARROW = 11
_WIDTHS = {
    **dict.fromkeys(("description", "full_definition", "include", "exclude"), _WIDE),
    **dict.fromkeys(("sub_questions", "examples", "name", "theme"), _MIDDLE),
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxCodebookExporter:
    """Writes every cell as text; nothing in it is a formula, a link or a number."""

    title: ClassVar[str] = "Codebook as an Excel workbook"
    suffix: ClassVar[str] = ".xlsx"
    for_people: ClassVar[bool] = False

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the codebook to the stream; refuse a text that no cell can hold."""
        import xlsxwriter

        codebook = report.codebook
        sheets = {
            CODES_SHEET: [list(COLUMNS), *rows(codebook)],
            PARTS_SHEET: [["part", "theme", "note", "origin"], *_parts(codebook)],
            ABOUT_SHEET: [["field", "value"], *_about(codebook)],
        }
        for table in sheets.values():
            _refuse_long_cells(table)
        workbook = xlsxwriter.Workbook(stream, _OPTIONS)
        moment = report.as_of.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"author": "qualcode", "created": moment})
        for name, table in sheets.items():
            _write(workbook, name, table)
        workbook.close()


def _parts(codebook: Codebook) -> list[list[str]]:
    return [[str(one.number), one.title, one.note, one.origin.value] for one in codebook.parts]


def _about(codebook: Codebook) -> list[list[str]]:
    return [[name, str(value)] for name, value in codebook_fields(codebook).items()]


def _refuse_long_cells(table: Sequence[Sequence[str]]) -> None:
    """Refuse what a spreadsheet would cut without a word."""
    for row in table[1:]:
        for column, cell in zip(table[0], row, strict=True):
            if len(cell.encode("utf-16-le")) // 2 > _LONGEST_CELL:
                raise ExportRefusedError(
                    f"{row[0]}: “{column}” is longer than the {_LONGEST_CELL:,} signs that"
                    " a cell of a workbook holds.",
                    hint="Nothing was written. YAML, CSV and .qdc hold texts of any length.",
                )


def _write(workbook: "Workbook", name: str, table: Sequence[Sequence[str]]) -> None:
    head = workbook.add_format({"bold": True, "valign": "top"})
    body = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table[0]):
        sheet.set_column(place, place, _WIDTHS.get(column, _NARROW))
    for number, row in enumerate(table):
        style: Format = body if number else head
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, cell, style)
