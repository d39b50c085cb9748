"""Undo, redo, and leaving: all is saved."""

from functools import partial
from typing import TYPE_CHECKING

from qualcode.services import strokes

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


def undo(screen: "CodingScreen") -> None:
    """Undo the last step, whenever it was made."""
    screen.do(partial(strokes.undo, screen.project, screen.seat), anywhere=True)


def redo(screen: "CodingScreen") -> None:
    """Bring back what was undone last."""
    screen.do(partial(strokes.redo, screen.project, screen.seat), anywhere=True)


def to_sources(screen: "CodingScreen") -> None:
    """Go to the list of sources."""
    screen.leave(screen.app.pop_screen)


def leave(screen: "CodingScreen") -> None:
    """Leave the program."""
    screen.leave(lambda: screen.app.exit(0))
