"""Lanes: the bars left of the words that say how far each coding reaches.

```
 ╻        I never trusted
 ┃╺       the clinic after        ╻ begins  ┃ goes on  ╹ ends  ╺ this row only
 ╹        that.                   ┊ a gap in a coding of several ranges
```
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from qualcode.domain.codings import Coding
from qualcode.domain.text import Range

BUCKET = 512
BEGINS, GOES_ON, ENDS, ONE_ROW, GAP, MORE = "╻", "┃", "╹", "╺", "┊", "+"


class Placed(Protocol):
    """Anything that stands on a stretch of text."""

    @property
    def extent(self) -> Range:
        """The stretch."""
        ...


P = TypeVar("P", bound=Placed)


class Shelves(Generic[P]):
    """Placed things by the 512 code points they touch, so that a row finds its own at once.

    A list with running ends would degrade as soon as one coding spans the source.
    """

    def __init__(self, things: Iterable[P]) -> None:
        self._shelves: dict[int, list[tuple[int, P]]] = {}
        for order, thing in enumerate(things):
            start, end = thing.extent
            for shelf in range(start // BUCKET, max(start, end - 1) // BUCKET + 1):
                self._shelves.setdefault(shelf, []).append((order, thing))

    def on(self, stretch: Range) -> list[P]:
        """List what shares a code point with the stretch, in the order it was given."""
        start, end = stretch
        if start >= end:
            return []
        first, last = start // BUCKET, (end - 1) // BUCKET
        if first == last:
            near: Iterable[tuple[int, P]] = self._shelves.get(first, ())
        else:
            several = (self._shelves.get(shelf, ()) for shelf in range(first, last + 1))
            near = sorted(
                {order: thing for shelf in several for order, thing in shelf}.items(),
                key=lambda pair: pair[0],
            )
        return [thing for _, thing in near if thing.extent.overlaps(stretch)]


def lanes(
    extents: Mapping[UUID, Range], *, kept: Mapping[UUID, int] | None = None
) -> dict[UUID, int]:
    """Give each coding the first lane, from 0, that is free over its whole extent.

    Lanes `kept` from before stay as they are. The others choose in the order of their ids,
    which is the order of making: a coding made later moves none that was there. Extents
    that share a code point never share a lane.
    """
    lane_of = dict(kept or {})
    taken: list[list[Range]] = [[] for _ in range(max(lane_of.values(), default=-1) + 1)]
    for coding, lane in lane_of.items():
        taken[lane].append(extents[coding])
    for occupied in taken:
        occupied.sort()
    for coding in sorted(extents.keys() - lane_of.keys()):
        extent = extents[coding]
        lane = next((at for at, lane in enumerate(taken) if _is_free(lane, extent)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].insert(bisect_left(taken[lane], extent), extent)
        lane_of[coding] = lane
    return lane_of


def _is_free(lane: Sequence[Range], extent: Range) -> bool:
    """Is the lane free over the whole extent?"""
    at = bisect_right(lane, extent)
    before, after = lane[at - 1 : at] if at else [], lane[at : at + 1]
    return not any(other.overlaps(extent) for other in (*before, *after))


def lane_cells(
    row: Range, codings: Iterable[Coding], lane_of: Mapping[UUID, int], *, count: int
) -> list[tuple[str, Coding | None]]:
    """Draw the lanes of a row: a sign and its coding for each of so many lanes.

    Where codings stand in lanes beyond the last one, that one shows `+`.
    """
    cells: list[tuple[str, Coding | None]] = [(" ", None)] * count
    for coding in codings:
        lane = lane_of[coding.id]
        if lane < count:
            cells[lane] = (_sign(row, coding), coding)
        elif count:
            cells[-1] = (MORE, None)
    return cells


def _sign(row: Range, coding: Coding) -> str:
    """Say what a coding does on a row."""
    begins = row.start <= coding.extent.start < row.end
    ends = row.start < coding.extent.end <= row.end
    if begins or ends:
        return ONE_ROW if begins and ends else BEGINS if begins else ENDS
    if any(stretch.overlaps(row) for stretch in coding.ranges):
        return GOES_ON
    return GAP
