"""The application: it opens the first screen, and owns no feature itself."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from qualcode.domain.people import Coder
from qualcode.services.projects import Summary
from qualcode.store.project import Project
from qualcode.tui.background import Background, Commands
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.screens.who import WhoScreen

_ALT = "alt+"


class QualcodeApp(App[int]):
    """The screens of one project."""

    TITLE = "qualcode"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(
        self,
        project: Project,
        summary: Summary,
        coder: Coder | None,
        commands: Callable[[Coder], Commands],
    ) -> None:
        super().__init__()
        self._commands = commands
        self._project = project
        self._summary = summary
        self._coder = coder
        self.crash: Exception | None = None

    def on_mount(self) -> None:
        """Open the list of sources, once it is known who sits here."""
        if self._coder is not None:
            self._seat(self._coder)
        else:
            self.push_screen(WhoScreen(self._summary), self._seat)

    async def on_event(self, event: events.Event) -> None:
        """Give a screen that takes keys one by one the first word on each.

        Escape and a letter that arrive together look like Alt; no key of ours needs Alt.
        """
        if isinstance(event, events.Key) and not event.is_forwarded:
            if event.key.startswith(_ALT):
                await self.on_event(events.Key("escape", None))
                event = events.Key(event.key.removeprefix(_ALT), event.character)
            screen = self.screen
            if isinstance(screen, CodingScreen) and screen.take_key(event):
                return
        await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """Remember what went wrong, for the command line to report."""
        self.crash = self.crash or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Leave without printing a traceback: its local variables would show what people said."""
        self.bell()
        self._close_messages_no_wait()

    def _seat(self, coder: Coder | None) -> None:
        if coder is None:
            self.exit(0)
            return
        self.push_screen(SourcesScreen(self._project, coder, Background(self._commands(coder))))
