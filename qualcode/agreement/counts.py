"""The counts that every measure of one code is computed from.

A rating says whether one coder applied one code on one unit: 1 applied, 0 not applied,
MISSING where the coder did not rate the unit. A unit that two or more coders rated is
pairable; measures rest on pairable units alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MISSING = -1

NO_PAIRS = "no pairable units"
EVERYWHERE = "used on every unit: no variation"


@dataclass(frozen=True, slots=True)
class Cells:
    """The four cells of two coders, over the units that both rated."""

    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def units(self) -> int:
        """How many units both coders rated."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def one_only(self) -> int:
        """On how many units the code was applied by one of the two."""
        return self.first_only + self.second_only

    @property
    def first(self) -> int:
        """On how many units the first coder applied the code."""
        return self.both + self.first_only

    @property
    def second(self) -> int:
        """On how many units the second coder applied the code."""
        return self.both + self.second_only

    def swapped(self) -> "Cells":
        """Give the cells with the coders in the other order."""
        return Cells(self.both, self.second_only, self.first_only, self.neither)

    def counts(self) -> "Counts":
        """Give the counts of these two coders, for the measures that take any number."""
        return Counts(
            units=self.units,
            histogram=((0, 0, 0), (0, 0, 0), (self.neither, self.one_only, self.both)),
            rated=(self.units, self.units),
            applied=(self.first, self.second),
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How often one code was applied, over any number of coders.

    `units` is the number of units in scope. `histogram[m][r]` is the number of units that
    m coders rated and r of them gave the code. `rated` and `applied` hold a number for each
    coder, over pairable units: how many the coder rated, and how many of these got the code.
    """

    units: int
    histogram: tuple[tuple[int, ...], ...]
    rated: tuple[int, ...]
    applied: tuple[int, ...]

    @property
    def coders(self) -> int:
        """How many coders are compared."""
        return len(self.rated)

    def rows(self) -> Iterable[tuple[int, int, int]]:
        """Give (coders who rated, coders who applied, units) for the pairable units."""
        for rated, row in enumerate(self.histogram[2:], start=2):
            for applied, units in enumerate(row[: rated + 1]):
                if units:
                    yield rated, applied, units

    @property
    def pairable(self) -> int:
        """How many units two or more coders rated."""
        return sum(units for _, _, units in self.rows())

    @property
    def values(self) -> int:
        """How many ratings stand on pairable units: n of the formulas."""
        return sum(self.rated)

    @property
    def positives(self) -> int:
        """How many of these ratings apply the code: n1 of the formulas."""
        return sum(self.applied)

    @property
    def negatives(self) -> int:
        """How many of these ratings do not apply it: n0 of the formulas."""
        return self.values - self.positives


def never_used(coders: int) -> str:
    """Say that a code was used by none of so many coders."""
    return f"not used by {'either' if coders == 2 else 'any coder'}: no variation"  # noqa: PLR2004 - two is a pair


def no_variation(counts: Counts) -> str:
    """Say why nothing can be computed from the spread of a code; empty where it can."""
    if not counts.values:
        return NO_PAIRS
    if not counts.positives:
        return never_used(counts.coders)
    return "" if counts.negatives else EVERYWHERE


def counts_of(ratings: npt.NDArray[np.int8]) -> Counts:
    """Count the ratings of one code: an array of units by coders."""
    units, coders = ratings.shape
    rated = ratings != MISSING
    applied = ratings == 1
    width = coders + 1
    place = rated.sum(axis=1) * width + applied.sum(axis=1)
    histogram = np.bincount(place, minlength=width * width).reshape(width, width)
    pairable = rated.sum(axis=1) > 1
    return Counts(
        units=units,
        histogram=tuple(map(tuple, histogram.tolist())),
        rated=tuple(rated[pairable].sum(axis=0).tolist()),
        applied=tuple(applied[pairable].sum(axis=0).tolist()),
    )


def cells_of(ratings: npt.NDArray[np.int8], first: int, second: int) -> Cells:
    """Count the four cells of two coders, named by their columns, from units by coders."""
    one, two = ratings[:, first], ratings[:, second]
    together = (one != MISSING) & (two != MISSING)
    one, two = one[together] == 1, two[together] == 1
    return Cells(
        both=int((one & two).sum()),
        first_only=int((one & ~two).sum()),
        second_only=int((~one & two).sum()),
        neither=int((~one & ~two).sum()),
    )
