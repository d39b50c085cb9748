"""The program as it is started from a shell."""

import json
import subprocess
import sys

import pytest

from tests.conftest import Qualcode


def test_without_a_project_it_says_how_to_begin(qualcode: Qualcode) -> None:
    done = qualcode.program()
    assert done.returncode == 15
    assert done.stdout == b""
    assert done.stderr.decode().startswith("There is no project here.\nName one with -p FILE")


def test_the_only_project_of_the_folder_is_meant(study: Qualcode) -> None:
    done = study.program("--as", "a", "status")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Choir · 6 sources, 22 turns, 15 of them")
    (study.folder / "other.qualcode").write_bytes(b"")
    several = study.program("status")
    assert several.returncode == 15
    assert b"other.qualcode, study.qualcode" in several.stderr


def test_project_and_coder_come_from_the_surroundings_too(study: Qualcode) -> None:
    (study.folder / "below").mkdir()
    surroundings = {"QUALCODE_PROJECT": "../study.qualcode", "QUALCODE_CODER": "a"}
    done = study.program("code", "FG1:2", "1a", also=surroundings, cwd=study.folder / "below")
    assert done.returncode == 0, done.stderr
    assert study.asked("source", "list", "--as", "a")[2]["codings"] == 1
    assert study.asked("source", "list", "--as", "b")[2]["codings"] == 0


def test_undo_reaches_across_processes(study: Qualcode) -> None:
    place = ("-p", study.place)
    assert study.program(*place, "code", "FG1:2", "1a", "--as", "a").returncode == 0
    undone = study.program(*place, "undo", "--as", "a")
    assert undone.stdout == b"Undone: coded FG1 turn 2: CH1A Ways in\n"
    again = study.program(*place, "redo", "--as", "a")
    assert again.stdout == b"Brought back: coded FG1 turn 2: CH1A Ways in\n"
    assert study.program(*place, "redo", "--as", "a").returncode == 12


def test_a_reader_that_leaves_early_is_no_mishap(study: Qualcode) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "qualcode", "-p", study.place, "source", "show", "ANNA"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_poor_terminal_gets_every_word(study: Qualcode, encoding: str) -> None:
    poor = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    study.done("memo", "FG1:2", "a \u2192 \u0175", "--as", "a")
    show = ("-p", study.place, "show", "FG1:2", "--as", "a")
    done = study.program(*show, also=poor)
    assert done.returncode == 0, done.stderr
    words = "a \\u2192 \\u0175" if encoding == "cp1252" else "a \u2192 \u0175"
    assert f"memo: {words}" in done.stdout.decode("utf-8")
    document = json.loads(study.program(*show, "--json", also=poor).stdout)
    (memo,) = document["data"]["turns"][0]["memos"]
    assert memo["memo"] == "a \u2192 \u0175"


def test_help_loads_no_heavy_library() -> None:
    heavy = "sqlalchemy textual rich spacy numpy docx lxml krippendorff alembic yaml"
    look = (
        "import sys; from qualcode.cli.main import run; run(['--help']);"
        f"print([name for name in {heavy!r}.split() if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True)
    assert done.stderr.strip() == b"[]"
