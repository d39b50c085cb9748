"""How far each layer has come, kept in step with every change to it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range, united
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
            turns = _codable(session, some)
            dealt, codings = _dealt_with(session, layer, some)
            rows = [
                (
                    layer,
                    one,
                    touched_count(turns.get(one, []), united(dealt.get(one, []))),
                    codings[one],
                )
                for one in some
            ]
            change_rows(session, _KEEP, rows)


def _codable(session: Session, sources: Sequence[UUID]) -> dict[UUID, list[Range]]:
    query = _TURNS.format(signs(sources))
    turns: dict[Any, list[Range]] = defaultdict(list)
    for source, begins, ends in read_rows(session, query, [TurnRole.PARTICIPANT.value, *sources]):
        turns[source].append(Range(begins, ends))
    return {id_of(source): ranges for source, ranges in turns.items()}


def _dealt_with(
    session: Session, layer: UUID, sources: Sequence[UUID]
) -> tuple[dict[UUID, list[Range]], Counter[UUID]]:
    """Give by source the ranges that are coded or marked as read, and how many codings."""
    values, places = [layer, *sources], signs(sources)
    dealt: dict[Any, list[Range]] = defaultdict(list)
    codings = read_rows(session, _CODINGS.format(places), values)
    for source, begins, ends, pieces in codings:
        dealt[source] += read_pieces(pieces) if pieces else (Range(begins, ends),)
    for source, begins, ends in read_rows(session, _MARKS.format(places), values):
        dealt[source].append(Range(begins, ends))
    count = Counter(row[0] for row in codings)
    return (
        {id_of(source): ranges for source, ranges in dealt.items()},
        Counter({id_of(source): number for source, number in count.items()}),
    )


def touched_count(turns: list[Range], ranges: list[Range]) -> int:
    """Count the turns that share a code point with the ranges; both ascend and are disjoint."""
    count = place = 0
    for turn in turns:
        while place < len(ranges) and ranges[place].end <= turn.start:
            place += 1
        count += place < len(ranges) and ranges[place].overlaps(turn)
    return count
