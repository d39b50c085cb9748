"""A process that is killed in the middle of a step leaves all of it or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.services import coding, people, sources
from qualcode.services.coding import Seat
from qualcode.services.safekeeping import check
from qualcode.store.project import Project
from tests.services.together.crowd import begin

CODER = Path(__file__).with_name("doomed_coder.py")
_KILLED = -9
_MOST = 200


def lives(place: str, moment: int, step: str) -> bool:
    """Let a process take a step, killed at a moment of it; say whether it got to the end."""
    done = subprocess.run(
        [sys.executable, str(CODER), place, str(moment), step],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout) in {(_KILLED, ""), (0, "done\n")}, done.stderr
    return done.returncode == 0


def counted(project: Project, seat: Seat) -> tuple[int, int, int, int]:
    """Count codings, read marks, turns dealt with, entries of the journal."""
    source, _revision = sources.read(project, "S0")
    desk = coding.desk_of(project, source, seat=seat)
    (row,) = [row for row in coding.progress(project, seat=seat) if row.source == source]
    assert row.codings == len(desk.codings)
    return len(desk.codings), len(desk.marks), row.done, project.changes_seen()


@pytest.mark.parametrize("step", ["code", "undo"])
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.long)])
def test_a_step_is_there_whole_or_not_at_all_whenever_its_process_is_killed(
    place: str, step: str, every: int
) -> None:
    project = begin(place, ["ada"])
    seat = coding.take_seat(project, people.named(project, "ada"), "r1")
    coding.mark_read(project, [sources.find(project, "S0:4")], seat=seat)
    before = counted(project, seat)
    entries = before[-1]
    after = {"code": (2, 0, 1, entries + 1), "undo": (0, 0, 0, entries + 1)}[step]
    moments = 0
    for moment in range(1, _MOST, every):
        moments += 1
        alive = lives(place, moment, step)
        assert counted(project, seat) == (after if alive else before)
        assert check(project) == []
        if alive:
            break
    else:
        pytest.fail("the step never came to its end")
    assert moments > 2
    project.close()
