"""How a row of the transcript is painted: from geometry to one strip of the terminal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.display import visible_line
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.lanes import lane_cells
from qualcode.tui.geometry.marking import Marking
from qualcode.tui.geometry.notes import Key, Note, note_words
from qualcode.tui.geometry.page import FOLDING, Kind, Page, Row
from qualcode.tui.geometry.wrapping import Sign, signs

BAR = "▌"
PALETTE = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
"""Okabe and Ito's colours, told apart with every kind of colour vision; black left out."""

_DIM = FOLDING | {TurnRole.NOTE}
_BARE = Style()
_DASHES = (3, 24)


@dataclass(frozen=True, slots=True)
class Ink:
    """The styles of the parts of a row, each of them whole."""

    words: Style
    dim: Style
    heading: Style
    number: Style
    speaker: Style
    bar: Style
    selected: Style

    def on(self, turn: Turn) -> Style:
        """Say how a turn's words are painted."""
        if turn.role is TurnRole.HEADING:
            return self.heading
        return self.dim if turn.role in _DIM else self.words


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints the rows of one page with what lies on it."""

    page: Page
    marking: Marking
    codes: Mapping[UUID, Code]
    ink: Ink

    def strip(self, row: Row, *, current: bool, selected: Range | None) -> Strip:
        """Paint a row: a bar where its turn is the current one, `selected` reversed."""
        if row.kind is Kind.HEADER:
            left = [Segment(" " * self.page.gutter.width, self.ink.words)]
            return self._filled([*left, *self._words(row, self.ink.dim, None)])
        if row.turn is None or row.kind is Kind.EMPTY:
            return self._filled([])
        bar = Segment(BAR if current else " ", self.ink.bar)
        if row.kind is Kind.NOTE:
            return self._filled([bar, *self._note(self.marking.notes[row.turn.number][row.within])])
        gutter = self._gutter(row, row.turn)
        return self._filled([bar, *gutter, *self._words(row, self.ink.on(row.turn), selected)])

    def _filled(self, segments: Iterable[Segment]) -> Strip:
        """Bring segments to the page's width."""
        strip = Strip(segments).adjust_cell_length(self.page.width, self.ink.words)
        return strip.simplify()

    def _gutter(self, row: Row, turn: Turn) -> Iterator[Segment]:
        """Give number and speaker on a turn's first row, and the lanes on each."""
        gutter = self.page.gutter
        number = str(turn.number) if row.within == 0 else ""
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

    def _words(self, row: Row, style: Style, selected: Range | None) -> Iterator[Segment]:
        """Give the words of a row: selected ones reversed, parts that are coded underlined."""
        text = self.page.text
        parts = self._coded_parts(row)
        room = self.page.width - self.page.gutter.width
        more = self._is_cut(row)
        shown = [sign for sign in signs(text, row.range) if sign.cell + sign.width <= room - more]

        def look(sign: Sign) -> tuple[bool, bool]:
            here = Range(sign.start, sign.end)
            reverse = selected is not None and selected.overlaps(here)
            return reverse, any(part.overlaps(here) for part in parts)

        for (reverse, underline), run in groupby(shown, key=look):
            drawn = "".join(_drawn(text, sign) for sign in run)
            paint = style + Style(underline=True) if underline else style
            yield Segment(drawn, paint + self.ink.selected if reverse else paint)
        if more:
            yield Segment("…", style)

    def _coded_parts(self, row: Row) -> list[Range]:
        """List what codings of less than a whole turn stand on in a row."""
        if row.turn is None:
            return []
        whole = trimmed(self.page.text, row.turn.range)
        return [
            stretch
            for coding in self.marking.on(row.range)
            for stretch in coding.ranges
            if stretch.overlaps(row.range) and not stretch.holds(whole)
        ]

    def _is_cut(self, row: Row) -> bool:
        """Are there words of the turn that folding leaves out after this row?"""
        turn = row.turn
        return (
            turn is not None
            and turn.role in FOLDING
            and row.within == len(self.page.block(turn.number).words) - 1
            and row.range.end < trimmed(self.page.text, turn.range).end
        )

    def _note(self, note: Note) -> Iterator[Segment]:
        """Give a note: keys under the number, a line as long as its share, the extent."""
        gutter = self.page.gutter
        used = 0
        for key in note.keys:
            yield Segment(f" {key.words}", self.ink.words + self._key_colour(key))
            used += 1 + len(key.words)
        pad = max(1, gutter.width - 1 - used)
        room = self.page.width - 1 - used - pad
        longest = max(1, min(_DASHES[1], room // 3))
        dashes = max(min(_DASHES[0], longest), round(longest * note.share))
        only = self._key_colour(note.keys[0]) if len(note.keys) == 1 else _BARE
        yield Segment(" " * pad, self.ink.words)
        yield Segment("├" + "─" * dashes + " ", self.ink.words + only)
        yield Segment(note_words(self.page.text, note, room - dashes - 2), self.ink.words)

    def _colour(self, coding: Coding | None) -> Style:
        """Give the colour of a coding's code."""
        code = self.codes.get(coding.code) if coding else None
        return _colours(code.position) if code else _BARE

    def _key_colour(self, key: Key) -> Style:
        """Give the colour of the code that a key stands for."""
        return _BARE if key.place is None else _colours(key.place)


def _colours(place: int) -> Style:
    """Give the colour of a code by its place in the codebook."""
    return Style(color=PALETTE[place % len(PALETTE)])


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
