"""The turns of a revision, found by their key, by place, and by what touches them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

from qualcode.domain.sources import Turn
from qualcode.domain.text import Range


def key_of(turn: Turn) -> int:
    """Give what tells a turn from the others: its number, or for want of one its place.

    Headings and notes all have number 0; their key is -1 less the position they begin at.
    """
    return turn.number or -1 - turn.start


class Turns:
    """Turns in order of place."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self.all = tuple(turns)

    @cached_property
    def _starts(self) -> list[int]:
        return [turn.start for turn in self.all]

    @cached_property
    def _ends(self) -> list[int]:
        return [turn.end for turn in self.all]

    @cached_property
    def _by_key(self) -> dict[int, Turn]:
        return {key_of(turn): turn for turn in self.all}

    def of(self, key: int) -> Turn | None:
        """Find a turn by its key."""
        return self._by_key.get(key)

    def at(self, position: int) -> Turn | None:
        """Find the turn whose words hold a position."""
        at = bisect_right(self._starts, position) - 1
        return self.all[at] if at >= 0 and position < self._ends[at] else None

    def touched(self, stretch: Range) -> tuple[Turn, ...]:
        """List the turns that share a code point with a stretch."""
        first = bisect_right(self._ends, stretch.start)
        return self.all[first : bisect_left(self._starts, stretch.end)]

    def after(self, position: int) -> Turn | None:
        """Find the first turn that begins beyond a position."""
        at = bisect_right(self._starts, position)
        return self.all[at] if at < len(self.all) else None

    def before(self, position: int) -> Turn | None:
        """Find the last turn that begins before a position."""
        at = bisect_left(self._starts, position)
        return self.all[at - 1] if at else None

    def nearest(self, position: int) -> Turn | None:
        """Find the turn that begins nearest to a position, the later of two as near."""
        sides = (self.after(position - 1), self.before(position))
        return min(
            (turn for turn in sides if turn),
            key=lambda turn: abs(turn.start - position),
            default=None,
        )
