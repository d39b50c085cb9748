"""When the program itself fails, no word of a transcript leaves it."""

from pathlib import Path

import pytest

from qualcode.services import projects
from tests.conftest import Qualcode

SPOKEN = "My neighbour took me along"


@pytest.fixture
def failing(study: Qualcode, monkeypatch: pytest.MonkeyPatch) -> Qualcode:
    """Let the status fail with transcript text in its message and its variables."""

    def fail(*_: object, **__: object) -> None:
        words = SPOKEN
        raise ValueError(words)

    monkeypatch.setattr(projects, "summary", fail)
    return study


def notes(folder: Path) -> list[Path]:
    return list((folder / "state").rglob("crash-*.txt"))


def test_a_crash_is_a_sentence_and_status_70(failing: Qualcode) -> None:
    said = failing("status")
    assert said.status == 70
    assert said.out == ""
    assert said.sentence == "Something went wrong inside qualcode."
    assert len(said.err.splitlines()) == 2
    assert "Traceback" not in said.err


def test_the_note_says_where_and_holds_no_words(failing: Qualcode) -> None:
    said = failing("status")
    (note,) = notes(failing.folder)
    assert str(note) in said.err
    text = note.read_text()
    assert "ValueError" in text
    assert "study.py" in text
    assert SPOKEN not in text + said.err
    assert "words" not in text.replace("raise ValueError(words)", "")


def test_where_no_note_can_be_written_the_sentence_says_where(failing: Qualcode) -> None:
    (failing.folder / "state").write_text("a file in the way")
    said = failing("status")
    assert said.status == 70
    assert "It was a ValueError at test_crash.py:" in said.err
    assert SPOKEN not in said.err


def test_an_interrupt_is_a_sentence(study: Qualcode, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(projects, "summary", stop)
    said = study("status")
    assert said.status == 130
    assert said.err.strip() == "Stopped; what was done before is kept."
