"""What every measure keeps, and worked tables that several of them share."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement.alpha import alpha
from qualcode.agreement.cohen import cohen_kappa
from qualcode.agreement.counts import MISSING, Cells, Counts, counts_of
from qualcode.agreement.observed import (
    agreement_by_coder_pairs,
    agreement_by_pairs,
    agreement_by_units,
    observed_agreement,
    unanimity,
)
from qualcode.agreement.pooled import pooled_alpha
from qualcode.agreement.positive import positive_agreement
from qualcode.agreement.prevalence import prevalence
from qualcode.agreement.score import Score
from tests.agreement.conftest import CELLS, RATINGS, Ratings, value

MEASURES: list[Callable[[Counts], Score]] = [
    observed_agreement,
    agreement_by_units,
    agreement_by_pairs,
    unanimity,
    positive_agreement,
    alpha,
    prevalence,
    lambda counts: pooled_alpha([counts]),
]

OF_PAIRS: list[Callable[[Cells], Score]] = [
    cohen_kappa,
    lambda cells: agreement_by_coder_pairs([cells]),
]


@pytest.mark.parametrize("measure", MEASURES)
@given(ratings=RATINGS, data=st.data())
def test_the_order_of_coders_leaves_a_score_alone(
    measure: Callable[[Counts], Score], ratings: Ratings, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(ratings.shape[1])))
    assert measure(counts_of(ratings[:, order])) == measure(counts_of(ratings))


@pytest.mark.parametrize("measure", OF_PAIRS)
@given(cells=CELLS)
def test_swapping_two_coders_leaves_a_score_alone(
    measure: Callable[[Cells], Score], cells: Cells
) -> None:
    assert measure(cells.swapped()) == measure(cells)


@pytest.mark.parametrize("measure", MEASURES)
@given(ratings=RATINGS, lone=st.sampled_from([0, 1, MISSING]))
def test_a_unit_without_a_pair_leaves_a_score_alone(
    measure: Callable[[Counts], Score], ratings: Ratings, lone: int
) -> None:
    unit = np.full((1, ratings.shape[1]), MISSING, dtype=np.int8)
    unit[0, 0] = lone
    assert measure(counts_of(np.concatenate((ratings, unit)))) == measure(counts_of(ratings))


@pytest.mark.parametrize("measure", MEASURES)
@given(ratings=RATINGS)
def test_a_coder_who_rated_nothing_leaves_a_score_alone(
    measure: Callable[[Counts], Score], ratings: Ratings
) -> None:
    absent = np.full((len(ratings), 1), MISSING, dtype=np.int8)
    with_absent = measure(counts_of(np.concatenate((ratings, absent), axis=1)))
    assert with_absent.value == measure(counts_of(ratings)).value


@pytest.mark.parametrize("measure", MEASURES)
@given(ratings=RATINGS)
def test_a_score_lies_between_minus_one_and_one(
    measure: Callable[[Counts], Score], ratings: Ratings
) -> None:
    score = measure(counts_of(ratings))
    assert score.value is None or -1 <= score.value <= 1 + 1e-12


@pytest.mark.parametrize("measure", MEASURES[:-2])
def test_coders_who_always_agree_score_one(measure: Callable[[Counts], Score]) -> None:
    assert value(measure(Cells(3, 0, 0, 5).counts())) == pytest.approx(1)


# Feinstein & Cicchetti 1990, Journal of Clinical Epidemiology 43:543-549: high agreement
# beside a low kappa. Observed agreement, kappa, alpha, positive agreement.
PARADOXES = [
    (Cells(40, 9, 6, 45), 0.85, 0.700, 0.701, 0.842),
    (Cells(80, 10, 5, 5), 0.85, 0.318, 0.318, 0.914),
    (Cells(45, 15, 25, 15), 0.60, 0.130, 0.125, 0.692),
    (Cells(25, 35, 5, 35), 0.60, 0.259, 0.196, 0.556),
]

# The examples of other products' manuals: 1000 characters of which coders marked 50 both,
# 100 and 50 one only (NVivo); 50 grant proposals (Wikipedia, Cohen's kappa); ten segments
# (ATLAS.ti). Kappa of the last is not printed there.
MANUALS = [
    (Cells(50, 100, 50, 800), 0.85, 0.3182, 0.3146, 0.400),
    (Cells(20, 5, 10, 15), 0.70, 0.400, 0.400, 0.727),
    (Cells(1, 1, 3, 5), 0.60, 0.0909, 0.095, 0.333),
]


@pytest.mark.parametrize(("cells", "observed", "kappa", "alphas", "positive"), PARADOXES + MANUALS)
def test_worked_tables_give_their_published_figures(
    cells: Cells, observed: float, kappa: float, alphas: float, positive: float
) -> None:
    counts = cells.counts()
    assert value(observed_agreement(counts)) == pytest.approx(observed)
    assert value(cohen_kappa(cells)) == pytest.approx(kappa, abs=0.0005)
    assert value(alpha(counts)) == pytest.approx(alphas, abs=0.0006)
    assert value(positive_agreement(counts)) == pytest.approx(positive, abs=0.0005)
