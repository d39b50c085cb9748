"""How many units two coders have to code both for a coefficient to be trusted."""

import math
from statistics import NormalDist


def units_needed(
    alpha: float, share: float, *, level: float = 0.05, design_effect: float = 1.0
) -> int:
    """Give the units two coders must both code so that Krippendorff's alpha is above `alpha`.

    N = 2 z² ((1 + alpha)(3 - alpha) / (4 (1 - alpha) p (1 - p)) - alpha), rounded up: p is the
    `share` of units with the rarer value, z the one-sided standard score of `level`, the
    probability of believing in an alpha that is not reached. Source: Bloch & Kraemer 1989,
    Biometrics 45:269-287, equation 3.7, as Krippendorff 2019, Content Analysis, uses it.

    It assumes independent units. Turns of one interview resemble each other: multiply by a
    `design_effect` of 1 + (m - 1) r, with m units an interview and r their intraclass correlation.
    Raises ValueError for shares and levels outside 0 to 1, both excluded, for an alpha outside
    0 to 1, 1 excluded, and for a design effect below 1.
    """
    if not 0 <= alpha < 1 or not 0 < share < 1 or not 0 < level < 1 or design_effect < 1:
        raise ValueError(alpha, share, level, design_effect)
    z = NormalDist().inv_cdf(1 - level)
    chance = 4 * (1 - alpha) * share * (1 - share)
    units = 2 * z**2 * ((1 + alpha) * (3 - alpha) / chance - alpha)
    return math.ceil(units * design_effect)
