"""The memo box: a few lines in one breath."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea


class MemoLines(TextArea):
    """The lines of a memo: a full stop and Enter end it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", show=False),
        Binding("escape", "leave", "Leave", priority=True, show=False),
    ]

    @dataclass
    class Kept(Message):
        """The memo is written."""

        body: str

    class Left(Message):
        """The memo was given up."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.text.rstrip().endswith("."):
            event.stop()
            event.prevent_default()
            self.action_keep()
            return
        await super()._on_key(event)

    def action_keep(self) -> None:
        """Keep what is written; a full stop that stands alone only ended it."""
        lines = self.text.rstrip().splitlines()
        if lines and lines[-1].strip() == ".":
            lines = lines[:-1]
        self.post_message(self.Kept("\n".join(lines).strip()))

    def action_leave(self) -> None:
        """Keep what is written, or leave where nothing is."""
        if self.text.strip():
            self.action_keep()
        else:
            self.post_message(self.Left())


class MemoBox(Vertical):
    """Opens below the transcript for a memo on what is selected."""

    DEFAULT_CSS = """
    MemoBox {
        dock: bottom;
        height: 7;
        margin-bottom: 2;
        border-top: heavy $accent;
        background: $surface;
        display: none;
        &.open { display: block; }
        & TextArea { border: none; height: 1fr; }
        & Static { height: 1; padding: 0 1; color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the heading and the lines."""
        yield Static("Memo · a full stop and Enter, or Esc, keeps it", markup=False)
        yield MemoLines("", show_line_numbers=False)

    def open(self) -> None:
        """Open the box, empty."""
        self.add_class("open")
        lines = self.query_one(MemoLines)
        lines.load_text("")
        self.screen.set_focus(lines)

    @property
    def is_open(self) -> bool:
        """Is a memo being written?"""
        return self.has_class("open")

    def close(self) -> None:
        """Hide the box."""
        self.remove_class("open")
