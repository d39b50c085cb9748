"""The commands that the pages for people name."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from qualcode.cli.main import cli
from qualcode.cli.verbs import VERBS
from qualcode.help import page, pages

ROOT = Path(__file__).parents[2]
PAGES = {name: page(name) for name in pages()}
READMES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in (
        "README.md",
        "CHANGELOG.md",
        "qualcode/ARCHITECTURE.md",
        "importers/README.md",
        "exporters/README.md",
    )
}

_STARTS = re.compile(r"^ {4,}qualcode |`(?:\.venv/bin/)?qualcode ", re.MULTILINE)
_FENCED = re.compile(r"^```sh\n(.+?)^```", re.MULTILINE | re.DOTALL)
_ENDS = re.compile(r"`|\n| {2,}")
_BEFORE_VERB = {"-p": 1, "--project": 1, "--as": 1}


class Command(NamedTuple):
    """A command as a page names it: its words, and the page."""

    page: str
    words: tuple[str, ...]


def commands() -> list[Command]:
    """List every command that stands in a page: as a line of code, in backticks, or to a page."""
    found = [
        Command(name, tuple(words.split()))
        for name, text in (PAGES | READMES).items()
        for words in _commands_in(text)
    ]
    return [one for one in found if one.words]


def _commands_in(text: str) -> Iterator[str]:
    for block in _FENCED.findall(text):
        yield from re.findall(r"^qualcode (.+)", block, re.MULTILINE)
    for start in _STARTS.finditer(text):
        rest = text[start.end() :]
        end = _ENDS.search(rest)
        yield rest[: end.start()] if end else rest
    prose = [line for line in text.splitlines() if not line.startswith("    ")]
    joined = " ".join(" ".join(prose).split())
    yield from re.findall(r"qualcode (help [a-z]+)\)?", joined)


def verb_of(command: Command) -> tuple[click.Command | None, list[str]]:
    """Find the verb a command names, and the words that follow it; None where it names none."""
    words = list(command.words)
    while words and words[0].startswith("-"):
        words = words[1 + _BEFORE_VERB.get(words[0], 0) :]
    if not words or words[0].isupper():
        return None, words
    context = click.Context(cli)
    assert words[0] in VERBS, f"{command.page}: there is no verb {words[0]}"
    found = cli.get_command(context, words[0])
    assert found is not None
    if isinstance(found, click.Group) and len(words) > 1:
        named = found.get_command(context, words[1])
        assert named is not None, f"{command.page}: there is no {' '.join(words[:2])}"
        return named, words[2:]
    return found, words[1:]


def options(command: click.Command) -> set[str]:
    """Name the options a verb has."""
    own = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    return own | {"--help", "-h"}


def all_verbs() -> dict[str, click.Command]:
    """List the verbs, those within groups by both words, groups themselves left out."""
    found: dict[str, click.Command] = {}
    context = click.Context(cli)
    for name in VERBS:
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= {f"{name} {sub}": each for sub, each in command.commands.items()}
        else:
            found[name] = command
    return found
