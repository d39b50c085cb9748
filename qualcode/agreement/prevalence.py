"""Prevalence: how common a code is, and whether it is too rare for a coefficient."""

from qualcode.agreement.counts import NO_PAIRS, Cells, Counts
from qualcode.agreement.score import Score

MEASURE = "prevalence"
ENOUGH_BY_CHANCE = 5


def prevalence(counts: Counts) -> Score:
    """Give n1 / n: the share of all ratings on pairable units that apply the code.

    Undefined: no pairable units.
    """
    return _share("all coders", counts.positives, counts.values)


def prevalence_by_coder(counts: Counts) -> list[Score]:
    """Give each coder's share of pairable units with the code, of those the coder rated.

    Undefined for a coder who rated none.
    """
    return [
        _share(f"coder {place}", applied, rated)
        for place, (applied, rated) in enumerate(zip(counts.applied, counts.rated, strict=True), 1)
    ]


def expected_together(cells: Cells) -> float:
    """Give N p1 p2: on how many units chance alone would let both coders apply the code.

    0 without a unit that both rated.
    """
    return cells.first * cells.second / cells.units if cells.units else 0.0


def too_rare(cells: Cells) -> bool:
    """Is the code so rare that a coefficient says little? Fewer than five units by chance.

    Source: the rule of five expected agreements by chance, ATLAS.ti manual.
    """
    return expected_together(cells) < ENOUGH_BY_CHANCE


def _share(variant: str, applied: int, rated: int) -> Score:
    if not rated:
        return Score(MEASURE, variant, None, NO_PAIRS)
    return Score(MEASURE, variant, applied / rated)
