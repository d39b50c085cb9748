"""The code box: a few letters find a code; a key that begins no other applies at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from qualcode.domain.codebook import Code, Codebook, instant, matching
from qualcode.domain.errors import UnknownCodeError
from qualcode.tui.content import shown

_LISTED = 50


class CodeBox(Vertical):
    """Finds codes by what is typed; the definition of the highlighted one stands beside.

    It never has the focus: its screen hands it each key while it is open, so that what is
    typed fast, or arrives in one burst over a slow line, is taken in the order of typing.
    Codes that are applied already are ticked; chosen again, they come off.
    """

    DEFAULT_CSS = """
    CodeBox {
        dock: bottom;
        height: 12;
        margin-bottom: 2;
        border-top: heavy $accent;
        background: $surface;
        display: none;
        &.open { display: block; }
        & Input, & Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        & OptionList { width: 2fr; border: none; padding: 0; background: $surface; }
        & VerticalScroll { width: 3fr; padding: 0 1; }
    }
    """

    @dataclass
    class Picked(Message):
        """A code was picked by mouse."""

        code: Code

    def __init__(self) -> None:
        super().__init__()
        self._codebook = Codebook(0)
        self._listed: list[Code] = []
        self._ticked: frozenset[Code] = frozenset()
        self._at_once = False

    def compose(self) -> ComposeResult:
        """Lay out the line to type in, the list, and the definition."""
        line = Input(placeholder="key, name or any word of it")
        line.can_focus = False
        yield line
        with Horizontal():
            options = OptionList(markup=False)
            options.can_focus = False
            yield options
            with VerticalScroll(can_focus=False):
                yield Static("", id="definition", markup=False)

    def open(self, codebook: Codebook, *, ticked: Sequence[Code], typed: str = "") -> None:
        """Open the box, the first sign typed already.

        Begun with a sign, a key that can mean one code only is applied at once; opened
        empty, the box waits for Enter, so that several can be typed with blanks.
        """
        self._codebook = codebook
        self._at_once = bool(typed)
        self._ticked = frozenset(ticked)
        self.add_class("open")
        self._type(typed)

    @property
    def is_open(self) -> bool:
        """Is the box open?"""
        return self.has_class("open")

    @property
    def typed(self) -> str:
        """What has been typed so far."""
        return self.query_one(Input).value

    def take_key(self, event: events.Key) -> tuple[Code, ...]:
        """Take a key pressed while the box is open; give the codes it chose, if it did."""
        if event.key == "escape":
            self.close()
        elif event.key == "enter":
            return self._enter()
        elif event.key in {"down", "up"}:
            self._step(event.key)
        elif event.key == "backspace":
            return self._type(self.typed[:-1])
        elif event.character and event.is_printable:
            return self._type(self.typed + event.character)
        return ()

    def close(self) -> None:
        """Hide the box."""
        self.remove_class("open")

    def _type(self, typed: str) -> tuple[Code, ...]:
        """Take what is typed by now; a key that can mean one code only chooses it at once."""
        line = self.query_one(Input)
        line.value = typed
        line.cursor_position = len(typed)
        code = instant(self._codebook, typed) if self._at_once and typed else None
        if code is not None:
            self.close()
            return (code,)
        self._list(typed)
        return ()

    def _enter(self) -> tuple[Code, ...]:
        row = self.query_one(OptionList).highlighted
        codes = self._several(self.typed)
        if not codes and row is not None and self._listed:
            codes = (self._listed[row],)
        if codes:
            self.close()
        return codes

    def _step(self, key: str) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        if key == "down":
            options.action_cursor_down()
        else:
            options.action_cursor_up()
        if options.highlighted is not None:
            self._define(self._listed[options.highlighted])

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Choose a code by mouse."""
        message.stop()
        chosen = [code for code in self._listed if code.label == message.option_id]
        if chosen:
            self.close()
            self.post_message(self.Picked(chosen[0]))

    def _several(self, typed: str) -> tuple[Code, ...]:
        """Read several keys parted by blanks, if that is what was typed."""
        words = typed.split()
        try:
            return tuple(self._codebook.code(word) for word in words) if len(words) > 1 else ()
        except UnknownCodeError:
            return ()

    def _list(self, typed: str) -> None:
        """List what fits, best first."""
        words = typed.split()
        self._listed = matching(self._codebook, words[-1] if words else "")[:_LISTED]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [Option(shown(self._line(code)), id=code.label) for code in self._listed]
        )
        if self._listed:
            options.highlighted = 0
            self._define(self._listed[0])
        else:
            words_said = f"No code fits “{typed}”. Esc changes nothing."
            self.query_one("#definition", Static).update(shown(words_said))

    def _line(self, code: Code) -> str:
        return f"{'✓' if code in self._ticked else ' '} {code.key:<4} {code.name}"

    def _define(self, code: Code) -> None:
        """Show the code's definition and rules."""
        self.query_one("#definition", Static).update(shown("\n".join(card(code))))


def card(code: Code) -> list[str]:
    """Write a code's card in lines."""
    lines = [code.title, code.description]
    lines += [f"+ {rule}" for rule in code.include]
    lines += [f"− {rule}" for rule in code.exclude]
    if code.not_to_confuse_with:
        lines.append(f"≠ {', '.join(code.not_to_confuse_with)}")
    return [line for line in lines if line]
