"""A command of the codebook's screen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from qualcode.tui.codebook.standing import Standing
from qualcode.tui.keyed import Keyed

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

Screen: TypeAlias = "CodebookScreen"


@dataclass(frozen=True, slots=True)
class Command(Keyed[Screen, Standing]):
    """What a key does there; one key may mean one thing in one list, and another in another.

    `named` says at the foot what just now it would do.
    """

    named: Callable[[Standing], str] | None = None

    def offer(self, standing: Standing) -> str:
        """Write it for the foot."""
        return f"{self.key} {self.named(standing) if self.named else self.words}"
