from collections import Counter

import pytest

from qualcode.agreement.cohen import cohen_kappa, cohen_kappa_of_table
from qualcode.agreement.counts import Cells, cells_of
from tests.agreement.conftest import Reference, agrees, matrix, value


def test_kappa_of_cohens_own_example() -> None:
    table = ((88, 14, 18), (10, 40, 10), (2, 6, 12))  # Cohen 1960, p. 45
    assert value(cohen_kappa_of_table(table)) == pytest.approx(0.492, abs=0.0005)


def test_kappa_is_undefined_without_variation() -> None:
    assert cohen_kappa(Cells(0, 0, 0, 0)).reason == "no pairable units"
    assert cohen_kappa(Cells(0, 0, 0, 9)).reason == "not used by either: no variation"
    assert cohen_kappa(Cells(9, 0, 0, 0)).reason == "used on every unit: no variation"
    assert cohen_kappa_of_table(((0, 0, 0), (0, 7, 0), (0, 0, 0))).value is None


def test_a_code_used_by_one_coder_alone_scores_zero() -> None:
    assert value(cohen_kappa(Cells(both=0, first_only=0, second_only=4, neither=109))) == 0


def test_kappa_meets_the_verified_cases(reference: Reference) -> None:
    for case, expected in reference.expected("units.json", "cohen_kappa"):
        if (ratings := matrix(case)) is not None:
            assert agrees(cohen_kappa(cells_of(ratings, 0, 1)), case, expected), case["id"]
        pairs, domain = Counter(zip(*case["data"], strict=True)), case["value_domain"]
        table = [[pairs[one, two] for two in domain] for one in domain]
        assert agrees(cohen_kappa_of_table(table), case, expected), case["id"]
