"""A command of the desk: declared once, it is a key, an entry of the foot, palette and help."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.binding import Binding

from qualcode.tui.desk.standing import Standing

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

_NAMES = {
    "minus": "-",
    "exclamation_mark": "!",
    "asterisk": "*",
    "equals_sign": "=",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "f1": "F1",
}
_BETWEEN = "  "


def always(_standing: Standing) -> bool:
    """Say that a command is possible wherever one stands."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """What a key does, in a word or two for the foot and in a sentence for the palette.

    `possible` says whether it would do anything now: the foot offers no other. The smaller
    its `rank`, the sooner it is offered; without one it never is.
    """

    name: str
    keys: str
    words: str
    about: str
    act: Callable[["CodingScreen"], None]
    possible: Callable[[Standing], bool] = always
    rank: int = 0

    @property
    def binding(self) -> Binding:
        """The key binding: it has priority, so that keys are obeyed in order, however fast."""
        return Binding(
            self.keys,
            f"run_command('{self.name}')",
            self.words,
            show=False,
            priority=True,
            id=self.name,
        )

    @property
    def key(self) -> str:
        """The first of its keys as it is written."""
        first = self.keys.split(",")[0]
        return _NAMES.get(first, first)


def with_keys(commands: Iterable[Command], keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Give the commands with a coder's own keys, by name, where there are any."""
    return tuple(replace(each, keys=keys.get(each.name, each.keys)) for each in commands)


def offered(commands: Iterable[Command], standing: Standing, *, width: int) -> str:
    """Write what can be done now, the likeliest first, as much of it as fits."""
    ranked = sorted((each for each in commands if each.rank), key=lambda each: each.rank)
    line = ""
    for command in ranked:
        offer = f"{command.key} {command.words}"
        longer = f"{line}{_BETWEEN}{offer}" if line else offer
        if command.possible(standing) and len(longer) <= width:
            line = longer
    return line
