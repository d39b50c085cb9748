import pytest

from qualcode.agreement.counts import Cells
from qualcode.agreement.prevalence import (
    expected_together,
    prevalence,
    prevalence_by_coder,
    too_rare,
)
from tests.agreement.conftest import counted, value


def test_prevalence_is_the_share_of_ratings() -> None:
    assert value(prevalence(counted("1100", "1000", "1..."))) == pytest.approx(4 / 9)


def test_each_coder_has_a_prevalence() -> None:
    scores = prevalence_by_coder(counted("1100", "1000", "1..."))
    assert [value(score) for score in scores] == [0.5, 0.25, 1.0]
    assert [score.variant for score in scores] == ["coder 1", "coder 2", "coder 3"]


def test_a_code_never_used_has_a_prevalence_of_zero() -> None:
    assert value(prevalence(counted("00", "00"))) == 0


def test_prevalence_is_undefined_without_pairs() -> None:
    counts = counted("10", "11", "..")
    assert prevalence(counted("1.", ".1")).reason == "no pairable units"
    assert prevalence_by_coder(counts)[2].reason == "no pairable units"


def test_chance_meetings_decide_what_is_rare() -> None:
    assert expected_together(Cells(20, 5, 5, 95)) == pytest.approx(5.0)
    assert not too_rare(Cells(20, 5, 5, 95))
    assert too_rare(Cells(20, 5, 5, 96))
    assert too_rare(Cells(0, 0, 4, 109))
    assert too_rare(Cells(0, 0, 0, 0))
