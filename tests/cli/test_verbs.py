"""Every verb answers people in text and programs in JSON, and explains itself."""

from pathlib import Path

import click
import pytest

from qualcode.cli.main import cli
from qualcode.cli.verbs import VERBS
from tests.conftest import CHOIR, Qualcode

READING = [
    ["source", "list"],
    ["source", "show", "FG1"],
    ["codebook", "show"],
    ["codebook", "show", "1a"],
    ["codebook", "versions"],
    ["codebook", "diff", "0", "1"],
    ["coder", "list"],
    ["round", "status"],
    ["round", "status", "r1"],
    ["round", "assign", "r1"],
    ["round", "plan", "--alpha", "0.667", "--share", "0.1"],
    ["show", "FG1", "--as", "a"],
    ["show", "FG1:5", "--as", "a"],
    ["next", "--as", "a"],
    ["next", "--as", "b"],
    ["history"],
    ["quotes", "1b", "--layer", "a", "--as", "a"],
    ["agreement"],
    ["disagreements"],
    ["status"],
    ["check"],
    ["settings"],
    ["memos", "--as", "a"],
    ["memos", "--find", "joke", "--as", "a"],
    ["others", "1b", "--as", "a"],
    ["codebook", "proposals", "--as", "a"],
    ["codebook", "outdated", "1b"],
    ["redecide", "--as", "a"],
    ["theme", "list"],
    ["show", "FG1:5", "--plain", "--as", "a"],
    ["help", "keys"],
]
CHANGING = [
    ["import", str(CHOIR.parent / "more" / "HAL.txt")],
    ["codebook", "load", str(CHOIR / "codebook.yaml")],
    ["coder", "add", "c"],
    ["coder", "rename", "a", "Ada"],
    ["coder", "leave", "b", "--as-name", "Bass"],
    ["round", "new", "r2", "--coders", "a,b"],
    ["round", "freeze", "r1"],
    ["round", "unblind", "r1", "--because", "Ben withdrew."],
    ["round", "close", "r1"],
    ["code", "FG1:3", "1a", "--as", "a"],
    ["code", "--from", str(CHOIR / "b.csv"), "--as", "a"],
    ["uncode", "FG1:5", "--as", "a"],
    ["read", "Emil", "--as", "b"],
    ["memo", "FG1:3", "Is this a joke?", "--as", "a"],
    ["memo", "FG1:5", "Is this a joke?", "--on", "1b", "--as", "a"],
    ["flag", "FG1:3", "--as", "a"],
    ["flag", "FG1:3", "--quotable", "--as", "a"],
    ["adjust", "FG1:5", "1b", "FG1:6", "--as", "a"],
    ["codebook", "add", "Nerves", "--part", "1"],
    ["codebook", "part", "Leaving"],
    ["codebook", "edit", "1a", "--set", "colour=#112233"],
    ["codebook", "rename", "1a", "--name", "Arrival"],
    ["codebook", "move", "1a", "--part", "2"],
    ["codebook", "merge", "1a", "--into", "1b", "--because", "One idea."],
    ["codebook", "split", "1a", "--into", "x", "--into", "y", "--because", "Two ideas."],
    ["codebook", "retire", "1a", "--because", "Never needed."],
    ["codebook", "propose", "FG1:3", "--as", "a"],
    ["codebook", "propose", "--reword", "1b", "--set", "when=Cake, too.", "--as", "a"],
    ["theme", "new", "Tea", "--codes", "1a"],
    ["undo", "--as", "a"],
    ["decide", "FG1:5", "first"],
    ["decide", "--agreed"],
]


def verbs() -> list[list[str]]:
    """List every verb and every verb of a group, as words."""
    found: list[list[str]] = []
    context = click.Context(cli)
    for name in VERBS:
        command = cli.get_command(context, name)
        assert command is not None
        found.append([name])
        if isinstance(command, click.Group):
            found += [[name, sub] for sub in command.commands]
    return found


@pytest.mark.parametrize("words", verbs(), ids=" ".join)
def test_every_verb_helps_with_an_example(qualcode: Qualcode, words: list[str]) -> None:
    said = qualcode.run(*words, "--help")
    assert said.status == 0
    assert f"Example: qualcode {words[0]}" in said.out.replace("-p study.qualcode ", "")


_GROUPS = ("source", "codebook", "coder", "round", "bundle", "project")
_TO_THEMES = ("show", "edit", "codes", "counter", "move", "retire", "undo", "redo", "review")


def test_every_verb_is_tried_here() -> None:
    tried = {tuple(words[:2]) for words in READING + CHANGING} | {
        (words[0],) for words in READING + CHANGING
    }
    elsewhere = {
        ("demo",),
        ("coder", "return"),
        ("init",),
        ("export",),
        ("backup",),
        ("redo",),
        ("tutor",),
        ("round", "reopen"),
        ("round", "sample"),
        ("round", "repeat"),
        ("round", "update"),
        ("codebook", "template"),
        ("codebook", "lint"),
        ("lint",),
        *(("theme", what) for what in _TO_THEMES),
        *(("bundle", what) for what in ("out", "plan", "in")),
        ("project", "move"),
        ("coder", "login"),
        ("codebook", "decide"),
        ("codebook", "undo"),
        ("codebook", "redo"),
    }
    groups = {(name,) for name in _GROUPS}
    assert {tuple(words) for words in verbs()} <= tried | elsewhere | groups


@pytest.mark.parametrize("words", READING + CHANGING, ids=" ".join)
def test_a_verb_answers_in_text_and_is_silent_otherwise(coded: Qualcode, words: list[str]) -> None:
    said = coded(*words)
    assert said.status == 0, said.err
    assert said.out.strip()
    talk = ("Emil is left out", "Left out, not finished", "Coders' steps are not listed")
    assert not said.err or said.err.startswith(talk)
    with pytest.raises(ValueError, match=r"\S"):
        _ = said.document


@pytest.mark.parametrize("words", READING + CHANGING, ids=" ".join)
def test_a_verb_answers_in_one_document(coded: Qualcode, words: list[str]) -> None:
    said = coded(*words, "--json")
    assert said.status == 0, said.err
    assert said.err == ""
    assert list(said.document) == ["schema", "command", "data", "findings"]
    assert said.document["schema"] == "qualcode/1"
    assert said.document["command"] in {words[0], " ".join(words[:2])}
    assert said.document["findings"] == []


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_changes_nothing(coded: Qualcode, words: list[str]) -> None:
    before = coded.place.read_bytes()
    coded(*words)
    assert coded.place.read_bytes() == before


def test_what_can_be_said_of_a_file_is_said(study: Qualcode, tmp_path: Path) -> None:
    copy = tmp_path / "copy.qualcode"
    assert study.done("backup", copy) == f"Copied to {copy} and checked.\n"
    other = Qualcode(copy, tmp_path)
    assert other.asked("status") == study.asked("status")
    study.refused("backup", copy, status=11)


def test_redo_and_reopen_answer_too(coded: Qualcode) -> None:
    coded.done("undo", "--as", "a")
    assert coded.asked("redo", "--as", "a")["step"] == "coded 13 places"
    coded.done("round", "close", "r1")
    reason = ["round", "reopen", "r1", "--because", "Emil was forgotten"]
    assert coded.asked(*reason)["state"] == "open"
    assert "round open: r1" in coded.done("history", "--newest", "1")


def test_a_code_is_found_by_label_key_and_a_label_with_a_blank(study: Qualcode) -> None:
    for name in ("CH1A", "ch1a", "1a"):
        assert study.asked("code", "FG1:2", name, "--as", "a")["place"] == "FG1:2"
    assert len(study.asked("show", "FG1:2", "--as", "a")["turns"][0]["codings"]) == 1
    added = study.asked("code", "FG1:3", "Low notes, 1b", "2a", "--as", "a")["added"]
    assert added == ["Low notes", "CH1B", "CH2A"]


def test_next_counts_what_is_left_and_ends(study: Qualcode) -> None:
    first = study.asked("next", "--as", "a")
    assert (first["place"], first["left"]) == ("ANNA:2", 15)
    study.done("code", "ANNA:2", "1a", "--as", "a")
    study.done("read", "ANNA:4", "--as", "a")
    following = study.asked("next", "--as", "a")
    assert (following["place"], following["left"]) == ("ANNA:6", 13)
    for name in ("ANNA", "BEA", "FG1", "Emil", "Fay", "Gus"):
        study.done("read", name, "--as", "a")
    assert study.done("next", "--as", "a") == "All done.\n"
    assert study.asked("next", "--as", "a") is None
    assert study.asked("next", "--as", "b")["left"] == 15


def test_a_read_mark_gives_way_to_a_code_and_back(study: Qualcode) -> None:
    def dealt() -> tuple[bool, int]:
        turn = study.asked("show", "FG1:2", "--as", "a")["turns"][0]
        return turn["read"], len(turn["codings"])

    study.done("read", "FG1:2", "--as", "a")
    assert dealt() == (True, 0)
    study.done("code", "FG1:2", "1a", "--as", "a")
    assert dealt() == (False, 1)
    study.done("undo", "--as", "a")
    assert dealt() == (True, 0)


def test_uncode_takes_off_what_is_named_and_else_everything(study: Qualcode) -> None:
    study.done("code", "FG1:2", "1a", "1b", "2a", "--as", "a")
    assert study.asked("uncode", "FG1:2", "1b", "--as", "a")["removed"] == ["CH1B Reasons to stay"]
    assert len(study.asked("uncode", "FG1:2", "--as", "a")["removed"]) == 2
    study.refused("uncode", "FG1:2", "--as", "a", status=10)


def test_json_words_are_verbatim_whatever_they_hold(study: Qualcode, tmp_path: Path) -> None:
    words = "He said \u202eabc\u202c and \u200e12 \u2028 then \u061c stopped."
    (tmp_path / "IDA.txt").write_text(f"INT: And?\n\nIDA: {words}\n", encoding="utf-8")
    study.done("import", tmp_path / "IDA.txt")
    said = study("source", "show", "IDA", "--json")
    assert said.data["turns"][1]["words"] == words
    assert not set("\u202e\u202c\u200e\u2028\u061c") & set(said.out)
    assert "\u202e" not in study.done("source", "show", "IDA")


def test_a_source_whose_name_looks_like_a_place_is_found(study: Qualcode, tmp_path: Path) -> None:
    file = tmp_path / "talk 10:30.txt"
    file.write_text("INT: Well?\n\nJO: We sang until the caretaker came.\n", encoding="utf-8")
    study.done("round", "new", "r2", "--coders", "a")
    study.done("import", file)
    assert study.asked("show", "talk 10:30", "--as", "a")["source"] == "talk 10:30"
    assert study.asked("code", "talk 10:30:2", "1a", "--as", "a")["place"] == "talk 10:30:2"
    assert study.asked("read", "talk 10:30", "--as", "a")["marked"] == 0


def test_first_and_newest_count_from_one(coded: Qualcode) -> None:
    assert len(coded.asked("history", "--newest", "1")) == 1
    assert (
        len(coded.asked("quotes", "1b", "--layer", "a", "--first", "2", "--as", "a")["quotations"])
        == 2
    )
    assert coded("history", "--newest", "0").status == 2
    assert coded("quotes", "1b", "--layer", "a", "--first", "0").status == 2
