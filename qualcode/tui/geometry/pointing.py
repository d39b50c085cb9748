"""From where the mouse points to what it means in the text."""

from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.page import Kind, Page
from qualcode.tui.geometry.signs import sign_holding
from qualcode.tui.geometry.turns import key_of
from qualcode.tui.geometry.units import Selection, Size
from qualcode.tui.geometry.words import word_after


def turn_at(page: Page, row: int) -> Turn | None:
    """Find the turn whose words or notes stand on a row."""
    there = page.row(row)
    return None if there.kind is Kind.EMPTY else there.turn


def sign_at(page: Page, turn: Turn, row: int, cell: int) -> Range:
    """Find the sign of a turn's words nearest to a cell, counted from the words' left edge.

    Above the turn it is the first, below it the last; empty where the turn has no words.
    """
    whole = trimmed(page.text, turn.range)
    if not whole.length:
        return whole
    at = _nearest(page, turn, row, cell)
    return sign_holding(page.text, whole, min(max(at, whole.start), whole.end - 1))


def word_at(page: Page, turn: Turn, row: int, cell: int) -> Range | None:
    """Find the word of a turn that a cell shows."""
    sign = sign_at(page, turn, row, cell)
    word = word_after(page.text, trimmed(page.text, turn.range), sign.start)
    return word if word is not None and word.overlaps(sign) else None


def dragged(page: Page, turn: Turn, start: Range, row: int, cell: int) -> Selection:
    """Select from the sign where a drag began to the one it has come to, in the one turn."""
    return Selection(key_of(turn), Size.CHARACTER, start, sign_at(page, turn, row, cell))


def _nearest(page: Page, turn: Turn, row: int, cell: int) -> int:
    """Find the position that a row and cell come nearest to in a turn."""
    rows = page.rows_of(key_of(turn))
    if row < rows.start:
        return turn.start
    if row >= rows.stop or page.row(row).kind is not Kind.WORDS:
        return turn.end
    line = page.row(row).range
    position = page.position(row, max(cell, 0))
    return turn.end if position is None else min(position, line.end - 1)
