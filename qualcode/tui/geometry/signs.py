"""Signs: what a reader takes for one character, and the cells of a terminal it fills.

A letter with its accents, a joined emoji, a flag is one *sign*: it may hold many code
points and is never split. A cell is one column of the terminal; a wide sign takes two, an
accent on its letter none. Texts are given as the screen shows them
(`domain.display.visible`), which leaves every position where it was.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

from qualcode.domain.text import Range

TAB = 4
JOINER = "\u200d"
_STANDS_ALONE = "\t\n"
_ONE_CELL_EACH = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0373\u0376-\u0377\u037a-\u037f\u0384-\u0386"
    r"\u0388-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u0660-\u066d"
    r"\u2010-\u2027\u2039\u203a\u20ac\ufffd]*"
)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_FLAGS = "".join(map(chr, _FLAG_LETTERS))
_LOOK_AHEAD = 8


class Sign(NamedTuple):
    """What a reader takes for one sign: its code points and the cells from `cell` it fills."""

    start: int
    end: int
    cell: int
    width: int


def signs(text: str, row: Range) -> list[Sign]:
    """List the signs of a row with the cells they fill, counted from the row's left edge.

    A tab fills up to the next multiple of four cells; a newline fills none.
    """
    if fill_one_cell_each(text, row):
        return [Sign(at, at + 1, at - row.start, 1) for at in range(*row)]
    found: list[Sign] = []
    cell = 0
    for start, end, width in sized(text, row):
        filled = TAB - cell % TAB if text[start] == "\t" else width
        found.append(Sign(start, end, cell, filled))
        cell += filled
    return found


def row_cells(text: str, row: Range) -> int:
    """Count the cells that a row fills."""
    last = signs(text, row)[-1:]
    return last[0].cell + last[0].width if last else 0


def sign_holding(text: str, stretch: Range, position: int) -> Range:
    """Find the sign of a stretch that holds a position, without looking at all the others."""
    start = _sure_start(text, stretch, position)
    ahead = position + _LOOK_AHEAD
    while True:
        seen = Range(start, min(ahead, stretch.end))
        for first, end, _ in sized(text, seen):
            if position < end and (end < seen.end or seen.end == stretch.end):
                return Range(first, end)
        if seen.end == stretch.end:
            return Range(position, position)
        ahead += ahead - start


def fill_one_cell_each(text: str, stretch: Range) -> bool:
    """Are all code points of a stretch signs of their own, and one cell wide?"""
    return _ONE_CELL_EACH.fullmatch(text, *stretch) is not None


def sized(text: str, row: Range) -> Iterator[tuple[int, int, int]]:
    """Give the signs of a row as start, end, cells; tabs and newlines stand alone, as none."""
    for piece in re.finditer(r"[\t\n]|[^\t\n]+", text[row.start : row.end]):
        start = row.start + piece.start()
        if piece[0] in _STANDS_ALONE:
            yield start, start + 1, 0
        else:
            yield from _graphemes(piece[0], start)


def _sure_start(text: str, stretch: Range, position: int) -> int:
    """Find where a sign surely begins, at a position or as little before it as may be."""
    at = position
    while at > stretch.start and not _begins_a_sign(text, at):
        if ord(text[at]) in _FLAG_LETTERS:
            run = stretch.start + len(text[stretch.start : at].rstrip(_FLAGS))
            if run == stretch.start or text[run - 1] != JOINER:
                return at - (at - run) % 2
            at = run
        at -= 1
    return at


def _begins_a_sign(text: str, at: int) -> bool:
    """Say whether a sign begins here whatever stands before: no accent, no half of a flag."""
    if text[at] in _STANDS_ALONE or text[at - 1] in _STANDS_ALONE:
        return True
    fills = get_character_cell_size(text[at]) > 0
    return fills and text[at - 1] != JOINER and ord(text[at]) not in _FLAG_LETTERS


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
        flag = (start, end, cells) if letter and end == start + 1 else None
        if flag is None:
            yield offset + start, offset + end, cells
    if flag:
        yield offset + flag[0], offset + flag[1], flag[2]
