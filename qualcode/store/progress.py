"""How far each layer has come, kept in step with every change to it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range, united
from qualcode.store.codings import read_pieces
from qualcode.store.models import CodingRow, ProgressRow, ReadMarkRow, SourceRow, TurnRow


def recount(session: Session, places: Iterable[tuple[UUID, UUID]]) -> None:
    """Count anew, for each layer and source given, its codings and the turns dealt with."""
    turns: dict[UUID, list[Range]] = {}
    for layer, source in places:
        if source not in turns:
            turns[source] = _codable(session, source)
        ranges, codings = _dealt_with(session, layer, source)
        done = touched_count(turns[source], united(ranges))
        session.execute(
            delete(ProgressRow).where(
                ProgressRow.layer_id == layer, ProgressRow.source_id == source
            )
        )
        session.add(ProgressRow(layer_id=layer, source_id=source, done=done, codings=codings))
        session.flush()


def _codable(session: Session, source: UUID) -> list[Range]:
    rows = session.execute(
        select(TurnRow.begins, TurnRow.ends)
        .join(SourceRow, SourceRow.revision_id == TurnRow.revision_id)
        .where(SourceRow.id == source, TurnRow.role == TurnRole.PARTICIPANT.value)
        .order_by(TurnRow.begins)
    )
    return [Range(row.begins, row.ends) for row in rows]


def _dealt_with(session: Session, layer: UUID, source: UUID) -> tuple[list[Range], int]:
    codings = session.execute(
        select(CodingRow.begins, CodingRow.ends, CodingRow.pieces).where(
            CodingRow.layer_id == layer,
            CodingRow.source_id == source,
            CodingRow.retired_in.is_(None),
        )
    ).all()
    marks = session.execute(
        select(ReadMarkRow.begins, ReadMarkRow.ends).where(
            ReadMarkRow.layer_id == layer,
            ReadMarkRow.source_id == source,
            ReadMarkRow.retired_in.is_(None),
        )
    )
    ranges = [Range(row.begins, row.ends) for row in marks]
    for row in codings:
        ranges += read_pieces(row.pieces) if row.pieces else (Range(row.begins, row.ends),)
    return ranges, len(codings)


def touched_count(turns: list[Range], ranges: list[Range]) -> int:
    """Count the turns that share a code point with the ranges; both ascend and are disjoint."""
    count = place = 0
    for turn in turns:
        while place < len(ranges) and ranges[place].end <= turn.start:
            place += 1
        count += place < len(ranges) and ranges[place].overlaps(turn)
    return count
