from math import lcm

import numpy as np
import pytest
from hypothesis import given

from qualcode.agreement.alpha import alpha, alpha_of_values
from qualcode.agreement.counts import MISSING, Cells, Counts, counts_of
from tests.agreement.conftest import (
    RATINGS,
    Ratings,
    Reference,
    agrees,
    counted,
    matrix,
    value,
    value_counts,
)


def closed_form(counts: Counts) -> float | None:
    """Give 1 - (n - 1) d / (n0 n1) in whole numbers, divided once."""
    if not counts.positives or not counts.negatives:
        return None
    scale = lcm(*range(1, max(counts.coders, 2)))
    d = sum(units * r * (m - r) * scale // (m - 1) for m, r, units in counts.rows())
    full = counts.negatives * counts.positives * scale
    return (full - (counts.values - 1) * d) / full


@given(RATINGS)
def test_alpha_is_its_closed_form(ratings: Ratings) -> None:
    counts = counts_of(ratings)
    assert alpha(counts).value == pytest.approx(closed_form(counts), abs=1e-12)


@given(RATINGS)
def test_units_in_one_row_weigh_as_much_as_one_by_one(ratings: Ratings) -> None:
    by_unit = np.stack(((ratings == 0).sum(axis=1), (ratings == 1).sum(axis=1)), axis=1)
    one_by_one = alpha_of_values(by_unit)
    assert alpha(counts_of(ratings)).value == pytest.approx(one_by_one.value, abs=1e-12)


@pytest.mark.parametrize(
    ("neither", "expected"), [(300, 0.590), (900, 0.640), (4_900, 0.662), (49_900, 0.666)]
)
def test_uncoded_text_does_not_inflate_alpha(neither: int, expected: float) -> None:
    counts = Cells(both=50, first_only=30, second_only=20, neither=neither).counts()
    assert value(alpha(counts)) == pytest.approx(expected, abs=0.0005)


def test_alpha_of_krippendorffs_examples() -> None:
    two = counted("1100000000", "0110010100")  # Krippendorff 2004, p. 224
    assert value(alpha(two)) == pytest.approx(0.095, abs=0.0005)
    four = ["BLPPLBCBL...", "BLPPLLCBLF..", ".PPPLPCLLFBP", "BLPPLCCBLFB."]  # p. 230
    by_unit = [[unit.count(each) for each in "BCFLP"] for unit in zip(*four, strict=True)]
    assert value(alpha_of_values(by_unit)) == pytest.approx(0.743, abs=0.0005)


def test_a_missing_rating_is_not_a_blank() -> None:
    coded = ("1010011001", "1010111000")
    unfinished, as_blank = counted(*coded, "10000....."), counted(*coded, "1000000000")
    assert value(alpha(unfinished)) == pytest.approx(0.5325, abs=0.0001)
    assert value(alpha(as_blank)) == pytest.approx(0.3062, abs=0.0001)


def test_opposite_coders_do_not_reach_minus_one_on_few_units() -> None:
    assert value(alpha(counted("10101010", "01010101"))) == pytest.approx(-0.875)


def test_a_code_used_by_one_coder_once_scores_zero() -> None:
    once = "1" + "0" * 19
    assert value(alpha(counted(once, "0" * 20))) == pytest.approx(0.0, abs=1e-12)
    assert value(alpha(counted(once, once[::-1]))) == pytest.approx(-0.026, abs=0.0005)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("000000", "000000"), "not used by either: no variation"),
        (("00", "00", ".0"), "not used by any coder: no variation"),
        (("111", "111", "11."), "used on every unit: no variation"),
        (("1010", "...."), "no pairable units"),
        (("10..", "..01"), "no pairable units"),
        (("1010",), "no pairable units"),
        (("", ""), "no pairable units"),
    ],
)
def test_alpha_is_undefined_for_a_reason(rows: tuple[str, ...], reason: str) -> None:
    score = alpha(counted(*rows))
    assert score.value is None
    assert score.reason == reason


def test_alpha_of_values_is_undefined_for_a_reason() -> None:
    assert alpha_of_values([[1, 0, 0], [0, 0, 1]]).reason == "no pairable units"
    throughout = alpha_of_values([[0, 2, 0], [0, 3, 0], [1, 0, 0]])
    assert throughout.reason == "one value used throughout: no variation"


def test_alpha_meets_the_verified_cases(reference: Reference) -> None:
    for case, expected in reference.expected("units.json", "krippendorff_alpha_nominal"):
        if (ratings := matrix(case)) is not None:
            assert agrees(alpha(counts_of(ratings)), case, expected), case["id"]
        assert agrees(alpha_of_values(value_counts(case)), case, expected), case["id"]


def test_alpha_of_one_value_against_the_rest_meets_the_verified_cases(
    reference: Reference,
) -> None:
    for case, expected in reference.expected("units.json", "krippendorff_alpha_category"):
        wanted = expected["params"]["category"]
        ratings = [
            [MISSING if one is None else int(one == wanted) for one in row] for row in case["data"]
        ]
        counts = counts_of(np.array(ratings, dtype=np.int8).T)
        assert agrees(alpha(counts), case, expected), case["id"]
