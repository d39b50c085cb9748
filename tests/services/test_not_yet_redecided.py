"""A merge and a split in mid-project: what rounds, reports and files say until all is decided."""

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Qualcode

LEAD = ("--because", "as we said", "--as", "lead")


@pytest.fixture
def parted(coded: Qualcode) -> Qualcode:
    """The choir study in which Reasons to stay is split, and round r1 goes on with that."""
    coded.done("codebook", "split", "1b", "--into", "Songs", "--into", "People", *LEAD)
    coded.done("round", "update", "r1", "--as", "lead")
    return coded


def redecide_all(study: Qualcode, who: str, code: str = "1c") -> None:
    for item in study.asked("redecide", "--as", who):
        study.done("redecide", item["place"], code, "--only", item["code"], "--as", who)


def export(study: Qualcode, name: str, layer: str = "a") -> tuple[Path, Any]:
    """Export a coder's layer; give the file and the account of it."""
    path = study.folder / f"{layer}.{name}"
    path.unlink(missing_ok=True)
    account = study.asked("export", name, path, "--layer", layer, "--round", "r1", "--as", layer)
    return path, account


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_split_gives_each_coder_a_queue_and_reports_say_so_until_done(parted: Qualcode) -> None:
    queues = {who: len(parted.asked("redecide", "--as", who)) for who in ("a", "b")}
    assert queues == {"a": 6, "b": 3}
    data = parted.asked("agreement")
    assert "CH1B: 9 codings not yet re-decided." in data["left_out"]
    assert "CH1B" not in {row["code"] for row in data["codes"]}
    redecide_all(parted, "a")
    assert "CH1B: 3 codings not yet re-decided." in parted.asked("agreement")["left_out"]
    redecide_all(parted, "b", "1d")
    after = parted.asked("agreement")
    assert after["left_out"] == ["Emil is left out: not finished by one of its coders."]
    assert after["units"] == 14
    cells = {row["code"]: row["cells"] for row in after["codes"]}
    assert (cells["CH1C"]["first_only"], cells["CH1C"]["second_only"]) == (0, 5)
    assert (cells["CH1D"]["first_only"], cells["CH1D"]["second_only"]) == (0, 3)
    parted.done("check")


def test_what_is_not_decided_is_no_silence(parted: Qualcode) -> None:
    """Five turns in finished sources bear Reasons to stay in either layer; none is a zero."""
    data = parted.asked("agreement")
    assert data["units"] == 14 - 6
    assert "6 units hold codings not yet re-decided, and count for no code." in data["left_out"]
    for row in data["codes"]:
        if row["code"] in {"CH1C", "CH1D"}:
            assert row["cells"] == {"both": 0, "first_only": 0, "second_only": 0, "neither": 8}
    quotation = parted.asked("agreement", "--unit", "quotation")
    assert quotation["units"] == 6


def test_a_file_holds_what_is_not_decided_in_a_section_of_its_own(parted: Qualcode) -> None:
    path, account = export(parted, "csv")
    rows = table(path)
    waiting = [row for row in rows if row["code"] == "CH1B"]
    assert {row["name"] for row in waiting} == {"Reasons to stay, not yet re-decided"}
    assert len(waiting) == 6
    assert account["stored"] == account["printed"] == len(rows)
    assert account["left_out"] == []
    redecide_all(parted, "a")
    rows = table(export(parted, "csv")[0])
    assert {row["name"] for row in rows if row["code"] == "CH1C"} == {"Songs"}
    assert "CH1B" not in {row["code"] for row in rows}


def test_the_document_heads_what_is_not_decided_with_its_number(parted: Qualcode) -> None:
    path, _account = export(parted, "word")
    with zipfile.ZipFile(path) as document:
        words = document.read("word/document.xml").decode()
    assert "CH1B Reasons to stay, not yet re-decided (6)" in words
    assert "CH1B was split into CH1C, CH1D; what stands here is not yet re-decided." in words


def test_quotes_lists_what_is_not_decided(parted: Qualcode) -> None:
    said = parted.done("quotes", "1b", "--layer", "b", "--round", "r1", "--as", "b")
    assert said.splitlines()[0] == "CH1B Reasons to stay, not yet re-decided · 3 quotations"


def test_nobody_decides_for_a_coder(parted: Qualcode) -> None:
    parted.done("round", "freeze", "r1", "--as", "lead")
    said = parted.refused("decide", "FG1:6", "both", "--as", "lead", status=12)
    assert said == "CH1B was split into CH1C, CH1D, and that is not yet re-decided here."
    assert parted.asked("decide", "--agreed", "--as", "lead")["agreed"] == 5
    (open_still,) = (
        one for one in parted.asked("disagreements")["disagreements"] if one["place"] == "ANNA:7"
    )
    assert set(open_still["codes"].values()) == {"CH1B", "CH2A"}
    parted.done("decide", "FG1:6", "1c", "--as", "lead")


def test_all_who_count_what_is_not_decided_come_to_one_number(coded: Qualcode) -> None:
    """Coder a has both codes on one turn; they are merged, then the one they became is retired."""
    coded.done("code", "ANNA:2", "1b", "--as", "a")
    coded.done("codebook", "merge", "1b", "--into", "1a", *LEAD)
    coded.done("codebook", "retire", "1a", *LEAD)
    coded.done("round", "update", "r1", "--as", "lead")
    queues = {who: len(coded.asked("redecide", "--as", who)) for who in ("a", "b")}
    assert queues == {"a": 8, "b": 5}
    assert "CH1A: 13 codings not yet re-decided." in coded.asked("agreement")["left_out"]
    (waiting,) = (
        one["sentence"]
        for one in json.loads(coded("lint", "--as", "lead", "--json").out)["findings"]
        if one["kind"] == "not yet re-decided"
    )
    assert "its codings not yet re-decided (13)" in waiting
    rows = [row for who in queues for row in table(export(coded, "csv", who)[0])]
    assert len([row for row in rows if row["code"] == "CH1A"]) == 13


def test_the_last_decision_says_that_all_is_decided(parted: Qualcode) -> None:
    *before, last = parted.asked("redecide", "--as", "b")
    for item, left in zip(before, ("2 codings", "1 coding"), strict=True):
        said = parted.done("redecide", item["place"], "1c", "--as", "b")
        assert said.splitlines()[-1] == f"{left} left to decide anew."
    said = parted.done("redecide", last["place"], "1c", "--as", "b")
    assert said.splitlines()[-1] == "All is decided anew in round r1."


def test_each_decision_is_undone_by_its_coder_and_the_split_by_the_lead(parted: Qualcode) -> None:
    before = parted.asked("redecide", "--as", "a")
    redecide_all(parted, "a")
    for _ in before:
        parted.done("undo", "--as", "a")
    assert parted.asked("redecide", "--as", "a") == before
    parted.done("codebook", "undo", "--as", "lead")
    parted.done("round", "update", "r1", "--as", "lead")
    assert parted.asked("redecide", "--as", "a") == []
    parted.done("check")


def test_a_closed_round_reads_as_it_did_and_the_next_counts_the_merged_code_once(
    coded: Qualcode,
) -> None:
    coded.done("round", "close", "r1", "--as", "lead")
    before = coded.asked("agreement", "--round", "r1")
    coded.done("round", "new", "r2", "--coders", "a,b", "--as", "lead")
    for who in ("a", "b"):
        coded.done("code", "ANNA:2", "1a", "1b", "--as", who, "--round", "r2")
        coded.done("read", "ANNA", "--as", who, "--round", "r2")
    coded.done("codebook", "merge", "1b", "--into", "1a", *LEAD)
    coded.done("round", "update", "r2", "--as", "lead")
    assert coded.asked("agreement", "--round", "r1") == before
    after = coded.asked("agreement", "--round", "r2")
    assert {row["code"]: row["cells"]["both"] for row in after["codes"]}["CH1A"] == 1
    for who in ("a", "b"):
        assert coded.asked("redecide", "--as", who, "--round", "r2") == []
    coded.done("codebook", "undo", "--as", "lead")


def test_codings_made_on_an_older_version_wait_once_their_code_is_retired(
    coded: Qualcode,
) -> None:
    """The partner coded on version 1 while the lead issued versions 2 and 3."""
    edit = ("--set", "definition=Hours only.")
    coded.done("codebook", "edit", "2a", *edit, *LEAD)
    coded.done("codebook", "retire", "2b", *LEAD)
    coded.done("round", "update", "r1", "--as", "lead")
    waiting = coded.asked("redecide", "--as", "b")
    assert {(one["code"], one["because"]) for one in waiting} == {
        ("CH2A", "rule of CH2A reworded since version 1"),
        ("Low notes", "Low notes was retired"),
    }
    assert {one["made_under_version"] for one in waiting} == {1}
