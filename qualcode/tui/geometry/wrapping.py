"""Wrapping words to the cells of a terminal, and finding one's way between the two.

A cell is one column of the terminal; a wide sign takes two, an accent set on its letter
none. What a reader takes for one sign (a letter with its accents, a joined emoji, a flag)
is a *sign* here: it may hold many code points and is never split. Texts are given as the
screen shows them (`domain.display.visible`), which leaves every position where it was.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import split_graphemes

from qualcode.domain.text import Range

TAB = 4
_ONE_CELL_EACH = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2039\u203a\u20ac\ufffd]*"
)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


class Sign(NamedTuple):
    """What a reader takes for one sign: its code points and the cells from `cell` it fills."""

    start: int
    end: int
    cell: int
    width: int


def wrapped(text: str, stretch: Range, width: int) -> list[Range]:
    """Cut a stretch into rows of at most `width` cells, at blanks where there are any.

    Every code point lies in exactly one row: a newline in the row it ends, and blanks in
    the row they follow, even beyond its right edge. A sign wider than a row has its own.
    An empty stretch is one empty row.
    """
    if stretch.start >= stretch.end:
        return [Range(stretch.start, stretch.start)]
    width = max(1, width)
    rows: list[Range] = []
    for line in _lines(text, stretch):
        if _ONE_CELL_EACH.fullmatch(text, line.start, _without_newline(text, line)):
            _wrap_plainly(text, line, width, rows)
        else:
            _wrap_by_signs(text, line, width, rows)
    return rows


def signs(text: str, row: Range) -> list[Sign]:
    """List the signs of a row with the cells they fill, counted from the row's left edge.

    A tab fills up to the next multiple of four cells; a newline fills none.
    """
    found: list[Sign] = []
    cell = 0
    for start, end, width in _sized(text, row):
        filled = TAB - cell % TAB if text[start] == "\t" else width
        found.append(Sign(start, end, cell, filled))
        cell += filled
    return found


def row_cells(text: str, row: Range) -> int:
    """Count the cells that a row fills."""
    last = signs(text, row)[-1:]
    return last[0].cell + last[0].width if last else 0


def offset_to_cell(text: str, row: Range, offset: int) -> int:
    """Say at which cell of its row a position stands; beyond the end, the cell after it."""
    end = _without_newline(text, row)
    if _ONE_CELL_EACH.fullmatch(text, row.start, end):
        return min(max(offset, row.start), end) - row.start
    for sign in signs(text, row):
        if offset < sign.end:
            return sign.cell
    return row_cells(text, row)


def cell_to_offset(text: str, row: Range, cell: int) -> int:
    """Say which position a cell of a row shows: the sign's first code point.

    Right of the words it is the row's end, before its newline.
    """
    end = _without_newline(text, row)
    if _ONE_CELL_EACH.fullmatch(text, row.start, end):
        return min(row.start + max(cell, 0), end)
    return next(
        (sign.start for sign in signs(text, row) if sign.cell + sign.width > cell and sign.width),
        end,
    )


def _lines(text: str, stretch: Range) -> Iterator[Range]:
    """Give the lines of a stretch, each with the newline that ends it."""
    start = stretch.start
    while start < stretch.end:
        newline = text.find("\n", start, stretch.end)
        end = stretch.end if newline < 0 else newline + 1
        yield Range(start, end)
        start = end


def _without_newline(text: str, row: Range) -> int:
    """Say where a row ends, its newline left out."""
    return row.end - 1 if row.end > row.start and text[row.end - 1] == "\n" else row.end


def _wrap_plainly(text: str, line: Range, width: int, rows: list[Range]) -> None:
    """Cut a line whose code points fill one cell each."""
    start, end = line
    while _without_newline(text, Range(start, end)) - start > width:
        blank = text.rfind(" ", start, start + width + 1)
        cut = blank + 1 if blank >= start else start + width
        while cut < end and text[cut] == " ":
            cut += 1
        if cut >= end or text[cut] == "\n":
            break
        rows.append(Range(start, cut))
        start = cut
    rows.append(Range(start, end))


def _wrap_by_signs(text: str, line: Range, width: int, rows: list[Range]) -> None:
    """Cut a line sign by sign."""
    start, blank, cell, cell_after_blank = line.start, -1, 0, 0
    for first, end, own in _sized(text, line):
        tab = text[first] == "\t"
        filled = TAB - cell % TAB if tab else own
        if tab or text[first] == " ":
            cell += filled
            blank, cell_after_blank = end, cell
            continue
        if filled and cell + filled > width and first > start:
            cut, kept = (blank, cell - cell_after_blank) if blank > start else (first, 0)
            rows.append(Range(start, cut))
            start, blank, cell = cut, -1, kept
        cell += filled
    rows.append(Range(start, line.end))


def _sized(text: str, row: Range) -> Iterator[tuple[int, int, int]]:
    """Give the signs of a row as start, end, cells; tabs and newlines stand alone, as none."""
    for piece in re.finditer(r"[\t\n]|[^\t\n]+", text[row.start : row.end]):
        start = row.start + piece.start()
        if piece[0] in "\t\n":
            yield start, start + 1, 0
        else:
            yield from _graphemes(piece[0], start)


def _graphemes(piece: str, offset: int) -> Iterator[tuple[int, int, int]]:
    """Give the signs of a piece, the two letters of a flag together."""
    if piece.isascii():
        yield from ((offset + at, offset + at + 1, 1) for at in range(len(piece)))
        return
    flag: tuple[int, int, int] | None = None
    for start, end, cells in split_graphemes(piece)[0]:
        letter = ord(piece[start]) in _FLAG_LETTERS
        if flag and letter:
            yield offset + flag[0], offset + end, flag[2] + cells
            flag = None
            continue
        if flag:
            yield offset + flag[0], offset + flag[1], flag[2]
        flag = (start, end, cells) if letter else None
        if not letter:
            yield offset + start, offset + end, cells
    if flag:
        yield offset + flag[0], offset + flag[1], flag[2]
