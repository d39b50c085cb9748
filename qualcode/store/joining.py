"""What comes back from a coder's share, joined with the study it was given out from.

Joining is union: entries and rows of the share's own are added as they are, and which rows
stand follows from all the journals together. So the order in which shares come back does not
matter, and what has come once is not added again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Table as SqlTable
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.journal import Entry, entry_hash
from qualcode.store.anchors import IN, OUT, Anchor, anchors
from qualcode.store.journal import entry_row
from qualcode.store.layered import LAYERED
from qualcode.store.models import EntryWordsRow, Table
from qualcode.store.progress import recount
from qualcode.store.project import View, Work
from qualcode.store.standing import placed_row, standing

Row = Mapping[str, Any]
_TABLES = Table.metadata.tables
_LOT = 500


@dataclass(frozen=True, slots=True)
class Coming:
    """What a share holds that the study does not have yet, and how far its journal has come."""

    end: Anchor
    entries: tuple[Entry, ...]
    rows: Mapping[str, Sequence[Row]]

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows of each sort that would be added."""
        return {what: len(rows) for what, rows in self.rows.items() if rows}


def coming(study: View, share: View, name: str) -> Coming:
    """Find what a share brings; refuse one that was not given out here, or was altered.

    `name` is what it is called in a refusal.
    """
    known = _known(study, share.journal.workspace(), name)
    told = {entry.number: entry for entry in share.journal.entries()}
    end = min(known.number, max(told, default=0))
    if end < known.number:
        if not told or not _has(study, told[end]):
            raise _altered(name)
        return Coming(known, (), {})
    if told[end].hash != known.head:
        raise _altered(name)
    new = tuple(told[number] for number in sorted(told) if number > known.number)
    mine = {each.id for each in study.rounds.layers_of(known.coder)}
    last = known
    for entry in new:
        if (entry.number, entry.previous) != (last.number + 1, last.head):
            raise _altered(name)
        if entry_hash(entry) != entry.hash or not _is_own(entry, known.coder, mine):
            raise _altered(name)
        last = replace(last, number=entry.number, head=entry.hash)
    rows = _rows(share, new)
    if any(row["layer_id"] not in mine for added in rows.values() for row in added):
        raise _altered(name)
    return Coming(last, new, rows)


def _known(study: View, workspace: UUID, name: str) -> Anchor:
    """Say up to where a workspace's journal is known in the study."""
    entries = study.journal.of_kinds(OUT, IN)
    found = [*anchors(entries), *anchors(entries, IN)]
    mine = [each for each in found if each.workspace == workspace]
    if not mine:
        raise ImportRefusedError(
            name,
            "it was not given out by this study.",
            hint="A bundle comes back to the study that gave it out.",
        )
    return max(mine, key=lambda each: each.number)


def _has(study: View, entry: Entry) -> bool:
    """Has the study this entry, or given it out as the end of what it retold?"""
    heads = {each.head for each in anchors(study.journal.of_kinds(OUT))}
    return entry.hash in heads or study.journal.has(entry.hash)


def _altered(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        name,
        "it does not go on from where it began: it was altered or damaged.",
        hint="Nothing was taken in. Let its coder write it again: qualcode bundle out",
    )


def _is_own(entry: Entry, coder: UUID, layers: Collection[UUID]) -> bool:
    """Is this an entry of the share's own coder, about a layer of theirs or none?"""
    return entry.who == coder and (entry.layer is None or entry.layer in layers)


def _rows(share: View, entries: Sequence[Entry]) -> dict[str, list[Row]]:
    ids = {entry.id for entry in entries}
    found: dict[str, list[Row]] = {}
    for what in LAYERED:
        table = _TABLES[what]
        rows = share.session.execute(select(table).order_by(table.c.id)).mappings()
        found[what] = [dict(row) for row in rows if row["added_in"] in ids]
    return found


def join(work: Work, share: View, found: Coming) -> None:
    """Add what a share brings, and let stand what stands by all the journals together."""
    if not found.entries:
        return
    session = work.session
    for entry in found.entries:
        session.add(entry_row(entry))
    session.flush()
    _bring_words(share, session, found)
    _bring_themes(share, session, found)
    entries = list(work.journal.entries())
    places: set[tuple[UUID, UUID]] = set()
    layers = {entry.layer for entry in found.entries if entry.layer}
    for what, rows in found.rows.items():
        places |= _bring_rows(work, what, rows, layers, entries)
    recount(session, places)
    work.note_all(found.end.facts)


def _bring_words(share: View, session: Session, found: Coming) -> None:
    for entry in found.entries:
        kept = share.session.get(EntryWordsRow, entry.id)
        if kept is not None:
            session.add(EntryWordsRow(entry_id=entry.id, salt=kept.salt, words=kept.words))
    session.flush()


def _bring_themes(share: View, session: Session, found: Coming) -> None:
    """Add how the coder's themes read from changes in the share on, and themes begun there."""
    theme, change = _TABLES["theme"], _TABLES["theme_entry"]
    ids = {entry.id for entry in found.entries}
    rows = share.session.execute(select(change)).mappings()
    changes = [dict(row) for row in rows if row["added_in"] in ids]
    changed, known = {row["theme_id"] for row in changes}, set(session.scalars(select(theme.c.id)))
    own = share.session.execute(select(theme).where(theme.c.coder_id == found.end.coder)).mappings()
    begun = [dict(row) for row in own if row["id"] in changed - known]
    for table, new in ((theme, begun), (change, changes)):
        if new:
            session.execute(insert(table), new)


def _bring_rows(
    work: Work, what: str, rows: Sequence[Row], layers: set[UUID], entries: Sequence[Entry]
) -> set[tuple[UUID, UUID]]:
    """Add rows of one sort, those that do not stand as retired; say what has to be recounted."""
    session, table = work.session, _TABLES[what]
    theirs = select(table).where(table.c.layer_id.in_(layers))
    there = {row["id"]: dict(row) for row in session.execute(theirs).mappings()}
    every = [placed_row(what, tuple(row.values())) for row in (*there.values(), *rows)]
    stands = standing(what, entries, every, work.journal.workspace())
    changed = [row for row in there.values() if stands[row["id"]] != row["retired_in"]]
    _set(session, table, [row for row in changed if stands[row["id"]]], stands)
    if rows:
        session.execute(insert(table), [{**row, "retired_in": stands[row["id"]]} for row in rows])
    _set(session, table, [row for row in changed if not stands[row["id"]]], stands)
    touched = (*changed, *rows)
    return {(row["layer_id"], row["source_id"]) for row in touched if row["source_id"]}


def _set(
    session: Session, table: SqlTable, rows: Sequence[Row], stands: Mapping[UUID, UUID | None]
) -> None:
    for row in rows:
        session.execute(
            update(table).where(table.c.id == row["id"]).values(retired_in=stands[row["id"]])
        )
