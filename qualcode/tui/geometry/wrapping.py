"""Wrapping words to the cells of a terminal, and finding one's way between the two."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from rich.cells import get_character_cell_size

from qualcode.domain.text import Range
from qualcode.tui.geometry.signs import (
    TAB,
    fill_one_cell_each,
    row_cells,
    signs,
    sized,
)

_NOT_BY_CODE_POINT = re.compile("[\t\ufe0f\u200d\U0001f1e6-\U0001f1ff]")
_SPARE = 32


def wrapped(text: str, stretch: Range, width: int) -> list[Range]:
    """Cut a stretch into rows of at most `width` cells, at blanks where there are any.

    Every code point lies in exactly one row: a newline in the row it ends, and blanks in
    the row they follow, even beyond its right edge. A sign wider than a row has its own.
    An empty stretch is one empty row.
    """
    if stretch.start >= stretch.end:
        return [Range(stretch.start, stretch.start)]
    width = max(1, width)
    if stretch.length <= width and fill_one_cell_each(text, stretch):
        return [stretch]
    rows: list[Range] = []
    for line in _lines(text, stretch):
        start, end = line.start, _without_newline(text, line)
        plain = fill_one_cell_each(text, Range(start, end))
        cut = _cut_plainly if plain else _cut_carefully
        while (row_end := cut(text, start, end, width)) < end:
            rows.append(Range(start, row_end))
            start = row_end
        rows.append(Range(start, line.end))
    return rows


def offset_to_cell(text: str, row: Range, offset: int) -> int:
    """Say at which cell of its row a position stands; beyond the end, the cell after it."""
    end = _without_newline(text, row)
    if fill_one_cell_each(text, Range(row.start, end)):
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
    if fill_one_cell_each(text, Range(row.start, end)):
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


def _cut_plainly(text: str, start: int, end: int, width: int) -> int:
    """Say where the first row of what is left of a line ends; code points fill a cell each."""
    if end - start <= width:
        return end
    blank = text.rfind(" ", start, start + width + 1)
    cut = blank + 1 if blank >= start else start + width
    while cut < end and text[cut] == " ":
        cut += 1
    return cut


def _cut_carefully(text: str, start: int, end: int, width: int) -> int:
    """Say where the first row of what is left of a line ends, whatever stands there.

    As much is looked at as may fill the row, and more where accents and joined signs fill
    less.
    """
    seen = 2 * width + _SPARE
    while True:
        part = Range(start, min(start + seen, end))
        by_sign = _NOT_BY_CODE_POINT.search(text, *part) is not None
        cut = (_cut_by_sign if by_sign else _cut_by_code_point)(text, part, width)
        if cut < part.end or part.end == end:
            return cut
        seen *= 2


def _cut_by_code_point(text: str, line: Range, width: int) -> int:
    """Cut where a code point fills two cells, one, or none as an accent on the one before."""
    words = line.of(text)
    sizes = list(map(get_character_cell_size, words))
    over = bisect_right([*accumulate(sizes)], width)
    if over == 0:
        over = next((at for at, size in enumerate(sizes) if at and size), len(words))
    if over == len(words):
        return line.end
    blank = words.rfind(" ", 0, over + 1)
    cut = blank + 1 if blank >= 0 else over
    while blank >= 0 and cut < len(words) and (words[cut] == " " or not sizes[cut]):
        cut += 1
    return line.start + cut


def _cut_by_sign(text: str, line: Range, width: int) -> int:
    """Cut where there are tabs, joined signs or flags."""
    blank, cell = -1, 0
    for first, end, own in sized(text, line):
        tab = text[first] == "\t"
        filled = TAB - cell % TAB if tab else own
        if tab or text[first] == " ":
            blank = end
        elif filled and cell + filled > width and first > line.start:
            return blank if blank > line.start else first
        cell += filled
    return line.end
