"""What a coder can jump to: the turns and notes in view."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.domain.codings import Coding
from qualcode.domain.text import Range
from qualcode.tui.geometry.marking import Marking
from qualcode.tui.geometry.page import Kind, Page


@dataclass(frozen=True, slots=True)
class Target:
    """A turn in view, at the first of its rows there (WORDS), or one of its notes (NOTE).

    `turn` is its number, `within` the row of its kind in the turn, from 0. `range` are the
    words meant: the turn's, or what the note stands on.
    """

    turn: int
    kind: Kind
    within: int
    range: Range = field(compare=False)
    codings: tuple[Coding, ...] = field(default=(), compare=False)


def targets(page: Page, marking: Marking, view: range) -> Iterator[Target]:
    """Give what can be jumped to on some rows of a page, from the top down."""
    seen = 0
    for number in view:
        row = page.row(number)
        turn = row.turn
        if turn is None or turn.number == 0:
            continue
        if row.kind is Kind.WORDS and turn.number != seen:
            seen = turn.number
            yield Target(turn.number, row.kind, row.within, turn.range)
        elif row.kind is Kind.NOTE:
            note = marking.notes(turn)[row.within]
            yield Target(turn.number, row.kind, row.within, note.range, note.codings)
