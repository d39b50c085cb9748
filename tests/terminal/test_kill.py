"""A process killed while it codes loses nothing it had acknowledged."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.services import coding, people, projects, safekeeping, sources

from .conftest import TURNS

CODER = Path(__file__).parent / "coder.py"


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.long)])
def test_every_acknowledged_coding_survives_a_kill(place: Path, kills: int) -> None:
    fate = random.Random(7)
    acknowledged: set[tuple[int, str]] = set()
    for _ in range(kills):
        acknowledged |= _code_until_killed(place, after=fate.randint(1, 12))
    project = projects.open_at(str(place))
    assert acknowledged <= _stored(place)
    assert len(acknowledged) > kills
    assert safekeeping.check(project) == []


def _code_until_killed(place: Path, *, after: int) -> set[tuple[int, str]]:
    """Let a process code; kill it at the moment of a later coding, and say what it told."""
    with subprocess.Popen(
        [sys.executable, str(CODER), str(place)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [line for _, line in zip(range(after), process.stdout, strict=False)]
        process.kill()
        told += process.stdout.readlines()
    whole = [line.split() for line in told if line.endswith("\n")]
    return {(int(turn), label) for turn, label in whole}


def _stored(place: Path) -> set[tuple[int, str]]:
    project = projects.open_at(str(place))
    seat = coding.take_seat(project, people.named(project, "ada"))
    source, revision = sources.read(project, "Long")
    known = seat.codebook.by_id()
    desk = coding.desk_of(project, source, seat=seat)
    placed = ((revision.turn_at(each.extent.start), each.code) for each in desk.codings)
    return {(turn.number, known[code].label) for turn, code in placed if turn}


def test_the_coder_in_these_tests_has_enough_to_do(place: Path) -> None:
    project = projects.open_at(str(place))
    assert sources.sources(project)[0].codable == TURNS
