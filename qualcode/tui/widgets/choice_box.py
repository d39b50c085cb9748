"""The choice box: the second stroke of a two-stroke key, its choices in sight at once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from qualcode.tui.content import shown, shown_line

SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
"""What the choices of a list are called by, in order."""

_LONGEST = 9
_A_FEW = 5
_MANY = 20
_HEIGHT = 45
_SCROLLS = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": _A_FEW, "pageup": -_A_FEW}
"""Keys that bring other choices into sight, unless they are signs of choices themselves."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on: the sign that chooses it, what it is, and what it does."""

    sign: str
    words: str
    choose: Callable[[], None]


Number = Callable[[int], None]


class ChoiceBox(Vertical):
    """Shows what a first stroke can go on to; the next stroke chooses.

    As the pick box, it never has the focus. Where it takes a number, digits are gathered
    until Enter. Arrows bring into sight what there is no room for.
    """

    DEFAULT_CSS = """
    ChoiceBox {
        dock: bottom;
        height: auto;
        max-height: 60%;
        margin-bottom: 2;
        border-top: heavy $accent;
        background: $surface;
        padding: 0 1;
        display: none;
        &.open { display: block; }
        & VerticalScroll { height: auto; max-height: 45vh; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._choices: dict[str, Choice] = {}
        self._number: Number | None = None
        self._digits = ""
        self._rows = 0

    def compose(self) -> ComposeResult:
        """Lay out the title and the choices."""
        yield Static("", classes="title", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static("", classes="choices", markup=False)

    @property
    def keys(self) -> str:
        """What the foot of the screen offers while the box is open."""
        signs = _in_short(self._choices)
        number = "a number and Enter  " if self._number else ""
        more = "↓ ↑ more  " if self._is_longer else ""
        return f"{signs}  choose  {number}{more}Esc leave"

    @property
    def _is_longer(self) -> bool:
        """Are there more choices than are in sight?"""
        return self._rows > self.app.size.height * _HEIGHT // 100

    def open(self, title: str, choices: Sequence[Choice], *, number: Number | None = None) -> None:
        """Open the box on its choices."""
        self._title, self._number, self._digits = title, number, ""
        self._choices = {choice.sign: choice for choice in choices}
        lines = "\n".join(f"{choice.sign}  {choice.words}" for choice in choices)
        self._rows = lines.count("\n") + 1
        self.query_one(".choices", Static).update(shown(lines))
        self._tell()
        self.query_one(VerticalScroll).scroll_home(animate=False, immediate=True)
        self.add_class("open")

    @property
    def is_open(self) -> bool:
        """Is the box open?"""
        return self.has_class("open")

    def take_key(self, event: events.Key) -> bool:
        """Take a key pressed while the box is open; one that chooses nothing leaves it open."""
        sign = event.character or ""
        if event.key == "escape":
            self.close()
        elif self._number is not None and sign.isdecimal() and sign.isascii():
            self._digits = (self._digits + sign)[:_LONGEST]
            self._tell()
        elif event.key == "backspace":
            self._digits = self._digits[:-1]
            self._tell()
        elif event.key == "enter" and self._digits and self._number is not None:
            self.close()
            self._number(int(self._digits))
        elif sign in self._choices:
            self.close()
            self._choices[sign].choose()
        elif event.key in _SCROLLS:
            self._scroll(_SCROLLS[event.key])
        return True

    def _scroll(self, rows: int) -> None:
        """Bring other choices into sight."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False, immediate=True)

    def close(self) -> None:
        """Hide the box."""
        self.remove_class("open")

    def _tell(self) -> None:
        self.query_one(".title", Static).update(shown_line(f"{self._title} {self._digits}"))


def _in_short(signs: Iterable[str]) -> str:
    """Write signs for the foot; of many, the first and the last."""
    found = list(signs)
    return " ".join(found if len(found) <= _MANY else [*found[:_A_FEW], "…", found[-1]])


def numbered(
    choices: Sequence[tuple[str, Callable[[], None]]], *, without: Collection[str] = ()
) -> list[Choice]:
    """Call choices by number, and by letter after the ninth; beyond the last letter none is.

    Signs that call something else are left out.
    """
    signs = (sign for sign in SIGNS if sign not in without)
    return [
        Choice(sign, words, choose) for sign, (words, choose) in zip(signs, choices, strict=False)
    ]
