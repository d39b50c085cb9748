"""Stepping a selection by turn, sentence and word.

A selection stays inside one turn. It runs from the unit where it began (the anchor) to the
unit at its live edge, whichever comes first, so that overshooting is undone by the
opposite key. Moves skip what is not a participant's: prompts, headings, notes.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from qualcode.domain.codings import Desk
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.notes import dealt_out
from qualcode.tui.geometry.wrapping import signs

_RUN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"  # scripts without blanks
    "|[^\\s\u2014\u2013\u2026/\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


class Size(StrEnum):
    """The unit that one step of a selection takes."""

    TURN = "turn"
    SENTENCE = "sentence"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Selection:
    """What a coder has selected: part of a turn, by its number, or all of it."""

    turn: int
    size: Size
    anchor: Range
    live: Range

    @property
    def range(self) -> Range:
        """The stretch from the first unit to the last."""
        start, end = min(self.anchor.start, self.live.start), max(self.anchor.end, self.live.end)
        return Range(start, end)

    def turned_round(self) -> "Selection":
        """Make the other edge the live one."""
        return replace(self, anchor=self.live, live=self.anchor)


@dataclass(frozen=True)
class Units:
    """The units of one revision: its turns, the sentences handed in, and its words.

    `sentences` ascend and are disjoint; where a turn has none, it is its own sentence.
    """

    text: str
    turns: tuple[Turn, ...]
    sentences: Sequence[Range] = ()

    def whole(self, turn: Turn) -> Selection:
        """Select a whole turn, without the white space around its words."""
        words = trimmed(self.text, turn.range)
        return Selection(turn.number, Size.TURN, words, words)

    @cached_property
    def open_turns(self) -> tuple[Turn, ...]:
        """The turns that moves lead to: the participants', or all where none is theirs."""
        return tuple(turn for turn in self.turns if turn.codable) or self.turns

    def is_open(self, turn: Turn) -> bool:
        """Do moves lead to this turn?"""
        return turn.codable or not any(each.codable for each in self.open_turns)

    def turn(self, number: int) -> Turn | None:
        """Find a turn by its number."""
        at = bisect_left(self.turns, number, key=lambda turn: turn.number)
        found = self.turns[at : at + 1]
        return found[0] if found and found[0].number == number else None

    def turn_at(self, position: int) -> Turn | None:
        """Find the turn whose words hold a position."""
        at = bisect_right(self.turns, position, key=lambda turn: turn.start) - 1
        return self.turns[at] if at >= 0 and position < self.turns[at].end else None

    def part(self, turn: Turn, stretch: Range) -> Selection:
        """Select what a stretch covers of a turn, all of it if the stretch holds it."""
        whole = self.whole(turn)
        common = stretch.common(whole.range)
        if not common.length or common == whole.range:
            return whole
        return Selection(turn.number, Size.WORD, common, common)

    def of(self, turn: Turn, size: Size) -> list[Range]:
        """List the units of a turn in order; there is at least one."""
        whole = trimmed(self.text, turn.range)
        if size is Size.SENTENCE:
            return list(self._sentences(whole)) or [whole]
        if size is Size.WORD:
            return words(self.text, whole) or [whole]
        return [whole]

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
        units = self.of(turn, size)
        if selection.size is Size.TURN:
            return Selection(turn.number, size, units[0], units[0])
        touched = [unit for unit in units if unit.overlaps(selection.range)] or units[:1]
        first, last = touched[0], touched[-1]
        backwards = selection.live.start < selection.anchor.start
        anchor, live = (last, first) if backwards else (first, last)
        return Selection(turn.number, size, anchor, live)

    def turn_after(self, number: int) -> Turn | None:
        """Find the next turn that moves lead to."""
        return self._turn_beside(number, forwards=True)

    def turn_before(self, number: int) -> Turn | None:
        """Find the turn before that moves lead to."""
        return self._turn_beside(number, forwards=False)

    def _turn_beside(self, number: int, *, forwards: bool) -> Turn | None:
        """Find the nearest turn on one side that is open to coding."""
        turns = self.open_turns
        if forwards:
            at = bisect_right(turns, number, key=lambda turn: turn.number)
        else:
            at = bisect_left(turns, number, key=lambda turn: turn.number) - 1
        return turns[at] if 0 <= at < len(turns) else None

    def _sentences(self, whole: Range) -> Iterator[Range]:
        """Give the sentences that touch a turn, no more of them than lies inside it."""
        at = bisect_right(self.sentences, whole.start, key=lambda sentence: sentence.end)
        while at < len(self.sentences) and self.sentences[at].start < whole.end:
            part = trimmed(self.text, self.sentences[at].common(whole))
            if part.length:
                yield part
            at += 1

    def _beside(self, selection: Selection, *, forwards: bool) -> Range | None:
        """Find the unit next to the live edge, in the same turn."""
        turn = self.turn(selection.turn)
        if turn is None:
            return None
        units = self.of(turn, selection.size)
        if forwards:
            return next((unit for unit in units if unit.end > selection.live.end), None)
        return next((unit for unit in reversed(units) if unit.start < selection.live.start), None)

    def _stepped(self, selection: Selection, *, forwards: bool) -> Selection:
        """Select the unit beside the live edge, over the edge of the turn if need be."""
        unit = self._beside(selection, forwards=forwards)
        if unit is not None:
            return replace(selection, anchor=unit, live=unit)
        turn = self._turn_beside(selection.turn, forwards=forwards)
        if turn is None:
            return replace(selection, anchor=selection.live)
        unit = self.of(turn, selection.size)[0 if forwards else -1]
        return Selection(turn.number, selection.size, unit, unit)


def words(text: str, stretch: Range) -> list[Range]:
    """List the words of a stretch without the punctuation around them, in whole signs.

    Signs of scripts that are written without blanks are words of their own.
    """
    found = [
        word
        for run in _RUN.finditer(text, stretch.start, stretch.end)
        if (word := _without_punctuation(text, Range(*run.span()))).length
    ]
    return found if text.isascii() else _in_whole_signs(text, found, stretch)


def dealt_with(turns: Sequence[Turn], desk: Desk) -> frozenset[int]:
    """Give the numbers of the turns that a coding or a read mark touches."""
    without_memos = Desk(desk.codings, desk.marks)
    return frozenset(dealt_out(without_memos, turns))


def next_uncoded(turns: Sequence[Turn], done: Collection[int], *, after: int) -> Turn | None:
    """Find the next participant's turn not dealt with, from the top again after the last."""
    return _first_left([*turns], done, beyond=[turn.number > after for turn in turns])


def previous_uncoded(turns: Sequence[Turn], done: Collection[int], *, before: int) -> Turn | None:
    """As `next_uncoded`, upwards."""
    upwards = [*reversed(turns)]
    return _first_left(upwards, done, beyond=[turn.number < before for turn in upwards])


def _first_left(turns: list[Turn], done: Collection[int], *, beyond: list[bool]) -> Turn | None:
    """Find the first turn left to code, those beyond the present one before the others."""
    left = [
        (not further, turn)
        for turn, further in zip(turns, beyond, strict=True)
        if turn.codable and turn.number not in done
    ]
    return min(left, key=lambda pair: pair[0])[1] if left else None


def _without_punctuation(text: str, run: Range) -> Range:
    """Leave out the punctuation at both edges; of punctuation alone nothing is left."""
    start, end = run
    while start < end and unicodedata.category(text[start]).startswith("P"):
        start += 1
    while start < end and unicodedata.category(text[end - 1]).startswith("P"):
        end -= 1
    return Range(start, end)


def _in_whole_signs(text: str, found: list[Range], stretch: Range) -> list[Range]:
    """Widen words to whole signs; words that share a sign become one."""
    edges = signs(text, stretch)
    starts, ends = [sign.start for sign in edges], [sign.end for sign in edges]
    whole: list[Range] = []
    for word in found:
        start = starts[bisect_right(starts, word.start) - 1]
        end = ends[bisect_left(ends, word.end)]
        if whole and start < whole[-1].end:
            whole[-1] = Range(whole[-1].start, max(end, whole[-1].end))
        else:
            whole.append(Range(start, end))
    return whole
