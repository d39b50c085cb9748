"""Recent codes: what the coder put on last."""

from dataclasses import dataclass

from qualcode.domain.codebook import Code
from qualcode.services.coding import Seat
from qualcode.store.project import Project

_SHOWN = 9
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Recents:
    """What the newest step of coding put on, and the codes used last, the newest first."""

    last: tuple[Code, ...] = ()
    codes: tuple[Code, ...] = ()


def recents(project: Project, *, seat: Seat) -> Recents:
    """Give the codes this coder used last in the round, nine at most; tables do not count."""
    with project.reading() as view:
        layer = view.rounds.layer(seat.round, seat.coder)
        steps = view.codings.put_on_last(seat.viewpoint, layer, steps=_STEPS)
    known = seat.codebook.by_id()
    named = [[known[code] for code in step if code in known] for step in steps]
    in_use = [list(dict.fromkeys(code for code in step if code.in_use)) for step in named]
    put_on = [step for step in in_use if step]
    distinct = dict.fromkeys(code for step in put_on for code in step)
    return Recents(tuple(put_on[0]) if put_on else (), tuple(distinct)[:_SHOWN])
