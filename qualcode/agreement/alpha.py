"""Krippendorff's alpha for nominal values, any number of coders, missing ratings allowed."""

from collections.abc import Sequence

import numpy as np

from qualcode.agreement.counts import NO_PAIRS, Counts, no_variation
from qualcode.agreement.score import Score
from qualcode.agreement.spans import Whole

MEASURE = "Krippendorff's alpha"
VARIANT = "nominal"


def alpha(counts: Counts) -> Score:
    """Give 1 - D_o / D_e of one code, applied or not.

    D_o and D_e are the observed and expected disagreement over pairable units. Source:
    Krippendorff 2004, Content Analysis (2nd ed.), ch. 11; computed by the package
    krippendorff. Undefined: no pairable units; the code not used on any of them, or used
    on all.
    """
    reason = no_variation(counts)
    if reason:
        return Score(MEASURE, VARIANT, None, reason)
    return _computed(_value_counts(counts))


def alpha_of_values(units: Sequence[Sequence[int]] | Whole) -> Score:
    """Give alpha of a variable with several values that exclude each other.

    `units` holds, for each unit and value, how many coders gave it. Formula and source as
    for one code. Undefined: no pairable units; one value used throughout.
    """
    table = np.asarray(units, dtype=np.int64)
    table = table[table.sum(axis=1) > 1]
    if not table.size:
        return Score(MEASURE, VARIANT, None, NO_PAIRS)
    if np.count_nonzero(table.sum(axis=0)) == 1:
        return Score(MEASURE, VARIANT, None, "one value used throughout: no variation")
    return _computed(table)


def _computed(value_counts: Whole) -> Score:
    import krippendorff

    value = krippendorff.alpha(value_counts=value_counts, level_of_measurement="nominal")
    return Score(MEASURE, VARIANT, float(value))


def _value_counts(counts: Counts) -> Whole:
    """Write out units by (not applied, applied), all units without a difference in one row.

    A unit of m equal ratings adds m to one cell of the coincidences, so w such units and
    one unit of w m equal ratings weigh the same. Only units that differ need their own row.
    """
    alike = np.zeros((2, 2), dtype=np.int64)
    differing: list[Whole] = []
    for m, r, units in counts.rows():
        if r in (0, m):
            alike[int(r == m), int(r == m)] += m * units
        else:
            differing.append(np.tile(np.array([m - r, r], dtype=np.int64), (units, 1)))
    return np.concatenate((alike, *differing))
