"""Boxes and modes that have the first word on each key while they are open."""

from typing import Protocol

from textual import events


class KeyTaker(Protocol):
    """Whatever has the first word on each key while it is open: a box, or a mode."""

    @property
    def is_open(self) -> bool:
        """Does it go on?"""
        ...

    @property
    def keys(self) -> str:
        """What the foot of the screen offers meanwhile."""
        ...

    def take_key(self, event: events.Key) -> bool:
        """Take a key; False hands it on to the transcript."""
        ...
