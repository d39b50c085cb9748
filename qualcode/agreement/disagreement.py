"""Observed and expected disagreement of one code, exactly: what alpha is the ratio of."""

from fractions import Fraction

from qualcode.agreement.counts import Counts


def observed_disagreement(counts: Counts) -> Fraction | None:
    """Give D_o = 2 d / n with d = sum over units of r (m - r) / (m - 1).

    m coders rated the unit and r of them applied the code; n is the number of ratings on
    pairable units. Source: Krippendorff 2004, Content Analysis (2nd ed.), ch. 11, for two
    values. None without pairable units.
    """
    if not counts.values:
        return None
    crossed = sum(
        (Fraction(units * r * (m - r), m - 1) for m, r, units in counts.rows()), Fraction()
    )
    return 2 * crossed / counts.values


def expected_disagreement(counts: Counts) -> Fraction | None:
    """Give D_e = 2 n0 n1 / (n (n - 1)), n1 ratings that apply the code and n0 that do not.

    Source: as for the observed one. 0 where the code does not vary; None without pairable
    units.
    """
    n = counts.values
    return Fraction(2 * counts.negatives * counts.positives, n * (n - 1)) if n else None
