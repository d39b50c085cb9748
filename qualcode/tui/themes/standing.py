"""What one stands on in the themes' screen: it decides which keys do anything."""

from dataclasses import dataclass
from enum import Enum, auto

from qualcode.services.theme_review import Review
from qualcode.services.themes import Undoable
from qualcode.tui.themes.rows import Row


class Shown(Enum):
    """What is listed."""

    THEMES = auto()
    CODES = auto()
    SOURCE = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is listed, the row stood on, and the theme it is about, if there is one."""

    shown: Shown
    row: Row | None
    review: Review | None
    passages: bool
    undoable: Undoable

    @property
    def own(self) -> bool:
        """Is it a theme of one's own?"""
        return self.review is not None and not self.review.shown.who


def in_list(standing: Standing) -> bool:
    """Say whether themes are listed."""
    return standing.shown is Shown.THEMES


def on_theme(standing: Standing) -> bool:
    """Say whether there is a theme."""
    return standing.review is not None


def on_own(standing: Standing) -> bool:
    """Say whether it is a theme that can be changed."""
    return standing.own


def on_listed(standing: Standing) -> bool:
    """Say whether one stands on a theme in the list."""
    return in_list(standing) and on_theme(standing)


def on_own_listed(standing: Standing) -> bool:
    """Say whether one stands on a theme of one's own in the list."""
    return in_list(standing) and standing.own


def on_passage(standing: Standing) -> bool:
    """Say whether one stands on a passage."""
    return standing.row is not None and standing.row.marked is not None


def on_passage_by_code(standing: Standing) -> bool:
    """Say whether one stands on a passage listed by code."""
    return standing.shown is Shown.CODES and on_passage(standing)


def on_own_passage(standing: Standing) -> bool:
    """Say whether one stands on a passage of a theme of one's own."""
    return standing.own and on_passage(standing)


def among_passages(standing: Standing) -> bool:
    """Say whether there are passages to go to."""
    return not in_list(standing) and standing.passages


def can_undo(standing: Standing) -> bool:
    """Say whether one changed any theme that can be taken back."""
    return standing.undoable.undo


def can_redo(standing: Standing) -> bool:
    """Say whether a change was taken back that can be brought back."""
    return standing.undoable.redo


def why_not(name: str, standing: Standing) -> str:
    """Say why a key that means something here does nothing now."""
    if name in {"undo", "redo"}:
        return f"There is nothing in your themes to {'take' if name == 'undo' else 'bring'} back."
    if standing.review is None:
        return "There is no theme here yet: + sets one up."
    if not standing.own:
        return f"This theme is {standing.review.shown.who}'s; only its owner changes it."
    return "That does nothing here; ? says what does."
