"""Pooled alpha: one number over many codes that may stand on the same unit."""

from collections.abc import Sequence
from fractions import Fraction

from qualcode.agreement.counts import NO_PAIRS, Counts
from qualcode.agreement.disagreement import expected_disagreement, observed_disagreement
from qualcode.agreement.score import Score

MEASURE = "pooled alpha"


def pooled_alpha(codes: Sequence[Counts]) -> Score:
    """Give 1 - (sum of D_o) / (sum of D_e) over codes, each weighing its ratings.

    Where all codes were rated alike the weights cancel, and the value is Krippendorff's
    alpha of the units' sets of codes with Hamming's distance. Codes without variation add
    nothing to either sum. Source: Krippendorff 2004, ch. 11, for D_o and D_e. Undefined: no
    pairable units; no code varies.
    """
    rated = [counts for counts in codes if counts.values]
    weights = {counts.values for counts in rated}
    variant = f"{len(codes)} codes" if len(weights) < 2 else f"{len(codes)} codes by ratings"  # noqa: PLR2004
    if not rated:
        return Score(MEASURE, variant, None, NO_PAIRS)
    observed = sum((each.values * (observed_disagreement(each) or 0) for each in rated), Fraction())
    expected = sum((each.values * (expected_disagreement(each) or 0) for each in rated), Fraction())
    if not expected:
        return Score(MEASURE, variant, None, "no code varies: no variation")
    return Score(MEASURE, variant, float(1 - observed / expected))
