"""Flags, extents, memos of every kind, proposals and comparison, each by command."""

import pytest

from tests.conftest import Qualcode


def test_a_flag_is_set_and_taken_away_by_the_same_command(study: Qualcode) -> None:
    assert study.done("flag", "FG1:2", "--as", "a") == "FG1:2 is flagged for the team.\n"
    assert study.asked("show", "FG1:2", "--as", "a")["turns"][0]["flags"] == [
        {"kind": "for the team", "start": 30, "end": 64}
    ]
    assert "    for the team · whole turn\n" in study.done("show", "FG1:2", "--as", "a")
    assert study.done("flag", "FG1:2", "--as", "a") == "FG1:2 is no longer flagged for the team.\n"
    quotable = study.asked("flag", "FG1:30-34", "--quotable", "--as", "a")
    assert quotable == {"place": "FG1:30-34", "kind": "quotable", "set": True}
    assert study.asked("show", "FG1:2", "--as", "b")["turns"][0]["flags"] == []


def test_a_coding_gets_other_words_and_takes_its_memo_along(study: Qualcode) -> None:
    study.done("code", "FG1:2", "1b", "--as", "a")
    study.done("memo", "FG1:2", "why", "--on", "1b", "--as", "a")
    moved = study.asked("adjust", "FG1:2", "1b", "FG1:42-50", "--as", "a")
    assert moved == {"code": "CH1B", "was": "FG1:2", "place": "FG1:42-50"}
    (turn,) = study.asked("show", "FG1:2", "--as", "a")["turns"]
    made = {"via": "by hand", "made_under": "CH1B", "codebook_version": 1}
    assert turn["codings"] == [{"code": "CH1B", "start": 42, "end": 50, **made}]
    assert turn["memos"] == [
        {"on": "coding", "code": "CH1B", "start": 42, "end": 50, "memo": "why"}
    ]


def test_which_coding_is_meant_must_be_clear(study: Qualcode) -> None:
    study.done("code", "FG1:30-34", "1b", "--as", "a")
    study.done("code", "FG1:42-50", "1b", "--as", "a")
    adjust = ("adjust", "FG1:2", "1b", "FG1:2", "--as", "a")
    assert study.refused(*adjust, status=12) == (
        "CH1B Reasons to stay stands there 2 times: FG1:30-34, FG1:42-50."
    )
    study.done("adjust", "FG1:30-34", "1b", "FG1:30-41", "--as", "a")
    assert study.refused("adjust", "FG1:3", "1b", "FG1:2", "--as", "a", status=10) == (
        "CH1B Reasons to stay of yours is not on FG1:3."
    )


@pytest.mark.parametrize(
    ("words", "said", "on"),
    [
        (["FG1:2", "dry"], "Memo on FG1:2.", "segment"),
        (["FG1:42-46", "dry"], "Memo on FG1:42-46.", "segment"),
        (["FG1", "dry"], "Memo on the source FG1.", "source"),
        (["FG1:2", "dry", "--on", "1b"], "Memo on CH1B Reasons to stay on FG1:2.", "coding"),
        (["dry", "--code", "Low notes"], "Memo on Low notes.", "code"),
        (["dry", "--project"], "Memo on the project.", "project"),
    ],
)
def test_a_memo_hangs_on_what_was_named(
    study: Qualcode, words: list[str], said: str, on: str
) -> None:
    study.done("code", "FG1:2", "1b", "--as", "a")
    assert study.done("memo", *words, "--as", "a") == f"{said}\n"
    (memo,) = study.asked("memos", "--as", "a")
    assert (memo["on"], memo["memo"], memo["who"]) == (on, "dry", "")


@pytest.mark.parametrize(
    "words",
    [
        ["FG1:2"],
        ["FG1:2", "dry", "wet"],
        ["FG1:2", "dry", "--project"],
        ["dry", "--project", "--code", "1b"],
        ["dry", "--code", "1b", "--on", "1b"],
    ],
)
def test_a_memo_that_could_hang_on_two_things_is_not_understood(
    study: Qualcode, words: list[str]
) -> None:
    said = study("memo", *words, "--as", "a")
    assert said.status == 2
    assert study.asked("memos", "--as", "a") == []


def test_memos_are_listed_newest_first_and_found_by_their_words(study: Qualcode) -> None:
    study.done("memo", "FG1:2", "a dry Café", "--as", "a")
    study.done("memo", "FG1", "thin", "--as", "a")
    assert [memo["memo"] for memo in study.asked("memos", "--as", "a")] == ["thin", "a dry Café"]
    assert [memo["place"] for memo in study.asked("memos", "--find", "cafe", "--as", "a")] == [
        "FG1:2"
    ]
    assert study.done("memos", "--find", "marzipan", "--as", "a") == "No memo.\n"
    shown = study.done("show", "FG1", "--as", "a")
    assert shown.startswith("memo on the source: thin\n")
    assert study.asked("show", "FG1", "--as", "a")["memos"] == ["thin"]


def test_a_memo_stays_on_the_words_when_its_coding_is_taken_off(study: Qualcode) -> None:
    study.done("code", "FG1:2", "1b", "--as", "a")
    study.done("memo", "FG1:2", "why", "--on", "1b", "--as", "a")
    study.done("uncode", "FG1:2", "1b", "--as", "a")
    (turn,) = study.asked("show", "FG1:2", "--as", "a")["turns"]
    (memo,) = turn["memos"]
    assert (memo["on"], memo["memo"]) == ("segment", "why")
    assert "    memo: why\n" in study.done("show", "FG1:2", "--as", "a")


def test_a_proposal_has_the_words_as_its_label_unless_another_is_said(study: Qualcode) -> None:
    said = study.done("codebook", "propose", "FG1:38-46", "--as", "a")
    assert said == (
        "Proposed: “the bath” from FG1:38-46. It waits for the next codebook; "
        "round r1 keeps version 1.\n"
    )
    study.done("codebook", "propose", "FG1:2", "--label", "Echo", "--as", "a")
    found = study.asked("codebook", "proposals", "--as", "a")
    assert [(one["label"], one["place"]) for one in found] == [
        ("the bath", "FG1:38-46"),
        ("Echo", "FG1:2"),
    ]
    assert study.asked("codebook", "proposals", "--as", "b") == []
    (turn,) = study.asked("show", "FG1:2", "--as", "a")["turns"]
    assert {one["label"]: one["start"] for one in turn["proposals"]} == {"the bath": 38, "Echo": 30}
    assert "    proposed “Echo” · whole turn\n" in study.done("show", "FG1:2", "--as", "a")


def test_in_the_free_round_a_proposal_waits_for_nothing(study: Qualcode) -> None:
    said = study.asked("codebook", "propose", "FG1:2", "--as", "a", "--round", "free")
    assert said["waits"] is False


def test_others_lists_passages_under_a_code_newest_first(study: Qualcode) -> None:
    for place in ("FG1:2", "FG1:5", "ANNA:2"):
        study.done("code", place, "1b", "--as", "a")
    assert study.done("others", "2a", "--as", "a") == "No passage under CH2A Place and time yet.\n"
    found = study.asked("others", "1b", "--first", "2", "--as", "a")
    assert found["code"] == "CH1B"
    assert [(one["place"], one["who"]) for one in found["passages"]] == [
        ("ANNA:2", ""),
        ("FG1:5", ""),
    ]
