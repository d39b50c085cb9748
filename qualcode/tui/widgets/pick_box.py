"""The pick box: a few letters find one of many, and say what it is before it is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from qualcode.domain.display import visible_line
from qualcode.tui.content import shown, shown_line
from qualcode.tui.widgets.typed_line import TypedLine

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose: its line in the list, what it is, and what choosing it does."""

    line: str
    about: str
    choose: Callable[[], None]


Find = Callable[[str], Sequence[Pick]]
"""Gives what fits the words typed so far, best first."""


class PickBox(Vertical):
    """Lists what fits the words typed, with the meaning of the highlighted one beside.

    It never has the focus: its screen hands it each key while it is open, so that what is
    typed fast, or arrives in one burst over a slow line, is taken in the order of typing.
    """

    DEFAULT_CSS = """
    PickBox {
        dock: bottom;
        height: 12;
        margin-bottom: 2;
        border-top: heavy $accent;
        background: $surface;
        visibility: hidden;
        &.open { visibility: visible; }
        & Input, & Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        & OptionList { width: 2fr; border: none; padding: 0; background: $surface;
                       text-wrap: nowrap; text-overflow: ellipsis; }
        & VerticalScroll { width: 3fr; padding: 0 1; }
    }
    """

    keys = "Enter choose  ↓ ↑ move  Esc leave"
    """What the foot of the screen offers while the box is open."""

    def __init__(self) -> None:
        super().__init__()
        self._find: Find = _nothing
        self._listed: Sequence[Pick] = ()

    def compose(self) -> ComposeResult:
        """Lay out the line to type in, the list, and what the highlighted one means."""
        yield TypedLine()
        with Horizontal():
            options = OptionList(markup=False)
            options.can_focus = False
            yield options
            with VerticalScroll(can_focus=False):
                yield Static("", classes="about", markup=False)

    def offer(self, find: Find, *, hint: str, typed: str = "", row: int = 0) -> None:
        """Open the box on what can be found, some letters typed already, on one of its rows."""
        self._find = find
        self.query_one(Input).placeholder = visible_line(hint)
        self.add_class("open")
        self._type(typed)
        if 0 < row < len(self._listed):
            self.query_one(OptionList).highlighted = row
            self._tell(self._listed[row].about)

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
            self._enter()
        elif event.key in {"down", "up"}:
            self._step(event.key)
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

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Choose by mouse."""
        message.stop()
        self._choose(message.option_index)

    def _type(self, typed: str) -> None:
        """Take what is typed by now."""
        line = self.query_one(Input)
        line.value = typed
        line.cursor_position = len(typed)
        self._list(typed)

    def _enter(self) -> None:
        """Choose what is highlighted; where nothing fits, stay open."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None and self._listed:
            self._choose(highlighted)

    def _choose(self, row: int) -> None:
        pick = self._listed[row]
        self.close()
        pick.choose()

    def _step(self, key: str) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        if key == "down":
            options.action_cursor_down()
        else:
            options.action_cursor_up()
        if options.highlighted is not None and self._listed:
            self._tell(self._listed[options.highlighted].about)

    def _list(self, typed: str) -> None:
        """List what fits, best first."""
        self._listed = self._find(typed)[:_LISTED]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(shown_line(pick.line)) for pick in self._listed])
        if self._listed:
            options.highlighted = 0
            self._tell(self._listed[0].about)
        else:
            self._tell(f"Nothing fits “{typed}”. Esc changes nothing.")

    def _tell(self, about: str) -> None:
        self.query_one(".about", Static).update(shown(about))


class Palette(PickBox):
    """Finds codes, sources and commands."""


def _nothing(_typed: str) -> Sequence[Pick]:
    return ()
