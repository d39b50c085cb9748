"""Every change of the codebook is a verb, says what it did, and names the rounds it leaves."""

import pytest

from tests.conftest import Qualcode

WHY = ("--because", "We said so on Monday.")
BEHIND = "Round r1 keeps version 1; to go on with this one: qualcode round update r1"


def new(version: int) -> list[str]:
    """The lines that end every answer."""
    return [f"This is codebook version {version}.", BEHIND]


def changed(qualcode: Qualcode, *words: str) -> list[str]:
    """Change the codebook, and give what is said of it."""
    return qualcode.done("codebook", *words).splitlines()


def labels(qualcode: Qualcode) -> list[str]:
    """List the codes in use in their order."""
    found = qualcode.asked("codebook", "show")["codes"]
    return [code["label"] for code in found if code["state"] == "in use"]


def test_a_code_is_added_with_its_fields(study: Qualcode) -> None:
    fields = ("--set", "definition=Being afraid.", "--set", "when=Shaking.", "--set", "when=Sweat.")
    said = changed(study, "add", "Nerves", "--part", "1", *fields, "--set", "colour=#112233")
    assert said == ["CH1C Nerves (1c) is new.", *new(2)]
    code = study.asked("codebook", "show", "1c")
    assert (code["description"], code["include"]) == ("Being afraid.", ["Shaking.", "Sweat."])
    assert code["colour"] == "#112233"


def test_a_code_is_added_under_its_own_label_and_key_where_it_is_wanted(study: Qualcode) -> None:
    changed(study, "add", "Nerves", "--label", "N", "--key", "n", "--before", "1b")
    assert labels(study) == ["CH1A", "N", "CH1B", "CH2A", "Low notes"]
    changed(study, "add", "Fear", "--label", "F", "--key", "f", "--after", "n")
    assert labels(study)[:4] == ["CH1A", "N", "F", "CH1B"]


def test_a_part_is_added_and_renamed(study: Qualcode) -> None:
    assert changed(study, "part", "Ways out") == ["Part 3 “Ways out” is new.", *new(2)]
    assert changed(study, "part", "3", "--to", "Leaving") == [
        "Part 3 is called “Leaving” (was “Ways out”).",
        *new(3),
    ]


def test_fields_are_edited(study: Qualcode) -> None:
    fields = ("--set", "origin=inductive", "--add", "when-not=A joke.", "--drop", "when=1")
    assert changed(study, "edit", "1a", *fields, *WHY) == [
        "CH1A Ways in: “when to use” was taken out.",
        "CH1A Ways in: “when not to use” was reworded.",
        "CH1A Ways in: “origin” was reworded.",
        *new(2),
    ]
    code = study.asked("codebook", "show", "1a")
    assert code["include"] == []
    assert code["exclude"] == ["Leave it off for reasons to stay.", "A joke."]


def test_a_code_is_renamed_and_still_found_by_its_old_name(study: Qualcode) -> None:
    said = changed(study, "rename", "1b", "--label", "STAY", "--key", "st", "--name", "Staying")
    assert said == [
        "CH1B Reasons to stay is called STAY Staying.",
        "The key of STAY Staying is st (was 1b).",
        *new(2),
    ]
    assert study.asked("codebook", "show", "CH1B")["label"] == "STAY"


def test_a_code_is_moved(study: Qualcode) -> None:
    assert changed(study, "move", "1b", "--under", "2a") == [
        "CH1B Reasons to stay now stands under CH2A Place and time.",
        *new(2),
    ]
    assert changed(study, "move", "1b", "--part", "1")[0] == (
        "CH1B Reasons to stay now stands in part 1 “Coming and staying”."
    )
    changed(study, "move", "1b", "--before", "1a")
    assert labels(study)[:2] == ["CH1B", "CH1A"]


def test_codes_are_merged_and_their_passages_read_as_the_other(coded: Qualcode) -> None:
    said = changed(coded, "merge", "2b", "1b", "--into", "1a", *WHY)
    assert said == [
        "CH1B Reasons to stay was merged into CH1A Ways in.",
        "Low notes was merged into CH1A Ways in.",
        "8 passages in open rounds: they read as CH1A Ways in under this version.",
        *new(2),
    ]


def test_a_code_is_split_and_its_passages_wait_for_their_coders(coded: Qualcode) -> None:
    anew = "their coders decide anew under this version (qualcode redecide)"
    names = ("--into", "First visit", "--into", "Friends", "--key", "fv", "--key", "fr")
    said = changed(coded, "split", "1a", *names, *WHY)
    assert said == [
        "CH1C First visit (fv) is new.",
        "CH1D Friends (fr) is new.",
        "CH1A Ways in was split into CH1C First visit and CH1D Friends.",
        f"3 passages in open rounds: {anew}.",
        *new(2),
    ]
    assert labels(coded)[:3] == ["CH1C", "CH1D", "CH1B"]


def test_a_code_is_retired(study: Qualcode) -> None:
    assert changed(study, "retire", "1a", *WHY) == ["CH1A Ways in is retired.", *new(2)]


def test_changes_are_taken_back_and_brought_back(study: Qualcode) -> None:
    changed(study, "retire", "1a", *WHY)
    assert changed(study, "undo") == ["CH1A Ways in is in use again.", *new(3)]
    assert changed(study, "redo") == ["CH1A Ways in is retired.", *new(4)]


def test_programs_get_what_changed_and_the_rounds_left_behind(coded: Qualcode) -> None:
    merged = coded.asked("codebook", "merge", "2b", "--into", "2a", *WHY)
    assert merged == {
        "version": 2,
        "changes": [
            {
                "kind": "merged",
                "sentence": "Low notes was merged into CH2A Place and time.",
                "code": "Low notes",
                "field": "",
                "before": "",
                "after": "",
            }
        ],
        "warnings": [],
        "rounds_behind": [{"name": "r1", "codebook_version": 1}],
        "passages": 2,
    }


def test_what_reads_so_already_makes_no_version(study: Qualcode) -> None:
    assert changed(study, "move", "1b", "--after", "1a") == [
        "Codebook version 1 reads so already; nothing was changed."
    ]
    assert study.asked("codebook", "move", "1b", "--after", "1a") == {
        "version": 1,
        "changes": [],
        "warnings": [],
        "rounds_behind": [],
    }


def test_a_codebook_can_be_begun_without_a_file(qualcode: Qualcode) -> None:
    qualcode.done("init", "--lead", "lead")
    qualcode.done("coder", "add", "a")
    qualcode.done("round", "new", "r1", "--coders", "a")
    assert changed(qualcode, "part", "Everything") == [
        "Part 1 “Everything” is new.",
        "This is codebook version 1.",
    ]
    assert changed(qualcode, "add", "Songs", "--part", "1") == [
        "C1A Songs (1a) is new.",
        "This is codebook version 2.",
    ]


CHANGES = [
    ["add", "Nerves", "--part", "1"],
    ["part", "Leaving"],
    ["edit", "1a", "--set", "colour=#112233"],
    ["rename", "1a", "--name", "Arrival"],
    ["move", "1a", "--part", "2"],
    ["merge", "1a", "--into", "1b", *WHY],
    ["split", "1a", "--into", "x", "--into", "y", *WHY],
    ["retire", "1a", *WHY],
    ["undo"],
    ["redo"],
]


@pytest.mark.parametrize("words", CHANGES, ids=lambda words: words[0])
def test_a_coder_is_told_to_propose_it(study: Qualcode, words: list[str]) -> None:
    said = study("codebook", *words, "--as", "a")
    assert (said.status, said.out) == (12, "")
    assert said.err.splitlines() == [
        "Only the lead changes the codebook; you are a.",
        "Propose it: qualcode codebook propose --help",
    ]
    assert study.asked("codebook", "show")["version"] == 1


REFUSALS = [
    (12, ["edit", "1a", "--set", "definition=x"], "Rewording a rule needs a reason."),
    (12, ["merge", "1a", "--into", "1b"], "A merge needs a reason."),
    (12, ["split", "1a", "--into", "x", "--into", "y"], "A split needs a reason."),
    (12, ["split", "1a", "--into", "x", *WHY], "A split makes two codes or more."),
    (12, ["retire", "1a"], "Retiring a code needs a reason."),
    (12, ["add", "Nerves"], "It is not said where."),
    (12, ["add", "Nerves", "--part", "1", "--key", "1-x"], "The key “1-x” will not do"),
    (12, ["edit", "1a", "--set", "colour=blue"], "“blue” is no colour."),
    (12, ["edit", "1a", "--set", "weight=3"], "A code has no field “weight”."),
    (12, ["merge", "1a", "--into", "1a", *WHY], "CH1A Ways in cannot be merged into itself."),
    (12, ["move", "1a", "--under", "1a"], "CH1A Ways in cannot stand under or beside itself."),
    (12, ["undo"], "There is nothing in the codebook to undo."),
    (12, ["redo"], "There is nothing in the codebook to redo."),
    (11, ["rename", "1a", "--key", "1b"], "“1b” is a name of CH1B Reasons to stay."),
    (11, ["part", "Coming and staying"], "There is a part “Coming and staying” already."),
    (10, ["retire", "9z", *WHY], "The codebook has no code “9z”."),
    (10, ["part", "7", "--to", "x"], "The codebook has no part 7."),
    (10, ["add", "Nerves", "--part", "7"], "The codebook has no part 7."),
    (10, ["edit", "1a", "--drop", "when=5"], "“when” has no entry “5”."),
]


@pytest.mark.parametrize(("status", "words", "sentence"), REFUSALS)
def test_what_cannot_be_changes_nothing(
    study: Qualcode, status: int, words: list[str], sentence: str
) -> None:
    before = study.place.read_bytes()
    assert study.refused("codebook", *words, status=status).startswith(sentence)
    assert study.place.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["add", "Nerves", "--part", "1", "--under", "1a"],
        ["move", "1a", "--before", "1b", "--after", "2a"],
        ["edit", "1a"],
        ["rename", "1a"],
        ["part", "Leaving", "--to", "Going"],
        ["split", "1a", "--into", "x", "--into", "y", "--key", "z", *WHY],
        ["merge", "--into", "1a", *WHY],
    ],
    ids=" ".join,
)
def test_what_is_typed_wrongly_is_a_matter_of_usage(study: Qualcode, words: list[str]) -> None:
    said = study("codebook", *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"Usage: qualcode codebook {words[0]}")


def test_the_key_of_a_retired_code_points_to_what_took_its_place(study: Qualcode) -> None:
    study.done("codebook", "merge", "2b", "--into", "2a", *WHY)
    study.done("codebook", "split", "1a", "--into", "First visit", "--into", "Friends", *WHY)
    study.done("codebook", "retire", "1b", *WHY)
    study.done("code", "FG1:2", "2b", "--as", "a")
    study.done("round", "update", "r1")
    for key, way in (
        ("2b", "Use CH2A Place and time."),
        ("1a", "Use CH1C First visit or CH1D Friends."),
        ("1b", "Nothing took its place."),
    ):
        said = study("code", "FG1:2", key, "--as", "a")
        assert (said.status, said.out) == (10, "")
        assert said.err.splitlines()[0].endswith(" is retired.")
        assert said.err.splitlines()[1] == way
    study.refused("codebook", "add", "Again", "--part", "1", "--label", "CH1A", status=11)


def test_a_round_takes_up_the_newest_codebook(coded: Qualcode) -> None:
    coded.done("codebook", "retire", "1b", *WHY)
    assert coded.done("round", "update", "r1", *WHY).splitlines() == [
        "Round r1 goes on with codebook version 2 (was 1).",
        "CH1B Reasons to stay is retired.",
        "Its coders see which passages to look at again: qualcode redecide",
    ]
    assert coded.refused("round", "update", "r1", status=12) == (
        "Round r1 goes by version 2 already."
    )
    assert coded.refused("round", "update", "free", status=12) == (
        "Round free always goes by the newest version."
    )
    coded.done("codebook", "rename", "1a", "--name", "Arrival")
    assert coded.asked("round", "update", "r1")["changes"] == [
        "CH1A Ways in is called CH1A Arrival."
    ]


def test_only_the_lead_updates_a_round_and_only_an_open_one(study: Qualcode) -> None:
    study.done("codebook", "part", "Leaving")
    assert study.refused("round", "update", "r1", "--as", "a", status=12).startswith(
        "Only the lead"
    )
    assert study.refused("round", "update", "r9", status=10) == "There is no round “r9”."
    study.done("round", "freeze", "r1")
    assert study.refused("round", "update", "r1", status=12).startswith("Round r1 is frozen")


def test_a_key_that_makes_another_wait_is_told_at_once(study: Qualcode) -> None:
    warning = (
        "The key 1b of CH1B Reasons to stay begins 1bx (CH1C Nerves), so it waits for Enter. "
        "Give another: qualcode codebook rename 1bx --key KEY"
    )
    said = changed(study, "add", "Nerves", "--part", "1", "--key", "1bx")
    assert said == ["CH1C Nerves (1bx) is new.", "This is codebook version 2.", warning, BEHIND]
    study.done("codebook", "undo")
    assert study.asked("codebook", "redo")["warnings"] == [warning]
    assert warning not in changed(study, "part", "Ways out")


def test_of_many_warnings_the_first_are_shown(study: Qualcode) -> None:
    keys = [f"{one}{sign}" for one in ("1a", "1b", "2a", "2b") for sign in ("", "x")]
    keys += ["3a", "3ax", "3b", "3bx", "3c", "3cx"]
    names = [word for key in keys for word in ("--into", f"Part {key}")]
    given = [word for key in keys for word in ("--key", f"z{key}")]
    said = changed(study, "split", "1a", *names, *given, *WHY)
    assert len([line for line in said if "waits for Enter" in line]) == 6
    assert "1 more warning: qualcode codebook lint" in said


@pytest.mark.parametrize(
    "words",
    [
        ["add", "low notes", "--part", "1"],
        ["rename", "1a", "--name", "Place and  TIME"],
        ["split", "1a", "--into", "Friends", "--into", "Low notes", *WHY],
    ],
)
def test_a_name_that_another_code_has_is_refused(study: Qualcode, words: list[str]) -> None:
    assert " is a name of " in study.refused("codebook", *words, status=11)
    assert study.asked("codebook", "show")["version"] == 1


def test_an_example_that_is_no_quotation_is_refused(coded: Qualcode) -> None:
    for words in (
        ["add", "Nerves", "--part", "1", "--set", "examples=QQQQQQQQ"],
        ["edit", "1a", "--add", "examples=QQQQQQQQ"],
    ):
        assert "no quotation “QQQQQQQQ”" in coded.refused("codebook", *words, status=10)
    there = coded.asked("quotes", "1b", "--layer", "a", "--as", "a")["quotations"][0]["id"]
    changed(coded, "add", "Nerves", "--part", "1", "--set", f"examples={there}")


def test_a_first_code_of_a_part_is_labelled_as_those_of_the_others(coded: Qualcode) -> None:
    changed(coded, "retire", "2b", *WHY)
    changed(coded, "part", "Ways out")
    assert changed(coded, "add", "Door", "--part", "3")[0] == "CH3A Door (3a) is new."
