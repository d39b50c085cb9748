import numpy as np
import pytest

from qualcode.agreement.alpha import alpha
from qualcode.agreement.counts import MISSING, Counts, counts_of
from qualcode.agreement.pooled import pooled_alpha
from tests.agreement.conftest import Reference, agrees, counted, value


def by_code(data: list[list[list[str] | None]]) -> list[Counts]:
    """Count each code of units that hold sets of codes."""
    codes = sorted({code for row in data for unit in row or [] for code in unit or []})
    return [
        counts_of(
            np.array(
                [[MISSING if unit is None else int(code in unit) for unit in row] for row in data],
                dtype=np.int8,
            ).T
        )
        for code in codes
    ]


def test_one_code_pools_to_its_own_alpha() -> None:
    counts = counted("1100", "1010")
    assert value(pooled_alpha([counts])) == pytest.approx(value(alpha(counts)))


def test_codes_without_variation_leave_pooled_alpha_alone() -> None:
    varied = [counted("1100", "1010"), counted("1000", "1000")]
    constant = [counted("0000", "0000"), counted("1111", "1111")]
    assert pooled_alpha([*varied, *constant]).value == pooled_alpha(varied).value


def test_a_code_rated_more_often_weighs_more() -> None:
    weak, strong = counted("10", "01"), counted("1100", "1100")
    score = pooled_alpha([weak, strong])
    observed, expected = 4 * 1 + 8 * 0, 4 * (8 / 12) + 8 * (32 / 56)
    assert value(score) == pytest.approx(1 - observed / expected)
    assert score.variant == "2 codes by ratings"
    assert pooled_alpha([strong, strong]).variant == "2 codes"


def test_pooled_alpha_is_undefined_for_a_reason() -> None:
    assert pooled_alpha([]).reason == "no pairable units"
    assert pooled_alpha([counted("1.", ".1")]).reason == "no pairable units"
    assert pooled_alpha([counted("00", "00")]).reason == "no code varies: no variation"


def test_pooled_alpha_meets_the_verified_cases(reference: Reference) -> None:
    for case, expected in reference.expected("multicode.json", "pooled_alpha"):
        assert agrees(pooled_alpha(by_code(case["data"])), case, expected), case["id"]


def test_pooled_alpha_is_the_alpha_of_sets_by_hamming_distance(reference: Reference) -> None:
    for case, expected in reference.expected("sets.json", "krippendorff_alpha_set"):
        if expected["params"]["distance"] == "hamming":
            assert agrees(pooled_alpha(by_code(case["data"])), case, expected), case["id"]
