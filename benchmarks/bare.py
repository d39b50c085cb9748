"""The least a terminal can do with the same text: lines, a cursor line, and nothing else.

Textual's own line view over lines that are wrapped already. Its keys are ours, its cursor
goes from participant's turn to participant's turn, so it scrolls as far as ours does.
"""

import textwrap
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size as Cells
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip

_WIDTH = 80
_PLAIN, _CURSOR = Style(), Style(reverse=True)
_ASKS = "Moderator: "


class Lines(ScrollView, can_focus=True):
    """Lines, one of them highlighted, and where the cursor may stand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,l", "step(1)", show=False),
        Binding("k,h", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("home", "go(0)", show=False, priority=True),
        Binding("end", "go(-1)", show=False, priority=True),
        Binding("b", "keep", show=False),
    ]
    DEFAULT_CSS = "Lines { height: 1fr; overflow-x: hidden; overflow-y: scroll; }"

    def __init__(self, text: str, keep: Callable[[], None]) -> None:
        super().__init__()
        self._lines, self._stops = wrapped(text)
        self._at = 0
        self._keep = keep

    def on_mount(self) -> None:
        """Say how many lines there are."""
        self.virtual_size = Cells(_WIDTH, len(self._lines))
        self.focus()

    def render_line(self, y: int) -> Strip:
        """Paint a line."""
        row = y + self.scroll_offset.y
        words = self._lines[row] if row < len(self._lines) else ""
        style = _CURSOR if row == self._stops[self._at] else _PLAIN
        return Strip([Segment(words.ljust(self.size.width), style)])

    def action_step(self, by: int) -> None:
        """Move the cursor by turns."""
        self._go(min(max(0, self._at + by), len(self._stops) - 1))

    def action_go(self, at: int) -> None:
        """Move the cursor to an end."""
        self._go(at % len(self._stops))

    def action_page(self, by: int) -> None:
        """Move the cursor by about what is in view."""
        rows = self._stops[self._at] + by * self.size.height
        near = min(range(len(self._stops)), key=lambda at: abs(self._stops[at] - rows))
        self._go(near)

    def action_keep(self) -> None:
        """Keep a row, and paint the line anew."""
        self._keep()
        self.refresh_lines(self._stops[self._at] - self.scroll_offset.y)

    def _go(self, at: int) -> None:
        before, self._at = self._at, at
        top, height = self.scroll_offset.y, self.size.height
        row = self._stops[at]
        if top <= row < top + height:
            for changed in (before, at):
                self.refresh_lines(self._stops[changed] - top)
        else:
            self.scroll_to(y=row if row < top else row - height + 1, animate=False)


def wrapped(text: str) -> tuple[list[str], list[int]]:
    """Wrap turn by turn; give the lines, and the first line of each participant's turn."""
    lines: list[str] = []
    stops = []
    for turn in text.split("\n\n"):
        if turn and not turn.startswith(_ASKS):
            stops.append(len(lines))
        lines += [*textwrap.wrap(turn, _WIDTH), ""]
    return lines, stops


class LinesScreen(Screen[None]):
    """Lines and nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("S", "leave", show=False)]

    def __init__(self, text: str, keep: Callable[[], None]) -> None:
        super().__init__()
        self._text = text
        self._keep = keep

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield Lines(self._text, self._keep)

    def action_leave(self) -> None:
        """Go back."""
        self.app.pop_screen()


class BareApp(App[None]):
    """Opens one text after another, by Enter, each read when it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", show=False)]

    def __init__(self, *read: Callable[[], str], keep: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._read: Sequence[Callable[[], str]] = read
        self._next = 0
        self._keep = keep

    def action_open(self) -> None:
        """Open the next text, after the last one the first again."""
        text = self._read[self._next % len(self._read)]()
        self._next += 1
        self.push_screen(LinesScreen(text, self._keep))
