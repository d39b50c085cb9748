"""The transcript: a source's turns, and the coder's way through them."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message

from qualcode.domain.codings import Coding
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.tui.geometry.page import Kind
from qualcode.tui.geometry.pointing import dragged, sign_at, turn_at, word_at
from qualcode.tui.geometry.targets import Target
from qualcode.tui.geometry.turns import key_of
from qualcode.tui.geometry.units import (
    Selection,
    Size,
    dealt_with,
    next_uncoded,
    previous_uncoded,
)
from qualcode.tui.widgets.transcript_page import PageView

__all__ = ["Target", "Transcript"]


class Transcript(PageView, can_focus=True):
    """The words of one revision, painted by line, with a turn or a part of it selected.

    A screen fills it with `show`, hands it the new desk after a coding with
    `refresh_desk`, asks `selected` and `turn` for what the coder means, and hears of every
    move by `SelectionChanged` and of every new turn by `TurnEntered`. It never codes.

    | keys | |
    |---|---|
    | j k down up | next, previous participant's turn |
    | l h right left | next, previous unit of the present size |
    | space pageup pagedown home end | page, ends |
    | t s w a | size of unit: turn, sentence, word, character |
    | L H shift+right shift+left | push, pull the live edge by one unit |
    | o | the other edge becomes live |
    | escape | back to the whole turn; where it is selected already, the screen's key |
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "next_turn", "Next turn", show=False, priority=True),
        Binding("k,up", "previous_turn", "Previous turn", show=False, priority=True),
        Binding("l,right", "next_unit", "Next unit", show=False, priority=True),
        Binding("h,left", "previous_unit", "Previous unit", show=False, priority=True),
        Binding("space,pagedown", "page_down", "Page down", show=False, priority=True),
        Binding("pageup", "page_up", "Page up", show=False, priority=True),
        Binding("home", "first_turn", "First turn", show=False, priority=True),
        Binding("end", "last_turn", "Last turn", show=False, priority=True),
        Binding("t", "size('turn')", "By turn", show=False, priority=True),
        Binding("s", "size('sentence')", "By sentence", show=False, priority=True),
        Binding("w", "size('word')", "By word", show=False, priority=True),
        Binding("a", "size('character')", "By character", show=False, priority=True),
        Binding("L,shift+right", "push_edge", "Push the edge", show=False, priority=True),
        Binding("H,shift+left", "pull_edge", "Pull the edge", show=False, priority=True),
        Binding("o", "other_edge", "Other edge", show=False, priority=True),
        Binding("escape", "whole_turn", "Whole turn", show=False, priority=True),
    ]

    @dataclass
    class SelectionChanged(Message):
        """Something else is selected: `range` in code points, and its turn."""

        transcript: "Transcript"
        range: Range
        turn: Turn

        @property
        def control(self) -> "Transcript":
            """The transcript, for `@on` with a selector."""
            return self.transcript

    @dataclass
    class TurnEntered(Message):
        """The coder has come to another turn."""

        transcript: "Transcript"
        turn: Turn

        @property
        def control(self) -> "Transcript":
            """The transcript, for `@on` with a selector."""
            return self.transcript

    @dataclass
    class NoteClicked(Message):
        """A note was clicked that tells of codings."""

        transcript: "Transcript"
        codings: tuple[Coding, ...]

        @property
        def control(self) -> "Transcript":
            """The transcript, for `@on` with a selector."""
            return self.transcript

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._drag: tuple[Turn, Range] | None = None
        self._has_moved = False

    def go_to_turn(self, number: int) -> bool:
        """Enter a turn by its number, an interviewer's too; False where it is not shown."""
        turn = self._units.turn(number) if number else None
        return self._enter(turn if turn and self._units.shows(turn) else None)

    def go_to(self, stretch: Range) -> bool:
        """Select a stretch, a search hit or a coding's extent, within the turn it begins in.

        Where it begins outside every turn, or in one not shown, nothing changes: False.
        """
        turn = self._shown_turn_at(stretch.start)
        if turn is not None:
            self._select(self._units.part(turn, stretch))
        return turn is not None

    def select_words(self, stretch: Range) -> bool:
        """As `go_to`, but a whole turn too is selected by words: its edges can be moved."""
        turn = self._shown_turn_at(stretch.start)
        if turn is not None:
            self._select(self._units.by_words(turn, stretch))
        return turn is not None

    def go_to_next_uncoded(self) -> bool:
        """Enter the next participant's turn without coding or read mark.

        After the last it begins again at the top; False where every turn is dealt with.
        """
        after = self.turn.start if self.turn else -1
        return self._enter(next_uncoded(self._units.open_turns, self._done(), after=after))

    def go_to_previous_uncoded(self) -> bool:
        """As `go_to_next_uncoded`, upwards."""
        before = self.turn.start if self.turn else 0
        return self._enter(previous_uncoded(self._units.open_turns, self._done(), before=before))

    def watch_selection(self, before: Selection | None, now: Selection | None) -> None:
        """Repaint the rows concerned, and tell the screen."""
        super().watch_selection(before, now)
        turn = self.turn
        if now is None or turn is None:
            return
        if before is None or before.turn != now.turn:
            self.post_message(self.TurnEntered(self, turn))
        if before is None or (before.turn, before.range) != (now.turn, now.range):
            self.post_message(self.SelectionChanged(self, now.range, turn))

    @property
    def is_whole_turn(self) -> bool:
        """Is a turn selected as such, and not by its parts?"""
        return self.selection is None or self.selection.size is Size.TURN

    def action_next_turn(self) -> None:
        """Enter the next participant's turn."""
        if self.turn:
            self._enter(self._units.turn_after(self.turn))

    def action_previous_turn(self) -> None:
        """Enter the participant's turn before."""
        if self.turn:
            self._enter(self._units.turn_before(self.turn))

    def action_first_turn(self) -> None:
        """Enter the first participant's turn, with all that stands above it."""
        self._enter(next(iter(self._units.open_turns), None))
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_last_turn(self) -> None:
        """Enter the last participant's turn."""
        self._enter(next(reversed(self._units.open_turns), None))

    def action_next_unit(self) -> None:
        """Select the next unit of the present size."""
        if self.selection:
            self._select(self._units.next(self.selection))

    def action_previous_unit(self) -> None:
        """Select the unit before, of the present size."""
        if self.selection:
            self._select(self._units.previous(self.selection))

    def action_push_edge(self) -> None:
        """Move the live edge one unit on."""
        if self.selection:
            self._select(self._units.pushed(self.selection))

    def action_pull_edge(self) -> None:
        """Move the live edge one unit back."""
        if self.selection:
            self._select(self._units.pulled(self.selection))

    def action_other_edge(self) -> None:
        """Make the other edge the live one."""
        if self.selection:
            self._select(self.selection.turned_round())

    def action_size(self, size: str) -> None:
        """Step by turn, sentence, word or character from now on."""
        if self.selection:
            self._select(self._units.resized(self.selection, Size(size)))

    def action_whole_turn(self) -> None:
        """Go back to the whole turn; if it is selected, the key is the screen's."""
        if self.selection is None or self.selection.size is Size.TURN:
            raise SkipAction
        self.action_size(Size.TURN)

    def action_page_down(self) -> None:
        """Scroll on by what is in view, and take the selection along."""
        self._page_by(1)

    def action_page_up(self) -> None:
        """Scroll back by what is in view, and take the selection along."""
        self._page_by(-1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select by dragging, or to click on a turn."""
        if self._page is None or event.button != 1:
            return
        row, cell = self._pointed_at(event)
        turn = turn_at(self._page, row)
        self._has_moved = False
        if turn is not None and self._units.is_open(turn):
            self._drag = (turn, sign_at(self._page, turn, row, cell))
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the drag began to here, without leaving the turn."""
        if self._page is None or self._drag is None or self.app.mouse_captured is not self:
            return
        turn, start = self._drag
        row, cell = self._pointed_at(event)
        selection = dragged(self._page, turn, start, row, cell)
        if self._has_moved or selection.live != start:
            self._has_moved = True
            self.selection = selection
            self._bring_into_view()

    def on_mouse_up(self) -> None:
        """End a drag; without one it was a click, which selects the whole turn."""
        if self._drag is not None:
            self.capture_mouse(capture=False)
            turn, _ = self._drag
            self._drag = None
            if not self._has_moved:
                self.selection = self._units.whole(turn)

    def on_click(self, event: events.Click) -> None:
        """Tell of the note that was clicked, or select the word that was clicked twice."""
        if self._page is None or self._marking is None or self._has_moved:
            return
        row, cell = self._pointed_at(event)
        there = self._page.row(row)
        if there.kind is Kind.NOTE and there.turn is not None:
            note = self._marking.notes(there.turn)[there.within]
            if note.codings:
                self.post_message(self.NoteClicked(self, note.codings))
        elif event.chain == 2 and self.turn and there.turn == self.turn:  # noqa: PLR2004
            word = word_at(self._page, self.turn, row, cell)
            if word is not None:
                self.selection = Selection(key_of(self.turn), Size.WORD, word, word)

    def _shown_turn_at(self, position: int) -> Turn | None:
        """Find the turn at a position, if it is shown."""
        turn = self._units.turn_at(position)
        return turn if turn and self._units.shows(turn) else None

    def _done(self) -> frozenset[int]:
        """Give the numbers of the turns that are dealt with."""
        if self._marking is None:
            return dealt_with(self._units.turns, self._desk)
        return self._marking.dealt_with

    def _enter(self, turn: Turn | None) -> bool:
        """Select a whole turn, if there is one."""
        if turn is not None:
            self._select(self._units.whole(turn))
        return turn is not None

    def _select(self, selection: Selection) -> None:
        """Select, and see to it that it is in view."""
        is_new_turn = self.selection is None or self.selection.turn != selection.turn
        self.selection = selection
        self._bring_into_view(entering=is_new_turn)

    def _page_by(self, pages: int) -> None:
        """Scroll by pages, one row kept; a turn left out of view is left for one in view."""
        page, view = self._page, self._view()
        if page is None or self.selection is None or not view:
            return
        self.scroll_to(y=view.start + pages * max(1, len(view) - 1), animate=False, immediate=True)
        reached = self._view()
        if reached == view:
            self._enter(self._units.open_turns[-1 if pages > 0 else 0])
        elif not self._is_in_view():
            turns = (turn_at(page, row) for row in reached)
            turn = next((turn for turn in turns if turn and self._units.is_open(turn)), None)
            if turn is not None:
                self.selection = self._units.whole(turn)

    def _pointed_at(self, event: events.MouseEvent) -> tuple[int, int]:
        """Say which row of the page the mouse is on, and how many cells into the words."""
        offset = event.get_content_offset_capture(self)
        left = self._page.gutter.width if self._page else 0
        return offset.y + self.scroll_offset.y, offset.x - left
