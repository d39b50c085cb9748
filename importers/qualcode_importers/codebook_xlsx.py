"""Codebooks in Excel workbooks: the sheet of codes, and where they are there, of parts."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from qualcode.domain.codebook import Origin, Part, folded
from qualcode.domain.findings import Finding
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_drafts import CodebookDraft, DraftPart
from qualcode.interchange.codebook_fields import Fields
from qualcode.interchange.codebook_left_out import left_out
from qualcode.interchange.codebook_table import (
    ABOUT_SHEET,
    CODES_SHEET,
    PARTS_SHEET,
    table_draft,
)
from qualcode.interchange.codebook_troubles import At, Troubles
from qualcode.interchange.importing import Upload
from qualcode.interchange.tables import Row, Table
from qualcode.interchange.unpacking import Archive

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_CELL = re.compile(rb"""\br=["']([A-Z]{0,3})([0-9]{1,7})["']""")
_MOST_CELLS = 1_000_000
_LETTERS = 26


class XlsxImporter:
    """Reads a workbook as qualcode writes it, or any table of codes on its first sheet."""

    title: ClassVar[str] = "Codebook in an Excel workbook"
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx",)

    def draft(self, upload: Upload, troubles: Troubles) -> CodebookDraft:
        """Read the sheets into a draft of a codebook."""
        from python_calamine import CalamineError, CalamineWorkbook

        _refuse_bombs(upload, troubles)
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(upload.data))
            names = book.sheet_names
            own = CODES_SHEET in names
            if not names:
                troubles.refuse(At(), "the workbook has no sheet.")
            codes = _table(book, CODES_SHEET if own else names[0], troubles)
            parts = _table(book, PARTS_SHEET, troubles) if own and PARTS_SHEET in names else None
            about = _about(book, troubles) if own and ABOUT_SHEET in names else {}
        except (CalamineError, ValueError, OSError):
            troubles.refuse(At(), "the workbook is damaged, protected or of another kind.")
        read = (CODES_SHEET, PARTS_SHEET, ABOUT_SHEET) if own else names[:1]
        told = Fields(troubles, "the codebook", about)
        draft = table_draft(codes, troubles, parts=_parts(parts, troubles) if parts else ())
        return CodebookDraft(
            draft.parts,
            draft.retired,
            told.text("title") if about else upload.stem,
            told.number("version", otherwise=1),
            told.text("language") or "en",
            (*draft.findings, *_unread(book, read)),
        )


def _unread(book: "CalamineWorkbook", read: Sequence[str]) -> Iterator[Finding]:
    """Name the other sheets that hold anything."""
    others = [name for name in book.sheet_names if name not in read]
    yield from left_out("sheet", "sheets", [name for name in others if _holds_anything(book, name)])


def _holds_anything(book: "CalamineWorkbook", name: str) -> bool:
    from python_calamine import CalamineError

    try:
        rows = book.get_sheet_by_name(name).to_python()
    except (CalamineError, ValueError, OSError):
        return True
    return any(str(cell).strip() for row in rows for cell in row)


def _refuse_bombs(upload: Upload, troubles: Troubles) -> None:
    """Unpack every member under limits; refuse a sheet whose cells lie far apart."""
    archive = Archive(upload)
    for name in archive.names():
        data = archive.read(name)
        if "/worksheets/" not in name.casefold():
            continue
        wide, high = 1, 1
        for letters, digits in _CELL.findall(data):
            wide = max(wide, _column(letters))
            high = max(high, int(digits))
        if wide * high > _MOST_CELLS:
            troubles.refuse(At(), "a sheet has cells too far apart to be a codebook.")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _table(book: "CalamineWorkbook", name: str, troubles: Troubles) -> Table:
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [
        Row(number, tuple(_words(cell) for cell in row))
        for number, row in enumerate(cells, 1)
        if any(str(cell).strip() for cell in row)
    ]
    if not rows:
        troubles.refuse(At(), f"the sheet “{name}” is empty.")
    columns = tuple(" ".join(cell.split()) for cell in rows[0].cells)
    return Table(columns, tuple(rows[1:]), "")


def _words(cell: object) -> str:
    """Give a cell as text: a number as it is typed, a date as 2026-11-25."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return as_stored(str(cell)).text


def _about(book: "CalamineWorkbook", troubles: Troubles) -> dict[str, str]:
    table = _table(book, ABOUT_SHEET, troubles)
    return {row.cells[0]: row.cells[1] for row in table.rows if len(row.cells) > 1}


def _parts(table: Table, troubles: Troubles) -> list[DraftPart]:
    names = [folded(column) for column in table.columns]
    found = []
    for row in table.rows:
        at = At(row.number, f"sheet {PARTS_SHEET}, row")
        values = dict(zip(names, row.cells, strict=True))
        fields = Fields(troubles, "the part", values, at)
        origin = fields.origin(otherwise=Origin.NOT_STATED)
        part = Part(fields.number("part"), fields.name("theme"), fields.text("note"), origin)
        found.append(DraftPart(part, at=at))
    return found
