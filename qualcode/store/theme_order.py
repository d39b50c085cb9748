"""The changes of a theme in one order, wherever each was made.

Who knew of a change comes after it. Of changes that did not know of each other, made on two
machines of one coder, the later by the clock comes after the other and so stands.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.journal import Entry
from qualcode.store.anchors import Acquaintance
from qualcode.store.bulk import change_rows
from qualcode.store.journal import Journal
from qualcode.store.models import ThemeEntryRow

_NUMBER = "UPDATE theme_entry SET number = ? WHERE theme_id = ? AND added_in = ?"


class ThemeNote(NamedTuple):
    """What an entry says of a theme."""

    entry: Entry
    facts: dict[str, Any]


def in_order(entries: Iterable[Entry], home: UUID) -> dict[UUID, list[ThemeNote]]:
    """Give, for each theme that some entries speak of, all changes in their order."""
    entries = list(entries)
    notes: dict[UUID, list[ThemeNote]] = {}
    for entry in entries:
        for facts in cast("list[Any]", entry.touched.get("themes", [])):
            notes.setdefault(UUID(facts["id"]), []).append(ThemeNote(entry, facts))
    acquaintance = Acquaintance(entries, home)
    return {theme: _ordered(told, acquaintance) for theme, told in notes.items()}


def _ordered(notes: Sequence[ThemeNote], acquaintance: Acquaintance) -> list[ThemeNote]:
    """Take, again and again, the earliest of those that no other left must come before."""
    if len({note.entry.workspace for note in notes}) == 1:
        return sorted(notes, key=lambda note: note.facts["number"])
    left = sorted(notes, key=lambda note: (note.entry.at, note.entry.id))
    order: list[ThemeNote] = []
    while left:
        free = next(
            (each for each in left if not any(_after(each, one, acquaintance) for one in left)),
            left[0],
        )
        left.remove(free)
        order.append(free)
    return order


def _after(note: ThemeNote, other: ThemeNote, acquaintance: Acquaintance) -> bool:
    if note.entry.workspace == other.entry.workspace:
        return bool(note.facts["number"] > other.facts["number"])
    return acquaintance.knew(note.entry, other.entry)


def renumber(session: Session, journal: Journal, themes: Iterable[UUID], joining: Entry) -> None:
    """Give the changes of some themes their numbers, in order.

    `joining` is the entry, not kept yet, in which some of them come.
    """
    wanted = list(themes)
    rows = select(ThemeEntryRow.theme_id, ThemeEntryRow.added_in, ThemeEntryRow.number)
    numbers: dict[tuple[UUID, UUID], int] = {
        (theme, entry): number
        for theme, entry, number in session.execute(rows.where(ThemeEntryRow.theme_id.in_(wanted)))
    }
    told = [*journal.with_ids([entry for _theme, entry in numbers]), joining]
    changed = [
        (number, theme, note.entry.id)
        for theme, notes in in_order(told, journal.workspace()).items()
        for number, note in enumerate(notes, start=1)
        if numbers.get((theme, note.entry.id), number) != number
    ]
    lowest = min([0, *numbers.values()])
    change_rows(session, _NUMBER, [(lowest - each[0], *each[1:]) for each in changed])
    change_rows(session, _NUMBER, changed)
