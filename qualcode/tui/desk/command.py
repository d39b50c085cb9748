"""A command of the coding desk."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from qualcode.tui.desk.standing import Standing
from qualcode.tui.keyed import Keyed, offered, with_keys

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

__all__ = ["Command", "offered", "with_keys"]

Screen: TypeAlias = "CodingScreen"


@dataclass(frozen=True, slots=True)
class Command(Keyed[Screen, Standing]):
    """What a key does on the coding desk."""
