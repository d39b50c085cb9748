"""The application: it opens the first screen, and owns no feature itself."""

from collections import deque
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

from qualcode.domain.display import visible, visible_line
from qualcode.domain.people import Coder
from qualcode.domain.settings import Settings
from qualcode.services.projects import Summary
from qualcode.store.project import Project
from qualcode.tui.background import AskingScreen, Background, Commands
from qualcode.tui.codebook import commands as of_codebook
from qualcode.tui.desk import commands as of_desk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.screens.who import WhoScreen

_ALT = "alt+"
_AT_ONCE = {"ctrl+c", "ctrl+q"}
_TELLS_ITSELF_AND_ABOVE = range(2)


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
        settings: Settings | None = None,
        *,
        desk: type[CodingScreen] | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk or CodingScreen
        self._settings = settings or Settings()
        self._keys: deque[events.Key] = deque()
        self._is_being_read = False
        self._commands = commands
        self._project = project
        self._summary = summary
        self._coder = coder
        self.crash: Exception | None = None

    def on_mount(self) -> None:
        """Open the list of sources, once it is known who sits here."""
        self.theme = f"textual-{self._settings.theme}"
        self.set_keymap(dict(self._settings.keys))
        known = {*of_desk.BY_NAME, *of_codebook.BY_NAME}
        unknown = [name for name in self._settings.keys if name not in known]
        if unknown:
            words = f"Own keys for what there is not: {', '.join(unknown)}. See: qualcode settings"
            self.notify(visible_line(words), markup=False)
        if self._coder is not None:
            self._seat(self._coder)
        else:
            self.push_screen(WhoScreen(self._summary), self._seat)

    async def on_event(self, event: events.Event) -> None:
        """Obey keys in the order they were pressed: one waits for what those before it do.

        Leaving at once waits for nothing. Escape and a letter that arrive together look like
        Alt; no key of ours needs Alt.
        """
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event = events.Paste(visible(event.text))
            if isinstance(self.screen, AskingScreen) and self.screen.take_words(event.text):
                return
        if not isinstance(event, events.Key) or event.is_forwarded or event.key in _AT_ONCE:
            await super().on_event(event)
            return
        if event.key.startswith(_ALT):
            self._keys.append(events.Key("escape", None))
            event = events.Key(_without_alt(event.key), event.character)
        self._keys.append(event)
        await self.obey_keys()

    @on(AskingScreen.Ready)
    async def obey_keys(self) -> None:
        """Obey the keys that wait, up to one whose effect the next has to wait for."""
        while self._keys and not self._keys_wait:
            if self.screen.is_mounted:
                await self._obey(self._keys.popleft())
            else:
                self._wait_until_heard(self.screen)

    @property
    def _keys_wait(self) -> bool:
        """Has the next key to wait?"""
        screen = self.screen
        return self._is_being_read or (isinstance(screen, AskingScreen) and screen.keys_wait)

    async def _obey(self, event: events.Key) -> None:
        """Give a screen the first word on a key; one for a field is read before the next."""
        screen = self.screen
        if isinstance(screen, AskingScreen) and screen.take_key(event):
            return
        field = self.focused if isinstance(self.focused, Input | TextArea) else None
        await super().on_event(event)
        if field is not None:
            self._wait_until_heard(field)

    def _wait_until_heard(self, told: DOMNode) -> None:
        """Let keys wait until a field has read one and all above it have heard of it.

        Likewise until a screen that was just pushed stands.
        """
        self._is_being_read = True
        above = [node for node in told.ancestors_with_self if node is not self]
        self._pass_by([node for node in above for _ in _TELLS_ITSELF_AND_ABOVE])

    def _pass_by(self, nodes: list[DOMNode]) -> None:
        """Wait in each queue in turn."""
        for at, node in enumerate(nodes):
            if node.call_later(self._pass_by, nodes[at + 1 :]):
                return
        self.call_later(self._go_on)

    async def _go_on(self) -> None:
        self._is_being_read = False
        await self.obey_keys()

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
        background = Background(self._commands(coder))
        self.push_screen(
            SourcesScreen(self._project, coder, background, self._settings, desk=self._desk)
        )


def _without_alt(key: str) -> str:
    """Name a key as it is called alone: a capital letter has no Shift in its name then."""
    key = key.removeprefix(_ALT)
    letter = key.removeprefix("shift+")
    return letter.upper() if letter != key and len(letter) == 1 else key
