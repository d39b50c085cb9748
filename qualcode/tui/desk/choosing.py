"""Choosing one of many: by a sign each, and of more than there are signs by words typed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeAlias

from qualcode.domain.codebook import folded
from qualcode.tui.desk.taking import KeyTaker
from qualcode.tui.widgets.choice_box import Choice, numbered
from qualcode.tui.widgets.pick_box import Pick, PickBox

Way: TypeAlias = tuple[str, Callable[[], None]]
"""One of many ways to go on: what it is, and what it does."""


class Chooses(Protocol):
    """A screen on which one of many can be chosen."""

    @property
    def palette(self) -> PickBox:
        """The box that finds one of many by its words."""
        ...

    def choose(self, title: str, choices: Sequence[Choice]) -> None:
        """Ask for one of a few, by its sign."""
        ...

    def hand_keys_to(self, taker: KeyTaker) -> None:
        """Give each key to a box first."""
        ...


def choose_one(
    screen: Chooses, title: str, ways: Sequence[Way], *, beside: Sequence[Choice] = ()
) -> None:
    """Ask for one of many, by a sign each; of more than there are signs, by words typed."""
    by_sign = numbered(ways, without={choice.sign for choice in beside})
    by_words = partial(_choose_by_words, screen, title, ways)
    if len(by_sign) == len(ways):
        screen.choose(title, [*beside, *by_sign])
    elif beside:
        found = Choice("/", f"one of {len(ways)}, found by its words", by_words)
        screen.choose(title, [*beside, found])
    else:
        by_words()


def _choose_by_words(screen: Chooses, title: str, ways: Sequence[Way]) -> None:
    def fitting(typed: str) -> list[Pick]:
        wanted = folded(typed).split()
        return [
            Pick(words, words, choose)
            for words, choose in ways
            if all(word in folded(words) for word in wanted)
        ]

    screen.palette.offer(fitting, hint=f"{title} One of {len(ways)}, found by its words")
    screen.hand_keys_to(screen.palette)
