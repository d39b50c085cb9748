"""From spans to units: on which units did each coder apply each code?

The rule is `any`: a code stands on a unit when one of the coder's spans shares at least
one character with it. However many spans do so, the code stands there once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualcode.agreement.counts import MISSING
from qualcode.agreement.spans import (
    Flags,
    Spans,
    Units,
    Whole,
    all_rated,
    in_one_line,
    once,
    rated_only,
)

MOST_CODERS = 62


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Which coders applied which codes on which units; what has no entry is blank.

    Each entry holds a unit (its number among all), a code, and the coders as bits: bit c of
    `coders` is set where coder c applied the code. Entries ascend by unit, then code.
    `rated` says who rated what, as sources by codes by coders.
    """

    unit: Whole
    code: Whole
    coders: Whole
    units: Units
    rated: Flags

    @property
    def source(self) -> Whole:
        """In which source each entry stands."""
        return np.searchsorted(self.units.offsets, self.unit, side="right") - 1


def marks(spans: Spans, units: Units, *, rated: Flags | None = None) -> Marks:
    """Project the spans of all sources, coders and codes on the units, rule `any`.

    `rated` flags who finished which source, as sources by coders or sources by codes by
    coders; spans of others are left out, and they count as missing. Raises ValueError for
    more than 62 coders.
    """
    if spans.coders > MOST_CODERS:
        raise ValueError(f"At most {MOST_CODERS} coders can be compared at once.")
    who = all_rated(rated, sources=units.sources, codes=spans.codes, coders=spans.coders)
    spans = rated_only(spans, who)
    unit, span = _touched(spans, units)
    place = (unit * spans.codes + spans.code[span]) * spans.coders + spans.coder[span]
    place = once(place)
    slot = place // max(spans.coders, 1)
    first = np.flatnonzero(np.diff(slot, prepend=-1))
    bits = np.left_shift(1, place % max(spans.coders, 1))
    slot, together = slot[first], np.add.reduceat(bits, first) if first.size else bits
    return Marks(slot // max(spans.codes, 1), slot % max(spans.codes, 1), together, units, who)


def ratings(marks: Marks, code: int) -> npt.NDArray[np.int8]:
    """Write one code's ratings out as units by coders: 1 applied, 0 not, MISSING not rated."""
    coders = np.arange(marks.rated.shape[2])
    table = np.zeros((len(marks.units.starts), len(coders)), dtype=np.int8)
    of_code = marks.code == code
    table[marks.unit[of_code]] = marks.coders[of_code, np.newaxis] >> coders & 1
    table[~marks.rated[marks.units.source, code]] = MISSING
    return table


def untouched(units: Units, spans: Spans, *, rated: Flags | None = None) -> Units:
    """Leave out the units that any of some spans shares a character with, whatever its code.

    Spans of coders who count as missing in a source leave nothing out.
    """
    who = all_rated(rated, sources=units.sources, codes=spans.codes, coders=spans.coders)
    unit, _span = _touched(rated_only(spans, who), units)
    kept = np.ones(len(units.starts), dtype=np.bool_)
    kept[unit] = False
    per_source = np.bincount(units.source[kept], minlength=units.sources)
    offsets = np.concatenate(([0], np.cumsum(per_source, dtype=np.int64)))
    return Units(units.starts[kept], units.ends[kept], offsets)


def _touched(spans: Spans, units: Units) -> tuple[Whole, Whole]:
    """Pair each span with every unit it shares a character with: units, and their spans."""
    source = np.concatenate((units.source, spans.source))
    starts, ends = in_one_line(
        source,
        np.concatenate((units.starts, spans.start)),
        np.concatenate((units.ends, spans.end)),
    )
    count = len(units.starts)
    order = np.argsort(starts[count:])  # searching in order of place is several times faster
    first = np.searchsorted(ends[:count], starts[count:][order], side="right")
    behind = np.searchsorted(starts[:count], ends[count:][order], side="left")
    touched = np.maximum(behind - first, 0)
    skipped = first - (np.cumsum(touched) - touched)
    unit = np.arange(int(touched.sum())) + np.repeat(skipped, touched)
    return unit, np.repeat(order, touched)
