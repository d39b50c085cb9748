from fractions import Fraction

import pytest

from qualcode.agreement.counts import counts_of
from qualcode.agreement.disagreement import expected_disagreement, observed_disagreement
from tests.agreement.conftest import Reference, counted, matrix


def test_disagreement_of_krippendorffs_two_coders_on_ten_articles() -> None:
    counts = counted("1100000000", "0110010100")  # Krippendorff 2004, p. 224: .4 and .442
    assert observed_disagreement(counts) == Fraction(4, 10)
    assert expected_disagreement(counts) == Fraction(2 * 14 * 6, 20 * 19)


def test_there_is_no_disagreement_without_pairs() -> None:
    assert observed_disagreement(counted("1.", ".1")) is None
    assert expected_disagreement(counted("1.", ".1")) is None


def test_disagreement_meets_the_verified_cases(reference: Reference) -> None:
    for name, measure in (
        ("observed_disagreement", observed_disagreement),
        ("expected_disagreement", expected_disagreement),
    ):
        for case, expected in reference.expected("units.json", name):
            if (ratings := matrix(case)) is not None:
                found = measure(counts_of(ratings))
                assert found == pytest.approx(expected["value"], abs=1e-9), case["id"]
