"""Rounds stop coding, keep their decisions, and take sources until somebody has begun."""

from pathlib import Path

import pytest

from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks
from qualcode.services.codebook_changes import Draft
from tests.conftest import CHOIR, Qualcode
from tests.services.conftest import Choir

HAL = CHOIR.parent / "more" / "HAL.txt"
STOPPED = [
    ["code", "FG1:3", "1a"],
    ["code", "--from", str(CHOIR / "b.csv")],
    ["uncode", "FG1:5"],
    ["read", "Emil"],
    ["memo", "FG1:3", "Late thought"],
    ["undo"],
]


@pytest.mark.parametrize("words", STOPPED, ids=" ".join)
@pytest.mark.parametrize("state", ["freeze", "close"])
def test_a_stopped_round_takes_no_coding(coded: Qualcode, state: str, words: list[str]) -> None:
    coded.done("round", state, "r1")
    before = coded.kept()
    sentence = coded.refused(*words, "--as", "a", status=12)
    assert "round r1" in sentence.casefold()
    assert coded.kept() == before


def test_a_stopped_round_is_still_what_its_coder_sees(coded: Qualcode) -> None:
    shown = coded.done("show", "FG1", "--as", "a")
    coded.done("round", "close", "r1")
    assert coded.done("show", "FG1", "--as", "a") == shown
    assert coded.asked("source", "list", "--as", "a")[0]["codings"] == 5


def test_who_wants_the_free_round_says_so(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    coded.done("code", "FG1:3", "1a", "--as", "a", "--round", "free")
    assert coded.asked("show", "FG1:3", "--as", "a")["turns"][0]["codings"] == []


def test_an_open_round_comes_before_an_older_and_a_stopped_one(coded: Qualcode) -> None:
    coded.done("round", "new", "r2", "--coders", "a")
    coded.done("code", "FG1:3", "1a", "--as", "a")
    assert "1a" not in coded.done("show", "FG1:3", "--as", "a", "--round", "r1")
    coded.done("round", "freeze", "r2")
    coded.done("code", "FG1:3", "2a", "--as", "a")
    rounds = [coded.asked("show", "FG1:3", "--as", "a", "--round", one) for one in ("r1", "r2")]
    codes = [[each["code"] for each in one["turns"][0]["codings"]] for one in rounds]
    assert codes == [["CH2A"], ["CH1A"]]


def test_reopening_needs_a_reason_and_lets_coding_go_on(coded: Qualcode) -> None:
    coded.done("round", "freeze", "r1")
    coded.refused("round", "reopen", "r1", "--because", " ", status=12)
    coded.done("round", "reopen", "r1", "--because", "Emil was forgotten")
    coded.done("read", "Emil", "--as", "b")


def test_decisions_end_with_the_round(coded: Qualcode) -> None:
    coded.done("round", "freeze", "r1")
    coded.done("decide", "FG1:5", "first")
    coded.done("undo", "--as", "lead")
    coded.done("decide", "FG1:5", "first")
    coded.done("round", "close", "r1")
    assert "its decisions stand" in coded.refused("decide", "FG1:3", "both", status=12)
    coded.refused("decide", "--agreed", status=12)
    coded.refused("undo", "--as", "lead", status=12)


def test_sources_join_a_round_until_somebody_has_begun(study: Qualcode) -> None:
    said = study("import", HAL)
    assert said.out == "HAL: interview, 2 turns, 1 of them participants'\n"
    study.done("code", "HAL:2", "1a", "--as", "a")


def test_sources_that_come_later_are_said_to_be_left_out(coded: Qualcode) -> None:
    said = coded("import", HAL)
    assert said.status == 0
    assert "HAL.txt: not part of round r1; give it out there, or in a new round" in said.out
    coded.refused("code", "HAL:2", "1a", "--as", "a", status=12)
    assert coded.asked("next", "--as", "a") is None
    sentence = "Emil is left out: not finished by one of its coders."
    assert coded.asked("agreement")["left_out"] == [sentence]
    assert coded.asked("disagreements")["left_out"] == ["Emil"]
    coded.done("round", "new", "r2", "--coders", "a,b")
    coded.done("code", "HAL:2", "1a", "--as", "a")


def test_a_round_set_up_first_of_all_gets_sources_and_codebook(qualcode: Qualcode) -> None:
    qualcode.done("init", "--lead", "l")
    qualcode.done("coder", "add", "a")
    qualcode.done("round", "new", "r1", "--coders", "a,l")
    qualcode.done("import", CHOIR / "FG1.txt", CHOIR / "ANNA.txt")
    qualcode.done("codebook", "load", CHOIR / "codebook.yaml")
    qualcode.done("code", "ANNA:2", "1a", "--as", "a")
    assert len(qualcode.asked("source", "list", "--as", "a")) == 2


def test_an_open_round_keeps_its_version_when_every_code_was_retired_and_others_come(
    at_desk: Choir,
) -> None:
    project, lead = at_desk.project, at_desk.coder("lead")
    for code in codebooks.codebook(project).codes:
        codebook_changes.retire(project, code, by=lead, reason="We begin again.")
    assert codebooks.codebook(project).codes == ()
    codebook_changes.add(project, Draft("Tea"), Place(part=1), by=lead)
    assert {code.label for code in at_desk.seat("a").codebook.codes} >= {"CH1A", "CH1B"}
    assert "Tea" not in {code.name for code in at_desk.seat("a").codebook.codes}


def test_a_round_set_up_beside_an_empty_codebook_begins_with_the_first_code(
    qualcode: Qualcode,
) -> None:
    qualcode.done("init", "--lead", "l")
    qualcode.done("codebook", "part", "Waiting")
    qualcode.done("round", "new", "r1", "--coders", "l")
    qualcode.done("codebook", "add", "Tea", "--part", "1", "--key", "1a")
    qualcode.done("import", CHOIR / "ANNA.txt")
    qualcode.done("code", "ANNA:2", "1a", "--as", "l")


def test_undo_reaches_only_ones_own_steps(study: Qualcode) -> None:
    study.done("code", "FG1:2", "1a", "--as", "a")
    study.done("code", "FG1:2", "2a", "--as", "b")
    assert study.asked("undo", "--as", "a")["step"] == "coded FG1 turn 2: CH1A Ways in"
    study.refused("undo", "--as", "a", status=12)
    assert len(study.asked("show", "FG1:2", "--as", "b")["turns"][0]["codings"]) == 1
    study.refused("undo", "--as", "lead", status=12)


def test_three_steps_go_and_come_back_each_named(study: Qualcode) -> None:
    study.done("code", "FG1:2", "1a", "--as", "a")
    study.done("read", "FG1:3", "--as", "a")
    study.done("memo", "FG1:5", "Public?", "--as", "a")
    shown = study.done("show", "FG1", "--as", "a")
    named = [study.asked("undo", "--as", "a")["step"] for _ in range(3)]
    assert named == [
        "wrote a memo on FG1 turn 5",
        "marked as read FG1 turn 3",
        "coded FG1 turn 2: CH1A Ways in",
    ]
    assert [study.asked("redo", "--as", "a")["step"] for _ in range(3)] == named[::-1]
    assert study.done("show", "FG1", "--as", "a") == shown
    study.done("undo", "--as", "a")
    study.done("code", "FG1:6", "1b", "--as", "a")
    study.refused("redo", "--as", "a", status=12)
    study.done("check")


def test_history_names_what_each_step_was_about(coded: Qualcode, tmp_path: Path) -> None:
    coded.done("decide", "FG1:5", "first", "--because", "Tea is a reason.")
    coded.done("decide", "--agreed")
    coded.done("export", "csv", tmp_path / "out.csv")
    words = [event["what"] for event in coded.asked("history", "--newest", "100")]
    assert words[0] == f"export: {tmp_path / 'out.csv'}"
    taken = "ANNA turn 2, BEA turn 2, BEA turn 4, FG1 turn 6, "
    assert words[1].startswith(f"took agreed passages into the consensus: {taken}")
    assert words[2] == "decided on FG1 turn 5: first"
    assert "round new: r1" in words
    assert "coder add: b" in words
    assert "codebook load: version 1" in words
    assert "import: survey.csv" in words
    assert "Tea" not in coded.done("history")


def test_a_stopped_round_offers_a_note_and_the_next_one_shows_it(coded: Qualcode) -> None:
    coded.done("round", "freeze", "r1")
    refused = coded("memo", "FG1:3", "Is it about breath?", "--as", "a")
    assert refused.status == 12
    assert "--next" in refused.err
    coded.done("memo", "FG1:3", "Is it about breath?", "--next", "--as", "a")
    assert "left a note for the next round on FG1 turn 3" in coded.done("history", "--as", "a")
    assert "breath" not in coded.done("show", "FG1", "--as", "b")
    coded.done("round", "new", "r2", "--coders", "a,b")
    told = "(noted in round r1) Is it about breath?"
    assert told in coded.done("show", "FG1:3", "--as", "a")
    assert "breath" not in coded.done("show", "FG1", "--as", "a", "--round", "free")
    assert "breath" not in coded.done("show", "FG1", "--as", "b")
    assert coded("check").status == 0


def test_a_note_is_taken_back_though_its_round_is_stopped(coded: Qualcode) -> None:
    coded.done("round", "close", "r1")
    coded.done("memo", "FG1:3", "Is it about breath?", "--next", "--as", "a")
    coded.done("undo", "--as", "a")
    assert "breath" not in coded.done("memos", "--as", "a")
    coded.refused("undo", "--as", "a", status=12)


def test_a_note_is_no_memo_of_a_round_one_is_not_in(coded: Qualcode) -> None:
    coded.done("coder", "add", "c")
    coded.refused("memo", "FG1:3", "…", "--next", "--as", "c", "--round", "r1", status=12)
    sentence = coded.refused("memo", "FG1:3", "…", "--next", "--as", "c", status=12)
    assert "no next one" in sentence
