"""How two coders' sets of codes compare on each unit."""

from dataclasses import dataclass

import numpy as np

from qualcode.agreement.projection import Marks


@dataclass(frozen=True, slots=True)
class Sets:
    """On how many units two sets of codes are the same, overlap or share nothing.

    `disjoint` includes units on which one coder has no code; `blank` are those on which
    neither has one, of which there are none when the units are quotations.
    """

    same: int
    overlapping: int
    disjoint: int
    blank: int

    @property
    def units(self) -> int:
        """How many units both coders rated."""
        return self.same + self.overlapping + self.disjoint + self.blank


def sets(marks: Marks, first: int, second: int) -> Sets:
    """Compare the sets of codes of two coders on every unit that both rated.

    A code that one of the two did not rate in a source is not compared there.
    """
    together = marks.rated[:, :, first] & marks.rated[:, :, second]
    compared = together[marks.source, marks.code]
    unit, coders = marks.unit[compared], marks.coders[compared]
    one, two = (coders >> first & 1).astype(bool), (coders >> second & 1).astype(bool)
    count = len(marks.units.starts)
    either = np.bincount(unit[one | two], minlength=count)
    both = np.bincount(unit[one & two], minlength=count)
    rated = np.any(together, axis=1)[marks.units.source]
    return Sets(
        same=int((rated & (either > 0) & (both == either)).sum()),
        overlapping=int((rated & (both > 0) & (both < either)).sum()),
        disjoint=int((rated & (either > 0) & (both == 0)).sum()),
        blank=int((rated & (either == 0)).sum()),
    )
