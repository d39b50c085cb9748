from collections.abc import Callable
from itertools import combinations

import pytest

from qualcode.agreement.counts import Counts, cells_of, counts_of
from qualcode.agreement.observed import (
    agreement_by_coder_pairs,
    agreement_by_pairs,
    agreement_by_units,
    observed_agreement,
    unanimity,
)
from qualcode.agreement.score import Score
from tests.agreement.conftest import Reference, agrees, coders, counted, matrix, value


def test_variants_differ_as_soon_as_ratings_are_missing() -> None:
    rows = ("1100", "1001", "110.")
    counts, ratings = counted(*rows), coders(*rows)
    pairs = [cells_of(ratings, *pair) for pair in combinations(range(3), 2)]
    assert value(observed_agreement(counts)) == pytest.approx(1 - 2 * (2 / 2 + 1 / 1) / 11)
    assert value(agreement_by_units(counts)) == pytest.approx((1 + 1 / 3 + 1 + 0) / 4)
    assert value(agreement_by_pairs(counts)) == pytest.approx((3 + 1 + 3 + 0) / 10)
    assert value(agreement_by_coder_pairs(pairs)) == pytest.approx((2 / 4 + 3 / 3 + 2 / 3) / 3)
    assert value(unanimity(counts)) == pytest.approx(2 / 4)


def test_each_variant_bears_its_name() -> None:
    counts = counted("10", "11")
    scores = [
        observed_agreement(counts),
        agreement_by_units(counts),
        agreement_by_pairs(counts),
        unanimity(counts),
        agreement_by_coder_pairs([]),
    ]
    assert {score.measure for score in scores} == {"observed agreement"}
    assert len({score.variant for score in scores}) == len(scores)


def test_a_code_that_no_one_used_is_agreed_on() -> None:
    assert value(observed_agreement(counted("000", "000"))) == 1


@pytest.mark.parametrize(
    ("metric", "measure"),
    [
        ("percent_agreement_alpha", observed_agreement),
        ("percent_agreement_units", agreement_by_units),
        ("percent_agreement_pairs", agreement_by_pairs),
        ("percent_agreement_all", unanimity),
    ],
)
def test_observed_agreement_meets_the_verified_cases(
    reference: Reference, metric: str, measure: Callable[[Counts], Score]
) -> None:
    for case, expected in reference.expected("units.json", metric):
        if (ratings := matrix(case)) is not None:
            assert agrees(measure(counts_of(ratings)), case, expected), case["id"]


def test_agreement_of_coder_pairs_meets_the_verified_cases(reference: Reference) -> None:
    for case, expected in reference.expected("units.json", "mean_pairwise_percent_agreement"):
        if (ratings := matrix(case)) is not None:
            pairs = combinations(range(case["n_coders"]), 2)
            cells = [cells_of(ratings, *pair) for pair in pairs]
            assert agrees(agreement_by_coder_pairs(cells), case, expected), case["id"]
