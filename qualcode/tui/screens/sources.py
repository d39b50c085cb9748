"""The list of sources, with how far the coder is in each."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.domain.display import shortened
from qualcode.domain.errors import QualcodeError
from qualcode.domain.people import Coder
from qualcode.domain.settings import Settings
from qualcode.domain.sources import Progress, Source
from qualcode.help import page
from qualcode.services import coding, places, projects
from qualcode.services.coding import Seat
from qualcode.services.projects import beside
from qualcode.store.project import Project
from qualcode.tui.background import AskingScreen, Background
from qualcode.tui.content import shown
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.screens.themes import ThemesScreen
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.line import Line

_KEYS = "j k move  Enter open  n turns left  B codebook  T themes  ? keys  q leave"
_NAME = 30
_BAR = 20
_LOOK_SECONDS = 1.0


class SourcesScreen(AskingScreen):
    """Where a session begins: what there is, and what is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", show=False, priority=True),
        Binding("j", "step(1)", "Next", show=False, priority=True),
        Binding("k", "step(-1)", "Previous", show=False, priority=True),
        Binding("n", "next_left", "Next with turns left", show=False, priority=True),
        Binding("B", "codebook", "Codebook", show=False, priority=True),
        Binding("T", "themes", "Themes", show=False, priority=True),
        Binding("question_mark,f1", "help", "Keys", show=False, priority=True),
        Binding("q", "leave", "Leave", show=False, priority=True),
    ]
    CSS = """
    SourcesScreen {
        & #head { background: $panel; }
        & OptionList { border: none; height: 1fr; padding: 0 1; }
    }
    """

    def __init__(
        self,
        project: Project,
        coder: Coder,
        background: Background,
        settings: Settings,
        *,
        desk: type[CodingScreen] = CodingScreen,
    ) -> None:
        super().__init__(background)
        self._desk = desk
        self._settings = settings
        self._project = project
        self._coder = coder
        self._seat: Seat | None = None
        self._rows: list[Progress] = []
        self._changes = 0
        self._beside = beside(project.place)

    def compose(self) -> ComposeResult:
        """Lay out the head, the list and the foot."""
        yield Line(id="head")
        yield OptionList(markup=False)
        yield Foot(_KEYS)

    def on_mount(self) -> None:
        """Look up where the coder sits, and now and then whether something changed."""
        self._look_up()
        self.set_interval(_LOOK_SECONDS, self.look_for_changes)

    def look_for_changes(self) -> None:
        """See whether a command or a colleague has changed something meanwhile."""
        if self.is_on_top and not self.background.lock.locked():
            self.ask(self._project.changes_seen, self._look_up_if_changed)

    def _look_up_if_changed(self, changes: int) -> None:
        if self.is_on_top and not self.keys_wait and changes != self._changes:
            self._look_up()

    def on_screen_resume(self) -> None:
        """Coming back, count anew."""
        if self._seat is not None:
            self._look_up()

    def _look_up(self) -> None:
        self.ask(partial(_looked_up, self._project, self._coder), self._show, keys_wait=True)

    def _show(self, found: "_Found") -> None:
        first = self._seat is None
        self._changes = found.changes
        self._seat, self._rows, name = found.seat, found.rows, found.name
        round_name = self._seat.round.name
        self.query_one("#head", Line).write(
            f"qualcode  {name} · round {round_name} · you code as {self._coder.name}"
        )
        options = self.query_one(OptionList)
        before = options.highlighted
        options.clear_options()
        options.add_options([Option(shown(_line(row))) for row in self._rows])
        if self._rows:
            options.highlighted = self._next_left(0) if first else min(before or 0, len(self._rows))
        self._say_left()
        if first and found.left is not None:
            self._open(found.left, welcome=True)

    def _say_left(self) -> None:
        left = sum(row.left for row in self._rows)
        unfinished = sum(not row.finished for row in self._rows)
        if not self._rows:
            words = "No sources yet: qualcode import FILES"
        elif left:
            words = f"{left} turns left in {unfinished} of {len(self._rows)} sources"
        else:
            words = "All done: every turn of yours is coded or read."
        self.query_one(Foot).say(f"{words} · {self._beside}" if self._beside else words)

    def _next_left(self, start: int) -> int:
        """Find the next source with turns left, from a row on and round again."""
        places = [*range(start, len(self._rows)), *range(start)]
        return next((place for place in places if self._rows[place].left), start)

    def action_step(self, by: int) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_next_left(self) -> None:
        """Go to the next source with turns left."""
        options = self.query_one(OptionList)
        if self._rows:
            options.highlighted = self._next_left(
                ((options.highlighted or 0) + 1) % len(self._rows)
            )

    def action_open(self) -> None:
        """Open the source that is highlighted."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self._open(self._rows[highlighted].source)

    @on(OptionList.OptionSelected)
    def _picked(self, message: OptionList.OptionSelected) -> None:
        self._open(self._rows[message.option_index].source)

    def _open(self, source: Source, *, welcome: bool = False) -> None:
        if self._seat is not None:
            screen = self._desk(
                self._project,
                self._seat,
                source,
                self.background,
                self._settings,
                welcome=welcome,
            )
            self.app.push_screen(screen)

    def action_codebook(self) -> None:
        """Open the codebook."""
        screen = CodebookScreen(
            self._project,
            self._coder,
            self.background,
            self._settings,
            known=self._seat.codebook if self._seat else None,
        )
        self.app.push_screen(screen)

    def action_themes(self) -> None:
        """Open the themes."""
        self.app.push_screen(ThemesScreen(self._project, self._coder, self.background))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(PageScreen(page("keys")))

    def action_leave(self) -> None:
        """Leave; all is saved."""
        self.app.exit(0)

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell the coder why something was not done."""
        self.query_one(Foot).say(f"{mishap.sentence} {mishap.hint}")


@dataclass(frozen=True, slots=True)
class _Found:
    """What the list shows, and where the coder left, if anywhere."""

    seat: Seat
    rows: list[Progress]
    name: str
    left: Source | None
    changes: int


def _looked_up(project: Project, coder: Coder) -> _Found:
    seat = coding.take_seat(project, coder)
    left = places.left(project, seat=seat)
    rows = coding.progress(project, seat=seat)
    name = projects.summary(project).about.name
    return _Found(seat, rows, name, left.source if left else None, project.changes_seen())


def _line(row: Progress) -> str:
    """Write a source in a line: name, kind, how far, codings."""
    share = row.done / row.source.codable if row.source.codable else 1.0
    bar = "█" * round(share * _BAR)
    name = shortened(row.source.name, to=_NAME)
    state = "✓" if row.finished else " "
    far = f"{row.done:>4}/{row.source.codable:<4}"
    return f"{state} {name:<{_NAME}} {row.source.kind.value:<12}{far} {bar:<{_BAR}} {row.codings}"
