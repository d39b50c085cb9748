"""The foot of a screen: what was just done, and what can be done."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from qualcode.tui.content import shown_line


class Foot(Vertical):
    """Two lines: the last thing that happened, and the keys that matter here."""

    DEFAULT_CSS = """
    Foot {
        dock: bottom;
        height: 2;
        & #said { height: 1; padding: 0 1; }
        & #keys { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    }
    """

    def __init__(self, keys: str = "") -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Static("", id="said", markup=False)
        yield Static(self._keys, id="keys", markup=False)

    def say(self, words: str) -> None:
        """Say what was done."""
        self.query_one("#said", Static).update(shown_line(words))

    def offer(self, keys: str) -> None:
        """Say which keys do something now."""
        self.query_one("#keys", Static).update(shown_line(keys))

    @property
    def offered(self) -> str:
        """The keys that are offered now."""
        return str(self.query_one("#keys", Static).content)

    @property
    def said(self) -> str:
        """The words that stand there now."""
        return str(self.query_one("#said", Static).content)
