"""A command of a screen: declared once, it is a key, an entry of foot, palette and help."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from textual import events
from textual.binding import Binding

_NAMES = {
    "minus": "-",
    "plus": "+",
    "exclamation_mark": "!",
    "asterisk": "*",
    "equals_sign": "=",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "space": "space",
    "home": "Home",
    "end": "End",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "f1": "F1",
}
_BETWEEN = "  "

S = TypeVar("S")
P = TypeVar("P")
K = TypeVar("K", bound="Keyed[Any, Any]")


def always(_standing: object) -> bool:
    """Say that a command is possible wherever one stands."""
    return True


@dataclass(frozen=True, slots=True)
class Keyed(Generic[S, P]):
    """What a key does, in a word or two for the foot and in a sentence for the palette.

    `possible` says whether it would do anything now: the foot offers no other. The smaller
    its `rank`, the sooner it is offered; without one it never is.
    """

    name: str
    keys: str
    words: str
    about: str
    act: Callable[[S], None]
    possible: Callable[[P], bool] = always
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
        return written(self.keys.split(",")[0])

    def is_meant_by(self, event: events.Key) -> bool:
        """Is it this key that was pressed?"""
        keys = self.keys.split(",")
        return event.key in keys or event.character in keys

    def offer(self, _standing: P) -> str:
        """Write it for the foot."""
        return f"{self.key} {self.words}"


def written(key: str) -> str:
    """Give a key as it is written for people."""
    return _NAMES.get(key, key)


def with_keys(commands: Iterable[K], keys: Mapping[str, str]) -> tuple[K, ...]:
    """Give the commands with a coder's own keys, by name, where there are any."""
    return tuple(replace(each, keys=keys.get(each.name, each.keys)) for each in commands)


def offered(commands: Iterable[Keyed[Any, P]], standing: P, *, width: int) -> str:
    """Write what can be done now, the likeliest first, as much of it as fits."""
    ranked = sorted((each for each in commands if each.rank), key=lambda each: each.rank)
    line = ""
    for command in ranked:
        if not command.possible(standing):
            continue
        offer = command.offer(standing)
        longer = f"{line}{_BETWEEN}{offer}" if line else offer
        if len(longer) <= width:
            line = longer
    return line
