"""Showing the codebook, listing its versions, comparing two."""

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from qualcode.domain.codebook import Code
from tests.conftest import Qualcode


def test_the_codebook_is_shown_as_a_tree_by_part(study: Qualcode) -> None:
    study.done("codebook", "add", "Nerves", "--under", "1b", "--because", "Often.")
    study.done("codebook", "add", "Stage fright", "--under", "CH1C")
    assert study.done("codebook", "show").splitlines() == [
        "Singing together · version 3",
        "",
        "1 Coming and staying",
        "  1a   CH1A Ways in · How somebody first came to the choir.",
        "  1b   CH1B Reasons to stay · What keeps somebody coming.",
        "    1c   CH1C Nerves",
        "      1d   CH1D Stage fright",
        "",
        "2 The evening itself",
        "  2a   CH2A Place and time · Hall, bus, hours, weather.",
        "  2b   Low notes · What is said of low voices.",
    ]


def test_retired_codes_stand_at_the_end_with_what_took_their_place(study: Qualcode) -> None:
    study.done("codebook", "merge", "2b", "--into", "2a", "--because", "One idea.")
    study.done("codebook", "retire", "1b", "--because", "Not needed.")
    assert study.done("codebook", "show").splitlines()[-4:] == [
        "",
        "Retired",
        "  1b   CH1B Reasons to stay",
        "  2b   Low notes · CH2A Place and time took its place",
    ]


def test_before_each_code_stands_how_often_it_is_used_alone_and_with_all_below(
    coded: Qualcode,
) -> None:
    flat = coded.done("codebook", "show", "--as", "a").splitlines()
    assert flat[1] == "  used"
    found = {one["label"]: one for one in coded.asked("codebook", "show", "--as", "a")["codes"]}
    own = {label: found[label]["passages"] for label in ("CH1A", "CH1B")}
    assert own["CH1B"]
    assert f"{own['CH1B']:>6}  1b   CH1B Reasons to stay" in flat[5]
    coded.done("codebook", "add", "Both", "--part", "1")
    for name in ("1a", "1b"):
        coded.done("codebook", "move", name, "--under", "1c")
    tree = coded.done("codebook", "show", "--as", "a").splitlines()
    both = coded.asked("codebook", "show", "1c", "--as", "a")
    assert max(own.values()) < both["with_below"] <= sum(own.values())
    assert tree[2:7] == [
        "   own below",
        "",
        "1 Coming and staying",
        f"     · {both['with_below']:>5}  1c   CH1C Both",
        f"{own['CH1A']:>6}     ·    1a   CH1A Ways in · How somebody first came to the choir.",
    ]


def test_an_older_version_counts_as_it_read(coded: Qualcode) -> None:
    before = coded.done("codebook", "show")
    coded.done("codebook", "merge", "1b", "--into", "1a", "--because", "One idea.")
    assert coded.done("codebook", "show", "--version", "1") == before


def test_a_coder_is_told_which_version_a_round_goes_by(study: Qualcode) -> None:
    assert "Round" not in study.done("codebook", "show", "--as", "a")
    study.done("codebook", "rename", "1b", "--name", "Why stay")
    goes = "Round r1 goes by version 1: qualcode codebook show"
    assert study.done("codebook", "show", "--as", "a").splitlines()[:2] == [
        "Singing together · version 2",
        f"{goes} --version 1",
    ]
    alone = study.done("codebook", "show", "low notes", "--as", "a").splitlines()
    assert alone[-1] == f'{goes} "Low notes" --version 1'
    behind = study.asked("codebook", "show", "--as", "a")["rounds_behind"]
    assert behind == [{"name": "r1", "codebook_version": 1}]
    assert goes not in study.done("codebook", "show", "--version", "2", "--as", "a")
    assert goes not in study.done("codebook", "show", "--as", "lead")
    study.done("round", "update", "r1")
    assert goes not in study.done("codebook", "show", "--as", "a")


def test_a_code_that_came_later_says_with_which_version(study: Qualcode) -> None:
    study.done("codebook", "add", "Nerves", "--part", "1")
    study.done("codebook", "rename", "1b", "--key", "st")
    for words in (
        ["code", "FG1:2", "1c", "--as", "a", "--round", "r1"],
        ["quotes", "1c", "--layer", "a", "--round", "r1", "--as", "a"],
    ):
        said = study(*words)
        assert said.status == 10
        assert said.err.splitlines() == [
            "“1c” came with version 2; round r1 goes by version 1.",
            "The lead lets the round go on with the newest: qualcode round update r1",
        ]
    renamed = study("code", "FG1:2", "st", "--as", "a", "--round", "r1")
    assert renamed.err.splitlines() == [
        "“st” came with version 3; round r1 goes by version 1.",
        "In version 1 that is CH1B Reasons to stay (1b).",
    ]
    shown = study("codebook", "show", "1c", "--version", "1")
    assert shown.sentence == "“1c” came with version 2; this is version 1."
    study.done("round", "update", "r1")
    study.done("code", "FG1:2", "1c", "--as", "a", "--round", "r1")


def test_a_part_without_codes_says_so(study: Qualcode) -> None:
    study.done("codebook", "part", "Ways out")
    assert study.done("codebook", "show").splitlines()[-1] == "3 Ways out · no code yet"


def test_one_code_is_shown_whole(study: Qualcode) -> None:
    assert study.done("codebook", "show", "1a").splitlines() == [
        "Code: CH1A Ways in, key 1a",
        "Brief definition: How somebody first came to the choir.",
        "When to use: Use it for the first evenings too.",
        "When not to use: Leave it off for reasons to stay.",
        "Example: no example recorded",
        "Part: 1 Coming and staying",
        "Origin: a priori",
        "Used: nowhere yet",
    ]


def test_a_retired_code_is_shown_with_its_state(study: Qualcode) -> None:
    study.done("codebook", "merge", "1b", "--into", "1a", "--because", "One idea.")
    shown = study.done("codebook", "show", "1b").splitlines()
    assert shown[1] == "State: retired; CH1A Ways in took its place"


def test_an_example_is_shown_with_its_words_to_who_may_see_them(study: Qualcode) -> None:
    study.done("code", "FG1:2", "1b", "--as", "a")
    quotation = study.asked("quotes", "1b", "--layer", "a", "--as", "a")["quotations"][0]
    study.done("codebook", "edit", "1b", "--add", f"examples={quotation['id']}")
    shown = study.done("codebook", "show", "1b", "--as", "a")
    assert f"Example: {quotation['id']} “{quotation['words']}”\n" in shown
    blind = study.asked("codebook", "show", "1b", "--as", "b")
    assert blind["examples"] == [quotation["id"]]
    assert blind["example_words"] == {}


def test_programs_get_every_field_of_a_code(study: Qualcode) -> None:
    study.done("codebook", "rename", "1b", "--name", "Why stay")
    study.done("codebook", "merge", "2b", "--into", "1b", "--because", "One idea.")
    found = study.asked("codebook", "show")["codes"]
    by_label = {code["label"]: code for code in found}
    assert set(by_label["CH1B"]) == {*Code.__slots__, "passages", "with_below", "sources"}
    assert by_label["CH1B"]["earlier_names"] == ["Reasons to stay", "Low notes"]
    assert by_label["Low notes"]["state"] == "retired"
    assert by_label["Low notes"]["successors"] == ["CH1B"]
    alone = study.asked("codebook", "show", "1b")
    assert {name: alone[name] for name in by_label["CH1B"]} == by_label["CH1B"]


def test_an_older_version_is_shown_as_it_read(study: Qualcode) -> None:
    study.done("codebook", "rename", "1b", "--name", "Why stay")
    assert "CH1B Why stay, key" in study.done("codebook", "show", "1b")
    assert "CH1B Reasons to stay, key" in study.done("codebook", "show", "1b", "--version", "1")


def test_versions_say_who_when_what_and_why(study: Qualcode) -> None:
    study.done("codebook", "rename", "1b", "--name", "Why stay", "--because", "Plainer.")
    study.done("codebook", "undo")
    study.done("codebook", "redo")
    said = study.done("codebook", "versions")
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", said).splitlines()[:7] == [
        "Version 4, WHEN, lead: brings back version 2",
        "  CH1B Reasons to stay is called CH1B Why stay.",
        "Version 3, WHEN, lead: takes back version 2",
        "  CH1B Why stay is called CH1B Reasons to stay.",
        "Version 2, WHEN, lead: Plainer.",
        "  CH1B Reasons to stay is called CH1B Why stay.",
        "Version 1, WHEN, lead: loaded from codebook.yaml",
    ]
    assert "more changes: qualcode codebook diff 0 1\n" not in said
    assert said.endswith("  Rounds that go by it: r1.\n")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work where clocks are five and a half hours ahead."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "XYZ-5:30")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_versions_tell_the_time_of_the_place_where_they_are_read(study: Qualcode) -> None:
    (first,) = study.asked("codebook", "versions")
    made = datetime.fromisoformat(first["at"])
    here = made.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert study.done("codebook", "versions").startswith(f"Version 1, {here:%Y-%m-%d %H:%M}, lead")


def test_versions_and_diff_take_a_name_like_their_sisters(study: Qualcode) -> None:
    for words in (["versions"], ["diff", "0"]):
        said = study.done("codebook", *words, "--as", "a")
        assert said == study.done("codebook", *words)
        assert "no coder “zoe”" in study.refused("codebook", *words, "--as", "zoe", status=10)


def test_who_proposed_a_code_is_shown_once_the_round_is_open_to_view(study: Qualcode) -> None:
    study.done("codebook", "propose", "--new", "Tea", "--as", "b")
    (proposal,) = study.asked("codebook", "proposals")
    study.done("codebook", "decide", proposal["name"], "--accept", "--label", "TEA", "--part", "1")
    assert "Proposed by: a coder of round r1\n" in study.done("codebook", "show", "TEA")
    assert "Proposed by" not in study.done("codebook", "show", "TEA", "--as", "a")
    assert study.asked("codebook", "show", "TEA")["proposed_by"] == ""
    study.done("round", "close", "r1")
    assert "Proposed by: b\n" in study.done("codebook", "show", "TEA", "--as", "a")
    assert study.asked("codebook", "show", "TEA")["proposers"] == ["b"]


def test_a_version_of_many_changes_names_the_first_and_where_to_see_all(study: Qualcode) -> None:
    study.done("round", "close", "r1")
    said = study.done("codebook", "versions").splitlines()
    assert said[-2:] == [
        "  1 more change: qualcode codebook diff 0 1",
        "  Rounds that go by it: r1 (closed).",
    ]
    assert len(study.done("codebook", "diff", "0", "1").splitlines()) == 1 + len(said) - 3 + 1


def test_programs_get_the_versions(study: Qualcode) -> None:
    study.done("codebook", "retire", "1b", "--because", "Not needed.")
    (newest,) = study.asked("codebook", "versions", "--newest", "1")
    assert newest.pop("at")
    assert newest == {
        "version": 2,
        "who": "lead",
        "reason": "Not needed.",
        "undoes": None,
        "redoes": None,
        "changes": ["CH1B Reasons to stay is retired."],
        "rounds": [],
    }


def test_two_versions_are_compared_in_sentences(study: Qualcode) -> None:
    study.done("codebook", "rename", "1b", "--name", "Why stay")
    reason = ("--because", "Too wide.")
    study.done("codebook", "edit", "1b", "--set", "definition=What keeps them.", *reason)
    study.done("codebook", "edit", "1b", "--add", "when=A thank-you.", *reason)
    sentences = [
        "CH1B Reasons to stay is called CH1B Why stay.",
        "CH1B Why stay: “brief definition” was reworded.",
        "CH1B Why stay: “when to use” was added.",
    ]
    assert study.done("codebook", "diff", "1").splitlines() == [
        "From version 1 to version 4:",
        *sentences,
    ]
    assert study.done("codebook", "diff", "2", "3", "--words").splitlines() == [
        "From version 2 to version 3:",
        sentences[1],
        "  before: What keeps somebody coming.",
        "  now: What keeps them.",
    ]
    assert study.done("codebook", "diff", "3", "4", "--words").splitlines()[2:] == [
        "  before: (nothing)",
        "  now: A thank-you.",
    ]
    assert study.asked("codebook", "diff", "1", "4")["changes"][2] == {
        "kind": "reworded",
        "sentence": sentences[2],
        "code": "CH1B",
        "field": "include",
        "before": "",
        "after": "A thank-you.",
    }


def test_the_first_version_begins_the_codebook(study: Qualcode) -> None:
    said = study.done("codebook", "diff", "0", "1").splitlines()
    assert said[:2] == ["From nothing to version 1:", "The codebook “Singing together” begins."]


def test_versions_say_how_many_more_there_are(study: Qualcode) -> None:
    study.done("codebook", "part", "Ways out")
    study.done("codebook", "part", "Ways in")
    assert study.done("codebook", "versions", "--newest", "2").splitlines()[-1] == (
        "These are 2 of 3 versions; all: qualcode codebook versions --newest 3"
    )
    assert "These are" not in study.done("codebook", "versions", "--newest", "3")


def test_versions_that_read_the_same_say_so(study: Qualcode) -> None:
    assert study.done("codebook", "diff", "1") == "Versions 1 and 1 read the same.\n"


def test_a_version_that_is_not_there_is_one_sentence(study: Qualcode) -> None:
    assert study.refused("codebook", "diff", "1", "7", status=10) == (
        "There is no version 7 of the codebook."
    )
    hint = study("codebook", "show", "--version", "7").err.splitlines()[1]
    assert hint == "The newest is 1; see: qualcode codebook versions"


def test_before_there_is_a_codebook_it_says_so(qualcode: Qualcode) -> None:
    qualcode.done("init", "--lead", "lead")
    assert qualcode.done("codebook", "show") == "No codebook yet.\n"
    assert qualcode.done("codebook", "versions") == "No codebook yet.\n"
