"""Files come in whole or not at all, and nothing comes in twice."""

import os
from pathlib import Path

import pytest

from tests.conftest import CHOIR, Qualcode

SURVEY = ["--id", "person", "--text", "open_*"]


def names(study: Qualcode) -> list[str]:
    return [row["name"] for row in study.asked("source", "list")]


def survey(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the survey anew with some words changed."""
    words = (CHOIR / "survey.csv").read_text()
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    file = folder / "survey-2.csv"
    file.write_text(words)
    return file


def test_only_participants_turns_count(study: Qualcode) -> None:
    data = study.asked("status")
    assert (data["sources"], data["turns"], data["participant_turns"]) == (6, 22, 15)
    rows = {row["name"]: row for row in study.asked("source", "list", "--as", "a")}
    assert rows["FG1"]["kind"] == "focus group"
    assert (rows["ANNA"]["turns"], rows["ANNA"]["participant_turns"]) == (7, 4)


def test_an_empty_answer_is_no_passage(study: Qualcode) -> None:
    turns = study.asked("source", "show", "Fay")["turns"]
    assert [turn["words"] for turn in turns if turn["number"]] == ["Please heat the hall."]


def test_the_same_words_under_another_name_are_not_taken_in_again(
    study: Qualcode, tmp_path: Path
) -> None:
    copy = tmp_path / "Group one.txt"
    copy.write_bytes((CHOIR / "FG1.txt").read_bytes().replace(b"\n", b"\r\n"))
    said = study("import", copy)
    assert said.status == 1
    assert said.err == "! Group one holds the same text as FG1; it was not imported again.\n"
    again = study("import", CHOIR / "FG1.txt")
    assert again.err == "! FG1 is there already, with this text; it was not imported again.\n"
    assert len(names(study)) == 6
    assert study.asked("status")["entries"] == 9


def test_other_words_under_the_same_name_are_refused(study: Qualcode, tmp_path: Path) -> None:
    other = tmp_path / "FG1.txt"
    other.write_text((CHOIR / "FG1.txt").read_text().replace("echoes", "rings"))
    sentence = study.refused("import", other, status=11)
    assert sentence == "There is a source “FG1” already, with another text."


def test_a_later_respondent_comes_alone(coded: Qualcode, tmp_path: Path) -> None:
    before = coded.done("show", "Gus", "--as", "a")
    late = survey(tmp_path, ("Gus,70", "Ivo,19,Too many scales.,\nGus,70"))
    said = coded("import", late, *SURVEY)
    assert said.status == 0
    assert said.out.splitlines()[:2] == [
        "Ivo: survey, 1 turn, 1 of them participants'",
        "survey-2.csv: 3 respondents already there, with the same answers",
    ]
    assert names(coded)[-1] == "Ivo"
    assert len(names(coded)) == 7
    assert coded.done("show", "Gus", "--as", "a") == before
    coded.done("check")


def test_a_changed_answer_stops_and_shows_both(study: Qualcode, tmp_path: Path) -> None:
    changed = survey(tmp_path, ("it is allowed", "it is fine"), ("Gus,70", "Ivo,19,New.,\nGus,70"))
    sentence = study.refused("import", changed, *SURVEY, status=11)
    assert sentence.startswith("The answers of Gus differ from those stored: ")
    assert "stored “" in sentence
    assert "it is allowed." in sentence
    assert "it is fine." in sentence
    assert len(names(study)) == 6


def test_two_respondents_may_say_the_same(qualcode: Qualcode, tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text("person,open_1\nUna,Yes.\nVic,Yes.\n")
    qualcode.done("init", "--lead", "l")
    qualcode.done("import", file, *SURVEY)
    assert names(qualcode) == ["Una", "Vic"]


def test_of_several_files_the_good_ones_come_in(study: Qualcode, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"INT: caf\xe9?\n\nKIM: oui\n")
    (tmp_path / "KIM.txt").write_text("INT: Tea?\n\nKIM: Always.\n")
    said = study("import", tmp_path / "bad.txt", tmp_path / "KIM.txt", tmp_path / "none.txt")
    assert said.status == 14
    assert said.out == "KIM: interview, 2 turns, 1 of them participants'\n"
    assert said.err.splitlines()[0].startswith("bad.txt: byte 8 (line 1) is not UTF-8.")
    assert "none.txt: no such file or directory." in said.err
    assert names(study)[-1] == "KIM"
    data = study("import", tmp_path / "bad.txt", "--json").data
    assert data[0]["refused"].startswith("bad.txt: byte 8")


def test_one_text_in_five_text_encodings_is_one_text(qualcode: Qualcode, tmp_path: Path) -> None:
    words = "INT: Où?\n\nLÉO: À l'église, “là-haut” – quinze €.\n\nLÉO: Voilà.\n"
    written = {
        "utf-8": words.encode(),
        "mark": b"\xef\xbb\xbf" + words.encode(),
        "utf-16": words.encode("utf-16"),
        "cp1252": words.encode("cp1252"),
        "crlf": words.replace("\n", "\r\n").encode(),
    }
    texts = set()
    for name, data in written.items():
        study = Qualcode(tmp_path / f"{name}.qualcode", tmp_path)
        study.done("init", "--lead", "l")
        (tmp_path / "LEO.txt").write_bytes(data)
        if name == "cp1252":
            said = study("import", tmp_path / "LEO.txt")
            assert said.status == 14
            assert "“INT: Où?” as cp1252" in said.err
            assert said.err.splitlines()[1] == "Say which: --encoding cp1252"
        options = ["--encoding", "cp1252"] if name == "cp1252" else []
        study.done("import", tmp_path / "LEO.txt", *options)
        texts.add(study.asked("source", "show", "LEO")["text_hash"])
    assert len(texts) == 1


def test_only_the_lead_takes_sources_in(study: Qualcode) -> None:
    study.refused("import", CHOIR / "FG1.txt", "--as", "a", status=12)


@pytest.mark.skipif(os.name == "nt", reason="such file names exist on POSIX only")
@pytest.mark.parametrize(
    ("file", "name"),
    [
        (b"bell\x07 and \x1b[31mred.txt", "bell\ufffd and \ufffd[31mred"),
        (b"two\nlines.txt", "two lines"),
        (b"caf\xe9.txt", "caf\ufffd"),
    ],
)
def test_a_file_name_that_cannot_be_shown_becomes_one_that_can(
    study: Qualcode, tmp_path: Path, file: bytes, name: str
) -> None:
    path = tmp_path / os.fsdecode(file)
    path.write_text("INT: Name?\n\nMO: You would not spell it.\n")
    said = study("import", path)
    assert said.status == 0, said.err
    assert "\x1b" not in said.all
    assert names(study)[-1] == name
    study.done("code", f"{name}:2", "1a", "--as", "lead")


def test_a_file_without_a_name_is_refused(study: Qualcode, tmp_path: Path) -> None:
    path = tmp_path / " .txt"
    path.write_text("INT: Name?\n\nMO: None.\n")
    study.refused("import", path, status=14)


def test_a_codebook_grows_and_loses_no_code(study: Qualcode, tmp_path: Path) -> None:
    words = (CHOIR / "codebook.yaml").read_text()
    file = tmp_path / "next.yaml"
    file.write_text(words.replace("label: Ways in", "label: Ways in and back"))
    assert study.asked("codebook", "load", file)["version"] == 2
    assert study.asked("codebook", "load", file)["version"] == 2
    assert study.asked("codebook", "show", "1a")["name"] == "Ways in and back"
    assert study.asked("codebook", "show", "--version", "1")["codes"][0]["name"] == "Ways in"
    file.write_text(words[: words.index("      - code: Low notes")])
    sentence = study.refused("codebook", "load", file, status=12)
    assert sentence == "next.yaml lacks codes that the project has: Low notes."
