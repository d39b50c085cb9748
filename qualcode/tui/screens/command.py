"""The command line on the screen."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input


class CommandScreen(ModalScreen[str | None]):
    """Takes one command as it would be typed after `qualcode`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False, priority=True),
    ]
    CSS = """
    CommandScreen {
        align: left bottom;
        background: transparent;
        & Input, & Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Input(placeholder="a command: agreement, export word report.docx, help, …")

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        self.dismiss(message.value.strip() or None)

    def action_leave(self) -> None:
        """Leave without a command."""
        self.dismiss(None)
