"""What comes back from a coder's share, joined with the study it was given out from.

Joining is union: entries and rows of the share's own are added as they are, and which rows
stand follows from all the journals together. So the order in which shares come back does not
matter, and what has come once is not added again.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from qualcode.domain.journal import Entry
from qualcode.store.bulk import KnownIds, change_rows, id_of, insert_rows, read_rows, signs
from qualcode.store.coming import COLUMNS, Coming, Row, added_rows
from qualcode.store.journal import entry_row
from qualcode.store.models import EntryRow, Table
from qualcode.store.progress import recount
from qualcode.store.project import View, Work
from qualcode.store.standing import Retired, placed, standing
from qualcode.store.theme_order import renumber
from qualcode.store.types import Id, Moment

_TABLES = Table.metadata.tables


def join(work: Work, share: View, found: Coming) -> None:
    """Add what a share brings, and let stand what stands by all the journals together."""
    if not found.entries:
        return
    session = work.session
    session.execute(insert(EntryRow), [_fields(entry) for entry in found.entries])
    _bring_words(share, session, found)
    _bring_themes(work, share, found)
    entries = work.journal.on_layers(found.layers)
    home = work.journal.workspace()
    places: set[tuple[UUID, UUID]] = set()
    for what, rows in found.rows.items():
        places |= _bring_rows(session, what, rows, found.layers, entries, home)
    recount(session, places)
    work.note_all(found.end.facts)


def _fields(entry: Entry) -> dict[str, Any]:
    row = entry_row(entry)
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _bring_words(share: View, session: Session, found: Coming) -> None:
    new = {entry.id.bytes for entry in found.entries}
    rows = read_rows(share.session, "SELECT entry_id, salt, words FROM entry_words", ())
    insert_raw(session, "entry_words", [tuple(row) for row in rows if row[0] in new])


def _bring_themes(work: Work, share: View, found: Coming) -> None:
    """Add how the coder's themes read from changes in the share on, and themes begun there."""
    table = "theme_entry"
    changes = added_rows(share, table, found.entries)
    if not changes:
        return
    changed = {row[0] for row in changes}
    known = {each.bytes for each in work.session.scalars(select(_TABLES["theme"].c.id))}
    begun = [(theme, found.end.coder.bytes) for theme in sorted(changed - known)]
    insert_raw(work.session, "theme", begun)
    at = COLUMNS[table].index("number")
    waiting = [(*row[:at], -1 - place, *row[at + 1 :]) for place, row in enumerate(changes)]
    insert_raw(work.session, table, waiting)
    renumber(work.session, work.journal, [id_of(raw) for raw in changed])


def insert_raw(session: Session, name: str, rows: Sequence[Row]) -> None:
    """Insert rows as a file's driver gives them, whichever engine takes them."""
    insert_rows(session, _TABLES[name], fitted(session, name, rows))


def fitted(session: Session, name: str, rows: Sequence[Row]) -> Sequence[Row]:
    """Give rows, as a file's driver gives them, the way the driver of a database takes them."""
    if session.connection().dialect.name == "sqlite" or not rows:
        return rows
    columns = zip(_TABLES[name].columns, zip(*rows, strict=True), strict=True)
    return list(zip(*(_typed(column.type, values) for column, values in columns), strict=True))


def _typed(kind: object, values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(kind, Id):
        known = KnownIds()
        return [value and known[value] for value in values]
    if isinstance(kind, Moment):
        return [value and datetime.fromisoformat(value).replace(tzinfo=UTC) for value in values]
    return values


def _bring_rows(
    session: Session,
    what: str,
    rows: Sequence[Row],
    layers: Iterable[UUID],
    entries: Sequence[Entry],
    home: UUID,
) -> set[tuple[UUID, UUID]]:
    """Add rows of one sort, those that do not stand as retired; say what has to be recounted."""
    there, rows = _rows_of(session, what, layers), fitted(session, what, rows)
    if not rows and not there:
        return set()
    known, end = KnownIds(), COLUMNS[what].index("retired_in")
    stands = standing(what, entries, placed(what, (*there, *rows), known), home)
    changed = [row for row in there if stands[known[row[0]]] != _id(row[end], known)]
    _set(session, what, [known[row[0]] for row in changed if stands[known[row[0]]]], stands)
    new = [(*row[:end], stands[known[row[0]]], *row[end + 1 :]) for row in rows]
    insert_rows(session, _TABLES[what], new)
    _set(session, what, [known[row[0]] for row in changed if not stands[known[row[0]]]], stands)
    layer, source = map(COLUMNS[what].index, ("layer_id", "source_id"))
    touched = {(row[layer], row[source]) for row in (*changed, *rows) if row[source]}
    return {(known[one], known[other]) for one, other in touched}


def _rows_of(session: Session, what: str, layers: Iterable[UUID]) -> list[Row]:
    """Read the rows that some layers have already, as the driver gives them."""
    theirs = list(layers)
    statement = (
        f'SELECT {", ".join(COLUMNS[what])} FROM "{what}"'  # noqa: S608 - names are ours
        f" WHERE layer_id IN ({signs(theirs)}) ORDER BY id"
    )
    return [tuple(row) for row in read_rows(session, statement, theirs)] if theirs else []


def _id(raw: bytes | UUID | None, known: KnownIds) -> UUID | None:
    return None if raw is None else known[raw]


def _set(session: Session, what: str, ids: Sequence[UUID], stands: Retired) -> None:
    """Let rows stand or be retired as the journals say."""
    statement = f'UPDATE "{what}" SET retired_in = ? WHERE id = ?'  # noqa: S608 - names are ours
    change_rows(session, statement, [(stands[one], one) for one in ids])
