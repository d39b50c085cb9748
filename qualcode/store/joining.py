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
from qualcode.store.anchors import Knew, Stretches, brought_in, joined_facts, told_known
from qualcode.store.bulk import (
    KnownIds,
    RawRow,
    change_rows,
    id_of,
    insert_raw,
    read_raw,
    signs,
)
from qualcode.store.coming import COLUMNS, Coming, added_rows
from qualcode.store.journal import entry_row
from qualcode.store.models import EntryRow, StepRow, Table
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
    work.note_all(joined_facts(found.ends))
    _add(work, share, found)


def bring_along(work: Work, share: View, found: Coming) -> None:
    """Let a newer share go on with what was done in an earlier one; its steps can be undone."""
    if not found.entries:
        return
    work.note_all(joined_facts(found.ends, _knew(work, share, found)))
    _add(work, share, found)
    _bring_steps(work.session, share, found, before=work.journal.length() + 1)


def _knew(work: Work, share: View, found: Coming) -> Knew:
    """Say which entries retold in a newer share were known in those from which work is brought.

    The earlier share knew all it holds. Where work was brought to that one before, it says
    itself what was known there.
    """
    told, home = list(share.journal.entries()), share.journal.workspace()
    noted = next((told_known(one) for one in told if brought_in(one) and one.workspace == home), {})
    knew: dict[UUID, Stretches] = {}
    for end in found.ends:
        known = {
            one.id
            for one in told
            if end.workspace in {home, one.workspace}
            or (
                any(a <= one.number <= b for a, b in noted.get(end.workspace, ()))
                and one.workspace == home
            )
        }
        numbers = [one.number for one in work.journal.entries() if one.id in known]
        knew[end.workspace] = _stretches(numbers)
    return knew


def _stretches(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Write numbers, ascending, as stretches of such as follow each other."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _bring_steps(session: Session, share: View, found: Coming, *, before: int) -> None:
    """Put the steps that were brought between those from before and those to come."""
    new = {entry.id for entry in found.entries}
    rows = share.session.execute(select(StepRow.__table__).order_by(StepRow.ordinal)).mappings()
    steps = [dict(row) for row in rows if row["entry_id"] in new]
    change_rows(session, "UPDATE step SET ordinal = ordinal - ?", [(len(steps),)])
    first = before - len(steps)
    placed_steps = [{**row, "ordinal": first + place} for place, row in enumerate(steps)]
    if placed_steps:
        session.execute(insert(StepRow), placed_steps)


def _add(work: Work, share: View, found: Coming) -> None:
    session = work.session
    session.execute(insert(EntryRow), [_fields(entry) for entry in found.entries])
    _bring_words(share, session, found)
    _bring_themes(work, share, found)
    home, joining = work.journal.workspace(), work.drafted()
    entries = [*work.journal.on_layers(found.layers), joining]
    places: set[tuple[UUID, UUID]] = set()
    for what, rows in found.rows.items():
        places |= _bring_rows(session, what, rows, found.layers, entries, home)
    recount(session, places)


def _fields(entry: Entry) -> dict[str, Any]:
    row = entry_row(entry)
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def _bring_words(share: View, session: Session, found: Coming) -> None:
    new = {entry.id.bytes for entry in found.entries}
    rows = read_raw(share.session, "SELECT entry_id, salt, words FROM entry_words")
    _insert(session, "entry_words", [row for row in rows if row[0] in new])


def _bring_themes(work: Work, share: View, found: Coming) -> None:
    """Add how the coder's themes read from changes in the share on, and themes begun there."""
    table = "theme_entry"
    changes = added_rows(share, table, found.entries)
    if not changes:
        return
    changed = {row[0] for row in changes}
    known = {each.bytes for each in work.session.scalars(select(_TABLES["theme"].c.id))}
    begun = [(theme, found.coder.bytes) for theme in sorted(changed - known)]
    _insert(work.session, "theme", begun)
    at = COLUMNS[table].index("number")
    waiting = [(*row[:at], -1 - place, *row[at + 1 :]) for place, row in enumerate(changes)]
    _insert(work.session, table, waiting)
    renumber(work.session, work.journal, [id_of(raw) for raw in changed], work.drafted())


def _insert(session: Session, name: str, rows: Sequence[RawRow]) -> None:
    """Insert rows as a file's driver gives them, whichever engine takes them."""
    insert_raw(session, _TABLES[name], _fitted(session, name, rows))


def _fitted(session: Session, name: str, rows: Sequence[RawRow]) -> Sequence[RawRow]:
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
    rows: Sequence[RawRow],
    layers: Iterable[UUID],
    entries: Sequence[Entry],
    home: UUID,
) -> set[tuple[UUID, UUID]]:
    """Add rows of one sort, those that do not stand as retired; say what has to be recounted."""
    there, rows = _rows_of(session, what, layers), _fitted(session, what, rows)
    if not rows and not there:
        return set()
    known, end = KnownIds(), COLUMNS[what].index("retired_in")
    stands = standing(what, entries, placed(what, (*there, *rows), known), home)
    changed = [row for row in there if stands[row[0]] != _id(row[end], known)]
    _set(session, what, [row[0] for row in changed if stands[row[0]]], stands)
    insert_raw(session, _TABLES[what], [_standing(row, end, stands[row[0]]) for row in rows])
    _set(session, what, [row[0] for row in changed if not stands[row[0]]], stands)
    layer, source = map(COLUMNS[what].index, ("layer_id", "source_id"))
    touched = {(row[layer], row[source]) for row in (*changed, *rows) if row[source]}
    return {(known[one], known[other]) for one, other in touched}


def _rows_of(session: Session, what: str, layers: Iterable[UUID]) -> list[RawRow]:
    """Read the rows that some layers have already, as the driver gives them."""
    theirs = list(layers)
    statement = (
        f'SELECT {", ".join(COLUMNS[what])} FROM "{what}"'  # noqa: S608 - names are ours
        f" WHERE layer_id IN ({signs(theirs)}) ORDER BY id"
    )
    return read_raw(session, statement, theirs) if theirs else []


def _id(raw: bytes | UUID | None, known: KnownIds) -> UUID | None:
    return None if raw is None else known[raw]


def _standing(row: RawRow, end: int, retired: UUID | None) -> RawRow:
    """Give a row as the journals together let it stand or be retired."""
    if retired is None and row[end] is None:
        return row
    fit = retired.bytes if retired and isinstance(row[0], bytes) else retired
    return (*row[:end], fit, *row[end + 1 :])


def _set(session: Session, what: str, ids: Sequence[Any], stands: Retired) -> None:
    """Let rows stand or be retired as the journals say."""
    statement = f'UPDATE "{what}" SET retired_in = ? WHERE id = ?'  # noqa: S608 - names are ours
    change_rows(session, statement, [(stands[one], one) for one in ids])
