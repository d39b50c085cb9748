"""Writing in layers: rows are added and retired, never changed, and only by their owner."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from qualcode.domain.codings import Coding, Memo, ReadMark
from qualcode.domain.decisions import Decision
from qualcode.domain.journal import Entry, Json, moment
from qualcode.store.bulk import insert_rows
from qualcode.store.codings import write_pieces
from qualcode.store.ledger import Ledger
from qualcode.store.models import (
    CodingRow,
    DecisionRow,
    MemoRow,
    ReadMarkRow,
    Table,
)
from qualcode.store.progress import recount

LAYERED: dict[str, type[Any]] = {
    "coding": CodingRow,
    "read_mark": ReadMarkRow,
    "memo": MemoRow,
    "decision": DecisionRow,
}
_NOT_FACTS = {"added_in", "retired_in", "body", "reason"}
_LISTED = 100
_LOT = 500


class Changes:
    """Adds to layers and retires from them, noting each change for the journal."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def add_codings(self, codings: Sequence[Coding]) -> int:
        """Add codings; one that its layer holds already is left as it is. Say how many are new."""
        rows = [self._coding_row(coding) for coding in codings]
        new = self._insert("coding", rows)
        if new < len(rows):
            rows = self._kept(rows)
        self._note_added("coding", rows)
        self._recount((coding.layer, coding.source) for coding in codings)
        return new

    def _coding_row(self, coding: Coding) -> tuple[Any, ...]:
        ranges = coding.ranges
        return (
            coding.id,
            coding.layer,
            coding.source,
            coding.revision,
            coding.code,
            coding.codebook_version,
            ranges[0].start,
            ranges[-1].end,
            write_pieces(ranges),
            coding.words_hash,
            coding.via.value,
            self._ledger.entry,
            None,
        )

    def _kept(self, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Of the rows handed in, give those that were new."""
        ids = [row[0] for row in rows]
        new: set[UUID] = set()
        for start in range(0, len(ids), _LOT):
            found = select(CodingRow.id).where(CodingRow.id.in_(ids[start : start + _LOT]))
            new.update(self._session.scalars(found))
        return [row for row in rows if row[0] in new]

    def add_marks(self, marks: Sequence[ReadMark]) -> int:
        """Add read marks; say how many are new."""
        rows = [
            (
                mark.id,
                mark.layer,
                mark.source,
                mark.revision,
                *mark.range,
                self._ledger.entry,
                None,
            )
            for mark in marks
        ]
        new = self._insert("read_mark", rows)
        if new:
            self._note_added("read_mark", rows)
        self._recount((mark.layer, mark.source) for mark in marks)
        return new

    def add_memos(self, memos: Sequence[Memo]) -> None:
        """Add memos; their words stand beside the journal, not in it."""
        rows = [
            MemoRow(
                id=memo.id,
                layer_id=memo.layer,
                coder_id=memo.coder,
                source_id=memo.source,
                revision_id=memo.revision,
                coding_id=memo.coding,
                begins=memo.range.start,
                ends=memo.range.end,
                body=memo.body,
                written_at=memo.written,
                added_in=self._ledger.entry,
                retired_in=None,
            )
            for memo in memos
        ]
        self._session.add_all(rows)
        self._session.flush()
        for memo in memos:
            self._ledger.say(f"memo {memo.id}", memo.body)
        self._note_added("memo", [facts_of(row) for row in rows])

    def add_decisions(self, decisions: Sequence[Decision]) -> None:
        """Add decisions; the codings they make are added beside them."""
        rows = [
            DecisionRow(
                id=decision.id,
                layer_id=decision.layer,
                source_id=decision.source,
                revision_id=decision.revision,
                begins=decision.range.start,
                ends=decision.range.end,
                outcome=decision.outcome.value,
                reason=decision.reason,
                decided_by=decision.by,
                decided_at=decision.at,
                added_in=self._ledger.entry,
                retired_in=None,
            )
            for decision in decisions
        ]
        self._session.add_all(rows)
        self._session.flush()
        for decision in decisions:
            if decision.reason:
                self._ledger.say(f"reason {decision.id}", decision.reason)
        self._note_added("decision", [facts_of(row) for row in rows])

    def retire(self, what: str, rows: Iterable[Coding | ReadMark | Memo | Decision]) -> None:
        """Retire rows of a layer: they stay in the file and stop counting."""
        rows = list(rows)
        self._set_retired(what, [row.id for row in rows], self._ledger.entry)
        self._ledger.list_of(f"retired {what}").extend(str(row.id) for row in rows)
        self._recount((row.layer, row.source) for row in rows)

    def take_back(self, step: Entry) -> None:
        """Undo a step: what it added is retired, what it retired stands again."""
        for what in LAYERED:
            added = self._added_in(what, step, retired_in=None)
            retired = _ids(step.touched, f"retired {what}")
            self._set_retired(what, added, self._ledger.entry)
            self._set_retired(what, retired, None)
            self._recount_rows(what, [*added, *retired])

    def bring_back(self, step: Entry, *, undone_in: UUID) -> None:
        """Redo a step: what its undoing retired stands again, and the reverse."""
        for what in LAYERED:
            added = self._added_in(what, step, retired_in=undone_in)
            retired = _ids(step.touched, f"retired {what}")
            self._set_retired(what, added, None)
            self._set_retired(what, retired, step.id)
            self._recount_rows(what, [*added, *retired])

    def _added_in(self, what: str, step: Entry, *, retired_in: UUID | None) -> list[UUID]:
        """Find the rows a step added that stand now, or that an undoing retired."""
        note = cast("dict[str, Any]", step.touched.get(f"added {what}"))
        if not note:
            return []
        model = LAYERED[what]
        query = select(model.id).where(
            model.added_in == step.id,
            model.retired_in.is_(None) if retired_in is None else model.retired_in == retired_in,
        )
        if "ids" in note:
            query = query.where(model.id.in_(_ids(note, "ids")))
        return list(self._session.scalars(query))

    def _set_retired(self, what: str, ids: Sequence[UUID], entry: UUID | None) -> None:
        model = LAYERED[what]
        for start in range(0, len(ids), _LOT):
            self._session.execute(
                update(model)
                .where(model.id.in_(ids[start : start + _LOT]))
                .values(retired_in=entry)
            )

    def _insert(self, what: str, rows: Sequence[tuple[Any, ...]]) -> int:
        return insert_rows(self._session, Table.metadata.tables[what], rows, skip_known=True)

    def _note_added(self, what: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Note what was added: how many rows, a fingerprint of them all, and which if few."""
        if not rows:
            return
        note: dict[str, Json] = {"count": len(rows), "digest": digest(what, rows)}
        if len(rows) <= _LISTED:
            note["ids"] = [str(row[0]) for row in rows]
        self._ledger.note(f"added {what}", note)

    def _recount(self, places: Iterable[tuple[UUID, UUID]]) -> None:
        recount(self._session, set(places))

    def _recount_rows(self, what: str, ids: Sequence[UUID]) -> None:
        if what not in {"coding", "read_mark"}:
            return
        model = LAYERED[what]
        for start in range(0, len(ids), _LOT):
            places = self._session.execute(
                select(model.layer_id, model.source_id)
                .where(model.id.in_(ids[start : start + _LOT]))
                .distinct()
            )
            recount(self._session, {(row.layer_id, row.source_id) for row in places})


def _ids(touched: Mapping[str, Any], what: str) -> list[UUID]:
    return [UUID(one) for one in touched.get(what, [])]


def facts_of(row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a row of any layered table
    """Give a row's fields in the order of its table's columns."""
    return tuple(getattr(row, column.name) for column in row.__table__.columns)


def digest(what: str, rows: Iterable[tuple[Any, ...]]) -> str:
    """Fingerprint rows in order of their ids: SHA-256 over their facts.

    Left out are the entries they were added and retired in, and words, which are sealed apart.
    """
    columns = [column.name for column in LAYERED[what].__table__.columns]
    facts = [place for place, name in enumerate(columns) if name not in _NOT_FACTS]
    table = list(zip(*sorted(rows, key=lambda row: row[0].int), strict=True))
    packed = [_packed_column(table[place]) for place in facts if table]
    return sha256(b"".join(map(b"\x1f".join, zip(*packed, strict=True)))).hexdigest()


def _packed_column(column: Sequence[object]) -> list[bytes]:
    """Pack a column of facts; what many rows refer to is packed once."""
    made: dict[int, bytes] = {}
    return [made.get(id(value)) or made.setdefault(id(value), _packed(value)) for value in column]


def _packed(value: object) -> bytes:
    if type(value) is int:
        return b"%d" % value
    if type(value) is UUID:
        return value.bytes
    if type(value) is bytes:
        return value
    if isinstance(value, datetime):
        return moment(value).encode()
    return b"" if value is None else str(value).encode()
