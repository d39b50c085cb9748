"""Closing seals what was measured; later changes do not touch it, and reports say what came."""

import json

import pytest

from tests.conftest import Qualcode
from tests.services.test_giving_out import _given


def _bare(figures: dict[str, object]) -> dict[str, object]:
    """Give figures without what is said of who and when."""
    apart = {"coders", "sealed", "reopened", "left_out", "codes"}
    return {name: value for name, value in figures.items() if name not in apart}


def _cells(figures: dict[str, list[dict[str, object]]]) -> list[object]:
    wanted = ("code", "cells", "cohen_kappa", "krippendorff_alpha", "observed_agreement")
    return [[each[name] for name in wanted] for each in figures["codes"]]


UNITS = {
    "turn": "UPDATE round SET unit = 'turn'",
    "sentence": "UPDATE round SET unit = 'sentence'",
    "quotation": "UPDATE round SET unit = 'quotation'",
}


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_sealed_is_what_was_measured(coded: Qualcode, unit: str) -> None:
    coded.base(UNITS[unit])
    coded.done("round", "unblind", "r1", "--because", "to see sides")
    before = coded.asked("agreement", "--round", "r1")
    assert before["sealed"] is None
    coded.done("round", "close", "r1")
    after = coded.asked("agreement", "--round", "r1")
    assert _bare(after) == _bare(before)
    assert _cells(after) == _cells(before)
    assert after["coders"] == ["a", "b"]
    assert after["units"] > 0


def test_a_snapshot_says_when_by_what_and_on_which_journal(coded: Qualcode) -> None:
    head = coded.asked("status")["head"]
    coded.done("round", "close", "r1")
    sealed = coded.asked("agreement", "--round", "r1")["sealed"]
    assert sealed["head"] == head
    assert coded("check", "--head", sealed["head"]).status == 0
    from qualcode import __version__

    assert sealed["program"] == __version__


def test_later_changes_do_not_touch_what_was_sealed(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    sealed = coded.asked("agreement", "--round", "r1")
    coded.done("codebook", "merge", "1a", "--into", "1b", "--because", "one rule")
    coded.base("UPDATE coding SET retired_in = added_in")
    assert coded.asked("agreement", "--round", "r1") == sealed
    assert _cells(coded.asked("agreement", "--round", "r1", "--now")) != _cells(sealed)


def test_another_unit_is_computed_from_the_layers(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    assert coded.asked("agreement", "--round", "r1", "--unit", "quotation")["sealed"] is None
    assert coded.asked("agreement", "--round", "r1", "--unit", "turn")["sealed"] is not None


def test_closed_again_a_round_has_another_snapshot(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    first = coded.asked("agreement", "--round", "r1")
    coded.done("round", "reopen", "r1", "--because", "Emil was forgotten")
    assert coded.asked("agreement", "--round", "r1")["sealed"] is None
    coded.done("read", "Emil", "--as", "b")
    coded.done("round", "close", "r1")
    second = coded.asked("agreement", "--round", "r1")
    assert second["units"] > first["units"]
    kept = [json.loads(body) for (body,) in coded.base("SELECT body FROM snapshot ORDER BY number")]
    assert [each["figures"]["units"] for each in kept] == [first["units"], second["units"]]
    assert coded("check").status == 0


def test_every_report_repeats_why_a_round_was_reopened(coded: Qualcode) -> None:
    coded.done("round", "freeze", "r1")
    coded.done("round", "reopen", "r1", "--because", "Emil was forgotten")
    coded.done("round", "freeze", "r1")
    coded.done("round", "reopen", "r1", "--because", "and once more")
    reasons = ["Emil was forgotten", "and once more"]
    assert coded.asked("agreement", "--round", "r1")["reopened"] == reasons
    coded.done("round", "close", "r1")
    assert coded.asked("agreement", "--round", "r1")["reopened"] == reasons
    told = coded.done("agreement", "--round", "r1")
    assert all(f"The round was reopened: {reason}" in told for reason in reasons)


def test_a_changed_snapshot_is_found(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    kept = coded.base("SELECT body FROM snapshot")
    coded.base("UPDATE snapshot SET body = replace(body, '\"rare\":true', '\"rare\":false')")
    assert coded.base("SELECT body FROM snapshot") != kept
    assert "is not the one sealed" in coded("check").err
    coded.base("DELETE FROM snapshot")
    assert "snapshot of a closed round is gone" in coded("check").err


def test_a_round_without_two_coders_closes_and_says_why_there_is_no_figure(
    study: Qualcode,
) -> None:
    study.done("round", "new", "r2", "--coders", "a")
    study.done("round", "close", "r2")
    assert "no two coders" in study.refused("agreement", "--round", "r2", status=12)


def test_only_passages_two_coders_were_given_are_compared(study: Qualcode) -> None:
    study.done("round", "sample", "r1", "--percent", "40")
    drawn = study.asked("round", "sample", "r1")["drawn"]
    for coder in "ab":
        while (found := study.asked("next", "--as", coder)) is not None:
            study.done("code", found["place"], "1a", "--as", coder)
    both = study.asked("agreement", "--round", "r1")
    assert both["units"] == len(drawn) == both["codes"][0]["cells"]["both"]
    assert any("given to one coder only" in sentence for sentence in both["left_out"])
    first = drawn[0]["place"]
    owner = next(name for name in "ab" if name in _whole(study, first.split(":")[0]))
    study.done("uncode", first, "--as", owner)
    study.done("code", first, "1b", "--as", owner)
    changed = study.asked("agreement", "--round", "r1")
    assert changed["codes"][0]["cells"]["both"] == len(drawn) - 1
    assert changed["sets"]["disjoint"] == 1


def _whole(study: Qualcode, source: str) -> list[str]:
    rows = study.asked("round", "assign", "r1")["sources"]
    return next(row["whole"] for row in rows if row["source"] == source)


def test_what_the_other_coded_around_a_passage_drawn_is_not_compared(study: Qualcode) -> None:
    study.done("round", "sample", "r1", "--percent", "40")
    drawn = {lot["place"] for lot in study.asked("round", "sample", "r1")["drawn"]}
    for coder in "ab":
        while (found := study.asked("next", "--as", coder)) is not None:
            code = "1a" if found["place"] in drawn else "1b"
            study.done("code", found["place"], code, "--as", coder)
    for unit in ("turn", "quotation", "sentence"):
        report = study.asked("agreement", "--round", "r1", "--unit", unit)
        assert report["sets"]["same"] == report["units"]
        assert report["codes"][1]["applied"] == {"Coder A": 0, "Coder B": 0}


def test_a_coder_is_compared_with_an_earlier_self(coded: Qualcode) -> None:
    coded.done("round", "new", "r2", "--coders", "a,b")
    coded.done("round", "assign", "r2", "--off", "a", "--sources", "FG1,ANNA,BEA")
    coded.done("round", "repeat", "r2", "--of", "r1", "--percent", "100")
    given = sum(_given(coded, "r2")[name].get("a", 0) for name in ("FG1", "ANNA", "BEA"))
    for name in ("FG1", "ANNA", "BEA"):
        shown = coded.asked("show", name, "--as", "a", "--round", "r1")["turns"]
        for turn in shown:
            place = f"{name}:{turn['number']}"
            codes = [each["code"] for each in turn["codings"]]
            said = (
                coded("code", place, *codes, "--as", "a")
                if codes
                else coded("read", place, "--as", "a")
            )
            assert said.status in {0, 12}, said.all
    again = coded.asked("agreement", "--round", "r2", "--with", "r1")
    (of_a,) = (each for each in again if each["units"] == given)
    assert [name[-2:] for name in of_a["coders"]] == ["r1", "r2"]
    assert of_a["units"] == given > 0
    assert of_a["sets"]["disjoint"] == of_a["sets"]["overlapping"] == 0
    assert {
        each["cells"]["first_only"] + each["cells"]["second_only"] for each in of_a["codes"]
    } == {0}


def test_two_rounds_with_nobody_in_common_are_not_compared(coded: Qualcode) -> None:
    coded.done("coder", "add", "c")
    coded.done("round", "new", "r2", "--coders", "c")
    assert "Nobody codes in both" in coded.refused(
        "agreement", "--round", "r2", "--with", "r1", status=12
    )
