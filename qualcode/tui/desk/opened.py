"""What the coding screen knows of the study: read on opening, and again as little as needed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, ReadMark
from qualcode.domain.redeciding import Doubts
from qualcode.domain.sources import Revision, Source, Turn
from qualcode.domain.text import Range
from qualcode.services import coding, history, places, reading, recents, redeciding
from qualcode.services.coding import Seat
from qualcode.services.history import Waiting
from qualcode.services.places import Left
from qualcode.services.recents import Recents
from qualcode.store.project import Project
from qualcode.tui.geometry.units import dealt_with

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Opened:
    """One source on one coder's desk, as it was read last.

    `counts` counts the coder's codings in the whole round by code, `dealt` numbers the
    participants' turns that are coded or marked as read. `anew` are the codings to be decided
    anew, for which `doubts` are kept. `changes` differs once anybody has changed the study since.
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
    doubts: Doubts
    anew: tuple[Coding, ...] = ()

    @property
    def left(self) -> int:
        """How many participants' turns are not dealt with."""
        return self.source.codable - len(self.dealt)

    def codes_of(self, codings: Iterable[Coding]) -> list[Code]:
        """Name the codes of some codings, each once."""
        known = self.seat.codebook.by_id()
        found = (known.get(each.code) for each in codings)
        return list(dict.fromkeys(code for code in found if code is not None))

    @property
    def first_left(self) -> int | None:
        """The number of the first participant's turn that is not dealt with."""
        turns = self.revision.turns
        return next((t.number for t in turns if t.codable and t.number not in self.dealt), None)


def open_source(project: Project, seat: Seat, name: str, doubts: Doubts | None = None) -> Opened:
    """Read a source with what the coder has on it; doubts of the same codebook may be known."""
    source, revision = reading.read(project, name, seat=seat)
    desk = coding.desk_of(project, source, seat=seat)
    if doubts is None:
        doubts = redeciding.doubts(project, seat=seat)
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
        doubts,
        tuple(doubts.among(desk.codings)),
    )


def open_anew(project: Project, before: Opened) -> Opened:
    """Read again after somebody else's change: codebook, round and text may be others now."""
    seat = coding.take_seat(project, before.seat.coder, before.seat.round.name)
    same = seat.codebook.version == before.seat.codebook.version
    return open_source(project, seat, before.source.name, before.doubts if same else None)


def after_step(project: Project, before: Opened) -> Opened:
    """Read what a step of one's own can have changed, or all if a change of others came between.

    What is in other sources is not counted again: the codes here tell the difference.
    """
    changes = project.changes_seen()
    if changes > before.changes + 1:
        return open_anew(project, before)
    desk = coding.desk_of(project, before.source, seat=before.seat, known=before.desk)
    return replace(
        before,
        desk=desk,
        dealt=dealt_now(before.revision, before.dealt, before.desk, desk),
        counts=_counted(before, desk),
        waiting=history.waiting(project, by=before.seat.coder),
        changes=changes,
        anew=tuple(before.doubts.among(desk.codings)),
    )


def _dealt(revision: Revision, desk: Desk) -> frozenset[int]:
    return dealt_with([turn for turn in revision.turns if turn.codable], desk)


class _Difference(NamedTuple, Generic[K]):
    """What a step has put on a desk and taken off it."""

    come: Sequence[K]
    gone: Sequence[K]


def _differ(before: Sequence[K], now: Sequence[K]) -> _Difference[K]:
    """Tell by the things themselves: what was known already is taken over from the desk before."""
    if before is now:
        return _Difference((), ())
    was, stays = set(map(id, before)), set(map(id, now))
    come = [each for each in now if id(each) not in was]
    return _Difference(come, [each for each in before if id(each) not in stays])


def dealt_now(
    revision: Revision, dealt: frozenset[int], before: Desk, desk: Desk
) -> frozenset[int]:
    """Say which turns are dealt with now, from those dealt with on the desk before.

    Only turns that have lost something are looked at again.
    """
    codings, marks = _differ(before.codings, desk.codings), _differ(before.marks, desk.marks)
    gained = _touched(revision, _stretches(codings.come, marks.come))
    lost = _touched(revision, _stretches(codings.gone, marks.gone))
    doubtful = [turn for number, turn in lost.items() if number not in gained]
    still = _still_dealt(doubtful, desk) if doubtful else frozenset()
    return (dealt | gained.keys()) - ({turn.number for turn in doubtful} - still)


def _still_dealt(turns: Sequence[Turn], desk: Desk) -> frozenset[int]:
    """Say which of these turns something on the desk touches; only what lies near is looked at."""
    start, end = min(turn.start for turn in turns), max(turn.end for turn in turns)
    codings = desk.codings[: bisect_left(desk.codings, end, key=lambda each: each.ranges[0].start)]
    marks = desk.marks[: bisect_left(desk.marks, end, key=lambda each: each.range.start)]
    near = Desk(
        tuple([each for each in codings if each.ranges[-1].end > start]),
        tuple([each for each in marks if each.range.end > start]),
    )
    return dealt_with(sorted(turns, key=lambda turn: turn.start), near)


def _touched(revision: Revision, stretches: Iterable[Range]) -> dict[int, Turn]:
    """Find the participants' turns that stretches share a code point with, by their numbers."""
    turns = (turn for stretch in stretches for turn in revision.turns_in(stretch))
    return {turn.number: turn for turn in turns if turn.codable}


def _stretches(codings: Iterable[Coding], marks: Iterable[ReadMark]) -> Iterator[Range]:
    yield from (stretch for each in codings for stretch in each.ranges)
    yield from (each.range for each in marks)


def _counted(before: Opened, desk: Desk) -> Mapping[UUID, int]:
    codings = _differ(before.desk.codings, desk.codings)
    counts = Counter(before.counts)
    counts.update(each.code for each in codings.come)
    counts.subtract(each.code for each in codings.gone)
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
