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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.turns import Turns, key_of
from qualcode.tui.geometry.wrapping import cell_to_offset, offset_to_cell, wrapped

FOLDING = frozenset({TurnRole.INTERVIEWER, TurnRole.ADDED})
_LANES_WIDE, _LANES_NARROW, _NARROW = 4, 2, 60
_SPEAKER_WIDE, _SPEAKER_NARROW = 10, 6
_LEAST_WORDS = 8
_LABEL = 4


class Kind(Enum):
    """What a row shows."""

    HEADER = auto()
    WORDS = auto()
    NOTE = auto()
    EMPTY = auto()
    HIDDEN = auto()


class Row(NamedTuple):
    """One row of the page.

    `within` counts the rows of its kind in the turn from 0, and where turns are hidden, says
    how many; `range` is empty but for words and header. `turn` is None in header lines, where
    turns are hidden, and in the empty row after either.
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
    """A turn on the page: the rows of its words, its notes below, and an empty row.

    Without a turn it is lines between the turns, or one row that stands for `hidden` turns.
    """

    turn: Turn | None
    words: tuple[Range, ...]
    notes: int = 0
    hidden: int | None = None

    @property
    def height(self) -> int:
        """How many rows the block takes."""
        return len(self.words) + self.notes + 1

    def row(self, within: int) -> Row:
        """Give a row of the block, counted from 0."""
        if within < len(self.words):
            words = self.words[within]
            if self.hidden is not None:
                return Row(Kind.HIDDEN, None, self.hidden, words)
            return Row(Kind.WORDS if self.turn else Kind.HEADER, self.turn, within, words)
        end = self.words[-1].end
        within -= len(self.words)
        kind = Kind.NOTE if within < self.notes else Kind.EMPTY
        return Row(kind, self.turn, within if kind is Kind.NOTE else 0, Range(end, end))


@dataclass(frozen=True)
class Page:
    """A revision laid out at one width; every look-up takes O(log n) of its turns.

    Turns go by their key, see `key_of`. `turns` are all of the revision, shown or not.
    """

    text: str = field(repr=False)
    width: int
    gutter: Gutter
    blocks: tuple[Block, ...] = field(repr=False)
    turns: Turns = field(repr=False, compare=False)
    _heights: Sequence[int] = field(repr=False, compare=False)
    _starts: Sequence[int] = field(repr=False, compare=False)
    _by_key: Mapping[int, int] = field(repr=False, compare=False)

    @cached_property
    def _first_rows(self) -> list[int]:
        return [*accumulate(self._heights, initial=0)]

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
        """Say on which row a turn begins."""
        return self._first_rows[self._by_key[turn]]

    def rows_of(self, turn: int) -> range:
        """Say which rows a turn takes, its notes with it, the empty row without."""
        at = self._by_key[turn]
        return range(self._first_rows[at], self._first_rows[at + 1] - 1)

    def block(self, turn: int) -> Block:
        """Give a turn's block."""
        return self.blocks[self._by_key[turn]]

    def shows(self, turn: int) -> bool:
        """Is there a turn of this key on the page?"""
        return turn in self._by_key

    def spot(self, position: int) -> Spot:
        """Say where a position stands; between turns, at the end of the turn before."""
        at, within = self._place(position)
        cell = offset_to_cell(self.text, self.blocks[at].words[within], position)
        return Spot(self._first_rows[at] + within, cell)

    def row_at(self, position: int) -> int:
        """Say on which row a position stands, as `spot`."""
        at, within = self._place(position)
        return self._first_rows[at] + within

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
        """Give the page with so many rows of notes below these turns, the others as they are."""
        changed = {
            at: count
            for turn, count in notes.items()
            if (at := self._by_key.get(turn)) is not None and self.blocks[at].notes != count
        }
        if not changed:
            return self
        blocks, heights = [*self.blocks], [*self._heights]
        for at, count in changed.items():
            blocks[at] = replace(blocks[at], notes=count)
            heights[at] = blocks[at].height
        return replace(self, blocks=tuple(blocks), _heights=heights)

    def showing(self, only: frozenset[int]) -> "Page":
        """Give the page with the turns of these numbers, and a row for each run of others."""
        first = self.turns.all[0].start if self.turns.all else len(self.text)
        header = [block for block in self.blocks[:1] if block.words[0].start < first]
        blocks = [block for block in header if block.turn is None]
        turns = (block for block in self.blocks if block.turn is not None)
        for is_shown, run in groupby(turns, key=lambda block: _number(block) in only):
            if is_shown:
                blocks += run
            else:
                hidden = [*run]
                start = hidden[0].words[0].start
                count = sum(_number(block) > 0 for block in hidden)
                blocks.append(Block(None, (Range(start, start),), hidden=count))
        return _page(self.text, self.width, self.gutter, blocks, self.turns)


def common_rows(rows: range, others: range) -> range:
    """Give the rows that two stretches of rows share."""
    return range(max(rows.start, others.start), min(rows.stop, others.stop))


def laid_out(text: str, turns: Iterable[Turn], width: int, *, folded: bool = False) -> Page:
    """Lay turns out at a width in cells; the text as shown, the turns in order of place.

    Folded, interviewers' and added turns keep their first row only.
    """
    places = Turns(turns)
    gutter = _gutter(places.all, width)
    room = gutter.words(width)
    blocks: list[Block] = []
    end = 0
    for turn in places.all:
        if turn.start - end > len(turn.speaker) + _LABEL:
            blocks += _between(text, Range(end, turn.start), turn, room)
        blocks.append(Block(turn, _rows(text, turn, room, folded=folded)))
        end = turn.end
    blocks += _between(text, Range(end, len(text)), None, room)
    return _page(text, width, gutter, blocks, places)


def _page(text: str, width: int, gutter: Gutter, blocks: Sequence[Block], turns: Turns) -> Page:
    """Put a page together from its blocks."""
    return Page(
        text,
        width,
        gutter,
        tuple(blocks),
        turns,
        [block.height for block in blocks],
        [block.words[0].start for block in blocks],
        {key_of(block.turn): at for at, block in enumerate(blocks) if block.turn},
    )


def _number(block: Block) -> int:
    """Give the number of a block's turn."""
    return block.turn.number if block.turn else 0


def _between(text: str, gap: Range, turn: Turn | None, room: int) -> list[Block]:
    """Lay out the lines in a gap before a turn that are more than its speaker's label."""
    start, end = gap
    if turn is not None:
        end = max(text.rfind("\n", start, end), start)
    found = trimmed(text, Range(start, end))
    last = text.rfind("\n", *found) + 1 or found.start
    if turn is not None and text[last : found.end].strip(" \t:") == turn.speaker:
        found = trimmed(text, Range(found.start, last))
    return [Block(None, tuple(wrapped(text, found, room)))] if found.length else []


def _start(row: Range) -> int:
    """Say where a row begins."""
    return row.start


def _rows(text: str, turn: Turn, room: int, *, folded: bool) -> tuple[Range, ...]:
    """Wrap a turn's words."""
    rows = wrapped(text, turn.range, room)
    return tuple(rows[:1] if folded and turn.role in FOLDING else rows)


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
