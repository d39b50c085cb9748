"""How far each layer has come, kept in step with every change to it."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range
from qualcode.store.bulk import change_rows, id_of, in_lots, read_rows, signs
from qualcode.store.codings import read_pieces
from qualcode.store.desks import REACHING
from qualcode.store.turns import turns_touched

_TURNS = (
    "SELECT source.id, begins, ends FROM source"
    " JOIN turn ON turn.revision_id = source.revision_id"
    " WHERE role = ? AND source.id IN ({}) ORDER BY turn.revision_id, ordinal"
)
_CODINGS = (
    "SELECT source_id, begins, ends, pieces FROM coding"
    " WHERE retired_in IS NULL AND layer_id = ? AND source_id IN ({})"
)
_MARKS = (
    "SELECT source_id, begins, ends FROM read_mark"
    " WHERE retired_in IS NULL AND layer_id = ? AND source_id IN ({})"
)
_KEEP = (
    "INSERT INTO progress (layer_id, source_id, done, codings) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (layer_id, source_id)"
    " DO UPDATE SET done = excluded.done, codings = excluded.codings"
)
_MORE = (
    "UPDATE progress SET done = done + ?, codings = codings + ?"
    " WHERE layer_id = ? AND source_id = ?"
)
_IN_FORCE = "SELECT revision_id FROM source WHERE id = ?"
_STANDING = "WHERE retired_in IS NULL AND " + REACHING
_REACHING = (
    f"SELECT id, begins, ends, pieces FROM coding {_STANDING}",  # noqa: S608 - names are ours
    f"SELECT id, begins, ends, '' FROM read_mark {_STANDING}",  # noqa: S608 - as above
)
_FEW = 4
DEALING = {
    "coding": "id, layer_id, source_id, begins, ends, pieces",
    "read_mark": "id, layer_id, source_id, begins, ends",
}

_Place = tuple[UUID, UUID]


class _Change(NamedTuple):
    """A coding or read mark that stands now and did not before, or the reverse."""

    row: UUID
    ranges: tuple[Range, ...]
    coding: bool
    stands: bool


class Tally:
    """Keeps the progress in step with a unit of work: few changes are added, many counted anew.

    A row that changes twice is as it was before.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._few: dict[_Place, dict[UUID, _Change]] = defaultdict(dict)
        self._anew: set[_Place] = set()

    def note(self, what: str, rows: Sequence[Sequence[Any]], *, stand: bool) -> None:
        """Note rows, given as `DEALING` names their columns, that stand now or no longer do."""
        if what not in DEALING:
            return
        if len(rows) > _FEW:
            places = {place for place, _same in groupby((row[1], row[2]) for row in rows)}
            self._anew.update((id_of(layer), id_of(source)) for layer, source in places)
            return
        for raw, layer, source, begins, ends, *pieces in rows:
            ranges = read_pieces(pieces[0]) if any(pieces) else (Range(begins, ends),)
            change = _Change(id_of(raw), ranges, what == "coding", stand)
            changes = self._few[id_of(layer), id_of(source)]
            if changes.pop(change.row, None) is None:
                changes[change.row] = change

    def keep(self) -> None:
        """Write down how far the layers are now."""
        for place, changes in self._few.items():
            if place not in self._anew and not _added(self._session, *place, changes):
                self._anew.add(place)
        recount(self._session, self._anew)
        self._few.clear()
        self._anew.clear()


def _added(session: Session, layer: UUID, source: UUID, changes: Mapping[UUID, _Change]) -> bool:
    """Add what few changes make to the counts kept; say no where that would not do.

    Only the turns that the changes touch are looked at, and what reaches into these.
    """
    stretches = {stretch for change in changes.values() for stretch in change.ranges}
    if len(stretches) > _FEW:
        return False
    done = _more_done(session, layer, source, stretches, changes)
    codings = sum(1 if change.stands else -1 for change in changes.values() if change.coding)
    return change_rows(session, _MORE, [(done, codings, layer, source)]) == 1


def _more_done(
    session: Session,
    layer: UUID,
    source: UUID,
    stretches: Iterable[Range],
    changes: Mapping[UUID, _Change],
) -> int:
    """Count how many more turns are dealt with than before the changes."""
    touched: dict[int, tuple[int, int]] = {}
    standing: dict[UUID, tuple[Range, ...]] = {}
    for stretch in stretches:
        turns = _touched(session, source, stretch)
        touched |= turns
        if turns:
            hull = Range(min(turns.values())[0], max(end for _start, end in turns.values()))
            standing |= _reaching(session, layer, source, hull)
    now, before = _Turns(), _Turns()
    for _ordinal, place in sorted(touched.items()):
        now.add(*place)
        before.add(*place)
    for row, ranges in standing.items():
        now.deal_with(ranges)
        if row not in changes:
            before.deal_with(ranges)
    for change in changes.values():
        if not change.stands:
            before.deal_with(change.ranges)
    return len(now.dealt) - len(before.dealt)


def _touched(session: Session, source: UUID, stretch: Range) -> dict[int, tuple[int, int]]:
    """Find the participants' turns that share a code point with a stretch, by their ordinals."""
    ((revision,),) = read_rows(session, _IN_FORCE, [source])
    rows = turns_touched(session, id_of(revision), stretch)
    spoken = TurnRole.PARTICIPANT.value
    return {ordinal: (begins, ends) for ordinal, _, role, begins, ends in rows if role == spoken}


def _reaching(
    session: Session, layer: UUID, source: UUID, stretch: Range
) -> dict[UUID, tuple[Range, ...]]:
    """Give where the codings and read marks stand that reach into a stretch."""
    values = [layer, source, stretch.end, stretch.start]
    return {
        id_of(raw): read_pieces(pieces) if pieces else (Range(begins, ends),)
        for statement in _REACHING
        for raw, begins, ends, pieces in read_rows(session, statement, values)
    }


def recount(session: Session, places: Iterable[tuple[UUID, UUID]]) -> None:
    """Count anew, for each layer and source given, its codings and the turns dealt with."""
    by_layer: dict[UUID, list[UUID]] = {}
    for layer, source in places:
        by_layer.setdefault(layer, []).append(source)
    for layer, sources in by_layer.items():
        for some in in_lots(sources):
            rows = _counted(session, layer, some)
            change_rows(session, _KEEP, [(layer, source, *numbers) for source, *numbers in rows])


def _counted(
    session: Session, layer: UUID, sources: Sequence[UUID]
) -> Iterator[tuple[UUID, int, int]]:
    """Give each source with the turns dealt with and the codings of a layer."""
    values, places = [layer, *sources], signs(sources)
    turns: dict[Any, _Turns] = defaultdict(_Turns)
    for source, begins, ends in read_rows(
        session, _TURNS.format(places), [TurnRole.PARTICIPANT.value, *sources]
    ):
        turns[source].add(begins, ends)
    count: Counter[Any] = Counter()
    for source, begins, ends, pieces in read_rows(session, _CODINGS.format(places), values):
        count[source] += 1
        turns[source].deal_with(read_pieces(pieces) if pieces else ((begins, ends),))
    for source, begins, ends in read_rows(session, _MARKS.format(places), values):
        turns[source].deal_with(((begins, ends),))
    known = {id_of(raw): raw for raw in turns}
    for source in sources:
        raw = known.get(source)
        yield source, len(turns[raw].dealt) if raw else 0, count[raw]


class _Turns:
    """The participants' turns of a source in order, and which of them are dealt with."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.dealt: set[int] = set()

    def add(self, start: int, end: int) -> None:
        """Take the next turn."""
        self.starts.append(start)
        self.ends.append(end)

    def deal_with(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Note the turns that share a code point with some stretches."""
        for start, end in ranges:
            at = bisect_right(self.ends, start)
            while at < len(self.starts) and self.starts[at] < end:
                self.dealt.add(at)
                at += 1


def touched_count(turns: list[Range], ranges: list[Range]) -> int:
    """Count the turns that share a code point with the ranges; both ascend and are disjoint."""
    count = place = 0
    for turn in turns:
        while place < len(ranges) and ranges[place].end <= turn.start:
            place += 1
        count += place < len(ranges) and ranges[place].overlaps(turn)
    return count
