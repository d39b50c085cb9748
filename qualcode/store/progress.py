"""How far each layer has come, kept in step with every change to it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range, united
from qualcode.store.bulk import KnownIds, change_rows, in_lots, read_rows, signs
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
                (layer, one, touched_count(turns[one], united(dealt[one])), codings[one])
                for one in some
            ]
            change_rows(session, _KEEP, rows)


def _codable(session: Session, sources: Sequence[UUID]) -> dict[UUID, list[Range]]:
    turns: dict[UUID, list[Range]] = {source: [] for source in sources}
    ids = KnownIds()
    query = _TURNS.format(signs(sources))
    for source, begins, ends in read_rows(session, query, [TurnRole.PARTICIPANT.value, *sources]):
        turns[ids[source]].append(Range(begins, ends))
    return turns


def _dealt_with(
    session: Session, layer: UUID, sources: Sequence[UUID]
) -> tuple[dict[UUID, list[Range]], dict[UUID, int]]:
    """Give by source the ranges that are coded or marked as read, and how many codings."""
    dealt: dict[UUID, list[Range]] = {source: [] for source in sources}
    codings = dict.fromkeys(sources, 0)
    ids = KnownIds()
    values = [layer, *sources]
    for raw, begins, ends, pieces in read_rows(session, _CODINGS.format(signs(sources)), values):
        source = ids[raw]
        dealt[source] += read_pieces(pieces) if pieces else (Range(begins, ends),)
        codings[source] += 1
    for raw, begins, ends in read_rows(session, _MARKS.format(signs(sources)), values):
        dealt[ids[raw]].append(Range(begins, ends))
    return dealt, codings


def touched_count(turns: list[Range], ranges: list[Range]) -> int:
    """Count the turns that share a code point with the ranges; both ascend and are disjoint."""
    count = place = 0
    for turn in turns:
        while place < len(ranges) and ranges[place].end <= turn.start:
            place += 1
        count += place < len(ranges) and ranges[place].overlaps(turn)
    return count
