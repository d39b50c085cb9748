"""Observed agreement: how often coders gave the same rating, chance left in.

With three or more coders and missing ratings there are several such numbers; each names
its variant. Krippendorff 2004, p. 230, has data on which they differ: .800, .818, .782
and .778. All are undefined without pairable units, and 1 for a code that no one used.
"""

from collections.abc import Sequence
from fractions import Fraction

from qualcode.agreement.counts import NO_PAIRS, Cells, Counts
from qualcode.agreement.disagreement import observed_disagreement
from qualcode.agreement.score import Score

MEASURE = "observed agreement"


def observed_agreement(counts: Counts) -> Score:
    """Give 1 - D_o, each unit weighing as many ratings as it has: the one alpha uses.

    Source: Krippendorff 2004, ch. 11. Undefined: no pairable units.
    """
    disagreement = observed_disagreement(counts)
    return _score("1 - D_o", None if disagreement is None else 1 - disagreement)


def agreement_by_units(counts: Counts) -> Score:
    """Give the mean over units of the share of coder pairs that agree: all units weigh alike.

    Source: Gwet 2014, Handbook of Inter-Rater Reliability (4th ed.), p_a. Undefined: no
    pairable units.
    """
    shares = [units * (1 - Fraction(2 * r * (m - r), m * (m - 1))) for m, r, units in counts.rows()]
    return _score("mean over units", Fraction(sum(shares), counts.pairable) if shares else None)


def agreement_by_pairs(counts: Counts) -> Score:
    """Give the share of agreeing coder pairs, the pairs of all units in one heap.

    Sum of r (r - 1) + (m - r) (m - r - 1) over sum of m (m - 1). Undefined: no pairable
    units.
    """
    rows = list(counts.rows())
    pairs = sum(units * m * (m - 1) for m, _, units in rows)
    differing = sum(units * 2 * r * (m - r) for m, r, units in rows)
    return _score("all pairs pooled", 1 - Fraction(differing, pairs) if pairs else None)


def unanimity(counts: Counts) -> Score:
    """Give the share of pairable units on which all who rated agree.

    Undefined: no pairable units.
    """
    rows = list(counts.rows())
    alike = sum(units for m, r, units in rows if r in (0, m))
    return _score("unanimous units", Fraction(alike, counts.pairable) if rows else None)


def agreement_by_coder_pairs(pairs: Sequence[Cells]) -> Score:
    """Give the mean over pairs of coders of (both + neither) / units.

    Pairs without a common unit are left out. Source: Holsti 1969 (CR); "average pairwise
    agreement" in ReCal, Freelon 2010. Undefined: no pair has a common unit.
    """
    shares = [Fraction(each.both + each.neither, each.units) for each in pairs if each.units]
    return _score("mean over coder pairs", sum(shares) / len(shares) if shares else None)


def _score(variant: str, value: Fraction | float | None) -> Score:
    if value is None:
        return Score(MEASURE, variant, None, NO_PAIRS)
    return Score(MEASURE, variant, float(value))
