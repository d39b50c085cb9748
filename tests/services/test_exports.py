"""An export says what is in it, is noted, and changes nothing it does not have to."""

import csv
import io
from pathlib import Path

import docx
import pytest

from tests.conftest import Qualcode


@pytest.fixture
def decided(coded: Qualcode) -> Qualcode:
    """Give the choir study with what was agreed, and one decision."""
    coded.done("decide", "--agreed")
    coded.done("decide", "ANNA:7", "both")
    return coded


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_stored_is_printed_and_left_out(decided: Qualcode, tmp_path: Path) -> None:
    data = decided.asked("export", "csv", tmp_path / "x.csv")
    assert (data["stored"], data["printed"], data["left_out"]) == (8, 8, [])
    assert len(rows(tmp_path / "x.csv")) == 8
    said = decided.done("export", "word", tmp_path / "x.docx")
    assert "Stored 8 = printed 8 + left out 0 · journal head " in said


@pytest.mark.parametrize("form", ["csv", "word"])
def test_nothing_changed_gives_the_same_bytes(decided: Qualcode, tmp_path: Path, form: str) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    decided.done("export", form, first)
    decided.done("export", form, second)
    assert first.read_bytes() == second.read_bytes()
    decided.done("memo", "FG1:2", "A bath.", "--as", "lead")
    head = decided.asked("status")["head"]
    assert decided.asked("export", form, second)["head"] == head
    assert (first.read_bytes() == second.read_bytes()) is (form == "csv")


def test_an_export_is_noted_and_leaves_the_head_alone(decided: Qualcode, tmp_path: Path) -> None:
    before = decided.asked("status")
    decided.done("export", "word", tmp_path / "x.docx")
    after = decided.asked("status")
    assert after["head"] == before["head"]
    assert after["entries"] == before["entries"] + 1
    assert decided.asked("history")[0]["what"] == f"export: {tmp_path / 'x.docx'}"
    decided.done("check")


def test_what_could_not_be_written_is_not_noted(
    decided: Qualcode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = decided.asked("status")
    (tmp_path / "x.csv").write_text("the old report")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qualcode.interchange.files.os.fsync", full)
    sentence = decided.refused("export", "csv", tmp_path / "x.csv", status=16)
    assert sentence.endswith("could not be written: no space left on device.")
    monkeypatch.undo()
    assert (tmp_path / "x.csv").read_text() == "the old report"
    assert [path.name for path in tmp_path.glob(".*")] == []
    assert decided.asked("status") == before


@pytest.mark.in_a_file("only a file can be named as the report's place")
def test_the_project_is_never_written_over(decided: Qualcode) -> None:
    before = decided.place.read_bytes()
    decided.refused("export", "csv", decided.place, status=16)
    assert decided.place.read_bytes() == before


def test_a_layer_that_is_not_there_is_told(decided: Qualcode, tmp_path: Path) -> None:
    decided.refused("export", "csv", tmp_path / "x.csv", "--layer", "zoe", status=10)
    said = decided("export", "csv", tmp_path / "x.csv", "--round", "free")
    assert said.status == 12
    assert "There is no layer “consensus” in round free" in said.err
    assert not (tmp_path / "x.csv").exists()


def test_quotations_are_verbatim_and_hold_no_added_words(decided: Qualcode, tmp_path: Path) -> None:
    decided.done("export", "word", tmp_path / "x.docx", "--layer", "a", "--as", "a")
    body = "\n".join(each.text for each in docx.Document(str(tmp_path / "x.docx")).paragraphs)
    quoted = decided.asked("quotes", "1b", "--layer", "a", "--as", "a")["quotations"]
    assert [one["words"] for one in quoted][:2] == [
        "The tea, honestly. And the low notes in the old hall.",
        "I would go in the snow. I have gone in the snow.",
    ]
    assert all(one["words"] in body for one in quoted)
    assert "And in public?" not in body
    assert "[added]" not in body
    assert "CH1B" in body
    assert "6 quotations from 1 focus group, 1 interview and 2 survey respondents" in body


def test_the_same_words_under_two_codes_say_so(decided: Qualcode) -> None:
    (one,) = decided.asked("quotes", "2b", "--layer", "a", "--as", "a")["quotations"][:1]
    assert one["also_under"] == ["CH1B"]
    (other, *_) = decided.asked("quotes", "1b", "--layer", "a", "--as", "a")["quotations"]
    assert other["id"] == one["id"]


def test_the_lead_may_export_a_coders_layer_once_names_are_open(
    coded: Qualcode, tmp_path: Path
) -> None:
    refused = ("export", "csv", str(tmp_path / "a.csv"), "--layer", "a", "--as", "lead")
    assert "is blind" in coded.refused(*refused, status=12)
    coded.done("round", "close", "r1")
    coded.done("export", "csv", str(tmp_path / "a.csv"), "--layer", "a", "--as", "lead")
    assert coded("check").status == 0
