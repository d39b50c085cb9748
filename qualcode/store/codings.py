"""What coders left on the texts, as it is kept; every read takes a viewpoint."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from qualcode.domain.codings import Coding, Desk, Memo, ReadMark, Via
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.sources import Progress, Source
from qualcode.domain.text import Range
from qualcode.store.bulk import KnownIds, Raw, id_of, in_lots, read_rows, signs
from qualcode.store.models import (
    CodingRow,
    MemoRow,
    ReadMarkRow,
)
from qualcode.store.rounds import Rounds
from qualcode.store.sources import ALL_SOURCES, source_from

_CODING = (
    CodingRow.id,
    CodingRow.layer_id,
    CodingRow.source_id,
    CodingRow.revision_id,
    CodingRow.code_id,
    CodingRow.codebook_version,
    CodingRow.begins,
    CodingRow.ends,
    CodingRow.pieces,
    CodingRow.words_hash,
    CodingRow.via,
)

Span = tuple[bytes | UUID, bytes | UUID, bytes | UUID, int, int]


class Codings:
    """Reads codings, read marks, memos and progress, as far as the viewpoint sees."""

    def __init__(self, session: Session, rounds: Rounds) -> None:
        self._session = session
        self._rounds = rounds

    def desk(self, viewpoint: Viewpoint, layer: Layer | None, source: Source) -> Desk:
        """Give what a layer has on a source; an unseen layer looks like an empty one."""
        if layer is None or not self._seen_of(viewpoint, [layer]):
            return Desk()
        marks = self._session.scalars(
            select(ReadMarkRow)
            .where(
                ReadMarkRow.layer_id == layer.id,
                ReadMarkRow.source_id == source.id,
                ReadMarkRow.retired_in.is_(None),
            )
            .order_by(ReadMarkRow.begins)
        )
        return Desk(
            tuple(self._codings([layer.id], _ON_SOURCE, source.id)),
            tuple(_mark(row) for row in marks),
            tuple(self._memos([layer.id], MemoRow.source_id == source.id)),
        )

    def touching(self, viewpoint: Viewpoint, layer: Layer, source: Source, stretch: Range) -> Desk:
        """Give the codings and read marks of a layer that reach into a stretch; no memos."""
        if not self._seen_of(viewpoint, [layer]):
            return Desk()
        codings = self._codings([layer.id], _REACHING, source.id, stretch.end, stretch.start)
        values = [layer.id, source.id, stretch.end, stretch.start]
        marks = read_rows(self._session, _MARKS, values)
        return Desk(tuple(codings), tuple(mark_from(row) for row in marks))

    def beside(
        self, viewpoint: Viewpoint, code: UUID, layer: Layer, sources: Sequence[UUID]
    ) -> dict[tuple[UUID, tuple[Range, ...]], set[UUID]]:
        """Give the other codes that a layer has on the very words of a code's codings."""
        found: dict[tuple[UUID, tuple[Range, ...]], set[UUID]] = {}
        known = KnownIds()
        for some in in_lots(sources if self._seen_of(viewpoint, [layer]) else []):
            query = _BESIDE.format(signs(some))
            rows = read_rows(self._session, query, [code, layer.id, *some])
            for source, begins, ends, pieces, other in rows:
                ranges = read_pieces(pieces) if pieces else (Range(begins, ends),)
                found.setdefault((known[source], ranges), set()).add(known[other])
        return found

    def of_source(
        self, viewpoint: Viewpoint, source: Source, layers: Sequence[Layer]
    ) -> list[Coding]:
        """List the codings of some layers on a source in order of place."""
        return self._codings(self._seen_of(viewpoint, layers), _ON_SOURCE, source.id)

    def of_code(
        self, viewpoint: Viewpoint, code: UUID, layers: Sequence[Layer], *, first: int | None = None
    ) -> list[Coding]:
        """List the codings of one code by source and place, all or the first so many."""
        seen = self._seen_of(viewpoint, layers)
        return self._codings(seen, _OF_CODE, code, first=first)

    def of_layers(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[Coding]:
        """List all codings of some layers by source and place."""
        return self._codings(self._seen_of(viewpoint, layers))

    def _codings(
        self,
        layers: Sequence[UUID],
        condition: str = "",
        *values: UUID | int,
        first: int | None = None,
    ) -> list[Coding]:
        if not layers:
            return []
        limit = "" if first is None else f"LIMIT {int(first)}"
        query = f"{_LIVE.format(signs(layers))} {condition} {_IN_ORDER} {limit}"
        known = KnownIds()
        rows = read_rows(self._session, query, [*layers, *values])
        return [coding_from(row, known) for row in rows]

    def spans(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[Span]:
        """Read the bare spans of whole layers: layer, source, code, start, end.

        The ids are in the driver's own form (see `raw_id`), for tables of numbers only.
        """
        rows: list[Any] = []
        for layer in self._seen_of(viewpoint, layers):
            rows += read_rows(self._session, _SPANS, [layer])
            for *place, pieces in read_rows(self._session, _PARTED, [layer]):
                rows += [(*place, *stretch) for stretch in read_pieces(pieces)]
        return rows

    def raw_id(self, value: UUID) -> bytes | UUID:
        """Give an id the way the driver gives it in `spans`."""
        native = self._session.connection().dialect.name == "postgresql"
        return value if native else value.bytes

    def memos(
        self, viewpoint: Viewpoint, layers: Sequence[Layer], *, source: Source | None = None
    ) -> list[Memo]:
        """List the memos of some layers by place; a memo is seen where its layer is."""
        places = [] if source is None else [MemoRow.source_id == source.id]
        return self._memos(self._seen_of(viewpoint, layers), *places)

    def _memos(self, layers: Sequence[UUID], *conditions: ColumnElement[bool]) -> list[Memo]:
        rows = self._session.scalars(
            select(MemoRow)
            .where(MemoRow.layer_id.in_(layers), MemoRow.retired_in.is_(None), *conditions)
            .order_by(MemoRow.source_id, MemoRow.begins, MemoRow.written_at)
        )
        return [_memo(row) for row in rows]

    def progress(
        self, viewpoint: Viewpoint, layer: Layer | None, within: set[UUID] | None
    ) -> list[Progress]:
        """List the sources, or those given, with how far a layer has come in each."""
        mine = self._seen_of(viewpoint, [layer]) if layer else []
        known = {
            source: (done, codings)
            for one in mine
            for source, done, codings in read_rows(self._session, _PROGRESS, [one])
        }
        rows = read_rows(self._session, ALL_SOURCES, ())
        every = [Progress(source_from(row), *known.get(row[0], (0, 0))) for row in rows]
        return [one for one in every if within is None or one.source.id in within]

    def count_by_code(self, viewpoint: Viewpoint, layer: Layer | None) -> dict[UUID, int]:
        """Count a layer's codings by code."""
        if layer is None or not self._seen_of(viewpoint, [layer]):
            return {}
        rows = self._session.execute(
            select(CodingRow.code_id, func.count())
            .where(CodingRow.layer_id == layer.id, CodingRow.retired_in.is_(None))
            .group_by(CodingRow.code_id)
        )
        return {row[0]: row[1] for row in rows}

    def _seen_of(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[UUID]:
        """Of the layers named, give those that may be looked at."""
        rounds = {layer.round for layer in layers}
        within = self._rounds.with_id(rounds.pop()) if len(rounds) == 1 else None
        seen = {each.layer for each in self._rounds.layers_seen(viewpoint, within)}
        return [layer.id for layer in layers if layer in seen]


_VIAS = {via.value: via for via in Via}
_LIVE = (
    "SELECT id, layer_id, source_id, revision_id, code_id, codebook_version, begins, ends,"
    " pieces, words_hash, via FROM coding WHERE retired_in IS NULL AND layer_id IN ({})"
)
_ON_SOURCE = "AND source_id = ?"
_OF_CODE = "AND code_id = ?"
_REACHING = "AND source_id = ? AND begins < ? AND ends > ?"
_MARKS = (
    "SELECT id, layer_id, source_id, revision_id, begins, ends FROM read_mark"
    " WHERE retired_in IS NULL AND layer_id = ? AND source_id = ? AND begins < ? AND ends > ?"
)
_BESIDE = (
    "SELECT other.source_id, other.begins, other.ends, other.pieces, other.code_id"
    " FROM coding AS mine JOIN coding AS other ON other.retired_in IS NULL"
    " AND other.layer_id = mine.layer_id AND other.source_id = mine.source_id"
    " AND other.begins = mine.begins AND other.ends = mine.ends"
    " AND other.pieces = mine.pieces AND other.code_id <> mine.code_id"
    " WHERE mine.retired_in IS NULL AND mine.code_id = ? AND mine.layer_id = ?"
    " AND mine.source_id IN ({})"
)
_IN_ORDER = "ORDER BY source_id, begins, ends, id"
_PROGRESS = "SELECT source_id, done, codings FROM progress WHERE layer_id = ?"
_SPANS = (
    "SELECT layer_id, source_id, code_id, begins, ends FROM coding"
    " WHERE layer_id = ? AND retired_in IS NULL AND pieces = ''"
)
_PARTED = (
    "SELECT layer_id, source_id, code_id, pieces FROM coding"
    " WHERE layer_id = ? AND retired_in IS NULL AND pieces <> ''"
)


def read_pieces(pieces: str) -> tuple[Range, ...]:
    """Read the ranges of a discontinuous coding."""
    return tuple(Range(*map(int, piece.split("-"))) for piece in pieces.split())


def write_pieces(ranges: Sequence[Range]) -> str:
    """Write the ranges of a discontinuous coding; a single range needs none."""
    return "" if len(ranges) == 1 else " ".join(f"{each.start}-{each.end}" for each in ranges)


def coding_query(*, live: bool = False) -> Select[*tuple[Any, ...]]:
    """Ask for all codings, by revision; for checks only, which look past every viewpoint."""
    query = select(*_CODING).order_by(CodingRow.revision_id, CodingRow.begins)
    return query.where(CodingRow.retired_in.is_(None)) if live else query


def coding_of(row: Row[*tuple[Any, ...]]) -> Coding:
    """Give the domain's coding for a row of `_CODING`."""
    identity, layer, source, revision, code, version, begins, ends, pieces, seal, via = row
    ranges = read_pieces(pieces) if pieces else (Range(begins, ends),)
    return Coding(identity, layer, source, revision, code, version, ranges, bytes(seal), Via(via))


def coding_from(row: Raw, known: KnownIds) -> Coding:
    """Give the domain's coding for a row as the driver has it."""
    raw, layer, source, revision, code, version, begins, ends, pieces, seal, via = row
    return Coding(
        id_of(raw),
        known[layer],
        known[source],
        known[revision],
        known[code],
        version,
        read_pieces(pieces) if pieces else (Range(begins, ends),),
        bytes(seal),
        _VIAS[via],
    )


def mark_from(row: Raw) -> ReadMark:
    """Give the domain's read mark for a row as the driver has it."""
    raw, layer, source, revision, begins, ends = row
    stretch = Range(begins, ends)
    return ReadMark(id_of(raw), id_of(layer), id_of(source), id_of(revision), stretch)


def _mark(row: ReadMarkRow) -> ReadMark:
    return ReadMark(
        row.id, row.layer_id, row.source_id, row.revision_id, Range(row.begins, row.ends)
    )


def _memo(row: MemoRow) -> Memo:
    return Memo(
        row.id,
        row.coder_id,
        row.layer_id,
        row.source_id,
        row.revision_id,
        Range(row.begins, row.ends),
        row.coding_id,
        row.body,
        row.written_at,
    )
