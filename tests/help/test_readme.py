"""What the README asks people to type works."""

import io
import re
import shlex
from pathlib import Path

import docx
import pytest

from qualcode.cli.answer import FOUND
from tests.conftest import Qualcode
from tests.help.said import READMES, ROOT

README = READMES["README.md"]
TALK = (
    "I: What happens when somebody asks for a place?\n{0}: They get a date.\n{0}: I don't know.\n"
)
VTT = """WEBVTT

00:01.000 --> 00:04.000
<v I>And you?</v>

00:05.000 --> 00:09.000
<v FG3>No.</v>
"""
ANSWERS = "person,age,open_best,open_worst\nP01,30-39,The night worker,Three forms\n"
OF_BEN = ("code FG1:2 1d --as ben", "read FG1 --as ben")


def blocks() -> list[list[str]]:
    """List the lines of every block of commands."""
    return [block.splitlines() for block in re.findall(r"```sh\n(.+?)```", README, re.DOTALL)]


def study() -> list[list[str]]:
    """List the blocks of the first study."""
    return [block for block in blocks() if block[0].startswith("qualcode")]


def test_it_installs_and_checks_as_the_checks_do() -> None:
    script = ROOT / ".ci" / "run"
    if not script.exists():
        pytest.skip("there is no script of the checks here")
    lines = script.read_text(encoding="utf-8").splitlines()
    start = lines.index("python3 -m venv .venv")
    steps = [line.removeprefix("exec ") for line in lines[start:]]
    assert [" && ".join(steps)] in blocks()


def test_it_opens_the_demo_with_what_the_checks_install() -> None:
    opens = (
        "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . "
        "&& .venv/bin/qualcode demo"
    )
    assert [opens] in blocks()
    assert (ROOT / "constraints.txt").exists()


def test_its_links_and_pictures_are_there() -> None:
    places = [place for place in re.findall(r"\]\(([^)]+)\)", README) if "://" not in place]
    assert len(places) > 4
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_its_first_study_runs_from_beginning_to_end(
    qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(qualcode.folder)
    _write_files(qualcode.folder)
    begin, coding, settle, anew = study()

    coded = (*_without_screens(coding), "read FG1 --as ada", *OF_BEN)
    for line in (*begin, *coded, *settle, *anew):
        words = shlex.split(line.removeprefix("qualcode "))
        said = qualcode.run(*words)
        assert said.status == (FOUND if line.endswith(" lint") else 0), (line, said.all)

    assert "FG1:2" not in qualcode.run("disagreements").out
    assert (qualcode.folder / "report.docx").stat().st_size > 0
    assert (qualcode.folder / "codebook.docx").stat().st_size > 0
    assert (qualcode.folder / "hostels.qualcode").stat().st_mode & 0o777 == 0o600


def _without_screens(lines: list[str]) -> list[str]:
    assert lines[0] == "qualcode --as ada"
    return lines[1:]


def _write_files(folder: Path) -> None:
    (folder / "FG1.txt").write_text(TALK.format("FG1") + "FG1: One number to ring.\nFG1: Yes.\n")
    (folder / "FG3.vtt").write_text(VTT)
    (folder / "answers.csv").write_text(ANSWERS)
    document, file = docx.Document(), io.BytesIO()
    for line in TALK.format("FG2").splitlines():
        document.add_paragraph(line)
    document.save(file)
    (folder / "FG2.docx").write_bytes(file.getvalue())
