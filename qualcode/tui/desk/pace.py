"""The pace line, and the reminder of a pause: this material hurts."""

from collections.abc import Callable
from time import monotonic

_MINUTE = 60.0
_QUIET = 3


class Pace:
    """Counts the turns dealt with at one sitting; kept nowhere and shown to nobody else."""

    def __init__(self, *, pause: int = 0, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._dealt = 0
        self._pause = pause
        self._reminded = 0

    @property
    def minutes(self) -> int:
        """Whole minutes since the sitting began."""
        return int((self._clock() - self._began) / _MINUTE)

    def dealt_with(self, turns: int) -> None:
        """Count turns that are dealt with now and were not before; what is undone counts back."""
        self._dealt = max(0, self._dealt + turns)

    @property
    def line(self) -> str:
        """How much was done at this sitting; empty in its first minutes."""
        if self.minutes < _QUIET or not self._dealt:
            return ""
        turns = f"{self._dealt} turn{'' if self._dealt == 1 else 's'}"
        return f"{turns} in {self.minutes} min"

    def pause_due(self) -> str:
        """Suggest a pause where one was asked for and is due, once each time; else nothing."""
        due = self.minutes // self._pause if self._pause else 0
        if due <= self._reminded:
            return ""
        self._reminded = due
        return f"{self.minutes} minutes at this. A pause? All is saved; q leaves."
