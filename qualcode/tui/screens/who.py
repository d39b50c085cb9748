"""Who sits here? Asked once, where the command line did not say."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.domain.people import Coder
from qualcode.services.projects import Summary
from qualcode.tui.content import shown


class WhoScreen(Screen[Coder | None]):
    """Lists the people of the study."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", "Next", show=False, priority=True),
        Binding("k", "step(-1)", "Previous", show=False, priority=True),
        Binding("q,escape", "leave", "Leave", show=False, priority=True),
    ]
    CSS = """
    WhoScreen {
        & Static { padding: 1 2; }
        & OptionList { border: none; padding: 0 2; }
    }
    """

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self._summary = summary

    def compose(self) -> ComposeResult:
        """Lay out the question and the names."""
        yield Static(shown(f"{self._summary.about.name}\n\nWho are you? Enter chooses, q leaves."))
        names = [f"{coder.name}  {coder.role.value}" for coder in self._summary.coders]
        yield OptionList(*(Option(shown(name)) for name in names), markup=False)

    def action_step(self, by: int) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._summary.coders[message.option_index])

    def action_leave(self) -> None:
        """Leave the program."""
        self.dismiss(None)
