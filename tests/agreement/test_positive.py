import pytest

from qualcode.agreement.counts import Cells, counts_of
from qualcode.agreement.positive import positive_agreement
from tests.agreement.conftest import Reference, agrees, counted, matrix, value


def test_uncoded_text_leaves_positive_agreement_alone() -> None:
    for neither in (0, 300, 49_900):
        counts = Cells(both=50, first_only=30, second_only=20, neither=neither).counts()
        assert value(positive_agreement(counts)) == pytest.approx(2 * 50 / (2 * 50 + 30 + 20))


def test_three_coders_meet_in_all_their_pairs() -> None:
    score = positive_agreement(counted("110", "100", "101"))
    assert value(score) == pytest.approx((3 * 2 + 0 + 0) / (3 * 2 + 1 * 2 + 1 * 2))
    assert score.variant == "all pairs pooled"


def test_a_code_that_no_one_used_has_no_positive_agreement() -> None:
    assert positive_agreement(counted("00", "00")).reason == "not used by either: no variation"
    assert positive_agreement(counted("1.", ".1")).reason == "no pairable units"


def test_a_code_used_on_every_unit_is_agreed_on() -> None:
    assert value(positive_agreement(counted("11", "11"))) == 1


def test_positive_agreement_meets_the_verified_cases(reference: Reference) -> None:
    for case, expected in reference.expected("units.json", "positive_agreement"):
        ratings = matrix(case)
        assert ratings is not None
        flipped = expected["params"]["positive"] == case["value_domain"][0]
        ratings = 1 - ratings if flipped else ratings
        assert agrees(positive_agreement(counts_of(ratings)), case, expected), case["id"]
