"""The demo walks the whole job, and a second walk comes to the same."""

import re

import pytest

from tests.conftest import Qualcode


@pytest.fixture
def here(qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch) -> Qualcode:
    monkeypatch.chdir(qualcode.folder)
    return Qualcode(qualcode.folder / "qualcode-demo" / "doorways.qualcode", qualcode.folder)


def test_a_second_walk_says_and_writes_the_same(here: Qualcode) -> None:
    first = here.run("demo", "--no-tui")
    assert first.status == 0, first.err
    report = here.place.with_name("doorways.docx")
    written = report.read_bytes()
    second = here.run("demo", "--no-tui")
    assert second.out == first.out
    assert report.read_bytes() == written
    assert here.asked("check")["head"] == here.asked("status")["head"]


def test_the_walk_adds_up(here: Qualcode) -> None:
    data = here.run("demo", "--json").data
    assert data["stored"] == data["printed"]
    found = here.asked("disagreements")
    assert (found["open"], found["settled"], found["agreed"]) == (data["open"], 1, data["agreed"])
    assert here.asked("agreement")["sources"] == data["finished_by_both"] < data["sources"]
    assert all(value is None or -1 <= value <= 1 for value in data["kappa"].values())


def test_it_says_how_to_go_on_and_there_is_something_left_to_code(here: Qualcode) -> None:
    said = here.run("demo", "--no-tui")
    command = re.search(r"qualcode (-p .+)$", said.out, re.MULTILINE)
    assert command is not None
    going_on = here.run(*command.group(1).split(), "next", "--json")
    assert going_on.data["left"] > 0


def test_a_folder_that_cannot_be_made_is_told(here: Qualcode) -> None:
    (here.folder / "taken").write_text("a file")
    said = here.run("demo", "--no-tui", "--folder", "taken")
    assert said.status == 15
    assert said.out == ""
    assert said.sentence.startswith("taken cannot be made: ")
