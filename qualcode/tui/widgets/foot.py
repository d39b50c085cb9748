"""The foot of a screen: what was just done, and what can be done."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical

from qualcode.domain.display import visible_line
from qualcode.tui.geometry.rows_of import rows_of
from qualcode.tui.widgets.line import Line, cut

_ROWS = 2


class Foot(Vertical):
    """The last thing that happened, and the keys that matter here; a line each.

    A sentence that does not fit its line has two: its end is often the way out. Where two are
    not enough, it ends in an ellipsis.
    """

    DEFAULT_CSS = """
    Foot {
        dock: bottom;
        height: 2;
        & #keys { background: $panel; color: $text-muted; }
        &.long { height: 3; }
        &.long #said { height: 2; text-wrap: wrap; }
    }
    """

    def __init__(self, keys: str = "") -> None:
        super().__init__()
        self._keys = keys
        self._said = ""

    def compose(self) -> ComposeResult:
        """Lay out the two lines."""
        yield Line(id="said")
        yield Line(self._keys, id="keys")

    def say(self, words: str) -> None:
        """Say what was done."""
        self._said = words
        self._write()

    def on_resize(self) -> None:
        """Write it anew where there is more or less room now."""
        self._write()

    def _write(self) -> None:
        room = max(0, self.size.width - 2)
        rows = rows_of(visible_line(self._said), room) if room else []
        self.set_class(len(rows) > 1, "long")
        self.query_one("#said", Line).write(
            self._said if len(rows) <= _ROWS else _begun(rows, room)
        )

    def offer(self, keys: str) -> None:
        """Say which keys do something now."""
        self.query_one("#keys", Line).write(keys)

    @property
    def offered(self) -> str:
        """The keys that are offered now."""
        return self.query_one("#keys", Line).words

    @property
    def said(self) -> str:
        """What was said last, in full."""
        return visible_line(self._said)


def _begun(rows: Sequence[str], room: int) -> str:
    """Give as much of a sentence as there are rows for."""
    *before, last = rows[:_ROWS]
    ends = f"{last}…" if cell_len(last) < room else cut(f"{last}……", room)
    return " ".join([*before, ends])
