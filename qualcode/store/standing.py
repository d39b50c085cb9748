"""Which rows stand according to the journals: their steps are played again from the first."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, cast
from uuid import UUID

from qualcode.domain.journal import Entry
from qualcode.store.anchors import Acquaintance, brought_in
from qualcode.store.bulk import KnownIds
from qualcode.store.layered import ALIKE, LAYERED

Retired = dict[Any, UUID | None]
"""By row, named by its id as the driver gives it or read: the entry it is retired in."""


class Placed(NamedTuple):
    """A row of a layer: its id, the entry it was added in, and what makes it one of its kind.

    Of rows alike only one stands; None where there may be several.
    """

    id: UUID | bytes
    added_in: UUID
    alike: tuple[Any, ...] | None


def placed_row(what: str, row: Sequence[Any]) -> Placed:
    """Place a row given in the order of its table's columns."""
    columns = _COLUMNS[what]
    alike = tuple(row[place] for place in columns.alike) if columns.alike else None
    return Placed(row[columns.id], row[columns.added_in], alike)


def placed(what: str, rows: Iterable[Sequence[Any]], known: KnownIds) -> list[Placed]:
    """Place rows as the driver gives them; their own ids stay so."""
    at, added_in, alike = _COLUMNS[what]
    kind = itemgetter(*alike) if alike else lambda _row: None
    return [Placed(row[at], known[row[added_in]], kind(row)) for row in rows]


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
    retired = retired_by_journal(what, _as_played(entries, home), rows)
    by_id = {entry.id: entry for entry in entries}
    if len({entry.workspace for entry in entries}) == 1:
        return retired
    acquaintance = Acquaintance(entries, home)
    for same in _alike(rows):
        firsts: list[Entry] = []
        for row in sorted(same, key=itemgetter(0)):
            own = by_id.get(row.added_in)
            if own is None:
                continue
            if retired[row.id] is None and not all(acquaintance.knew(own, one) for one in firsts):
                retired[row.id] = row.added_in
            firsts.append(own)
    return retired


def _as_played(entries: Sequence[Entry], home: UUID) -> Sequence[Entry]:
    """Put what was done in a renewed share after what was brought there from an earlier one."""
    own = (entry.number for entry in entries if entry.workspace == home and brought_in(entry))
    end = next(own, None)
    if end is None:
        return entries
    late = [entry for entry in entries if entry.workspace == home and entry.number > end]
    return [*(entry for entry in entries if entry not in late), *late]


def _alike(rows: Sequence[Placed]) -> list[list[Placed]]:
    """Give the rows of which several are alike, together."""
    first: dict[tuple[Any, ...], Placed] = {}
    several: dict[tuple[Any, ...], list[Placed]] = {}
    for row in rows:
        if row.alike is not None:
            same = first.setdefault(row.alike, row)
            if same is not row:
                several.setdefault(row.alike, [same]).append(row)
    return list(several.values())


def retired_by_journal(what: str, entries: Iterable[Entry], rows: Iterable[Placed]) -> Retired:
    """Give for each row of one sort the entry that retired it, None where none did.

    Rows are there from the beginning: an entry of one workspace may retire what another's added
    that is played later.
    """
    retired: Retired = {}
    added: dict[UUID, list[Any]] = {}
    for row in rows:
        retired[row.id] = None
        added.setdefault(row.added_in, []).append(row.id)
    raw = isinstance(next(iter(retired), None), bytes)
    steps: dict[str, Entry] = {}
    undone_in: dict[str, UUID] = {}
    for entry in entries:
        steps[str(entry.id)] = entry
        _change(retired, _taken(entry, what, raw=raw), before=None, after=entry.id)
        back, again = (cast("Any", entry.touched.get(key)) for key in _PLAYED)
        if back in steps:
            step = steps[back]
            _change(retired, added.get(step.id, ()), before=None, after=entry.id)
            taken = set(_taken(step, what, raw=raw)).difference(added.get(step.id, ()))
            _change(retired, taken, before=step.id, after=None)
            undone_in[back] = entry.id
        if again in undone_in:
            step = steps[again]
            _change(retired, _taken(step, what, raw=raw), before=None, after=step.id)
            _change(retired, added.get(step.id, ()), before=undone_in[again], after=None)
    return retired


_PLAYED = ("taken back", "brought back")


def _taken(entry: Entry, what: str, *, raw: bool) -> list[Any]:
    """List the rows an entry retired by itself."""
    ids = map(UUID, cast("list[str]", entry.touched.get(f"retired {what}", [])))
    return [one.bytes for one in ids] if raw else list(ids)


def _change(
    retired: Retired, rows: Iterable[Any], *, before: UUID | None, after: UUID | None
) -> None:
    for row in rows:
        if retired.get(row, before) == before:
            retired[row] = after
