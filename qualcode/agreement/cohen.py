"""Cohen's kappa for two coders."""

from collections.abc import Sequence

from qualcode.agreement.counts import EVERYWHERE, NO_PAIRS, Cells, never_used
from qualcode.agreement.score import Score

MEASURE = "Cohen's kappa"
VARIANT = "unweighted"


def cohen_kappa(cells: Cells) -> Score:
    """Give (p_o - p_e) / (1 - p_e) of one code, p_e from each coder's own frequencies.

    p_o is the share of units with the same rating; p_e the sum over the two ratings of the
    product of both coders' shares. Source: Cohen 1960, Educational and Psychological
    Measurement 20:37-46. Undefined: no unit rated by both; the code used by neither, or by
    both on every unit.
    """
    score = cohen_kappa_of_table(
        ((cells.both, cells.first_only), (cells.second_only, cells.neither))
    )
    if score.defined or not cells.units:
        return score
    return Score(MEASURE, VARIANT, None, EVERYWHERE if cells.both else never_used(coders=2))


def cohen_kappa_of_table(table: Sequence[Sequence[int]]) -> Score:
    """Give kappa of a square table of units: first coder's values down, second's across.

    Formula and source as for one code. Undefined: an empty table; one value used by both
    throughout.
    """
    units = sum(map(sum, table))
    if not units:
        return Score(MEASURE, VARIANT, None, NO_PAIRS)
    alike = sum(row[place] for place, row in enumerate(table))
    by_chance = sum(
        sum(down) * sum(across)
        for down, across in zip(table, zip(*table, strict=True), strict=True)
    )
    if by_chance == units * units:
        return Score(MEASURE, VARIANT, None, "one value used throughout: no variation")
    return Score(MEASURE, VARIANT, (units * alike - by_chance) / (units * units - by_chance))
