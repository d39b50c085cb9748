"""Which rows stand according to the journals: their steps are played again from the first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, cast
from uuid import UUID

from qualcode.domain.journal import Entry
from qualcode.store.anchors import Acquaintance
from qualcode.store.bulk import KnownIds
from qualcode.store.layered import ALIKE, LAYERED

Retired = dict[UUID, UUID | None]


class Placed(NamedTuple):
    """A row of a layer: its id, the entry it was added in, and what makes it one of its kind.

    Of rows alike only one stands; None where there may be several.
    """

    id: UUID
    added_in: UUID
    alike: tuple[Any, ...] | None


def placed_row(what: str, row: Sequence[Any]) -> Placed:
    """Place a row given in the order of its table's columns."""
    columns = _COLUMNS[what]
    alike = tuple(row[place] for place in columns.alike) if columns.alike else None
    return Placed(row[columns.id], row[columns.added_in], alike)


def placed(what: str, rows: Iterable[Sequence[Any]], known: KnownIds) -> list[Placed]:
    """Place rows as the driver gives them."""
    at, added_in, alike = _COLUMNS[what]
    kind = itemgetter(*alike) if alike else lambda _row: None
    return [Placed(known[row[at]], known[row[added_in]], kind(row)) for row in rows]


class _Columns(NamedTuple):
    id: int
    added_in: int
    alike: tuple[int, ...]


def _columns(what: str) -> _Columns:
    names = [column.name for column in LAYERED[what].__table__.columns]
    alike = tuple(map(names.index, ALIKE.get(what, ())))
    return _Columns(names.index("id"), names.index("added_in"), alike)


_COLUMNS = {what: _columns(what) for what in LAYERED}


def standing(what: str, entries: Sequence[Entry], rows: Sequence[Placed], home: UUID) -> Retired:
    """Give for each row of one sort the entry it is retired in, None where it stands.

    What was added twice, in workspaces that did not know of each other, stands once: the row with
    the lower id. The other counts as retired in the very entry that added it.
    """
    retired = retired_by_journal(what, entries, rows)
    by_id = {entry.id: entry for entry in entries}
    if len({entry.workspace for entry in entries}) == 1:
        return retired
    acquaintance = Acquaintance(entries, home)
    alike: dict[tuple[Any, ...], list[Placed]] = defaultdict(list)
    for row in rows:
        if row.alike is not None and row.added_in in by_id:
            alike[row.alike].append(row)
    for same in alike.values():
        firsts: list[Entry] = []
        for row in sorted(same, key=itemgetter(0)):
            own = by_id[row.added_in]
            if retired[row.id] is None and not all(acquaintance.knew(own, one) for one in firsts):
                retired[row.id] = row.added_in
            firsts.append(own)
    return retired


def retired_by_journal(what: str, entries: Iterable[Entry], rows: Iterable[Placed]) -> Retired:
    """Give for each row of one sort the entry that retired it, None where none did.

    Rows are there from the beginning: an entry of one workspace may retire what another's added
    that is played later.
    """
    retired: Retired = {}
    added: dict[UUID, list[UUID]] = {}
    for row in rows:
        retired[row.id] = None
        added.setdefault(row.added_in, []).append(row.id)
    steps: dict[str, Entry] = {}
    undone_in: dict[str, UUID] = {}
    for entry in entries:
        steps[str(entry.id)] = entry
        _change(retired, _taken(entry, what), before=None, after=entry.id)
        back, again = (cast("Any", entry.touched.get(key)) for key in _PLAYED)
        if back in steps:
            step = steps[back]
            _change(retired, added.get(step.id, ()), before=None, after=entry.id)
            taken = set(_taken(step, what)).difference(added.get(step.id, ()))
            _change(retired, taken, before=step.id, after=None)
            undone_in[back] = entry.id
        if again in undone_in:
            step = steps[again]
            _change(retired, _taken(step, what), before=None, after=step.id)
            _change(retired, added.get(step.id, ()), before=undone_in[again], after=None)
    return retired


_PLAYED = ("taken back", "brought back")


def _taken(entry: Entry, what: str) -> list[UUID]:
    """List the rows an entry retired by itself."""
    return [UUID(one) for one in cast("list[str]", entry.touched.get(f"retired {what}", []))]


def _change(
    retired: Retired, rows: Iterable[UUID], *, before: UUID | None, after: UUID | None
) -> None:
    for row in rows:
        if retired.get(row, before) == before:
            retired[row] = after
