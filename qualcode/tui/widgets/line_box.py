"""The line box: one line to type, such as the words to be found."""

from collections.abc import Callable

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from qualcode.domain.display import visible_line
from qualcode.tui.content import shown_line
from qualcode.tui.widgets.line import cut
from qualcode.tui.widgets.typed_line import TypedLine

_FEWEST = 8
_MARGINS = 3


class LineBox(Horizontal):
    """Takes one line; Enter hands it over. As the pick box, it never has the focus.

    Of a long line the end is seen; a sign says that there is more before it.
    """

    DEFAULT_CSS = """
    LineBox {
        dock: bottom;
        height: 1;
        margin-bottom: 2;
        background: $panel;
        display: none;
        &.open { display: block; }
        & .asked { width: auto; padding: 0 1; }
        & .before { width: 1; visibility: hidden; }
        &.longer .before { visibility: visible; }
        & Input, & Input:focus { border: none; height: 1; width: 1fr; padding: 0;
                                background: $panel; }
    }
    """

    keys = "Enter go  Esc leave"

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str], None] = _drop
        self._heard: Callable[[str], None] = _drop
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Lay out what is asked, and the line."""
        yield Static("", classes="asked", markup=False)
        yield Static("…", classes="before", markup=False)
        yield TypedLine()

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
        self._asked = asked
        self._ask()
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
        self._see_whether_longer()
        self._heard(typed)

    def on_resize(self) -> None:
        """Keep to the room there is now."""
        self._ask()

    @property
    def _for_asked(self) -> int:
        """How many cells what is asked may take, its margins left out."""
        return max(_FEWEST, self.app.size.width * 2 // 3 - _MARGINS)

    def _ask(self) -> None:
        asked = cut(visible_line(self._asked), self._for_asked)
        self.query_one(".asked", Static).update(shown_line(asked))
        self._see_whether_longer()

    def _see_whether_longer(self) -> None:
        """Show a sign where the beginning of what is typed is out of sight."""
        asked = min(cell_len(visible_line(self._asked)), self._for_asked)
        room = self.app.size.width - asked - _MARGINS
        self.set_class(cell_len(self.typed) >= room, "longer")


def _drop(_line: str) -> None:
    """Do nothing: the box has not been opened yet."""
