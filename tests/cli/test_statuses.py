"""A mishap is one sentence and a way out, with an exit status of its own, and changes nothing."""

from pathlib import Path

import pytest

from tests.conftest import CHOIR, Qualcode

MISHAPS = [
    (10, ["show", "FG9:1", "--as", "a"], "There is no source “FG9”."),
    (10, ["code", "FG1:2", "9z", "--as", "a"], "The codebook has no code “9z”."),
    (10, ["code", "FG1:2", "1a", "--as", "zoe"], "There is no coder “zoe”."),
    (10, ["code", "FG1:2", "1a", "--as", "a", "--round", "r9"], "There is no round “r9”."),
    (10, ["codebook", "show", "--version", "9"], "There is no version 9 of the codebook."),
    (10, ["decide", "FG1:2", "both"], "There is no passage to decide on at FG1:2."),
    (10, ["help", "kappa!"], "There is no help page “kappa!”."),
    (11, ["coder", "add", "A"], "There is a coder “a” already."),
    (11, ["round", "new", "R1", "--coders", "a"], "There is a round “R1” already."),
    (12, ["code", "FG1:2", "1a"], "Who codes? The project knows lead, a, b."),
    (12, ["coder", "add", "c", "--as", "a"], "Only the lead can add coders; you are a."),
    (12, ["coder", "add", " "], "A coder needs a name."),
    (12, ["coder", "add", "x,y"], "A coder cannot be called “x,y”."),
    (12, ["coder", "add", "Consensus"], "A coder cannot be called “Consensus”."),
    (12, ["round", "new", "", "--coders", "a"], "A round needs a name."),
    (
        12,
        ["round", "reopen", "r1", "--because", "late"],
        "Round r1 is open; it cannot become open.",
    ),
    (12, ["code", "FG1:4", "1a", "--as", "a"], "Turn 4 of FG1 was added to the transcript; "),
    (12, ["code", "FG1:1", "1a", "--as", "a"], "Turn 1 of FG1 is not a participant's words."),
    (12, ["read", "FG1:4", "--as", "a"], "Turn 4 of FG1 was added to the transcript; "),
    (12, ["code", "Gus:0-6", "1a", "--as", "a"], "A heading of Gus is not a participant's words."),
    (12, ["memo", "FG1:2", " ", "--as", "a"], "The memo is empty."),
    (
        12,
        ["code", "FG1:2", "1a", "--as", "lead", "--round", "r1"],
        "lead does not code in round r1",
    ),
    (12, ["export", "csv", "x.csv"], "Nothing has been decided yet, so there is no consensus."),
    (13, ["code", "FG1", "1a", "--as", "a"], "“FG1” names a whole source."),
    (13, ["code", "FG1:7", "1a", "--as", "a"], "FG1 has no turn 7."),
    (13, ["code", "FG1:0", "1a", "--as", "a"], "FG1 has no turn 0."),
    (13, ["code", "FG1:10-99999", "1a", "--as", "a"], "10-99999 lies outside the text of FG1."),
    (13, ["code", "FG1:20-10", "1a", "--as", "a"], "20-10 lies outside the text of FG1."),
    (13, ["code", "FG1:0-4", "1a", "--as", "a"], "Nobody speaks at FG1:0-4."),
    (13, ["code", " ", "1a", "--as", "a"], "No place was given."),
    (14, ["import", "nowhere.txt"], "nowhere.txt: no such file or directory."),
    (14, ["codebook", "load", "osspd"], "osspd: there is no such codebook."),
    (14, ["code", "--from", "nowhere.csv", "--as", "a"], "nowhere.csv: no such file or directory."),
    (16, ["export", "pdf", "x.pdf", "--layer", "a"], "There is no export called “pdf”."),
    (
        16,
        ["export", "csv", "no/such/x.csv", "--layer", "a", "--as", "a"],
        "no/such/x.csv could not be written",
    ),
]


@pytest.mark.parametrize(("status", "words", "sentence"), MISHAPS)
def test_a_mishap_says_what_and_what_to_do(
    study: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(study.folder)
    before = study.place.read_bytes()
    said = study(*words)
    assert said.status == status
    assert said.out in {"", "\n"}
    assert said.sentence.startswith(sentence)
    hint = said.err.splitlines()[1:]
    assert len(hint) == 1
    assert hint[0]
    assert study.place.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["code", "FG1:2", "--as", "a"],
        ["code", "FG1:2", "1a", "--from", "x.csv", "--as", "a"],
        ["decide", "FG1:2"],
        ["decide", "FG1:2", "both", "--agreed"],
        ["round", "new", "r2"],
        ["agreement", "--unit", "word"],
        ["status", "--nonsense"],
    ],
)
def test_what_is_typed_wrongly_is_status_2(study: Qualcode, words: list[str]) -> None:
    said = study(*words)
    assert said.status == 2
    assert said.out == ""
    assert "Error: " in said.err


def test_a_place_with_endless_digits_is_no_crash(study: Qualcode) -> None:
    study.refused("code", f"FG1:{'9' * 5000}", "1a", "--as", "a", status=10)


def test_an_unknown_code_suggests_its_neighbours(study: Qualcode) -> None:
    said = study("code", "FG1:2", "ch1", "--as", "a")
    assert "Did you mean CH1" in said.err


def test_findings_are_status_1(study: Qualcode, tmp_path: Path) -> None:
    (tmp_path / "KIT.txt").write_bytes(b"INT: Yes?\n\nKIT: A bell\x07 rang.\n")
    said = study("import", tmp_path / "KIT.txt")
    assert said.status == 1
    assert said.out.startswith("KIT: interview, 2 turns")
    assert said.err == "! 1 control character is stored as \ufffd, one for one.\n"
    found = study("import", CHOIR / "FG1.txt", "--json")
    assert found.status == 1
    assert [each["kind"] for each in found.document["findings"]] == ["same text"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a database, not at all", "is not a qualcode project"),
        (b"SQLite format 3\x00 and then rubbish", "this is not a qualcode project"),
        (b"", "is not a qualcode project"),
    ],
)
def test_what_is_no_project_is_told_and_left_alone(
    qualcode: Qualcode, content: bytes, sentence: str
) -> None:
    qualcode.place.write_bytes(content)
    assert sentence in qualcode.refused("status", status=15)
    assert qualcode.place.read_bytes() == content


def test_a_path_that_cannot_be_is_told(qualcode: Qualcode) -> None:
    too_long = Qualcode(qualcode.folder / ("x" * 5000), qualcode.folder)
    assert "name too long" in too_long.refused("status", status=15)
    assert too_long.refused("init", "--lead", "l", status=15)
    assert qualcode.refused("status", status=15).startswith("There is no project ")


def test_a_study_is_never_begun_over_another(study: Qualcode) -> None:
    before = study.place.read_bytes()
    assert "was not touched" in study.refused("init", "--lead", "l", status=11)
    assert study.place.read_bytes() == before


def test_a_study_without_a_lead_is_not_begun(qualcode: Qualcode) -> None:
    qualcode.refused("init", "--lead", "  ", status=12)
    assert not qualcode.place.exists()


def test_damage_is_found_and_is_status_1(coded: Qualcode) -> None:
    import sqlite3

    with sqlite3.connect(coded.place) as file:
        file.execute("UPDATE coding SET begins = begins + 1 WHERE rowid = 1")
    file.close()
    said = coded("check")
    assert said.status == 1
    assert said.out == ""
    assert all(line.startswith("! ") for line in said.err.splitlines())


def test_a_printed_head_is_found_or_missed(coded: Qualcode) -> None:
    head = coded.asked("status")["head"]
    coded.done("check", "--head", head[:12])
    assert coded("check", "--head", "f" * 12).status == 1
