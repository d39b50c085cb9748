"""How many units have to be coded twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement.planning import units_needed


@pytest.mark.parametrize(
    ("alpha", "share", "units"),
    [(0.667, 0.25, 81), (0.8, 0.25, 139), (0.667, 0.1, 172), (0.8, 0.1, 294)],
)
def test_the_numbers_are_those_of_the_printed_table(alpha: float, share: float, units: int) -> None:
    assert units_needed(alpha, share) == units


def test_units_that_resemble_each_other_count_for_less() -> None:
    assert units_needed(0.667, 0.25, design_effect=2) == 162


@given(st.floats(0.1, 0.9), st.floats(0.02, 0.4))
def test_rarer_codes_and_higher_limits_need_more_units(alpha: float, share: float) -> None:
    assert units_needed(alpha, share / 2) > units_needed(alpha, share)
    assert units_needed(alpha + 0.05, share) > units_needed(alpha, share)


@pytest.mark.parametrize(
    ("alpha", "share", "level", "effect"),
    [
        (1, 0.2, 0.05, 1),
        (-0.1, 0.2, 0.05, 1),
        (0.8, 0, 0.05, 1),
        (0.8, 0.2, 1, 1),
        (0.8, 0.2, 0.05, 0.5),
    ],
)
def test_what_cannot_be_planned_for_is_refused(
    alpha: float, share: float, level: float, effect: float
) -> None:
    with pytest.raises(ValueError, match=str(share)):
        units_needed(alpha, share, level=level, design_effect=effect)
