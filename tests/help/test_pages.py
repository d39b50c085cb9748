"""What the pages say is what the program does."""

import re

import click
import pytest

from qualcode.cli.main import cli
from qualcode.domain.errors import NotFoundError
from qualcode.help import page, pages
from tests.help.said import PAGES, READMES, ROOT, Command, all_verbs, commands, options, verb_of

WIDE = 70  # what the page on the screen shows beside its scroll bar
LONG = 60
OF_UV = {"--constraints"}


def test_every_page_is_in_the_order_and_every_page_of_the_order_is_there() -> None:
    there = {file.stem for file in (ROOT / "qualcode" / "help").glob("*.md")}
    assert set(pages()) == there


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_unrendered(name: str) -> None:
    title, empty, *lines = PAGES[name].splitlines()
    assert re.fullmatch(r"# [A-Z].+", title)
    assert empty == ""
    assert len(lines) + 2 <= LONG
    assert [line for line in lines if len(line) > WIDE or line != line.rstrip()] == []
    assert pages()[name] == title[2:]


def test_a_page_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(NotFoundError, match="There is no help page “nothing”"):
        page("nothing")


def test_the_pages_name_many_commands() -> None:
    assert len(commands()) > len(all_verbs())


@pytest.mark.parametrize("command", commands(), ids=lambda one: f"{one.page}: {one.words[0]}")
def test_every_command_in_a_page_exists_with_its_options(command: Command) -> None:
    verb, rest = verb_of(command)
    known = options(verb or cli)
    named = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    assert named <= known
    if verb is cli.get_command(click.Context(cli), "help") and rest and not rest[0].isupper():
        assert rest[0].strip("`.,):;") in pages()


@pytest.mark.parametrize("name", [*PAGES, "README.md", "CHANGELOG.md"])
def test_every_option_in_a_page_exists(name: str) -> None:
    known = {option for verb in all_verbs().values() for option in options(verb)} | options(cli)
    text = (PAGES | READMES)[name]
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= known | OF_UV


def test_every_verb_has_a_word_on_it_in_some_page() -> None:
    text = " ".join(" ".join(PAGES.values()).split())
    missing = [verb for verb in all_verbs() if not re.search(rf"qualcode {verb}\b", text)]
    assert missing == []


def test_the_architecture_names_files_and_functions_that_exist() -> None:
    text = READMES["qualcode/ARCHITECTURE.md"]
    inside = ROOT / "qualcode"
    paths = re.findall(r"`((?:\w+/)+(?:\w+\.(?:py|md))?)`", text)
    names = re.findall(r"`(?:\w+\.)*(\w+)\(\)`", text)
    source = "\n".join(file.read_text(encoding="utf-8") for file in inside.rglob("*.py"))
    assert len(paths) > 30
    assert len(names) > 30
    assert [
        path for path in paths if not ((inside / path).exists() or (ROOT / path).exists())
    ] == []
    assert [name for name in names if not re.search(rf"def {name}\b", source)] == []
