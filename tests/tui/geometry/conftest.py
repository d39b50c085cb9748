"""Talk made up for these tests, and drawings read from docstrings."""

import inspect
import re
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

import pytest

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range, words_hash

_STUDY = UUID(int=0)
_ROLES = {"INT": TurnRole.INTERVIEWER, "ADD": TurnRole.ADDED, "#": TurnRole.HEADING}


class Sketch(NamedTuple):
    """A line of talk, and the stretches drawn under it, by what stands before them."""

    text: str
    ranges: dict[str, Range]


class Talk(NamedTuple):
    """A transcript as text and turns."""

    text: str
    turns: tuple[Turn, ...]


@pytest.fixture
def sketch(request: pytest.FixtureRequest) -> Sketch:
    """Read a test's docstring: a line of talk, and under it `name [----]` for each stretch."""
    function: Callable[..., None] = getattr(request.node, "function")  # noqa: B009
    first, *rest = inspect.cleandoc(function.__doc__ or "").replace("|", " ").split("\n")
    drawn = (re.match(r"(\w*) *(\[-*\])", line) for line in rest)
    begin = len(first) - len(first.lstrip())
    return Sketch(
        first.strip(),
        {found[1]: Range(found.start(2) - begin, found.end(2) - begin) for found in drawn if found},
    )


@pytest.fixture
def talk() -> Callable[[str], Talk]:
    """Make a transcript of lines such as `INT: And then?`; what has no label is header."""

    def made(lines: str) -> Talk:
        text, turns = "", list[Turn]()
        for line in inspect.cleandoc(lines).split("\n"):
            label, colon, _ = line.partition(": ")
            if colon:
                start = len(text) + len(label) + 2
                role = _ROLES.get(label, TurnRole.PARTICIPANT)
                turns.append(Turn(len(turns) + 1, label, role, start, len(text) + len(line)))
            text += line + "\n"
        return Talk(text, tuple(turns))

    return made


def coding(number: int, code: Code, *ranges: Range, text: str = "") -> Coding:
    """Make a coding; its number says when it was made."""
    words = "".join(stretch.of(text) for stretch in ranges)
    return Coding(
        UUID(int=number), _STUDY, _STUDY, _STUDY, code.id, 1, ranges, words_hash=words_hash(words)
    )


@pytest.fixture
def coded() -> Callable[..., Coding]:
    """Make a coding from a number, a code and its ranges."""
    return coding


@pytest.fixture
def codes() -> dict[str, Code]:
    """Four codes, by their keys."""
    keys = ("1a", "1b", "2a", "2b")
    return {
        key: Code(UUID(int=1000 + at), f"TC{key.upper()}", key, f"Name {key}", 1, at)
        for at, key in enumerate(keys)
    }
