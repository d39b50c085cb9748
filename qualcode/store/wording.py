"""Journal entries in words, as the foot of the screen and `history` say them."""

import json
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.journal import Entry
from qualcode.domain.text import Range
from qualcode.store.codebook_wording import about_codebook
from qualcode.store.journal import NOTING, RECONSIDERING, REJECTING, entry_of
from qualcode.store.layered import (
    CodingRow,
    DecisionRow,
    FlagRow,
    MemoRow,
    ProposalRow,
    ReadMarkRow,
)
from qualcode.store.models import (
    CodeEntryRow,
    EntryRow,
    EntryWordsRow,
    RoundRow,
    SourceRow,
    VerdictRow,
)
from qualcode.store.people_wording import ABOUT_PEOPLE, about_people
from qualcode.store.turns import turns_touched

_SHOWN = 8
_VERBS = {
    "code": "coded",
    "uncode": "took off",
    "adjust": "changed an extent on",
    "redecide": "decided anew on",
    "read": "marked as read",
    "flag": "flagged",
    "propose": "proposed a code on",
    "propose wording": "proposed another wording of",
    "memo": "wrote a memo on",
    NOTING: "left a note for the next round on",
    "decide": "decided on",
    "accept agreed": "took agreed passages into the consensus:",
}
_ANSWERED = {REJECTING: "rejected", RECONSIDERING: "let wait again"}
_FLAG_GONE = "took the flag off"
_WHAT: dict[str, tuple[str, Any]] = {
    "code": ("coding", CodingRow),
    "uncode": ("coding", CodingRow),
    "adjust": ("coding", CodingRow),
    "redecide": ("coding", CodingRow),
    "flag": ("flag", FlagRow),
    "propose": ("proposal", ProposalRow),
    "propose wording": ("proposal", ProposalRow),
    "read": ("read_mark", ReadMarkRow),
    "memo": ("memo", MemoRow),
    NOTING: ("memo", MemoRow),
    "decide": ("decision", DecisionRow),
    "accept agreed": ("decision", DecisionRow),
}


def describe(session: Session, entry: Entry) -> str:
    """Say in words what an entry did: `coded FG2 turn 4: TC1B Negatives`."""
    if entry.kind in {"undo", "redo"}:
        step = session.get_one(EntryRow, UUID(cast("str", entry.touched["step"])))
        return f"{entry.kind}: {describe(session, entry_of(step))}"
    if entry.kind in _ANSWERED:
        return _answered(session, entry)
    if entry.kind in ABOUT_PEOPLE:
        return about_people(session, entry)
    if entry.kind not in _VERBS:
        about = _about(session, entry)
        return f"{entry.kind}: {about}" if about else entry.kind
    return _on_words(session, entry)


def _on_words(session: Session, entry: Entry) -> str:
    """Say what was done, where, with which codes."""
    ids, count = _rows_of(entry)
    verb = _verb(entry)
    if not ids:
        return f"{verb} {count} places"
    model = _WHAT[entry.kind][1]
    wanted = select(model).where(model.id.in_([UUID(one) for one in ids]))
    wanted = wanted.order_by(model.source_id, model.begins)
    rows = session.scalars(wanted).all()
    where = ", ".join(dict.fromkeys(_place(session, row) for row in rows))
    what = ", ".join(dict.fromkeys(_made(session, row) for row in rows))
    words = f"{verb} {where}"
    return f"{words}: {what}" if what else words


def _answered(session: Session, entry: Entry) -> str:
    """Name the proposals an entry answered, or let wait again."""
    added = cast("list[list[str]]", entry.touched.get("added verdict", []))
    ids = [one[0] for one in added] + cast("list[str]", entry.touched.get("retired verdict", []))
    rows = session.scalars(
        select(ProposalRow)
        .join(VerdictRow, VerdictRow.proposal_id == ProposalRow.id)
        .where(VerdictRow.id.in_([UUID(one) for one in ids]))
        .order_by(ProposalRow.id)
    )
    told = [
        f"another wording of {_code(session, row)}" if row.code_id else f"“{row.label}”"
        for row in rows
    ]
    return f"{_ANSWERED[entry.kind]} what was proposed: {', '.join(told)}"


def _verb(entry: Entry) -> str:
    gone = entry.kind == "flag" and "added flag" not in entry.touched
    return _FLAG_GONE if gone else _VERBS[entry.kind]


def _about(session: Session, entry: Entry) -> str:
    """Name what an entry on the study is about: a file, a coder, a round, a version."""
    kept = session.get(EntryWordsRow, entry.id)
    words = cast("dict[str, str]", json.loads(kept.words)) if kept else {}
    if "round" in entry.touched:
        made = session.get(RoundRow, UUID(cast("str", entry.touched["round"])))
        name = made.name if made else ""
        goes_on = entry.kind == "round codebook"
        return (
            f"{name} goes on with version {entry.touched['codebook version']}" if goes_on else name
        )
    if "codebook" in entry.touched:
        return about_codebook(session, entry)
    return words.get("file") or words.get("name") or ""


def _rows_of(entry: Entry) -> tuple[list[str], int]:
    """Give the ids of the rows an entry is about, if they are few, and how many there are."""
    what = _WHAT[entry.kind][0]
    retired = cast("list[str]", entry.touched.get(f"retired {what}", []))
    if retired and f"added {what}" not in entry.touched:
        return (retired if len(retired) <= _SHOWN else []), len(retired)
    notes = {
        name: cast("dict[str, Any]", note)
        for name, note in entry.touched.items()
        if name.startswith("added ")
    }
    own = notes.get(f"added {what}", {})
    ids = cast("list[str]", own.get("ids", []))
    count = own.get("count") or sum(note["count"] for note in notes.values())
    return (ids if len(ids) <= _SHOWN else []), count


def _place(session: Session, row: Any) -> str:  # noqa: ANN401 - a row of a layered table
    if row.source_id is None:
        return _code(session, row) if row.code_id else "the project"
    name = session.scalar(select(SourceRow.name).where(SourceRow.id == row.source_id))
    if row.begins == row.ends:
        return str(name)
    turns = turns_touched(session, row.revision_id, Range(row.begins, row.begins + 1))
    if not turns:
        return f"{name}:{row.begins}-{row.ends}"
    _ordinal, number, _role, *whole = turns[0]
    return f"{name} turn {number}" + ("" if whole == [row.begins, row.ends] else " (part)")


def _made(session: Session, row: Any) -> str:  # noqa: ANN401 - as above
    """Name the code a coding applied or that was proposed, the flag, or how a decision went."""
    if isinstance(row, CodingRow):
        return _code(session, row)
    if isinstance(row, FlagRow):
        return row.kind
    if isinstance(row, ProposalRow):
        return f"“{row.label}”" if row.label else ""
    return row.outcome if isinstance(row, DecisionRow) and row.outcome != "agreed" else ""


def _code(session: Session, row: CodingRow | MemoRow | ProposalRow) -> str:
    found = session.execute(
        select(CodeEntryRow.label, CodeEntryRow.name)
        .where(CodeEntryRow.code_id == row.code_id)
        .order_by(CodeEntryRow.version.desc())
        .limit(1)
    ).one()
    return f"{found.label} {found.name}" if found.name != found.label else found.label
