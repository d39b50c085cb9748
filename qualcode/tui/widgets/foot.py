"""The foot of a screen: what was just done, and what can be done."""

from textual.app import ComposeResult
from textual.containers import Vertical

from qualcode.tui.widgets.line import Line


class Foot(Vertical):
    """The last thing that happened, and the keys that matter here; a line each.

    A sentence that does not fit its line has two: its end is often the way out.
    """

    DEFAULT_CSS = """
    Foot {
        dock: bottom;
        height: 2;
        & #keys { background: $panel; color: $text-muted; }
        &.long { height: 3; }
        &.long #said { height: 2; }
    }
    """

    def __init__(self, keys: str = "") -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Line(id="said")
        yield Line(self._keys, id="keys")

    def say(self, words: str) -> None:
        """Say what was done."""
        self.set_class(len(words) > self.size.width - 2, "long")
        self.query_one("#said", Line).write(words)

    def offer(self, keys: str) -> None:
        """Say which keys do something now."""
        self.query_one("#keys", Line).write(keys)

    @property
    def offered(self) -> str:
        """The keys that are offered now."""
        return self.query_one("#keys", Line).words

    @property
    def said(self) -> str:
        """The words that stand there now."""
        return self.query_one("#said", Line).words
