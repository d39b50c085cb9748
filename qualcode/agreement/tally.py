"""The counts of all codes at once, source by source.

A tally is what scores, their resamples and their updates are computed from: sources add
up, so leaving one out or weighing it twice is arithmetic on these sums.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from qualcode.agreement.counts import Cells, Counts
from qualcode.agreement.projection import Marks
from qualcode.agreement.spans import Flags, Whole, once


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """How many units bear each pattern of coders, for each source and code.

    `pattern` holds coders as bits, `number` the units; units on which no one applied the
    code have no entry. `units` is the number of units of each source; `rated` says who
    rated what, as sources by codes by coders.
    """

    source: Whole
    code: Whole
    pattern: Whole
    number: Whole
    units: Whole
    rated: Flags

    @property
    def coders(self) -> int:
        """How many coders are compared."""
        return int(self.rated.shape[2])

    @property
    def raters(self) -> Whole:
        """How many coders rated each code in each source, as sources by codes."""
        return np.asarray(self.rated.sum(axis=2), dtype=np.int64)

    def summed(self, numbers: npt.NDArray[np.int64]) -> Whole:
        """Add up one number for each entry, as sources by codes."""
        sources, codes, _ = self.rated.shape
        place = self.source * codes + self.code
        sums = np.bincount(place, weights=numbers, minlength=sources * codes)
        return sums.astype(np.int64).reshape(sources, codes)


def tally(marks: Marks) -> Tally:
    """Count the units of each source and code by the coders who applied it there."""
    codes = max(marks.rated.shape[1], 1)
    patterns = once(marks.coders)
    which = np.searchsorted(patterns, marks.coders)
    width = max(len(patterns), 1)
    places = np.sort((marks.source * codes + marks.code) * width + which, kind="stable")
    first = np.flatnonzero(np.diff(places, prepend=-1))
    place, number = places[first], np.diff(first, append=len(places))
    return Tally(
        source=place // (width * codes),
        code=place // width % codes,
        pattern=patterns[place % width],
        number=number.astype(np.int64),
        units=marks.units.per_source,
        rated=marks.rated,
    )


def histograms(tally: Tally) -> Whole:
    """Count units by m and r: sources by codes by (coders + 1) by (coders + 1).

    Entry [s, k, m, r] is the number of units of source s that m coders rated, of whom r
    applied code k.
    """
    sources, codes, coders = tally.rated.shape
    width = coders + 1
    place = (tally.source * codes + tally.code) * width + tally.raters[tally.source, tally.code]
    marked = place * width + np.bitwise_count(tally.pattern)
    blank = (np.arange(sources * codes) * width + tally.raters.ravel()) * width
    unmarked = tally.units[:, np.newaxis] - tally.summed(tally.number)
    table = np.bincount(
        np.concatenate((marked, blank)),
        weights=np.concatenate((tally.number, unmarked.ravel())),
        minlength=sources * codes * width * width,
    )
    return table.astype(np.int64).reshape(sources, codes, width, width)


def applied(tally: Tally) -> Whole:
    """Count the units on which each coder applied each code, where two or more rated it.

    The result is sources by codes by coders.
    """
    pairable = tally.raters > 1
    each = [
        tally.summed(tally.number * (tally.pattern >> coder & 1)) * pairable
        for coder in range(tally.coders)
    ]
    return np.stack(each, axis=2)


def rated(tally: Tally) -> Whole:
    """Count the units that each coder rated, where two or more did: as `applied`."""
    pairable = (tally.raters > 1)[:, :, np.newaxis]
    return tally.rated * pairable * tally.units[:, np.newaxis, np.newaxis]


def pair(tally: Tally, first: int, second: int) -> Whole:
    """Count the four cells of two coders: sources by codes by (both, first, second, neither)."""
    together = tally.rated[:, :, first] & tally.rated[:, :, second]
    one, two = tally.pattern >> first & 1, tally.pattern >> second & 1
    cells = [
        tally.summed(tally.number * met) * together
        for met in (one & two, one & ~two & 1, ~one & two & 1)
    ]
    neither = tally.units[:, np.newaxis] * together - sum(cells)
    return np.stack([*cells, neither], axis=2)


def counts_by_code(tally: Tally) -> list[Counts]:
    """Give the counts of every code over all sources, in the order of the codes."""
    tables = histograms(tally).sum(axis=0).tolist()
    who_rated = rated(tally).sum(axis=0).tolist()
    who_applied = applied(tally).sum(axis=0).tolist()
    units = int(tally.units.sum())
    return [
        Counts(units, tuple(map(tuple, table)), tuple(of), tuple(on))
        for table, of, on in zip(tables, who_rated, who_applied, strict=True)
    ]


def cells_by_code(tally: Tally, first: int, second: int) -> list[Cells]:
    """Give two coders' four cells for every code over all sources, in the order of the codes."""
    rows = cast("list[list[int]]", pair(tally, first, second).sum(axis=0).tolist())
    return [Cells(*row) for row in rows]
