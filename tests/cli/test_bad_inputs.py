"""Hostile and odd files, through the command itself."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Qualcode

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FORMATS = {"txt", "docx", "vtt", "csv", "sqlite"}


@pytest.fixture(scope="session")
def bad(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the hostile files."""
    folder = tmp_path_factory.mktemp("bad")
    maker = shared / "badinputs" / "gen_badinputs.py"
    subprocess.run([sys.executable, maker, folder], check=True, capture_output=True)
    return folder


def entries(folder: Path) -> list[dict[str, Any]]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [entry for entry in manifest["files"] if entry["format"] in FORMATS]


def command(study: Qualcode, file: Path, entry: dict[str, Any]) -> list[str | Path]:
    """Give the command that takes such a file."""
    if entry["kind"] == "project":
        return ["-p", file, "status"]
    verb: list[str | Path] = ["-p", study.place, "import"]
    if entry["kind"] == "codebook":
        verb = ["-p", study.place, "codebook", "load"]
    encoding = (entry.get("options") or {}).get("encoding")
    return [*verb, file, *(["--encoding", encoding] if encoding else [])]


def begun(qualcode: Qualcode) -> Qualcode:
    qualcode.place.unlink(missing_ok=True)
    qualcode.done("init", "--lead", "l")
    return qualcode


def test_every_file_comes_in_or_is_refused_as_it_should(bad: Path, qualcode: Qualcode) -> None:
    troubles: list[str] = []
    study = begun(qualcode)
    listed = entries(bad)
    assert len(listed) > 80
    for entry in listed:
        file = bad / entry["name"]
        before = study.asked("status")
        said = study.run(*command(study, file, entry))
        after = study.asked("status")
        troubles += [f"{entry['name']}: {what}" for what in _wrong(entry, said.status, said.all)]
        if said.status not in {0, 1} and before != after:
            troubles.append(f"{entry['name']}: refused, and yet the project changed")
        if said.status not in {0, 1} and said.out.strip():
            troubles.append(f"{entry['name']}: refused, and yet there is data")
        if entry["expect"]["outcome"] == "import" and "same text as" not in said.err:
            come = after["sources"] - before["sources"]
            if entry["kind"] == "transcript" and come != entry["expect"]["documents"]:
                troubles.append(f"{entry['name']}: {come} sources came")
    assert troubles == []
    study.done("check")


def _wrong(entry: dict[str, Any], status: int, said: str) -> list[str]:
    """Hold what was said against the rules that every file is judged by."""
    wrong: list[str] = []
    wanted = entry["expect"]["outcome"]
    if CONTROL.search(said):
        wrong.append("a control character reached the terminal")
    if "Traceback" in said or status == 70:
        wrong.append("it crashed")
    if wanted == "error" and status in {0, 1}:
        wrong.append("it was to be refused")
    if wanted == "import" and status not in {0, 1}:
        wrong.append(f"it was to come in: {said}")
    if status not in {0, 1} and not said.startswith((entry["name"], "/")):
        wrong.append(f"the sentence does not name it: {said}")
    return wrong


def test_a_refused_file_leaves_nothing_beside_it(bad: Path, qualcode: Qualcode) -> None:
    study = begun(qualcode)
    before = sorted(path.name for path in bad.iterdir())
    for entry in entries(bad):
        if entry["expect"]["outcome"] == "error":
            study.run(*command(study, bad / entry["name"], entry))
    assert sorted(path.name for path in bad.iterdir()) == before
    assert [path.name for path in study.folder.iterdir()] == [study.place.name]
