"""Proposing by command, and what the lead answers."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import Qualcode


def names(study: Qualcode) -> list[str]:
    return [one["name"] for one in study.asked("codebook", "proposals", "--all")]


def timeless(told: str) -> str:
    """Leave out when something was decided, which must be said each time."""
    return re.sub(r"( by \w+) on \d{4}-\d\d-\d\d \d\d:\d\d", r"\1", told)


@pytest.fixture
def proposed(study: Qualcode) -> Qualcode:
    """Let a and b propose the same code, and another wording of the same code each."""
    study.done("codebook", "propose", "ANNA:6", "--label", "Cold halls", "--as", "a")
    study.done("codebook", "propose", "--new", "The hall is cold", "ANNA:6", "--as", "b")
    when = ("codebook", "propose", "--reword", "2a", "--set")
    study.done(*when, "when=Buses.", "--because", "often asked", "--as", "a")
    study.done(*when, "when=Any way.", "--set", "definition=How people come.", "--as", "b")
    return study


def test_a_new_code_is_proposed_in_full_without_a_passage(study: Qualcode) -> None:
    words = ("--new", "Tea", "--set", "when=Breaks.", "--add", "when=Cake.", "--because", "often")
    said = study.done("codebook", "propose", *words, "--as", "a", "--round", "free")
    assert said == "Proposed: “Tea”.\n"
    (one,) = study.asked("codebook", "proposals", "--as", "a")
    assert (one["label"], one["wording"], one["reason"]) == (
        "Tea",
        {"include": ["Breaks.", "Cake."]},
        "often",
    )
    assert (one["place"], one["words"], one["code"], one["verdict"]) == ("", "", None, None)
    assert study.done("codebook", "proposals", "--as", "a") == (
        f"{one['name']} · “Tea”\n  When to use:\n    – Breaks.\n    – Cake.\n  because: often\n"
    )


def test_another_wording_is_proposed_field_by_field(study: Qualcode) -> None:
    said = study.asked(
        *("codebook", "propose", "--reword", "1a", "--add", "when=Auditions."),
        *("--drop", "when-not", "--as", "a"),
    )
    assert said["code"] == "CH1A"
    assert said["wording"] == {
        "exclude": [],
        "include": ["Use it for the first evenings too.", "Auditions."],
    }
    assert said["now"]["exclude"] == ["Leave it off for reasons to stay."]
    assert (said["against"], said["waits"], said["place"]) == (1, True, "")
    lines = study.done("codebook", "proposals", "--as", "a").splitlines()
    assert "  When not to use: nothing recorded" in lines


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--new", "Tea", "--label", "Tea"],
        ["--reword", "1a"],
        ["--reword", "1a", "FG1:2", "--set", "when=x"],
        ["--reword", "1a", "--new", "x", "--set", "when=x"],
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_no_proposal(study: Qualcode, words: Sequence[str]) -> None:
    assert study("codebook", "propose", *words, "--as", "a").status == 2
    assert names(study) == []


def test_the_lead_sees_wordings_side_by_side_and_how_to_answer(proposed: Qualcode) -> None:
    new_a, new_b, one, other = names(proposed)
    lines = proposed.done("codebook", "proposals").splitlines()
    assert lines[:12] == [
        "CH2A Place and time: as it reads now, and as proposed",
        f"  {one} · a coder · because: often asked",
        f"  {other} · a coder",
        "  Brief definition",
        "    now    Hall, bus, hours, weather.",
        f"    {other}  How people come.",
        "  When to use",
        "    now    nothing recorded",
        f"    {one}  Buses.",
        f"    {other}  Any way.",
        f"  To accept: qualcode codebook decide {one} --accept",
        f"  To join: qualcode codebook decide {one} {other} --join",
    ]
    heads = [line.partition(" · “The tea")[0] for line in lines[12:14]]
    assert heads == [
        f"{new_a} · “Cold halls” · ANNA:6 · a coder",
        f"{new_b} · “The hall is cold” · ANNA:6 · a coder",
    ]
    assert lines[14:] == [
        "  They share a passage: ANNA:6.",
        "  They share words: “Cold”, “hall”.",
        f"  To accept: qualcode codebook decide {new_a} --accept",
        f'  To join: qualcode codebook decide {new_a} {new_b} --join --name "…"',
    ]


def test_entries_of_a_list_stand_apart_beside_the_text_in_force(study: Qualcode) -> None:
    add = ("codebook", "propose", "--reword", "1a", "--add", "when=Auditions.")
    study.done(*add, "--because", "wide", "--as", "a")
    (one,) = names(study)
    study.done("codebook", "decide", one, "--reject", "--because", "no")
    study.done("codebook", "decide", one, "--reconsider")
    lines = timeless(study.done("codebook", "proposals")).splitlines()
    assert lines[1:8] == [
        f"  {one} · a coder · because: wide",
        "    rejected by lead: no",
        "    taken back by lead",
        "  When to use",
        "    now    Use it for the first evenings too.",
        f"    {one}  – Use it for the first evenings too.",
        "           – Auditions.",
    ]


def test_groups_are_numbered_for_programs(proposed: Qualcode) -> None:
    found = proposed.asked("codebook", "proposals")
    assert [(one["group"], one["label"], one["shared_words"]) for one in found] == [
        (1, "", []),
        (1, "", []),
        (2, "Cold halls", ["Cold", "hall"]),
        (2, "The hall is cold", ["Cold", "hall"]),
    ]
    assert found[2]["shared_places"] == ["ANNA:6"]


def test_proposals_are_joined_under_a_name_and_at_a_place(proposed: Qualcode) -> None:
    one, other, *_ = names(proposed)
    made = proposed.asked(
        *("codebook", "decide", one, other, "--join", "--name", "Cold rooms", "--key", "2x"),
        *("--under", "2a", "--set", "definition=Chill.", "--because", "one thing"),
    )
    assert made["version"] == 2
    (code,) = [one for one in proposed.asked("codebook", "show")["codes"] if one["key"] == "2x"]
    assert (code["name"], code["description"]) == ("Cold rooms", "Chill.")
    assert code["earlier_names"] == ["Cold halls", "The hall is cold"]
    (mine,) = [
        each for each in proposed.asked("codebook", "proposals", "--as", "a") if each["label"]
    ]
    verdict: dict[str, Any] = mine["verdict"]
    assert (verdict["answer"], verdict["reason"], verdict["version"]) == ("joined", "one thing", 2)
    told = timeless(proposed.done("codebook", "proposals", "--as", "a"))
    assert "  joined with another by lead, codebook version 2: one thing\n" in told


def test_a_proposed_wording_is_accepted_with_the_leads_own_addition(proposed: Qualcode) -> None:
    *_, one, other = names(proposed)
    said = proposed.refused("codebook", "decide", one, other, "--join", status=12)
    assert said == "The proposals differ on “when to use”."
    proposed.done("codebook", "decide", other, "--accept", "--add", "when=Bikes.", "--because", "y")
    code = next(
        code for code in proposed.asked("codebook", "show")["codes"] if code["label"] == "CH2A"
    )
    assert (code["description"], code["include"]) == ("How people come.", ["Any way.", "Bikes."])


def test_a_rejection_is_read_by_the_coder_and_can_be_thought_over(proposed: Qualcode) -> None:
    one, *_ = names(proposed)
    proposed.refused("codebook", "decide", one, "--reject", status=12)
    said = proposed.done("codebook", "decide", one, "--reject", "--because", "CH2A covers it")
    assert said == f"Rejected: {one} “Cold halls”.\n"
    told = timeless(proposed.done("codebook", "proposals", "--as", "a"))
    assert "  rejected by lead: CH2A covers it\n" in told
    assert one not in proposed.done("codebook", "proposals")
    assert one in proposed.done("codebook", "proposals", "--all")
    again = proposed.refused("codebook", "decide", one, "--accept", "--part", "1", status=12)
    assert again.startswith(f"{one} “Cold halls” was rejected by lead on ")
    said = proposed.done("codebook", "decide", one, "--reconsider", "--because", "heard again")
    assert said == f"Waits again: {one} “Cold halls”.\n"
    both = "  rejected by lead: CH2A covers it\n  taken back by lead: heard again\n"
    for words in ([], ["--all"], ["--as", "a"]):
        assert both in timeless(proposed.done("codebook", "proposals", *words))
    (mine,) = [
        each for each in proposed.asked("codebook", "proposals", "--as", "a") if each["label"]
    ]
    assert mine["verdict"] is None
    assert [(each["what"], each["by"], each["reason"]) for each in mine["answers"]] == [
        ("rejected", "lead", "CH2A covers it"),
        ("taken back", "lead", "heard again"),
    ]


def test_undo_lets_proposals_wait_again(proposed: Qualcode) -> None:
    one, *_ = names(proposed)
    before = proposed.done("codebook", "proposals")
    proposed.done("codebook", "decide", one, "--accept", "--part", "2")
    proposed.done("codebook", "undo")
    answers = "  accepted by lead, codebook version 2\n  taken back by lead, codebook version 3\n"
    told = timeless(proposed.done("codebook", "proposals"))
    assert answers in told
    assert told.replace(answers, "") == before
    assert proposed("check").status == 0


def test_deciding_is_said_in_one_way_and_by_the_lead(proposed: Qualcode) -> None:
    one, other, *_ = names(proposed)
    for words in ([one], [one, "--join"], [one, other, "--accept"], ["--accept"]):
        assert proposed("codebook", "decide", *words).status == 2
    for how in ("--accept", "--reject", "--reconsider"):
        said = proposed("codebook", "decide", one, how, "--because", "x", "--as", "a")
        assert (said.status, said.sentence) == (
            12,
            "Only the lead can answer proposals; you are a.",
        )
    assert proposed.refused("codebook", "decide", "pffff0", "--accept", status=10)


def test_no_proposal_is_said_so(study: Qualcode) -> None:
    assert study.done("codebook", "proposals") == "No proposal waits.\n"
    assert study.done("codebook", "proposals", "--all") == "No proposal.\n"
    assert study.done("codebook", "proposals", "--as", "a") == "No proposal.\n"
