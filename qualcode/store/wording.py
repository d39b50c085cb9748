"""Journal entries in words, as the foot of the screen and `history` say them."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.journal import Entry
from qualcode.domain.text import Range
from qualcode.store.journal import entry_of
from qualcode.store.models import (
    CodeEntryRow,
    CodingRow,
    EntryRow,
    MemoRow,
    ReadMarkRow,
    SourceRow,
    TurnRow,
)

_SHOWN = 8
_VERBS = {"code": "coded", "uncode": "took off", "read": "marked as read", "memo": "wrote a memo"}
_MODELS = {"code": CodingRow, "uncode": CodingRow, "read": ReadMarkRow, "memo": MemoRow}
_WHAT = {"code": "coding", "uncode": "coding", "read": "read_mark", "memo": "memo"}


def describe(session: Session, entry: Entry) -> str:
    """Say in words what an entry did: `coded FG2 turn 4: TC1B Negatives`."""
    if entry.kind in {"undo", "redo"}:
        step = session.get_one(EntryRow, UUID(cast("str", entry.touched["step"])))
        return f"{entry.kind}: {describe(session, entry_of(step))}"
    if entry.kind not in _VERBS:
        return entry.kind
    ids, count = _rows_of(entry)
    if not ids:
        return f"{_VERBS[entry.kind]} ({count} places)"
    model = cast("Any", _MODELS[entry.kind])
    rows = session.scalars(select(model).where(model.id.in_([UUID(one) for one in ids]))).all()
    where = ", ".join(dict.fromkeys(_place(session, row) for row in rows))
    codes = ", ".join(_code(session, row) for row in rows if isinstance(row, CodingRow))
    words = f"{_VERBS[entry.kind]} {'on ' if entry.kind == 'memo' else ''}{where}"
    return f"{words}: {codes}" if codes else words


def _rows_of(entry: Entry) -> tuple[list[str], int]:
    """Give the ids of the rows an entry is about, if they are few, and how many there are."""
    what = _WHAT[entry.kind]
    if entry.kind == "uncode":
        retired = cast("list[str]", entry.touched.get(f"retired {what}", []))
        return (retired if len(retired) <= _SHOWN else []), len(retired)
    note = cast("dict[str, Any]", entry.touched.get(f"added {what}", {"count": 0}))
    ids = cast("list[str]", note.get("ids", []))
    return (ids if len(ids) <= _SHOWN else []), note["count"]


def _place(session: Session, row: Any) -> str:  # noqa: ANN401 - a row of a layered table
    name = session.scalar(select(SourceRow.name).where(SourceRow.id == row.source_id))
    turn = session.execute(
        select(TurnRow.number, TurnRow.begins, TurnRow.ends).where(
            TurnRow.revision_id == row.revision_id,
            TurnRow.begins <= row.begins,
            TurnRow.ends > row.begins,
        )
    ).first()
    if turn is None:
        return f"{name}:{row.begins}-{row.ends}"
    whole = Range(turn.begins, turn.ends) == Range(row.begins, row.ends)
    return f"{name} turn {turn.number}" if whole else f"{name} turn {turn.number} (part)"


def _code(session: Session, row: CodingRow) -> str:
    found = session.execute(
        select(CodeEntryRow.label, CodeEntryRow.name)
        .where(CodeEntryRow.code_id == row.code_id)
        .order_by(CodeEntryRow.version.desc())
        .limit(1)
    ).one()
    return f"{found.label} {found.name}" if found.name != found.label else found.label
