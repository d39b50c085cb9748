"""How far each layer has come, kept in step with every change to it."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range
from qualcode.store.bulk import change_rows, id_of, in_lots, read_rows, signs
from qualcode.store.codings import read_pieces

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
        for stretch in read_pieces(pieces) if pieces else ((begins, ends),):
            turns[source].deal_with(*stretch)
    for source, begins, ends in read_rows(session, _MARKS.format(places), values):
        turns[source].deal_with(begins, ends)
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

    def deal_with(self, start: int, end: int) -> None:
        """Note the turns that share a code point with a stretch."""
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
