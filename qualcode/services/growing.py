"""Growing the codebook while coding: what no code fits becomes one at once, for the lead."""

from dataclasses import dataclass, replace

from qualcode.domain import restructuring
from qualcode.domain.codebook import Code, Origin
from qualcode.domain.errors import QualcodeError, RefusedError
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_undo, coding
from qualcode.services.codebook_changes import Draft, drafted, keep
from qualcode.services.coding import Applied, Seat, may_code, must_be_writable, take_seat
from qualcode.services.joining import somewhere
from qualcode.services.proposals import fit_label, must_be_new
from qualcode.services.sources import Spot
from qualcode.store.project import Project


def may_create(seat: Seat) -> bool:
    """Say whether a coder makes codes rather than proposing them: the lead, in the free round."""
    return seat.coder.leads and seat.round.free


@dataclass(frozen=True, slots=True)
class Grown:
    """A code made while coding, the part it was put in, and what was coded with it."""

    code: Code
    part: str
    version: int
    applied: Applied


def create(project: Project, spot: Spot, name: str, *, seat: Seat) -> Grown:
    """Make a code, at the end of the first part, and put it on a segment.

    Where the segment cannot be coded, no code is made. They are two steps, one of the codebook
    and one in the coder's layer; undo takes back the second alone.
    """
    if not seat.coder.leads:
        raise RefusedError(
            f"Only the lead makes codes while coding; you are {seat.coder.name}.",
            hint="Propose it instead: i",
        )
    if not seat.round.free:
        raise RefusedError(
            f"Round {seat.round.name} keeps its version of the codebook.",
            hint="Propose the code, or code in the round free.",
        )
    may_code(spot)
    fit = fit_label(name)
    with project.work("codebook add", by=seat.coder) as work:
        must_be_writable(work, seat, [(spot.source, spot.revision.id)])
        before = work.codebooks.current()
        must_be_new(before, (fit,))
        place = Place(part=before.parts[0].number) if before.parts else None
        ground, place = somewhere(before, place)
        code = replace(drafted(ground, Draft(fit), place), origin=Origin.INDUCTIVE)
        kept = keep(work, before, restructuring.add(ground, code, place), reason="").codebook
    made = kept.code(code.label)
    try:
        now = take_seat(project, seat.coder, seat.round.name)
        applied = coding.apply(project, spot, [made], seat=now)
    except QualcodeError:  # between the two steps others may have corrected the text
        codebook_undo.undo(project, by=seat.coder, seen=kept.version)
        raise
    return Grown(made, kept.part_of(made).title, kept.version, applied)
