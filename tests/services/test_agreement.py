"""Agreement counts what both have finished, and says what it leaves out."""

import pytest

from tests.conftest import Qualcode


def test_only_what_both_finished_is_counted(coded: Qualcode) -> None:
    data = coded.asked("agreement")
    assert (data["sources"], data["units"]) == (5, 14)
    assert data["left_out"] == ["Emil is left out: not finished by one of its coders."]
    assert coded("agreement").err == "Emil is left out: not finished by one of its coders.\n"
    coded.done("read", "Emil", "--as", "b")
    again = coded.asked("agreement")
    assert (again["sources"], again["units"], again["left_out"]) == (6, 15, [])


def test_a_read_mark_is_a_no_and_not_a_gap(coded: Qualcode) -> None:
    rows = {row["code"]: row for row in coded.asked("agreement")["codes"]}
    cells = {"both": 2, "first_only": 1, "second_only": 3, "neither": 8}
    assert rows["CH1B"]["cells"] == cells
    observed = 10 / 14
    chance = (5 * 3 + 9 * 11) / 14**2
    kappa = (observed - chance) / (1 - chance)
    assert rows["CH1B"]["cohen_kappa"]["value"] == pytest.approx(kappa, abs=1e-12)
    assert rows["CH1B"]["observed_agreement"]["value"] == pytest.approx(observed)


def test_the_unit_of_the_round_holds_unless_another_is_named(coded: Qualcode) -> None:
    assert coded.asked("agreement")["unit"] == "turn"
    quotation = coded.asked("agreement", "--unit", "quotation")
    assert quotation["unit"] == "quotation"
    assert coded.asked("agreement", "--unit", "sentence")["units"] > 14


def test_nothing_finished_is_undefined_and_no_crash(study: Qualcode) -> None:
    data = study.asked("agreement")
    assert (data["sources"], data["units"]) == (0, 0)
    assert all(row["cohen_kappa"]["value"] is None for row in data["codes"])
    assert all(row["cohen_kappa"]["reason"] for row in data["codes"])
    assert "–" in study.done("agreement")


def test_three_coders_have_alpha_and_no_kappa(coded: Qualcode) -> None:
    coded.done("coder", "add", "c")
    coded.done("round", "new", "r2", "--coders", "a,b,c")
    for who in ("a", "b", "c"):
        coded.done("code", "Fay:1", "2a", "--as", who)
        coded.done("read", "Gus", "--as", who)
    data = coded.asked("agreement")
    assert (data["round"], data["units"], data["sets"]) == ("r2", 3, None)
    rows = {row["code"]: row for row in data["codes"]}
    assert rows["CH2A"]["krippendorff_alpha"]["value"] == 1.0
    assert rows["CH2A"]["cohen_kappa"] == {"value": None, "reason": "defined for two coders only"}
    assert "CH2A" in coded.done("agreement")


def test_one_coder_cannot_be_compared(study: Qualcode) -> None:
    study.refused("agreement", "--round", "free", status=12)
    study.done("code", "FG1:2", "1a", "--as", "a", "--round", "free")
    study.refused("agreement", "--round", "free", status=12)
    assert study.asked("disagreements", "--round", "free")["open"] == 0
    study.done("code", "FG1:2", "1a", "--as", "b", "--round", "free")
    assert study.asked("agreement", "--round", "free")["coders"] == ["a", "b"]


def test_without_a_round_it_says_how_to_set_one_up(qualcode: Qualcode) -> None:
    qualcode.done("init", "--lead", "l")
    said = qualcode("agreement")
    assert said.status == 12
    assert "qualcode round new" in said.err
