"""Positive agreement: how far coders agree where the code was applied at all."""

from qualcode.agreement.counts import NO_PAIRS, Counts, never_used
from qualcode.agreement.score import Score


def positive_agreement(counts: Counts) -> Score:
    """Give the sum of r (r - 1) over the sum of r (m - 1), m coders rating, r applying.

    For two coders this is 2a / (2a + b + c): a units with the code by both, b and c by one.
    Text on which no one applied the code leaves it alone. Source: Cicchetti & Feinstein
    1990 (specific agreement); the same as the Dice coefficient and F1. Undefined: no pairable
    units; the code not used on any of them.
    """
    rows = list(counts.rows())
    chances = sum(units * r * (m - 1) for m, r, units in rows)
    variant = "two coders" if counts.coders == 2 else "all pairs pooled"  # noqa: PLR2004 - a pair
    if not chances:
        reason = never_used(counts.coders) if rows else NO_PAIRS
        return Score("positive agreement", variant, None, reason)
    met = sum(units * r * (r - 1) for _, r, units in rows)
    return Score("positive agreement", variant, met / chances)
