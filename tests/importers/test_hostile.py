"""Hostile and odd files: every one is taken as it must be, or refused in a sentence."""

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualcode.domain.display import visible_line
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.files import take
from qualcode.interchange.importing import Upload, Wishes
from qualcode.interchange.plugins import importer_for

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def hostile(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the hostile files into a folder of their own."""
    folder = tmp_path_factory.mktemp("hostile") / "files"
    program = shared / "badinputs" / "gen_badinputs.py"
    subprocess.run([sys.executable, str(program), str(folder)], check=True, capture_output=True)
    return folder


def entries(folder: Path, *formats: str) -> list[Entry]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [one for one in manifest["files"] if one["format"] in formats and "skipped" not in one]


@pytest.mark.parametrize("form", ["txt", "docx", "vtt"])
def test_transcripts_are_taken_as_the_manifest_says(hostile: Path, form: str) -> None:
    faults = {
        entry["name"]: fault
        for entry in entries(hostile, form)
        if (fault := _transcript_fault(hostile, entry))
    }

    assert faults == {}


def test_codebooks_are_taken_as_the_manifest_says(hostile: Path) -> None:
    faults = {
        entry["name"]: fault
        for entry in entries(hostile, "csv")
        if (fault := _codebook_fault(hostile, entry))
    }

    assert faults == {}


def test_a_refusal_names_the_file_and_says_nothing_that_acts(hostile: Path) -> None:
    before = csv.field_size_limit()
    for entry in entries(hostile, "txt", "docx", "vtt"):
        taken = _taken(hostile / entry["name"], entry)
        if isinstance(taken, ImportRefusedError):
            assert taken.sentence.startswith(f"{entry['name']}: ")
            assert visible_line(taken.trouble) == taken.trouble
            assert visible_line(taken.hint) == taken.hint
    assert csv.field_size_limit() == before


def _taken(path: Path, entry: Entry) -> str | ImportRefusedError:
    """Give the text as stored, or the refusal."""
    wishes = Wishes(encoding=entry.get("options", {}).get("encoding"))
    try:
        upload = take(path)
        drafts = importer_for(upload).drafts(upload, wishes)
    except ImportRefusedError as mishap:
        return mishap
    return drafts[0].text if len(drafts) == 1 else f"{len(drafts)} drafts"


def _transcript_fault(folder: Path, entry: Entry) -> str:
    expect = entry["expect"]
    taken = _taken(folder / entry["name"], entry)
    if isinstance(taken, ImportRefusedError):
        return "" if expect["outcome"] != "import" else f"refused: {taken.trouble}"
    if expect["outcome"] == "error":
        return "taken"
    text = taken.rstrip("\n")
    checks: dict[str, Callable[[Any], bool]] = {
        "text": lambda wanted: text == wanted,
        "text_any_of": lambda wanted: text in wanted,
        "text_len": lambda wanted: len(text) == wanted,
        "text_sha256": lambda wanted: hashlib.sha256(text.encode()).hexdigest() == wanted,
        "contains": lambda wanted: _holds_in_order(text, wanted),
        "not_contains": lambda wanted: not any(piece in text for piece in wanted),
        "quote": lambda wanted: text[expect["quote_start"] : expect["quote_end"]] == wanted,
    }
    wrong = [name for name, fits in checks.items() if name in expect and not fits(expect[name])]
    if as_stored(text) != (text, 0):
        wrong.append("stored form")
    return ", ".join(wrong)


def _holds_in_order(text: str, pieces: list[str]) -> bool:
    places = [text.find(piece) for piece in pieces]
    return -1 not in places and places == sorted(places)


def _codebook_fault(folder: Path, entry: Entry) -> str:
    expect = entry["expect"]
    data = (folder / entry["name"]).read_bytes()
    try:
        book = read_codebook(Upload(entry["name"], data))
    except ImportRefusedError as mishap:
        return "" if expect["outcome"] != "import" else f"refused: {mishap.trouble}"
    if expect["outcome"] == "error":
        return "taken"
    labels = [code.label for code in book.codes]
    parents = {code.label: code.parent for code in book.codes if code.parent}
    if expect.get("codes", labels) != labels:
        return f"codes {labels}"
    return "" if expect.get("parents", parents) == parents else f"parents {parents}"
