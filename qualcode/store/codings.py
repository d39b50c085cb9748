"""What coders left on the texts, as it is kept; every read takes a viewpoint."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qualcode.domain.assignments import Assigned
from qualcode.domain.codings import Coding, Desk, Flag, Memo, Via
from qualcode.domain.proposals import Proposal
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.sources import Progress, Source
from qualcode.domain.text import Range
from qualcode.store.bulk import KnownIds, Raw, id_of, in_lots, read_rows, signs
from qualcode.store.desks import REACHING, Sort, T
from qualcode.store.journal import NOTING
from qualcode.store.layered import CodingRow
from qualcode.store.remarks import FLAGS, MARKS, MEMOS, PROPOSALS
from qualcode.store.rounds import Rounds
from qualcode.store.sources import ALL_SOURCES, source_from

Span = tuple[bytes | UUID, bytes | UUID, bytes | UUID, int, int]


_VIAS = {via.value: via for via in Via}
_COLUMNS = (
    "id, layer_id, source_id, revision_id, code_id, codebook_version, begins, ends, pieces,"
    " words_hash, via, first_id"
)
_GROWN = (
    f"SELECT {_COLUMNS}, retired_in FROM coding"  # noqa: S608 - names are ours
    " WHERE layer_id IN ({}) AND (id IN ({}) OR first_id IN ({})) ORDER BY id DESC"
)
_ON_SOURCE = "AND source_id = ?"
_NOTED = "AND added_in IN (SELECT id FROM entry WHERE kind = ?) ORDER BY begins, id"
_OF_CODES = "AND code_id IN ({})"
_AMONG = "AND id IN ({})"
_BESIDE = (
    "SELECT other.source_id, other.begins, other.ends, other.pieces, other.code_id"
    " FROM coding AS mine JOIN coding AS other ON other.retired_in IS NULL"
    " AND other.layer_id = mine.layer_id AND other.source_id = mine.source_id"
    " AND other.begins = mine.begins AND other.ends = mine.ends"
    " AND other.pieces = mine.pieces AND other.code_id <> mine.code_id"
    " WHERE mine.retired_in IS NULL AND mine.code_id IN ({}) AND mine.layer_id = ?"
    " AND mine.source_id IN ({})"
)
_IN_ORDER = "ORDER BY source_id, begins, ends, id"
_NEWEST = "ORDER BY id DESC"
_LAST_STEPS = (
    "SELECT touched FROM step JOIN entry ON entry.id = step.entry_id"
    " WHERE step.who = ? AND step.state = 'done' AND entry.kind = 'code' AND entry.layer_id = ?"
    " ORDER BY step.ordinal DESC LIMIT ?"
)
_CODES_OF = "SELECT id, code_id FROM coding WHERE id IN ({}) AND via <> ?"
_PROGRESS = "SELECT source_id, done, codings FROM progress WHERE layer_id = ?"
_SPANS = (
    "SELECT layer_id, source_id, code_id, begins, ends FROM coding"
    " WHERE layer_id = ? AND retired_in IS NULL AND pieces = ''"
)
_PARTED = (
    "SELECT layer_id, source_id, code_id, pieces FROM coding"
    " WHERE layer_id = ? AND retired_in IS NULL AND pieces <> ''"
)


class Grown(NamedTuple):
    """A coding in the last extent it had, and whether it stands."""

    coding: Coding
    stands: bool


class Codings:
    """Reads what stands in layers, and how far they are, as far as the viewpoint sees."""

    def __init__(self, session: Session, rounds: Rounds) -> None:
        self._session = session
        self._rounds = rounds

    def desk(
        self,
        viewpoint: Viewpoint,
        layer: Layer | None,
        source: Source,
        *,
        known: Desk | None = None,
    ) -> Desk:
        """Give what a layer has on a source; an unseen layer looks like an empty one.

        What stands there since `known` was read is taken from it.
        """
        if layer is None or not self._seen_of(viewpoint, [layer]):
            return Desk()
        known, place = known or Desk(), (self._session, layer.id, source.id)
        return Desk(
            CODINGS.on_source(*place, known.codings),
            MARKS.on_source(*place, known.marks),
            MEMOS.on_source(*place, known.memos) if self._knows(viewpoint, layer) else (),
            FLAGS.on_source(*place, known.flags),
            PROPOSALS.on_source(*place, known.proposals),
        )

    def touching(self, viewpoint: Viewpoint, layer: Layer, source: Source, stretch: Range) -> Desk:
        """Give the codings and read marks of a layer that reach into a stretch; no memos."""
        if not self._seen_of(viewpoint, [layer]):
            return Desk()
        place = (self._session, REACHING, [layer.id, source.id, stretch.end, stretch.start])
        return Desk(
            tuple(CODINGS.standing(*place, _IN_ORDER)),
            tuple(MARKS.standing(*place, _IN_ORDER)),
        )

    def beside(
        self, viewpoint: Viewpoint, codes: Sequence[UUID], layer: Layer, sources: Sequence[UUID]
    ) -> dict[tuple[UUID, tuple[Range, ...]], set[UUID]]:
        """Give the other codes that a layer has on the very words of some codes' codings."""
        found: dict[tuple[UUID, tuple[Range, ...]], set[UUID]] = {}
        known = KnownIds()
        for some in in_lots(sources if self._seen_of(viewpoint, [layer]) else []):
            query = _BESIDE.format(signs(codes), signs(some))
            rows = read_rows(self._session, query, [*codes, layer.id, *some])
            for source, begins, ends, pieces, other in rows:
                ranges = read_pieces(pieces) if pieces else (Range(begins, ends),)
                found.setdefault((known[source], ranges), set()).add(known[other])
        return found

    def of_source(
        self, viewpoint: Viewpoint, source: Source, layers: Sequence[Layer]
    ) -> list[Coding]:
        """List the codings of some layers on a source in order of place."""
        return self._codings(self._seen_of(viewpoint, layers), _ON_SOURCE, source.id)

    def of_codes(
        self,
        viewpoint: Viewpoint,
        codes: Sequence[UUID],
        layers: Sequence[Layer],
        *,
        first: int | None = None,
    ) -> list[Coding]:
        """List the codings of some codes by source and place, all or the first so many."""
        seen = self._seen_of(viewpoint, layers)
        return self._codings(seen, _OF_CODES.format(signs(codes)), *codes, first=first)

    def newest_of_codes(
        self, viewpoint: Viewpoint, codes: Sequence[UUID], layers: Sequence[Layer], *, first: int
    ) -> list[Coding]:
        """List the codings of some codes that were made last, the newest first."""
        seen, among = self._seen_of(viewpoint, layers), _OF_CODES.format(signs(codes))
        return self._codings(seen, among, *codes, first=first, order=_NEWEST)

    def with_ids(self, viewpoint: Viewpoint, layer: Layer, ids: Sequence[UUID]) -> list[Coding]:
        """Give those of some codings of a layer that stand, by source and place."""
        seen = self._seen_of(viewpoint, [layer])
        lots = in_lots(ids)
        return [
            coding
            for some in lots
            for coding in self._codings(seen, _AMONG.format(signs(some)), *some)
        ]

    def grown_from(
        self, viewpoint: Viewpoint, layers: Sequence[Layer], roots: Sequence[UUID]
    ) -> dict[UUID, Grown]:
        """Give, by their roots, the codings that stand, or as they were when taken off."""
        seen, known = self._seen_of(viewpoint, layers), KnownIds()
        found: dict[UUID, Grown] = {}
        for some in in_lots(roots if seen else []):
            query = _GROWN.format(signs(seen), signs(some), signs(some))
            for *row, retired in read_rows(self._session, query, [*seen, *some, *some]):
                coding = coding_from(row, known)
                if retired is None or coding.root not in found:
                    found[coding.root] = Grown(coding, stands=retired is None)
        return found

    def put_on_last(
        self, viewpoint: Viewpoint, layer: Layer | None, *, steps: int
    ) -> list[list[UUID]]:
        """Give the codes that a layer's last steps of coding put on, the newest step first.

        Steps that were undone do not count, nor do tables; what was taken off later does.
        """
        if layer is None or not self._seen_of(viewpoint, [layer]):
            return []
        rows = read_rows(self._session, _LAST_STEPS, [layer.coder, layer.id, steps])
        listed = [json.loads(row[0]).get("added coding", {}).get("ids", []) for row in rows]
        every = [UUID(one) for step in listed for one in step]
        codes: dict[str, UUID] = {}
        for some in in_lots(every):
            found = read_rows(self._session, _CODES_OF.format(signs(some)), [*some, Via.FILE.value])
            codes |= {str(id_of(raw)): id_of(code) for raw, code in found}
        put_on = [[codes[one] for one in step if one in codes] for step in listed]
        return [step for step in put_on if step]

    def of_layers(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[Coding]:
        """List all codings of some layers by source and place."""
        return self._codings(self._seen_of(viewpoint, layers))

    def _codings(
        self,
        layers: Sequence[UUID],
        condition: str = "",
        *values: UUID | int,
        first: int | None = None,
        order: str = _IN_ORDER,
    ) -> list[Coding]:
        if not layers:
            return []
        limit = "" if first is None else f"LIMIT {int(first)}"
        return CODINGS.standing(
            self._session,
            f"layer_id IN ({signs(layers)}) {condition}",
            [*layers, *values],
            f"{order} {limit}",
        )

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
        """List the memos of some layers by place, where the viewpoint knows whose they are.

        What somebody wrote tells who it was.
        """
        known = [each.layer for each in self._rounds.layers_known(viewpoint)]
        layers = [layer for layer in layers if layer in known]
        return self._remarks(MEMOS, viewpoint, layers, source, "source_id, begins, written_at, id")

    def notes(self, viewpoint: Viewpoint, layers: Sequence[Layer], source: Source) -> list[Memo]:
        """List the memos on a source that were written in some layers for the next round."""
        known = [each.layer for each in self._rounds.layers_known(viewpoint)]
        seen = [layer for layer in layers if layer in known]
        if not seen:
            return []
        condition = f"layer_id IN ({signs(seen)}) {_ON_SOURCE} {_NOTED}"
        values = [*(layer.id for layer in seen), source.id, NOTING]
        return MEMOS.standing(self._session, condition, values)

    def memos_compared(
        self, viewpoint: Viewpoint, layers: Sequence[Layer], source: Source
    ) -> list[Memo]:
        """List the memos of some layers on a source, for who compares the layers.

        They are to be opened only once it is decided what stands where they are.
        """
        return self._remarks(MEMOS, viewpoint, layers, source, "source_id, begins, body, id")

    def flags(self, viewpoint: Viewpoint, layer: Layer, source: Source) -> list[Flag]:
        """List the flags a layer has on a source, in order of place."""
        return self._remarks(FLAGS, viewpoint, [layer], source, FLAGS.by_place)

    def proposals(
        self, viewpoint: Viewpoint, layers: Sequence[Layer], *, source: Source | None = None
    ) -> list[Proposal]:
        """List the proposals of some layers in the order they were made."""
        return self._remarks(PROPOSALS, viewpoint, layers, source, "written_at, id")

    def _remarks(
        self,
        sort: Sort[T],
        viewpoint: Viewpoint,
        layers: Sequence[Layer],
        source: Source | None,
        order: str,
    ) -> list[T]:
        seen = self._seen_of(viewpoint, layers)
        if not seen:
            return []
        places = [] if source is None else [source.id]
        condition = f"layer_id IN ({signs(seen)}) {_ON_SOURCE if places else ''}"
        return sort.standing(self._session, condition, [*seen, *places], f"ORDER BY {order}")

    def progress(
        self, viewpoint: Viewpoint, layer: Layer | None, within: Assigned
    ) -> list[Progress]:
        """List the sources given to a coder with how far a layer has come in each."""
        mine = self._seen_of(viewpoint, [layer]) if layer else []
        known = {
            source: (done, codings)
            for one in mine
            for source, done, codings in read_rows(self._session, _PROGRESS, [one])
        }
        rows = read_rows(self._session, ALL_SOURCES, ())
        every = [(source_from(row), known.get(row[0], (0, 0))) for row in rows]
        return [Progress(within.of(source), *far) for source, far in every if within.has(source.id)]

    def count_by_code(self, viewpoint: Viewpoint, layer: Layer | None) -> dict[UUID, int]:
        """Count a layer's codings by the code they were made under."""
        if layer is None or not self._seen_of(viewpoint, [layer]):
            return {}
        rows = self._session.execute(
            select(CodingRow.code_id, func.count())
            .where(CodingRow.layer_id == layer.id, CodingRow.retired_in.is_(None))
            .group_by(CodingRow.code_id)
        )
        return {row[0]: row[1] for row in rows}

    def count_segments(self, viewpoint: Viewpoint, layer: Layer, codes: Sequence[UUID]) -> int:
        """Count the segments that a layer has under any of some codes, each once."""
        if not self._seen_of(viewpoint, [layer]):
            return 0
        columns = (CodingRow.source_id, CodingRow.begins, CodingRow.ends, CodingRow.pieces)
        distinct = (
            select(*columns)
            .where(
                CodingRow.layer_id == layer.id,
                CodingRow.code_id.in_(codes),
                CodingRow.retired_in.is_(None),
            )
            .distinct()
            .subquery()
        )
        return self._session.scalar(select(func.count()).select_from(distinct)) or 0

    def _knows(self, viewpoint: Viewpoint, layer: Layer) -> bool:
        return viewpoint.knows(layer.coder, self._rounds.with_id(layer.round))

    def _seen_of(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[UUID]:
        """Of the layers named, give those that may be looked at."""
        rounds = {layer.round for layer in layers}
        within = self._rounds.with_id(rounds.pop()) if len(rounds) == 1 else None
        seen = {each.layer for each in self._rounds.layers_seen(viewpoint, within)}
        return [layer.id for layer in layers if layer in seen]


def read_pieces(pieces: str) -> tuple[Range, ...]:
    """Read the ranges of a discontinuous coding."""
    return tuple(Range(*map(int, piece.split("-"))) for piece in pieces.split())


def write_pieces(ranges: Sequence[Range]) -> str:
    """Write the ranges of a discontinuous coding; a single range needs none."""
    return "" if len(ranges) == 1 else " ".join(f"{each.start}-{each.end}" for each in ranges)


def coding_from(row: Sequence[Any] | Raw, known: KnownIds) -> Coding:
    """Give the domain's coding for a row as the driver has it."""
    raw, layer, source, revision, code, version, begins, ends, pieces, seal, via, first = row
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
        None if first is None else known[first],
    )


CODINGS = Sort("coding", _COLUMNS, "begins, ends, id", coding_from)
