"""What coders left on the texts, as it is kept; every read takes a viewpoint."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from qualcode.domain.codings import Coding, Desk, Memo, ReadMark, Via
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.sources import Progress, Source
from qualcode.domain.text import Range
from qualcode.store.models import (
    CodingRow,
    MemoRow,
    ProgressRow,
    ReadMarkRow,
    SourceRow,
)
from qualcode.store.rounds import Rounds
from qualcode.store.sources import source_of

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
        if layer is None or layer not in self._seen(viewpoint):
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
            tuple(self.of_source(viewpoint, source, [layer])),
            tuple(_mark(row) for row in marks),
            tuple(self.memos(viewpoint, [layer], source=source)),
        )

    def of_source(
        self, viewpoint: Viewpoint, source: Source, layers: Sequence[Layer]
    ) -> list[Coding]:
        """List the codings of some layers on a source in order of place."""
        return self._codings(viewpoint, layers, CodingRow.source_id == source.id)

    def of_code(
        self, viewpoint: Viewpoint, code: UUID, layers: Sequence[Layer], *, first: int | None = None
    ) -> list[Coding]:
        """List the codings of one code by source and place, all or the first so many."""
        return self._codings(viewpoint, layers, CodingRow.code_id == code, first=first)

    def of_layers(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[Coding]:
        """List all codings of some layers by source and place."""
        return self._codings(viewpoint, layers)

    def _codings(
        self,
        viewpoint: Viewpoint,
        layers: Sequence[Layer],
        *conditions: Any,  # noqa: ANN401 - SQLAlchemy's expressions
        first: int | None = None,
    ) -> list[Coding]:
        seen = self._seen(viewpoint)
        ids = [layer.id for layer in layers if layer in seen]
        query = (
            select(*_CODING)
            .where(CodingRow.layer_id.in_(ids), CodingRow.retired_in.is_(None), *conditions)
            .order_by(CodingRow.source_id, CodingRow.begins, CodingRow.ends, CodingRow.id)
            .limit(first)
        )
        return [coding_of(row) for row in self._session.execute(query)]

    def spans(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[Span]:
        """Read the bare spans of whole layers: layer, source, code, start, end.

        The ids are in the driver's own form (see `raw_id`), for tables of numbers only.
        """
        seen = self._seen(viewpoint)
        rows: list[Row[Any]] = []
        connection = self._session.connection()
        native = connection.dialect.name == "postgresql"
        for layer in (each for each in layers if each in seen):
            statement = _SPANS.format("%s" if native else "?")
            rows += connection.exec_driver_sql(statement, (self.raw_id(layer.id),))
        return [each for row in rows for each in _split(row)]

    def raw_id(self, value: UUID) -> bytes | UUID:
        """Give an id the way the driver gives it in `spans`."""
        native = self._session.connection().dialect.name == "postgresql"
        return value if native else value.bytes

    def memos(
        self, viewpoint: Viewpoint, layers: Sequence[Layer], *, source: Source | None = None
    ) -> list[Memo]:
        """List the memos of some layers by place; a memo is seen where its layer is."""
        seen = self._seen(viewpoint)
        ids = [layer.id for layer in layers if layer in seen]
        query = select(MemoRow).where(MemoRow.layer_id.in_(ids), MemoRow.retired_in.is_(None))
        if source is not None:
            query = query.where(MemoRow.source_id == source.id)
        rows = self._session.scalars(
            query.order_by(MemoRow.source_id, MemoRow.begins, MemoRow.written_at)
        )
        return [_memo(row) for row in rows]

    def progress(
        self, viewpoint: Viewpoint, layer: Layer | None, within: set[UUID] | None
    ) -> list[Progress]:
        """List the sources, or those given, with how far a layer has come in each."""
        seen = layer is not None and layer in self._seen(viewpoint)
        known = {
            row.source_id: (row.done, row.codings)
            for row in self._session.execute(
                select(ProgressRow.source_id, ProgressRow.done, ProgressRow.codings).where(
                    ProgressRow.layer_id == (layer.id if layer and seen else None)
                )
            )
        }
        sources = self._session.scalars(select(SourceRow).order_by(SourceRow.position))
        return [
            Progress(source_of(row), *known.get(row.id, (0, 0)))
            for row in sources
            if within is None or row.id in within
        ]

    def count_by_code(self, viewpoint: Viewpoint, layer: Layer | None) -> dict[UUID, int]:
        """Count a layer's codings by code."""
        if layer is None or layer not in self._seen(viewpoint):
            return {}
        rows = self._session.execute(
            select(CodingRow.code_id, func.count())
            .where(CodingRow.layer_id == layer.id, CodingRow.retired_in.is_(None))
            .group_by(CodingRow.code_id)
        )
        return {row[0]: row[1] for row in rows}

    def _seen(self, viewpoint: Viewpoint) -> set[Layer]:
        return {each.layer for each in self._rounds.layers_seen(viewpoint)}


_SPANS = (
    "SELECT layer_id, source_id, code_id, begins, ends, pieces FROM coding"
    " WHERE layer_id = {} AND retired_in IS NULL"
)


def _split(row: Any) -> list[Span]:  # noqa: ANN401 - the driver's row
    """Give one span a range."""
    layer, source, code, begins, ends, pieces = row
    if not pieces:
        return [(layer, source, code, begins, ends)]
    return [(layer, source, code, *stretch) for stretch in read_pieces(pieces)]


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


def belongs_to(layer: Layer, coder: Coder) -> bool:
    """Is the layer this coder's own to write in? The consensus is the lead's."""
    return layer.coder == coder.id or (layer.is_consensus and coder.leads)
