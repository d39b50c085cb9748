"""The tutor: the coding screen with a lesson above the transcript."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.widgets import Static

from qualcode.tui.content import shown
from qualcode.tui.desk.lessons import LESSONS, Seen
from qualcode.tui.desk.opened import Arrival
from qualcode.tui.screens.coding import CodingScreen


class TutorScreen(CodingScreen):
    """Teaches the ten keys of the first day, one after another, as they are pressed."""

    CSS = """
    TutorScreen #lesson {
        dock: top;
        height: auto;
        max-height: 4;
        padding: 0 1;
        background: $accent;
        color: $text;
    }
    """

    lesson = 0
    """Which lesson is on, counted from 0."""

    _before: Seen | None = None
    _command = ""

    def compose(self) -> ComposeResult:
        """Lay out the lesson above the rest."""
        yield Static("", id="lesson", markup=False)
        yield from super().compose()

    def greeting(self, arrival: Arrival) -> str:
        """Say that this is for practice."""
        return f"{arrival.opened.source.name}, to practise on: nothing you do here is kept."

    def action_run_command(self, name: str) -> None:
        """Note which command was given, and do it."""
        self._command = name
        super().action_run_command(name)
        self._look()

    def tell(self) -> None:
        """Look after each change whether the lesson is learnt."""
        super().tell()
        self._look()

    def _look(self) -> None:
        seen = next(self._seen(), None)
        if seen is None:
            return
        before = self._before or seen
        if LESSONS[self.lesson].done(before, seen):
            self.lesson += 1
            before = seen
        self._before = before
        count = f"{self.lesson + 1} of {len(LESSONS)}"
        self.query_one("#lesson", Static).update(shown(f"{count}  {LESSONS[self.lesson].words}"))

    def _seen(self) -> Iterator[Seen]:
        """Give what there is to see, once the source is open."""
        turn = self.transcript.turn
        if self._opened is not None and turn is not None:
            desk = self.opened.desk
            yield Seen(turn.number, len(desk.codings), len(desk.memos), self._command)
