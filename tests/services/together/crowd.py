"""Many people at one study at the same moment, each in a process of their own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, cast

from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, people, projects, rounds, sources
from qualcode.store.project import Project
from tests.services.together.crowd_coder import CODED_TURNS

SOURCES = 5
CODER = Path(__file__).with_name("crowd_coder.py")
_TURNS = CODED_TURNS + 20
_WORDS = ("boat", "rope", "tide", "gull", "pier", "sand", "lamp", "wind")
_SCHEME = Path(__file__).parents[2] / "data" / "choir" / "codebook.yaml"
_PATIENCE = 900


def begin(place: str, names: Sequence[str]) -> Project:
    """Begin a study of five sources and a blind round, in which these people code."""
    project = projects.begin(place, name="Harbour", lead="lead")
    lead = people.lead(project)
    codebooks.load(project, str(_SCHEME), by=lead)
    for number in range(SOURCES):
        upload = Upload(f"S{number}.txt", transcript(number).encode())
        sources.take_in(project, upload, wishes=Wishes(), by=lead)
    for name in names:
        people.add(project, name, by=lead)
    rounds.new(project, "r1", coders=names, by=lead)
    return project


def transcript(number: int) -> str:
    """Make up an interview: questions, and answers of eight words."""
    turns = [
        f"Interviewer: What of day {turn} at place {number}?\n\nP1: {_answer(number, turn)}"
        for turn in range(_TURNS)
    ]
    return "\n\n".join(turns) + "\n"


def _answer(number: int, turn: int) -> str:
    return " ".join(f"{word}{number}x{turn}" for word in _WORDS)


@dataclass(frozen=True)
class Part:
    """What one process does: under whose name, how many words it codes, and which.

    One that codes none looks on while the others code.
    """

    name: str
    many: int = 0
    first: int = 0
    every: int = 1


Told = list[dict[str, Any]]


def together(place: str, parts: Sequence[Part]) -> list[Told]:
    """Let processes work all at once, and give what each told."""
    with ExitStack() as stack:
        running = [stack.enter_context(_process(place, part)) for part in parts]
        for process in running:
            assert _out(process).readline() == "ready\n"
        for process in running:
            _tell(process)
        with ThreadPoolExecutor(len(parts)) as hearing:
            heard = [hearing.submit(_out(process).read) for process in running]
            for part, one in zip(parts, heard, strict=True):
                if part.many:
                    one.result(_PATIENCE)
            for part, process in zip(parts, running, strict=True):
                if not part.many:
                    _tell(process)
            told = [one.result(_PATIENCE) for one in heard]
        assert [process.wait(_PATIENCE) for process in running] == [0] * len(parts)
    return [[json.loads(line) for line in out.splitlines()] for out in told]


def _process(place: str, part: Part) -> "subprocess.Popen[str]":
    words = [place, part.name, *map(str, (part.many, part.first, part.every))]
    return subprocess.Popen(
        [sys.executable, str(CODER), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _out(process: "subprocess.Popen[str]") -> TextIO:
    assert process.stdout is not None
    return cast("TextIO", process.stdout)


def _tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
