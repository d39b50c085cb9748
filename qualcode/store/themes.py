"""Themes as they are kept: each change is another row, the words of each beside the journal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qualcode.domain.findings import Finding
from qualcode.domain.journal import Entry, Json
from qualcode.domain.people import Coder
from qualcode.domain.themes import Theme, ThemeState
from qualcode.store.journal import Journal
from qualcode.store.ledger import Ledger
from qualcode.store.models import EntryRow, ThemeEntryRow, ThemeRow
from qualcode.store.theme_order import in_order

UNDO, REDO = "theme undo", "theme redo"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """One change of a theme: how it read from then on, of what kind it was, and when."""

    theme: Theme
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ThemeStep:
    """What one journal entry did to themes: their numbers then, by id."""

    kind: str
    numbers: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class ThemeSteps:
    """What an owner did to their themes and stands, and what was undone, the newest last."""

    done: tuple[ThemeStep, ...] = ()
    undone: tuple[ThemeStep, ...] = ()


class Themes:
    """Reads themes, whoever may see them, and adds to them."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def all(self) -> list[Theme]:
        """List all themes that stand or are retired as they read now, an owner's in order."""
        newest = (
            select(ThemeEntryRow.theme_id, func.max(ThemeEntryRow.number).label("number"))
            .group_by(ThemeEntryRow.theme_id)
            .subquery()
        )
        rows = self._session.execute(
            select(ThemeEntryRow, ThemeRow.coder_id)
            .join(
                newest,
                (ThemeEntryRow.theme_id == newest.c.theme_id)
                & (ThemeEntryRow.number == newest.c.number),
            )
            .join(ThemeRow, ThemeRow.id == ThemeEntryRow.theme_id)
            .where(ThemeEntryRow.state != ThemeState.WITHDRAWN.value)
        )
        found = [_theme(row, owner) for row, owner in rows]
        return sorted(found, key=lambda theme: (theme.position, theme.id))

    def history(self, theme: Theme) -> list[ThemeChange]:
        """List how a theme read from each of its changes on, the oldest first."""
        rows = self._session.execute(
            select(ThemeEntryRow, EntryRow.kind, EntryRow.at)
            .join(EntryRow, EntryRow.id == ThemeEntryRow.added_in)
            .where(ThemeEntryRow.theme_id == theme.id)
            .order_by(ThemeEntryRow.number)
        )
        return [ThemeChange(_theme(row, theme.owner), kind, at) for row, kind, at in rows]

    def steps(self, owner: Coder) -> ThemeSteps:
        """Say what of an owner's changes to their themes can be undone and brought back.

        A new change closes the way back.
        """
        rows = self._session.execute(
            select(EntryRow.id, EntryRow.kind, ThemeEntryRow.theme_id, ThemeEntryRow.number)
            .join(EntryRow, EntryRow.id == ThemeEntryRow.added_in)
            .join(ThemeRow, ThemeRow.id == ThemeEntryRow.theme_id)
            .where(ThemeRow.coder_id == owner.id)
            .order_by(EntryRow.number)
        )
        steps: dict[UUID, ThemeStep] = {}
        for entry, kind, theme, number in rows:
            steps.setdefault(entry, ThemeStep(kind, {})).numbers[theme] = number
        done: list[ThemeStep] = []
        undone: list[ThemeStep] = []
        for step in steps.values():
            if step.kind == UNDO:
                undone.append(done.pop())
            elif step.kind == REDO:
                done.append(undone.pop())
            else:
                done.append(step)
                undone.clear()
        return ThemeSteps(tuple(done), tuple(undone))

    def before(self, step: ThemeStep, owner: Coder) -> list[Theme]:
        """Give the themes of a step as they read before it; one that it brought is withdrawn."""
        found = []
        for theme, number in step.numbers.items():
            read = self._read(theme, max(1, number - 1), owner)
            found.append(replace(read, state=ThemeState.WITHDRAWN) if number == 1 else read)
        return found

    def after(self, step: ThemeStep, owner: Coder) -> list[Theme]:
        """Give the themes of a step as they read after it."""
        return [self._read(theme, number, owner) for theme, number in step.numbers.items()]

    def _read(self, theme: UUID, number: int, owner: Coder) -> Theme:
        return _theme(self._session.get_one(ThemeEntryRow, (theme, number)), owner.id)

    def keep(self, themes: Sequence[Theme]) -> None:
        """Keep themes as they read from now on; a new one begins here."""
        for theme in themes:
            if self._session.get(ThemeRow, theme.id) is None:
                self._session.add(ThemeRow(id=theme.id, coder_id=theme.owner))
                self._session.flush()
            number = 1 + (
                self._session.scalar(
                    select(func.max(ThemeEntryRow.number)).where(ThemeEntryRow.theme_id == theme.id)
                )
                or 0
            )
            self._session.add(_row(theme, number, self._ledger.entry))
            self._ledger.list_of("themes").append(_facts(theme, number))
            self._ledger.say(_words("name", theme.id), theme.name)
            self._ledger.say(_words("claim", theme.id), theme.claim)
        self._session.flush()


def theme_findings(session: Session, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Compare every entry of a theme with what the journal says of it.

    Words that were erased beside the journal are no finding.
    """
    journal = Journal(session)
    owners = {row.id: row.coder_id for row in session.scalars(select(ThemeRow))}
    rows = {(row.theme_id, row.added_in): row for row in session.scalars(select(ThemeEntryRow))}
    for theme, notes in in_order(entries, journal.workspace()).items():
        for number, (entry, note) in enumerate(notes, start=1):
            said, _salt = journal.words(entry.id)
            row = rows.pop((theme, entry.id), None)
            facts = {**note, "number": number}
            if row is None or not _agrees(_theme(row, owners[theme]), row, facts, said):
                sentence = "A theme was altered or deleted."
                yield Finding("theme", sentence, f"entry {entry.number}")
            elif owners[theme] != entry.who:
                sentence = "A theme was changed by somebody whose it is not."
                yield Finding("theme", sentence, f"entry {entry.number}")
    for theme, _entry in rows:
        yield Finding("theme", "A theme was added beside the journal.", str(theme))


def _agrees(theme: Theme, row: ThemeEntryRow, note: dict[str, Json], said: dict[str, str]) -> bool:
    name, claim = _words("name", theme.id), _words("claim", theme.id)
    words = said.get(name, theme.name), said.get(claim, theme.claim)
    return _facts(theme, row.number) == note and words == (theme.name, theme.claim)


def _words(what: str, theme: UUID) -> str:
    return f"theme {what} {theme}"


def _facts(theme: Theme, number: int) -> dict[str, Json]:
    """Give what the journal holds of a theme: everything but its words."""
    return {
        "id": str(theme.id),
        "owner": str(theme.owner),
        "number": number,
        "codes": [str(one) for one in theme.codes],
        "counter_examples": list(theme.counter_examples),
        "position": theme.position,
        "state": theme.state.value,
    }


def _row(theme: Theme, number: int, entry: UUID) -> ThemeEntryRow:
    return ThemeEntryRow(
        theme_id=theme.id,
        number=number,
        name=theme.name,
        claim=theme.claim,
        position=theme.position,
        codes=[str(one) for one in theme.codes],
        counter_examples=list(theme.counter_examples),
        state=theme.state.value,
        added_in=entry,
    )


def _theme(row: ThemeEntryRow, owner: UUID) -> Theme:
    return Theme(
        row.theme_id,
        owner,
        row.name,
        row.claim,
        tuple(UUID(one) for one in row.codes),
        tuple(row.counter_examples),
        row.position,
        ThemeState(row.state),
    )
