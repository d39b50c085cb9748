"""The versions of a codebook as steps that can be taken back and brought back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Version:
    """A numbered version: why it was made, by whom and when, and in which journal entry.

    `entry` is that entry's number. A version may undo an earlier one, or bring back one that
    was undone.
    """

    number: int
    reason: str
    kind: str
    who: UUID | None
    at: datetime
    entry: int
    entry_id: UUID
    undoes: int | None = None
    redoes: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Which versions stand as steps, and which of them were undone, the newest last."""

    done: tuple[Version, ...] = ()
    undone: tuple[Version, ...] = ()


def standing(versions: Sequence[Version]) -> Standing:
    """Work out what can be undone and what brought back; a new step closes the way back."""
    done: list[Version] = []
    undone: list[Version] = []
    for version in versions:
        if version.undoes is not None:
            undone.append(done.pop())
        elif version.redoes is not None:
            done.append(undone.pop())
        else:
            done.append(version)
            undone.clear()
    return Standing(tuple(done), tuple(undone))
