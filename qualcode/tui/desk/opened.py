"""What the coding screen knows of the study: read on opening, and again as little as needed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from qualcode.domain.codings import Coding, Desk
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services import coding, history, places, recents, sources
from qualcode.services.coding import Seat
from qualcode.services.history import Waiting
from qualcode.services.places import Left
from qualcode.services.recents import Recents
from qualcode.store.project import Project
from qualcode.tui.geometry.units import dealt_with


@dataclass(frozen=True, slots=True)
class Opened:
    """One source on one coder's desk, as it was read last.

    `counts` counts the coder's codings in the whole round by code, `dealt` numbers the
    participants' turns that are coded or marked as read. `changes` differs once anybody has
    changed the study since.
    """

    seat: Seat
    source: Source
    revision: Revision
    desk: Desk
    dealt: frozenset[int]
    counts: Mapping[UUID, int]
    recents: Recents
    waiting: Waiting
    changes: int

    @property
    def left(self) -> int:
        """How many participants' turns are not dealt with."""
        return self.source.codable - len(self.dealt)

    @property
    def first_left(self) -> int | None:
        """The number of the first participant's turn that is not dealt with."""
        turns = self.revision.turns
        return next((t.number for t in turns if t.codable and t.number not in self.dealt), None)

    def exactly_on(self, stretch: Range) -> list[Coding]:
        """List the codings that stand on just this stretch."""
        return [each for each in self.desk.codings if each.ranges == (stretch,)]


def open_source(project: Project, seat: Seat, name: str) -> Opened:
    """Read a source with what the coder has on it."""
    source, revision = sources.read(project, name)
    desk = coding.desk_of(project, source, seat=seat)
    return Opened(
        seat,
        source,
        revision,
        desk,
        _dealt(revision, desk),
        {code.id: count for code, count in coding.counts(project, seat=seat).items()},
        recents.recents(project, seat=seat),
        history.waiting(project, by=seat.coder),
        project.changes_seen(),
    )


def open_anew(project: Project, before: Opened) -> Opened:
    """Read again after somebody else's change: codebook, round and text may be others now."""
    seat = coding.take_seat(project, before.seat.coder, before.seat.round.name)
    return open_source(project, seat, before.source.name)


def after_step(project: Project, before: Opened) -> Opened:
    """Read what a step of one's own can have changed, or all if a change of others came between.

    What is in other sources is not counted again: the codes here tell the difference.
    """
    changes = project.changes_seen()
    if changes > before.changes + 1:
        return open_anew(project, before)
    desk = coding.desk_of(project, before.source, seat=before.seat)
    return replace(
        before,
        desk=desk,
        dealt=_dealt(before.revision, desk),
        counts=_counted(before, desk),
        waiting=history.waiting(project, by=before.seat.coder),
        changes=changes,
    )


def _dealt(revision: Revision, desk: Desk) -> frozenset[int]:
    return dealt_with([turn for turn in revision.turns if turn.codable], desk)


def _counted(before: Opened, desk: Desk) -> dict[UUID, int]:
    counts = Counter(before.counts)
    counts.update(each.code for each in desk.codings)
    counts.subtract(each.code for each in before.desk.codings)
    return dict(counts)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A source just opened, where the coder left in it, and what happened since."""

    opened: Opened
    left: Left | None
    since: tuple[str, ...] = ()


def arrive(project: Project, seat: Seat, name: str, *, welcome: bool) -> Arrival:
    """Open a source where the coder left it; on coming back, say what changed meanwhile."""
    opened = open_source(project, seat, name)
    left = places.left(project, seat=seat, source=opened.source)
    since = places.since(project, seat=seat, left=left) if welcome and left is not None else ()
    return Arrival(opened, left, tuple(since))
