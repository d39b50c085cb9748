"""The page: which row of the screen shows which words of a source.

```
     header lines, before the first turn
                                              an empty row
   7 INT        And when it does not happen?
                                              an empty row
   8 FG6   ┃    I think we need better          first row: number, speaker, lanes
           ┃    responses.
     1d         ├──── whole turn                one row a note
```
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range
from qualcode.tui.geometry.wrapping import cell_to_offset, offset_to_cell, wrapped

FOLDING = frozenset({TurnRole.INTERVIEWER, TurnRole.ADDED})
_LANES_WIDE, _LANES_NARROW, _NARROW = 4, 2, 60
_SPEAKER_WIDE, _SPEAKER_NARROW = 10, 6
_LEAST_WORDS = 8


class Kind(Enum):
    """What a row shows."""

    HEADER = auto()
    WORDS = auto()
    NOTE = auto()
    EMPTY = auto()


class Row(NamedTuple):
    """One row of the page.

    `within` counts the rows of its kind in the turn from 0; `range` is empty but for words
    and header. `turn` is None in the header and in the empty row after it.
    """

    kind: Kind
    turn: Turn | None
    within: int
    range: Range


class Spot(NamedTuple):
    """A place on the page: its row, and the cell counted from the words' left edge."""

    row: int
    cell: int


@dataclass(frozen=True, slots=True)
class Gutter:
    """The columns left of the words, in cells: bar, number, speaker, lanes, with blanks."""

    number: int
    speaker: int
    lanes: int

    @property
    def lanes_at(self) -> int:
        """Where the lanes begin."""
        return 1 + self.number + 1 + self.speaker + 1

    @property
    def width(self) -> int:
        """How many cells stand left of the words."""
        return self.lanes_at + self.lanes + 1

    def words(self, width: int) -> int:
        """How many cells of a page's width are left for words."""
        return max(_LEAST_WORDS, width - self.width)


@dataclass(frozen=True, slots=True)
class Block:
    """A turn on the page: the rows of its words, its notes below, and an empty row."""

    turn: Turn | None
    words: tuple[Range, ...]
    notes: int = 0

    @property
    def height(self) -> int:
        """How many rows the block takes."""
        return len(self.words) + self.notes + 1

    def row(self, within: int) -> Row:
        """Give a row of the block, counted from 0."""
        end = self.words[-1].end if self.words else 0
        if within < len(self.words):
            kind = Kind.HEADER if self.turn is None else Kind.WORDS
            return Row(kind, self.turn, within, self.words[within])
        within -= len(self.words)
        kind = Kind.NOTE if within < self.notes else Kind.EMPTY
        return Row(kind, self.turn, within if kind is Kind.NOTE else 0, Range(end, end))


@dataclass(frozen=True)
class Page:
    """A revision laid out at one width; every look-up takes O(log n) of its turns."""

    text: str = field(repr=False)
    width: int
    gutter: Gutter
    blocks: tuple[Block, ...] = field(repr=False)
    _first_rows: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _by_number: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = tuple(accumulate((block.height for block in self.blocks), initial=0))
        starts = tuple(block.words[0].start for block in self.blocks)
        numbers = {block.turn.number: at for at, block in enumerate(self.blocks) if block.turn}
        object.__setattr__(self, "_first_rows", rows)
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_by_number", numbers)

    @property
    def height(self) -> int:
        """How many rows the page has; the last block needs no empty row after it."""
        return max(0, self._first_rows[-1] - 1)

    def row(self, number: int) -> Row:
        """Say what a row shows; beyond the page there are empty rows of no turn."""
        if not 0 <= number < self.height:
            return Row(Kind.EMPTY, None, 0, Range(0, 0))
        at = bisect_right(self._first_rows, number) - 1
        return self.blocks[at].row(number - self._first_rows[at])

    def first_row(self, turn: int) -> int:
        """Say on which row a turn begins, by the turn's number."""
        return self._first_rows[self._by_number[turn]]

    def rows_of(self, turn: int) -> range:
        """Say which rows a turn takes, its notes with it, the empty row without."""
        at = self._by_number[turn]
        return range(self._first_rows[at], self._first_rows[at + 1] - 1)

    def block(self, turn: int) -> Block:
        """Give a turn's block, by the turn's number."""
        return self.blocks[self._by_number[turn]]

    def shows(self, turn: int) -> bool:
        """Is there a turn of this number on the page?"""
        return turn in self._by_number

    def spot(self, position: int) -> Spot:
        """Say where a position stands; between turns, at the end of the turn before."""
        at, within = self._place(position)
        cell = offset_to_cell(self.text, self.blocks[at].words[within], position)
        return Spot(self._first_rows[at] + within, cell)

    def widened(self, stretch: Range) -> Range:
        """Widen a stretch to the whole rows it touches."""
        (first, top), (last, bottom) = self._place(stretch.start), self._place(stretch.end - 1)
        start, end = self.blocks[first].words[top].start, self.blocks[last].words[bottom].end
        return Range(min(start, stretch.start), max(end, stretch.end))

    def position(self, row: int, cell: int) -> int | None:
        """Say which position of the text a cell shows, counted from the words' left edge.

        Right of a row's words it is the row's end; on a note or an empty row, the end of
        the words above; None in the header and where the page shows no turn.
        """
        there = self.row(row)
        if there.turn is None:
            return None
        if there.kind is Kind.WORDS:
            return cell_to_offset(self.text, there.range, cell)
        return there.turn.end

    def _place(self, position: int) -> tuple[int, int]:
        """Find the block that holds a position, and the row of its words."""
        at = max(0, bisect_right(self._starts, position) - 1)
        rows = self.blocks[at].words
        return at, max(0, bisect_right(rows, position, key=_start) - 1)

    def noted(self, notes: Mapping[int, int]) -> "Page":
        """Give the page with so many rows of notes below the turns, by turn number."""
        blocks = tuple(
            block if (count := _count(notes, block)) == block.notes else replace(block, notes=count)
            for block in self.blocks
        )
        return Page(self.text, self.width, self.gutter, blocks)


def laid_out(text: str, turns: Iterable[Turn], width: int, *, folded: bool = False) -> Page:
    """Lay turns out at a width in cells; the text as shown, the turns in order of place.

    Folded, interviewers' and added turns keep their first row only.
    """
    shown = tuple(turns)
    gutter = _gutter(shown, width)
    room = gutter.words(width)
    blocks = [Block(turn, _rows(text, turn, room, folded=folded)) for turn in shown]
    header = _header(text, shown)
    if header.length:
        blocks.insert(0, Block(None, tuple(wrapped(text, header, room))))
    return Page(text, width, gutter, tuple(blocks))


def _start(row: Range) -> int:
    """Say where a row begins."""
    return row.start


def _rows(text: str, turn: Turn, room: int, *, folded: bool) -> tuple[Range, ...]:
    """Wrap a turn's words."""
    rows = wrapped(text, turn.range, room)
    return tuple(rows[:1] if folded and turn.role in FOLDING else rows)


def _count(notes: Mapping[int, int], block: Block) -> int:
    """Say how many rows of notes a block is to have."""
    return notes.get(block.turn.number, 0) if block.turn else 0


def _gutter(turns: tuple[Turn, ...], width: int) -> Gutter:
    """Divide the columns left of the words, sparing where the page is narrow."""
    narrow = width < _NARROW
    longest = max((len(turn.speaker) for turn in turns), default=0)
    number = max((len(str(turn.number)) for turn in turns), default=1)
    speaker = min(longest, _SPEAKER_NARROW if narrow else _SPEAKER_WIDE)
    gutter = Gutter(max(2, number), speaker, _LANES_NARROW if narrow else _LANES_WIDE)
    if width - gutter.width < 2 * _LEAST_WORDS:
        return replace(gutter, speaker=min(speaker, 2))
    return gutter


def _header(text: str, turns: tuple[Turn, ...]) -> Range:
    """Find the lines before the first turn and its speaker's label."""
    if not turns:
        return Range(0, len(text.rstrip()))
    first = turns[0]
    lines = text[: first.start].split("\n")[:-1]
    while lines and lines[-1].strip().strip(":") in ("", first.speaker):
        lines.pop()
    return Range(0, len("\n".join(lines)))
