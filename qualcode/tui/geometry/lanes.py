"""Lanes: the bars left of the words that say how far each coding reaches.

```
 ╻        I never trusted
 ┃╺       the clinic after        ╻ begins  ┃ goes on  ╹ ends  ╺ this row only
 ╹        that.                   ┊ a gap in a coding of several ranges
```
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from uuid import UUID

from qualcode.domain.codings import Coding
from qualcode.domain.text import Range

LANES = 32
BEGINS, GOES_ON, ENDS, ONE_ROW, GAP, MORE = "╻", "┃", "╹", "╺", "┊", "+"


@dataclass(frozen=True)
class Lanes:
    """The lane of each coding, from 0: the first that was free over its whole extent.

    Extents that share a code point never share a lane. Only beyond the 32nd, more than any
    page has room for, one lane holds all that is left.
    """

    of: Mapping[UUID, int] = field(default_factory=dict)
    _taken: tuple[Sequence[Range], ...] = ()
    _extents: Mapping[UUID, Range] = field(default_factory=dict)

    def changed(self, *, gone: Iterable[UUID] = (), come: Mapping[UUID, Range]) -> "Lanes":
        """Take codings off and put others on by their extents; all that stay keep their lanes.

        Those that come choose in the order of their ids, which is the order of making: a
        coding made later moves none that was there.
        """
        lane_of, extents = dict(self.of), dict(self._extents)
        taken = [[*lane] for lane in self._taken]
        for coding in gone:
            lane, extent = lane_of.pop(coding), extents.pop(coding)
            if lane < LANES:
                taken[lane].remove(extent)
        for coding in sorted(come, key=attrgetter("int")):
            extent = extents[coding] = come[coding]
            lane = next((at for at, each in enumerate(taken) if _is_free(each, extent)), len(taken))
            lane_of[coding] = min(lane, LANES)
            if lane == len(taken) and lane < LANES:
                taken.append([])
            if lane < LANES:
                taken[lane].insert(bisect_left(taken[lane], extent), extent)
        return Lanes(lane_of, tuple(taken), extents)


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
    more = False
    for coding in codings:
        lane = lane_of[coding.id]
        if lane < count:
            cells[lane] = (_sign(row, coding), coding)
        else:
            more = True
    if more and count:
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
