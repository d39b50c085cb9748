"""The line box: one line to type, such as the words to be found."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from qualcode.domain.display import visible_line
from qualcode.tui.content import shown_line


class LineBox(Horizontal):
    """Takes one line; Enter hands it over. As the pick box, it never has the focus."""

    DEFAULT_CSS = """
    LineBox {
        dock: bottom;
        height: 1;
        margin-bottom: 2;
        background: $panel;
        display: none;
        &.open { display: block; }
        & Static { width: auto; padding: 0 1; }
        & Input, & Input:focus { border: none; height: 1; padding: 0; background: $panel; }
    }
    """

    keys = "Enter go  Esc leave"

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str], None] = _drop
        self._heard: Callable[[str], None] = _drop

    def compose(self) -> ComposeResult:
        """Lay out what is asked, and the line."""
        yield Static("", markup=False)
        line = Input()
        line.can_focus = False
        yield line

    def open(
        self,
        asked: str,
        *,
        then: Callable[[str], None],
        typed: str = "",
        heard: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for a line; `then` is given it, and `heard` what is typed each time it changes."""
        self._then, self._heard = then, _drop
        self.query_one(Static).update(shown_line(asked))
        self._type(typed)
        self._heard = heard or _drop
        self.add_class("open")

    @property
    def is_open(self) -> bool:
        """Is the box open?"""
        return self.has_class("open")

    @property
    def typed(self) -> str:
        """What has been typed so far."""
        return self.query_one(Input).value

    def take_key(self, event: events.Key) -> bool:
        """Take a key pressed while the box is open."""
        if event.key == "escape":
            self.close()
        elif event.key == "enter":
            self.close()
            self._then(self.typed)
        elif event.key == "backspace":
            self._type(self.typed[:-1])
        elif event.character and event.is_printable:
            self._type(self.typed + event.character)
        return True

    def take_words(self, words: str) -> None:
        """Take pasted words."""
        self._type(self.typed + visible_line(words).strip())

    def close(self) -> None:
        """Hide the box."""
        self.remove_class("open")

    def _type(self, typed: str) -> None:
        line = self.query_one(Input)
        line.value = typed
        line.cursor_position = len(typed)
        self._heard(typed)


def _drop(_line: str) -> None:
    """Do nothing: the box has not been opened yet."""
