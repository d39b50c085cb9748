"""Takes one step and is killed at a moment of it: PLACE MOMENT STEP.

Moments are counted over all statements and commits of the step; one that never comes lets it live.
"""

import os
import signal
import sys
from collections.abc import Callable

from sqlalchemy import Engine, event

from qualcode.services import coding, history, people, projects, sources
from qualcode.services.coding import Seat
from qualcode.store.project import Project


def apply(project: Project, seat: Seat) -> None:
    """Code a turn that was marked as read: three tables change."""
    coding.apply(project, sources.find(project, "S0:4"), seat.codebook.codes[:2], seat=seat)


def undo(project: Project, seat: Seat) -> None:
    """Undo the mark."""
    history.undo(project, by=seat.coder)


STEPS: dict[str, Callable[[Project, Seat], None]] = {"code": apply, "undo": undo}


def main(place: str, moment: int, step: str) -> None:
    """Sit down, then live until the moment."""
    project = projects.open_at(place)
    seat = coding.take_seat(project, people.named(project, "ada"), "r1")
    left = iter(range(moment, 0, -1))

    def one_more(*_any: object) -> None:
        if next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, one_more)
    STEPS[step](project, seat)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
