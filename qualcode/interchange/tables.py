"""Tables of text: the delimiter found, every cell kept as text, every row accounted for."""

import csv
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from qualcode.domain.codebook import folded
from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Upload

_DELIMITERS = (",", ";", "\t")
_SHOWN = 60
_MOST_SHOWN = 40
_LIMIT = threading.Lock()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, numbered as a spreadsheet does: the column names are row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows; each row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    findings: tuple[Finding, ...] = ()

    def listed(self) -> str:
        """Name the columns on one line."""
        named = [f"“{shortened(name, to=_SHOWN)}”" for name in self.columns[:_MOST_SHOWN]]
        return ", ".join([*named, "…"] if len(self.columns) > _MOST_SHOWN else named)

    def place(self, column: str) -> int | None:
        """Find a column by its name: as written, or else whatever the case."""
        exact = [place for place, name in enumerate(self.columns) if name == column]
        loose = [place for place, name in enumerate(self.columns) if folded(name) == folded(column)]
        found = exact or loose
        return found[0] if len(found) == 1 else None


def read_table(upload: Upload, encoding: str | None, *, expected: Sequence[str] = ()) -> Table:
    """Read a table parted by commas, semicolons or tabs, whichever finds the expected columns.

    A quotation mark inside a quoted cell must be doubled; a file where one is not is
    refused, for the cells after it would slide.
    """
    read = decoded(upload, encoding)
    text = read.text
    delimiter = _delimiter(text, expected)
    rows = list(_rows(upload, text, delimiter))
    if not rows:
        raise ImportRefusedError(upload.name, "the table has no column names.")
    columns = tuple(" ".join(cell.split()) for cell in rows[0].cells)
    body = tuple(_fitted(upload, row, len(columns)) for row in rows[1:])
    return Table(columns, body, read.encoding, read.findings)


def _delimiter(text: str, expected: Sequence[str]) -> str:
    """Choose the delimiter that shows most expected columns, then most columns."""

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            with _long_cells(text):
                first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return (0, 0)
        names = {folded(name) for name in first}
        return (len(names & {folded(name) for name in expected}), len(first))

    return max(_DELIMITERS, key=merit)


def _rows(upload: Upload, text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        with _long_cells(text):
            for cells in reader:
                number += 1
                if any(cell.strip() for cell in cells):
                    yield Row(number, tuple(cells))
    except csv.Error as trouble:
        raise ImportRefusedError(
            upload.name,
            f"row {number + 1} (line {reader.line_num}) cannot be read: a quotation mark inside"
            " a quoted cell is not doubled, or a quoted cell never ends.",
            hint=f"Nothing was imported ({trouble}); save it again as CSV from a spreadsheet.",
        ) from None


def _fitted(upload: Upload, row: Row, width: int) -> Row:
    """Add the empty cells that spreadsheets leave off; refuse words beyond the last column."""
    if any(cell.strip() for cell in row.cells[width:]):
        raise ImportRefusedError(
            upload.name,
            f"row {row.number} has {len(row.cells)} cells, but there are {width} column names.",
        )
    cells = row.cells[:width] + ("",) * (width - len(row.cells))
    return Row(row.number, cells)


@contextmanager
def _long_cells(text: str) -> Iterator[None]:
    """Let cells be as long as the text; the limit is the whole program's, so put it back."""
    with _LIMIT:
        before = csv.field_size_limit(max(csv.field_size_limit(), len(text)))
        try:
            yield
        finally:
            csv.field_size_limit(before)
