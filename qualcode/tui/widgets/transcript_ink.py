"""How a row of the transcript is painted: from geometry to one strip of the terminal."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.display import visible_line
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range, trimmed, united
from qualcode.tui.geometry.lanes import lane_cells
from qualcode.tui.geometry.marking import Marking
from qualcode.tui.geometry.notes import Key, Note, note_words
from qualcode.tui.geometry.page import FOLDING, Kind, Page, Row
from qualcode.tui.geometry.signs import Sign, row_cells, signs
from qualcode.tui.geometry.turns import key_of
from qualcode.tui.widgets.transcript_colours import colour_of

BAR, PICKED = "▌", "▸"

_DIM = FOLDING | {TurnRole.NOTE, TurnRole.CONTEXT}
_BARE = Style()
_UNDERLINED = Style(underline=True)
_DASHES = (3, 24)
_SIGNS_A_CELL = 16


@dataclass(frozen=True, slots=True)
class Ink:
    """The styles of the parts of a row, each of them whole but the last four.

    Those are laid upon the words' own: for what is selected, found, picked, and for letters.
    """

    words: Style
    dim: Style
    heading: Style
    number: Style
    speaker: Style
    bar: Style
    selected: Style
    hit: Style
    picked: Style
    letter: Style
    palette: tuple[str, ...]

    def on(self, turn: Turn | None) -> Style:
        """Say how a turn's words are painted, or those between the turns."""
        if turn is None:
            return self.dim
        if turn.role is TurnRole.HEADING:
            return self.heading
        return self.dim if turn.role in _DIM else self.words


class _Look(NamedTuple):
    """What is laid upon a sign."""

    coded: bool
    hit: bool
    picked: bool
    selected: bool


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints the rows of one page with what lies on it, what was found and what is picked."""

    page: Page
    marking: Marking
    codes: Mapping[UUID, Code]
    ink: Ink
    hits: Sequence[Range] = ()
    picked: Coding | None = None

    def strip(self, row: Row, *, current: bool, selected: Range | None) -> Strip:
        """Paint a row: a bar where its turn is the current one, `selected` reversed."""
        margin = Segment(" " * self.page.gutter.width, self.ink.words)
        if row.kind is Kind.HIDDEN:
            return self._filled([margin, Segment(_hidden(row.within), self.ink.dim)])
        if row.kind is Kind.HEADER:
            return self._filled([margin, *self._words(row, None)])
        if row.turn is None or row.kind is Kind.EMPTY:
            return self._filled([])
        bar = Segment(BAR if current else " ", self.ink.bar)
        if row.kind is Kind.NOTE:
            note = self.marking.notes(row.turn)[row.within]
            return self._filled([bar, *self._note(note)])
        return self._filled([bar, *self._gutter(row, row.turn), *self._words(row, selected)])

    def lettered(self, strip: Strip, letters: str) -> Strip:
        """Put letters in place of what is painted at a row's left edge."""
        shown = visible_line(letters)
        sign = Strip([Segment(shown, self.ink.words + self.ink.letter)])
        return Strip.join([sign, strip.crop(sign.cell_length)]).adjust_cell_length(self.page.width)

    def _filled(self, segments: Iterable[Segment]) -> Strip:
        """Bring segments to the page's width."""
        strip = Strip(segments).adjust_cell_length(self.page.width, self.ink.words)
        return strip.simplify()

    def _gutter(self, row: Row, turn: Turn) -> Iterator[Segment]:
        """Give number and speaker on a turn's first row, and the lanes on each."""
        gutter = self.page.gutter
        number = str(turn.number) if row.within == 0 and turn.number else ""
        yield Segment(f"{number:>{gutter.number}} ", self.ink.number)
        heading = turn.role is TurnRole.HEADING
        speaker = turn.speaker if row.within == 0 and not heading else ""
        style = self.ink.dim if turn.role in _DIM else self.ink.speaker
        yield Segment(_cut(visible_line(speaker), gutter.speaker) + " ", style)
        codings = self.marking.on(row.range)
        for sign, coding in lane_cells(
            row.range, codings, self.marking.lane_of, count=gutter.lanes
        ):
            yield Segment(sign, self.ink.words + self._colour(coding))
        yield Segment(" ", self.ink.words)

    def _words(self, row: Row, selected: Range | None) -> Iterator[Segment]:
        """Give the words of a row, in runs of signs that look alike."""
        text, style = self.page.text, self.ink.on(row.turn)
        room = self.page.width - self.page.gutter.width
        end = min(row.range.end, row.range.start + _SIGNS_A_CELL * (room + 1))
        more = self._is_cut(row)
        shown = [
            sign
            for sign in signs(text, Range(row.range.start, end))
            if sign.cell + sign.width <= room - more
        ]
        coded, hits = self._coded_parts(row), self._hits_on(row.range)
        picked = self.picked.ranges if self.picked is not None else ()

        def look(sign: Sign) -> _Look:
            here = Range(sign.start, sign.end)
            return _Look(
                any(part.overlaps(here) for part in coded),
                any(hit.overlaps(here) for hit in hits),
                any(part.overlaps(here) for part in picked),
                selected is not None and selected.overlaps(here),
            )

        for laid_on, run in groupby(shown, key=look):
            drawn = "".join(_drawn(text, sign) for sign in run)
            yield Segment(drawn, self._painted(style, laid_on))
        if more:
            yield Segment("…", style)

    def _painted(self, style: Style, look: _Look) -> Style:
        """Lay upon a style what a sign calls for."""
        layers = (_UNDERLINED, self.ink.hit, self.ink.picked, self.ink.selected)
        for layer, is_on in zip(layers, look, strict=True):
            style = style + layer if is_on else style
        return style

    def _coded_parts(self, row: Row) -> list[Range]:
        """List what codings of less than a whole turn stand on in a row."""
        codings = self.marking.on(row.range) if row.turn is not None else []
        if row.turn is None or not codings:
            return []
        whole = trimmed(self.page.text, row.turn.range)
        return united(
            [
                stretch.common(row.range)
                for coding in codings
                for stretch in coding.ranges
                if not stretch.holds(whole)
            ]
        )

    def _hits_on(self, row: Range) -> list[Range]:
        """List the hits that touch a row."""
        first = bisect_right(self.hits, row.start, key=lambda hit: hit.end)
        found: list[Range] = []
        while first < len(self.hits) and self.hits[first].start < row.end:
            found.append(self.hits[first])
            first += 1
        return found

    def _is_cut(self, row: Row) -> bool:
        """Are there words of the turn that folding leaves out after this row?"""
        turn = row.turn
        return (
            turn is not None
            and turn.role in FOLDING
            and row.within == len(self.page.block(key_of(turn)).words) - 1
            and row.range.end < trimmed(self.page.text, turn.range).end
        )

    def _note(self, note: Note) -> Iterator[Segment]:
        """Give a note: keys under the number, a line as long as its share, the extent."""
        before = PICKED if self._is_picked(note) else " "
        used = 0
        for key in note.keys:
            yield Segment(f"{before}{key.words}", self.ink.words + self._key_colour(key))
            used += 1 + row_cells(key.words, Range(0, len(key.words)))
            before = " "
        pad = max(1, self.page.gutter.width - 1 - used)
        room = self.page.width - 1 - used - pad
        longest = max(1, min(_DASHES[1], room // 3))
        dashes = max(min(_DASHES[0], longest), round(longest * note.share))
        only = self._key_colour(note.keys[0]) if len(note.keys) == 1 else _BARE
        yield Segment(" " * pad, self.ink.words)
        yield Segment("├" + "─" * dashes + " ", self.ink.words + only)
        yield Segment(note_words(self.page.text, note, room - dashes - 2), self.ink.words)

    def _is_picked(self, note: Note) -> bool:
        """Say whether a note tells of the coding that is picked."""
        picked = self.picked
        return picked is not None and any(coding.id == picked.id for coding in note.codings)

    def _colour(self, coding: Coding | None) -> Style:
        """Give the colour of a coding's code, reversed where it is picked."""
        if coding is None:
            return _BARE
        code = self.codes.get(coding.code)
        style = colour_of(code.position, self.ink.palette) if code else _BARE
        is_picked = self.picked is not None and coding.id == self.picked.id
        return style + Style(reverse=True) if is_picked else style

    def _key_colour(self, key: Key) -> Style:
        """Give the colour of the code that a key stands for."""
        return _BARE if key.place is None else colour_of(key.place, self.ink.palette)


def _hidden(turns: int) -> str:
    """Say how many turns are not shown; headings are not counted."""
    if not turns:
        return "⋮"
    return "⋮ 1 turn" if turns == 1 else f"⋮ {turns} turns"


def _drawn(text: str, sign: Sign) -> str:
    """Draw a sign as text of its own width: a tab as blanks, a newline as nothing."""
    first = text[sign.start]
    if first == "\t":
        return " " * sign.width
    return "" if first == "\n" else text[sign.start : sign.end]


def _cut(words: str, room: int) -> str:
    """Cut words to `room` cells, or fill them up with blanks."""
    found = [sign for sign in signs(words, Range(0, len(words))) if sign.cell + sign.width <= room]
    used = found[-1].cell + found[-1].width if found else 0
    return words[: found[-1].end if found else 0] + " " * (room - used)
