"""A page of a transcript on the screen: what of it is in view, and how it is painted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from textual.cache import LRUCache
from textual.geometry import Size as Cells
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Desk
from qualcode.domain.display import visible
from qualcode.domain.sources import Revision, Turn
from qualcode.domain.text import Range
from qualcode.tui.geometry.marking import Marking, marked, remarked
from qualcode.tui.geometry.notes import Doubt, no_doubt
from qualcode.tui.geometry.page import Kind, Page, common_rows, laid_out
from qualcode.tui.geometry.targets import Target, targets
from qualcode.tui.geometry.turns import key_of
from qualcode.tui.geometry.units import Selection, Size, Units
from qualcode.tui.widgets.transcript_colours import ON_DARK, ON_LIGHT
from qualcode.tui.widgets.transcript_ink import Ink, Painter

_KEPT_STRIPS = 2000
_StripKey = tuple[int, Kind, int, bool, Range | None]
_NO_LETTERS: Mapping[Target, str] = MappingProxyType({})


class PageView(ScrollView):
    """One revision painted by line, with its lanes and notes, and a selection in it.

    It knows no keys and tells nobody anything: `Transcript` does.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--dim",
        "transcript--heading",
        "transcript--number",
        "transcript--speaker",
        "transcript--bar",
        "transcript--selected",
        "transcript--hit",
        "transcript--picked",
        "transcript--letter",
    }
    """
    | class | paints |
    |---|---|
    | `transcript--dim` | lines between turns, interviewers' and added turns |
    | `transcript--heading` | heading turns |
    | `transcript--number` | the number of a turn |
    | `transcript--speaker` | a participant's name |
    | `transcript--bar` | the bar at the left of the current turn |
    | `transcript--selected` | selected words |
    | `transcript--hit` | words that were found |
    | `transcript--picked` | the words of the picked coding |
    | `transcript--letter` | letters to jump by |
    """
    DEFAULT_CSS = """
    PageView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & .transcript--dim { color: $text-muted; }
        & .transcript--heading { text-style: bold; }
        & .transcript--number { color: $text-muted; }
        & .transcript--speaker { text-style: bold; }
        & .transcript--bar { color: $accent; text-style: bold; }
        & .transcript--selected { text-style: reverse; }
        & .transcript--hit { text-style: bold underline; }
        & .transcript--picked { text-style: bold italic underline; }
        & .transcript--letter { text-style: bold reverse; }
    }
    """

    selection: var[Selection | None] = var(None)
    """What is selected: turn, size of unit, both edges. None where nothing is shown."""

    folded: var[bool] = var(default=False)
    """Are interviewers' and added turns cut to one row each?"""

    only: var[frozenset[int] | None] = var(None)
    """The numbers of the turns shown, 0 for headings and notes; None where all are."""

    covered: var[int] = var(0)
    """How many rows at the bottom a box lies over: the current turn is kept above them."""

    hits: var[tuple[Range, ...]] = var(())
    """Words that were found, ascending and disjoint."""

    picked: var[Coding | None] = var(None)
    """The coding that is picked."""

    letters: var[Mapping[Target, str]] = var(_NO_LETTERS)
    """What to type to get to what is in view; it stands at the left edge."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._units = Units("", ())
        self._desk = Desk()
        self._codes: Mapping[UUID, Code] = {}
        self._doubt: Doubt = no_doubt
        self._whole: Page | None = None
        self._page: Page | None = None
        self._marking: Marking | None = None
        self._painter: Painter | None = None
        self._strips: LRUCache[_StripKey, Strip] = LRUCache(_KEPT_STRIPS)
        self._letter_at: dict[tuple[int, Kind, int], str] = {}
        self._was_at = 0

    def show(
        self,
        revision: Revision,
        desk: Desk,
        codebook: Codebook,
        sentences: Sequence[Range] = (),
        doubt: Doubt = no_doubt,
    ) -> None:
        """Show a revision with what a coder has on it; the first codable turn is entered.

        `sentences` ascend and are disjoint; where a turn has none, it is its own sentence. Those
        known of the same text stay. `doubt` says what is to be decided anew.
        """
        text, was = visible(revision.text), self._units
        known = sentences or (was.sentences if was.text == text else ())
        self._units = Units(text, revision.turns, known, self.only)
        self._desk, self._doubt = desk, doubt
        self._codes = codebook.by_id()
        self._page = self._whole = None
        self.selection = None
        self._was_at = 0
        self._lay_out()
        self.scroll_to(y=0, animate=False, immediate=True)
        first = self._units.open_turns[:1]
        self.selection = self._units.whole(first[0]) if first else None

    def know_sentences(self, sentences: Sequence[Range]) -> None:
        """Learn where sentences end, once they are cut; selection and place stay."""
        self._units = replace(self._units, sentences=sentences)

    def refresh_desk(self, desk: Desk) -> None:
        """Show what the coder has by now; selection and place stay."""
        self._desk = desk
        if self._page is None or self._whole is None or self._marking is None:
            return
        after = remarked(self._marking, self._whole, desk)
        counts = {turn: after.marking.note_counts[turn] for turn in after.changed}
        if all(self._marking.note_counts.get(turn, 0) == rows for turn, rows in counts.items()):
            self._marking = after.marking
            self._painter = self._new_painter(self._page, after.marking)
            self._strips.clear()
            for turn in after.changed:
                if self._page.shows(turn):
                    self._refresh_rows(self._page.rows_of(turn))
            return
        was_in_view = self._is_in_view()
        held = self._row_in_view()
        self._whole = self._whole.noted(counts)
        self._set_page(self._page.noted(counts), after.marking)
        self._hold_row_in_view(held)
        if was_in_view:
            self._bring_into_view()

    def targets(self) -> list[Target]:
        """List what can be jumped to: each turn in view that somebody speaks in, each note."""
        if self._page is None or self._marking is None:
            return []
        return [*targets(self._page, self._marking, self._view())]

    @property
    def selected(self) -> Range:
        """The stretch a coding would stand on: the whole turn unless less is selected.

        Empty where nothing is shown.
        """
        return self.selection.range if self.selection else Range(0, 0)

    @property
    def turn(self) -> Turn | None:
        """The turn the coder is in; None where nothing is shown."""
        return self._units.turn(self.selection.turn) if self.selection else None

    def on_turn(self) -> Desk | None:
        """Give what lies on the current turn; None before the page is laid out."""
        if self._marking is None or self.turn is None:
            return None
        return self._marking.lying.on(self.turn)

    def render_line(self, y: int) -> Strip:
        """Paint one row of the screen, counted from the top of what is in view."""
        if self._page is None or self._painter is None:
            return Strip.blank(self.size.width, self.rich_style)
        row = self._page.row(y + self.scroll_offset.y)
        place = key_of(row.turn) if row.turn else row.range.start
        current = self.selection is not None and place == self.selection.turn and bool(row.turn)
        selected = self._selected_part(row.range) if current else None
        key = (place, row.kind, row.within, current, selected)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._painter.strip(row, current=current, selected=selected)
            self._strips[key] = strip
        letters = self._letter_at.get((place, row.kind, row.within))
        return self._painter.lettered(strip, letters) if letters else strip

    def on_resize(self) -> None:
        """Lay the page out anew where the width has changed; the turn keeps its place."""
        self._lay_out()
        self._bring_into_view()

    def notify_style_update(self) -> None:
        """Take new colours into use."""
        super().notify_style_update()
        self._paint_anew()

    def watch_selection(self, before: Selection | None, now: Selection | None) -> None:
        """Repaint the rows concerned."""
        self._was_at = now.range.start if now else self._was_at
        if self._page is None:
            return
        if before is None or now is None or before.turn != now.turn:
            for selection in (before, now):
                if selection is not None and self._page.shows(selection.turn):
                    self._refresh_rows(self._page.rows_of(selection.turn))
            return
        for old, new in zip(before.painted, now.painted, strict=True):
            first, last = sorted((self._page.row_at(old), self._page.row_at(new)))
            self._refresh_rows(range(first, last + 1))

    def watch_folded(self) -> None:
        """Lay the page out with prompts folded, or not."""
        self._lay_out(anew=True)
        self._bring_into_view()

    def watch_only(self) -> None:
        """Show these turns only; where the current one is hidden, enter the nearest shown."""
        held = self._row_in_view()
        self._units = replace(self._units, only=self.only)
        turn = self._units.turn(self.selection.turn) if self.selection else None
        if turn is None or not self._units.shows(turn):
            turn, held = self._units.nearest(self._was_at), None
            nearest = self._units.whole(turn) if turn else None
        else:
            nearest = self.selection
        if self._whole is not None and self._marking is not None:
            self._set_page(self._shown(self._whole), self._marking)
        self.selection = nearest
        self._hold_row_in_view(held)
        self._bring_into_view()

    def watch_covered(self) -> None:
        """Keep the current turn in sight."""
        self._bring_into_view()

    def watch_hits(self) -> None:
        """Paint what was found."""
        self._paint_anew()

    def watch_picked(self) -> None:
        """Paint what is picked."""
        self._paint_anew()

    def watch_letters(self) -> None:
        """Put the letters on what is in view, or take them away."""
        self._letter_at = {
            (target.turn, target.kind, target.within): letters
            for target, letters in self.letters.items()
        }
        self.refresh()

    def _lay_out(self, *, anew: bool = False) -> None:
        """Lay the page out for the width there is; the current turn keeps its row in view."""
        width = self.scrollable_content_region.width
        if width < 1 or not (anew or self._page is None or self._page.width != width):
            return
        held = self._row_in_view()
        page = laid_out(self._units.text, self._units.turns, width, folded=self.folded)
        marking = marked(page, self._desk, self._codes, self._doubt)
        self._whole = page.noted(marking.note_counts)
        self._set_page(self._shown(self._whole), marking)
        self._hold_row_in_view(held)

    def _set_page(self, page: Page, marking: Marking) -> None:
        """Show a page, all of it painted anew."""
        self._page, self._marking = page, marking
        self._painter = self._new_painter(page, marking)
        self._strips.clear()
        self.virtual_size = Cells(page.width, page.height)
        self.refresh()

    def _shown(self, whole: Page) -> Page:
        """Give the page without the turns that are not shown."""
        return whole if self.only is None else whole.showing(self.only)

    def _paint_anew(self) -> None:
        """Paint all that is in view again."""
        if self._page is not None and self._marking is not None:
            self._painter = self._new_painter(self._page, self._marking)
            self._strips.clear()
            self.refresh()

    def _new_painter(self, page: Page, marking: Marking) -> Painter:
        """Put a painter together from the styles of the day."""
        style = self.get_component_rich_style
        ink = Ink(
            words=self.rich_style,
            dim=style("transcript--dim"),
            heading=style("transcript--heading"),
            number=style("transcript--number"),
            speaker=style("transcript--speaker"),
            bar=style("transcript--bar"),
            selected=style("transcript--selected", partial=True),
            hit=style("transcript--hit", partial=True),
            picked=style("transcript--picked", partial=True),
            letter=style("transcript--letter", partial=True),
            palette=ON_DARK if self.app.current_theme.dark else ON_LIGHT,
        )
        return Painter(page, marking, self._codes, ink, self.hits, self.picked)

    def _view(self) -> range:
        """Say which rows of the page are in view."""
        top = self.scroll_offset.y
        return range(top, top + self.scrollable_content_region.height)

    def _open_view(self) -> range:
        """Say which rows of the page are in view and not covered."""
        view = self._view()
        return view[: max(1, len(view) - self.covered)]

    def _refresh_rows(self, rows: range) -> None:
        """Have rows painted again, as far as they are in view."""
        common = common_rows(rows, self._view())
        if common:
            self.refresh_lines(common.start, len(common))

    def _row_in_view(self) -> int | None:
        """Say how far below the top of the view the current turn begins."""
        if self._page is None or self.selection is None:
            return None
        if not self._page.shows(self.selection.turn):
            return None
        return self._page.first_row(self.selection.turn) - self.scroll_offset.y

    def _hold_row_in_view(self, held: int | None) -> None:
        """Scroll so that the current turn begins as far below the top as it did."""
        if held is not None and self._page is not None and self.selection is not None:
            first = self._page.first_row(self.selection.turn)
            self.scroll_to(y=max(0, first - held), animate=False, immediate=True)

    def _is_in_view(self) -> bool:
        """Is any row of the current turn in view?"""
        if self._page is None or self.selection is None:
            return False
        return bool(common_rows(self._page.rows_of(self.selection.turn), self._view()))

    def _bring_into_view(self, *, entering: bool = False) -> None:
        """Scroll as little as shows the current turn, or the live edge of a longer one.

        The prompt above the turn is shown with it where both have room.
        """
        view = self._open_view()
        if self._page is None or self.selection is None or not view:
            return
        rows = self._page.rows_of(self.selection.turn)
        if len(rows) > len(view):
            if self.selection.size is not Size.TURN:
                live = self.selection.live
                ends = self._page.row_at(live.start), self._page.row_at(live.end - 1)
                rows = range(ends[0], min(ends[1] + 1, ends[0] + len(view)))
            elif common_rows(rows, view) and not entering:
                return
            else:
                rows = rows[: len(view)]
        else:
            rows = self._with_prompt(self._page, rows, len(view))
        if rows.start < view.start:
            self.scroll_to(y=rows.start, animate=False, immediate=True)
        elif rows.stop > view.stop:
            self.scroll_to(y=rows.stop - len(view), animate=False, immediate=True)

    def _with_prompt(self, page: Page, rows: range, room: int) -> range:
        """Take the rows of the prompt above a turn along, where there is room for both."""
        above = page.row(rows.start - 2).turn
        if above is None or self._units.is_open(above):
            return rows
        both = range(page.first_row(key_of(above)), rows.stop)
        return both if len(both) <= room else rows

    def _selected_part(self, row: Range) -> Range | None:
        """Say which part of a row is selected, where less than the turn is."""
        if self.selection is None or self.selection.size is Size.TURN:
            return None
        part = self.selection.range.common(row)
        return part if part.length else None
