"""Stepping a selection by turn, sentence, word and character.

A selection stays inside one turn. It runs from the unit where it began (the anchor) to the
unit at its live edge, whichever comes first, so that overshooting is undone by the
opposite key. Moves skip what is not a participant's (prompts, headings, notes) and turns
that are not shown. A unit is looked for from the edge on: a turn may hold a million signs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from qualcode.domain.codings import Desk
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.signs import sign_holding
from qualcode.tui.geometry.turns import Turns, key_of
from qualcode.tui.geometry.words import word_after, word_before


class Size(StrEnum):
    """The unit that one step of a selection takes."""

    TURN = "turn"
    SENTENCE = "sentence"
    WORD = "word"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Selection:
    """What a coder has selected: part of a turn, by the turn's key, or all of it.

    The key is the turn's number; of headings and notes, that have none, see `key_of`.
    """

    turn: int
    size: Size
    anchor: Range
    live: Range

    @property
    def range(self) -> Range:
        """The stretch from the first unit to the last."""
        start, end = min(self.anchor.start, self.live.start), max(self.anchor.end, self.live.end)
        return Range(start, end)

    @property
    def painted(self) -> Range:
        """The edges of what is painted as selected; a whole turn is not, so it has none."""
        start, end = self.range
        return Range(start, start) if self.size is Size.TURN else Range(start, end)

    def turned_round(self) -> "Selection":
        """Make the other edge the live one."""
        return replace(self, anchor=self.live, live=self.anchor)


@dataclass(frozen=True)
class Units:
    """The units of one revision: its turns, the sentences handed in, words and characters.

    `sentences` ascend and are disjoint; where a turn has none, it is its own sentence.
    `only` are the numbers of the turns shown, None where all are.
    """

    text: str
    turns: tuple[Turn, ...]
    sentences: Sequence[Range] = ()
    only: frozenset[int] | None = None

    @cached_property
    def _every(self) -> Turns:
        return Turns(self.turns)

    @cached_property
    def _open(self) -> Turns:
        shown = [turn for turn in self.turns if self.shows(turn)]
        return Turns([turn for turn in shown if turn.codable] or shown)

    @property
    def open_turns(self) -> tuple[Turn, ...]:
        """The turns that moves lead to: the participants', or all where none is theirs."""
        return self._open.all

    def is_open(self, turn: Turn) -> bool:
        """Do moves lead to this turn?"""
        return self._open.of(key_of(turn)) is not None

    def shows(self, turn: Turn) -> bool:
        """Is this turn among those shown?"""
        return self.only is None or turn.number in self.only

    def turn(self, key: int) -> Turn | None:
        """Find a turn by its key."""
        return self._every.of(key)

    def turn_at(self, position: int) -> Turn | None:
        """Find the turn whose words hold a position."""
        return self._every.at(position)

    def nearest(self, position: int) -> Turn | None:
        """Find the turn nearest to a position that moves lead to."""
        return self._open.nearest(position)

    def whole(self, turn: Turn) -> Selection:
        """Select a whole turn, without the white space around its words."""
        words = trimmed(self.text, turn.range)
        return Selection(key_of(turn), Size.TURN, words, words)

    def part(self, turn: Turn, stretch: Range) -> Selection:
        """Select what a stretch covers of a turn, all of it if the stretch holds it."""
        whole = self.whole(turn)
        common = stretch.common(whole.range)
        if not common.length or common == whole.range:
            return whole
        return self.by_words(turn, common)

    def by_words(self, turn: Turn, stretch: Range) -> Selection:
        """Select a stretch of a turn, ready to be pushed and pulled by words."""
        common = stretch.common(self.whole(turn).range)
        first = self._after(turn, Size.WORD, common.start) or common
        last = self._before(turn, Size.WORD, common.end) or common
        anchor = Range(common.start, min(first.end, common.end))
        live = Range(max(last.start, common.start), common.end)
        if live.start < anchor.end:
            anchor = live = common
        return Selection(key_of(turn), Size.WORD, anchor, live)

    def next(self, selection: Selection) -> Selection:
        """Select the next unit: after a turn's last one, the first of the next codable turn."""
        return self._stepped(selection, forwards=True)

    def previous(self, selection: Selection) -> Selection:
        """Select the previous unit: before a turn's first one, the last of the turn above."""
        return self._stepped(selection, forwards=False)

    def pushed(self, selection: Selection) -> Selection:
        """Move the live edge one unit on; at the turn's end it stays."""
        later = self._beside(selection, forwards=True)
        return selection if later is None else replace(selection, live=later)

    def pulled(self, selection: Selection) -> Selection:
        """Move the live edge one unit back; at the turn's beginning it stays."""
        earlier = self._beside(selection, forwards=False)
        return selection if earlier is None else replace(selection, live=earlier)

    def resized(self, selection: Selection, size: Size) -> Selection:
        """Change the unit: a turn gives its first one, anything less keeps its extent."""
        turn = self.turn(selection.turn)
        if turn is None or size is selection.size:
            return selection
        if size is Size.TURN:
            return self.whole(turn)
        if selection.size is Size.TURN:
            unit = self._first(turn, size)
            return Selection(selection.turn, size, unit, unit)
        start, end = selection.range
        first = self._after(turn, size, start)
        last = self._before(turn, size, end)
        if first is None or last is None or first.start >= end:
            first = last = self._first(turn, size)
        backwards = selection.live.start < selection.anchor.start
        anchor, live = (last, first) if backwards else (first, last)
        return Selection(selection.turn, size, anchor, live)

    def turn_after(self, turn: Turn) -> Turn | None:
        """Find the next turn that moves lead to."""
        return self._open.after(turn.start)

    def turn_before(self, turn: Turn) -> Turn | None:
        """Find the turn before that moves lead to."""
        return self._open.before(turn.start)

    def _first(self, turn: Turn, size: Size) -> Range:
        """Find the first unit of a turn; there is at least one, if only the turn itself."""
        return self._after(turn, size, turn.start) or trimmed(self.text, turn.range)

    def _last(self, turn: Turn, size: Size) -> Range:
        """Find the last unit of a turn."""
        return self._before(turn, size, turn.end) or trimmed(self.text, turn.range)

    def _after(self, turn: Turn, size: Size, position: int) -> Range | None:
        """Find the first unit of a turn that ends beyond a position."""
        whole = trimmed(self.text, turn.range)
        position = max(position, whole.start)
        if position >= whole.end:
            return None
        if size is Size.CHARACTER:
            return sign_holding(self.text, whole, position)
        if size is Size.WORD:
            return word_after(self.text, whole, position)
        if size is Size.SENTENCE:
            at = bisect_right(self.sentences, position, key=_end)
            later = self._sentences(whole, range(at, len(self.sentences)))
            return next((part for part in later if part.end > position), None)
        return whole

    def _before(self, turn: Turn, size: Size, position: int) -> Range | None:
        """Find the last unit of a turn that begins before a position."""
        whole = trimmed(self.text, turn.range)
        position = min(position, whole.end)
        if position <= whole.start:
            return None
        if size is Size.CHARACTER:
            return sign_holding(self.text, whole, position - 1)
        if size is Size.WORD:
            return word_before(self.text, whole, position)
        if size is Size.SENTENCE:
            at = bisect_left(self.sentences, position, key=_start) - 1
            earlier = self._sentences(whole, range(at, -1, -1))
            return next((part for part in earlier if part.start < position), None)
        return whole

    def _sentences(self, whole: Range, order: range) -> Iterator[Range]:
        """Give the sentences of a turn in an order, no more of them than lies inside it."""
        for at in order:
            if not self.sentences[at].overlaps(whole):
                return
            part = trimmed(self.text, self.sentences[at].common(whole))
            if part.length:
                yield part

    def _beside(self, selection: Selection, *, forwards: bool) -> Range | None:
        """Find the unit next to the live edge, in the same turn."""
        turn = self.turn(selection.turn)
        if turn is None or selection.size is Size.TURN:
            return None
        if forwards:
            return self._after(turn, selection.size, selection.live.end)
        return self._before(turn, selection.size, selection.live.start)

    def _stepped(self, selection: Selection, *, forwards: bool) -> Selection:
        """Select the unit beside the live edge, over the edge of the turn if need be."""
        unit = self._beside(selection, forwards=forwards)
        if unit is not None:
            return replace(selection, anchor=unit, live=unit)
        here = self.turn(selection.turn)
        turn = here and (self.turn_after(here) if forwards else self.turn_before(here))
        if turn is None:
            return replace(selection, anchor=selection.live)
        unit = (self._first if forwards else self._last)(turn, selection.size)
        return Selection(key_of(turn), selection.size, unit, unit)


def dealt_with(turns: Iterable[Turn], desk: Desk) -> frozenset[int]:
    """Give the numbers of the turns that a coding or a read mark touches."""
    places = Turns(turns)
    stretches = [stretch for coding in desk.codings for stretch in coding.ranges]
    stretches += [mark.range for mark in desk.marks]
    return frozenset(turn.number for stretch in stretches for turn in places.touched(stretch))


def next_uncoded(turns: Sequence[Turn], done: Collection[int], *, after: int) -> Turn | None:
    """Find the next participant's turn not dealt with, from the top again after the last.

    `after` is a position in the text; turns that begin beyond it come first.
    """
    at = bisect_right(turns, after, key=_start)
    return _first_left((*turns[at:], *turns[:at]), done)


def previous_uncoded(turns: Sequence[Turn], done: Collection[int], *, before: int) -> Turn | None:
    """As `next_uncoded`, upwards."""
    at = bisect_left(turns, before, key=_start)
    return _first_left((*turns[:at][::-1], *turns[at:][::-1]), done)


def _first_left(turns: Iterable[Turn], done: Collection[int]) -> Turn | None:
    """Find the first participant's turn that is left to code."""
    return next((turn for turn in turns if turn.codable and turn.number not in done), None)


def _start(stretch: Range | Turn) -> int:
    """Say where a stretch or a turn begins."""
    return stretch.start


def _end(stretch: Range) -> int:
    """Say where a stretch ends."""
    return stretch.end
