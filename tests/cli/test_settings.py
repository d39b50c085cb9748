"""Settings by command: a person's own, with or without a project."""

import os
from pathlib import Path

import pytest

from qualcode.help import page
from qualcode.services.settings import place, read_settings
from qualcode.tui.desk.commands import BY_NAME
from tests.conftest import Qualcode


def test_settings_are_listed_with_what_they_mean(qualcode: Qualcode) -> None:
    said = qualcode.run("settings")
    assert said.status == 0
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[1].split()[:2] == ["instant", "on"]
    assert "pause    0     minutes after which the screen suggests a pause; 0 never" in lines
    assert lines[-1] == f"Kept in {place()}"


def test_a_setting_is_set_and_stays_set(qualcode: Qualcode) -> None:
    assert qualcode.run("settings", "pause", "45").out == "pause 45\n"
    assert qualcode.run("settings", "instant", "off").out == "instant off\n"
    assert qualcode.run("settings", "key", "next", "ctrl+n").out == "key next ctrl+n\n"
    assert qualcode.run("settings", "pause").out == "pause 45\n"
    document = qualcode.run("settings", "--json").document
    assert document["command"] == "settings"
    assert document["data"] == {
        "file": str(place()),
        "settings": {
            "instant": False,
            "theme": "dark",
            "pause": 45,
            "pace": True,
            "keys": {"next": "ctrl+n"},
        },
    }
    qualcode.run("settings", "key", "next", "default")
    assert qualcode.run("settings", "key", "next").out == "key next default\n"
    assert read_settings().keys == {}


def test_asking_for_a_setting_changes_nothing(qualcode: Qualcode) -> None:
    assert qualcode.run("settings", "theme").status == 0
    assert not place().exists()


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["pause", "soon"], 12, "pause cannot be “soon”: it is a number of minutes from 0"),
        (["colour", "red"], 10, "There is no setting “colour”."),
        (["colour"], 10, "There is no setting “colour”."),
        (["key"], 10, "There is no setting “key”."),
        (["key", "U\x1b[2J", "n"], 10, "There is no action “U␛[2J” to give a key."),
        (["pause", "4", "5"], 12, "One thing is set at a time; “4 5” is more."),
        (["instant", "\x1b]52;c;aGk=\x07"], 12, "instant cannot be “␛]52;c;aGk=␇”: it is on"),
    ],
)
def test_what_cannot_be_set_is_told_and_nothing_is_kept(
    qualcode: Qualcode, words: list[str], status: int, sentence: str
) -> None:
    said = qualcode.run("settings", *words)
    assert said.status == status
    assert said.out == ""
    assert said.sentence.startswith(sentence)
    assert not place().exists()


def test_a_broken_file_is_one_sentence_with_a_way_out(qualcode: Qualcode) -> None:
    place().parent.mkdir(parents=True)
    place().write_text("pause = \x1b[2J")
    for words in (["settings"], ["settings", "pause", "45"]):
        said = qualcode.run(*words)
        assert said.status == 14
        assert said.out == ""
        assert len(said.err.splitlines()) == 2
        assert "\x1b" not in said.err
    assert place().read_text() == "pause = \x1b[2J"


def test_an_unknown_setting_is_a_finding(qualcode: Qualcode) -> None:
    place().parent.mkdir(parents=True)
    place().write_text('"\\u001b[2J" = 1\npause = 20\n')
    said = qualcode.run("settings")
    assert said.status == 1
    assert "pause    20" in said.out
    assert "holds “␛[2J”, which this version of qualcode does not know" in said.err
    assert qualcode.run("settings", "pause", "45").status == 16


def test_settings_are_the_persons_and_not_the_projects(study: Qualcode) -> None:
    before = study.place.read_bytes()
    study.done("settings", "theme", "light", "--json")
    assert study.place.read_bytes() == before
    assert read_settings().theme == "light"


def test_the_help_page_names_the_actions_that_can_have_a_key() -> None:
    listed = page("settings").partition("The actions:\n")[2].partition("\nSettings")[0]
    assert listed.split() == list(BY_NAME)


def test_no_test_comes_near_the_settings_of_who_runs_it(
    configurations: Path, configuration: Path
) -> None:
    assert configuration.is_relative_to(configurations)
    assert place().is_relative_to(configuration)
    assert os.environ["XDG_CONFIG_HOME"] == str(configuration)
