"""Which rows stand according to the journal: its steps are played again from the first."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from qualcode.domain.journal import Entry

Retired = dict[UUID, UUID | None]


def retired_by_journal(
    what: str, entries: Iterable[Entry], added: Mapping[UUID, Iterable[UUID]]
) -> Retired:
    """Give for each row of one sort the entry it is retired in, None where it stands.

    `added` gives the rows that each entry added.
    """
    retired: Retired = {}
    steps: dict[str, Entry] = {}
    undone_in: dict[str, UUID] = {}
    for entry in entries:
        steps[str(entry.id)] = entry
        retired |= dict.fromkeys(added.get(entry.id, ()))
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
