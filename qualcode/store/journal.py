"""The journal as it is kept: entries are appended, sealed and read; never changed."""

import json
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    column,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from qualcode.domain.errors import RefusedError
from qualcode.domain.journal import (
    FIRST_PREVIOUS,
    Entry,
    Json,
    canonical,
    entry_hash,
    seal,
)
from qualcode.store.anchors import BEGUN, IN, OUT
from qualcode.store.models import EntryRow, EntryWordsRow, ProjectRow, StepRow
from qualcode.store.types import Id

OUTGOING = "export"
REJECTING, RECONSIDERING = "proposal reject", "proposal reconsider"
ANSWERING = frozenset({REJECTING, RECONSIDERING})
"""The lead's entries about a layer in which nothing changes: whose it is sees the answer."""
CLOSING = "round closed"
MOVING = "project move"
"""The last entry of a study that went to another place; nothing is written after it."""
NOTING = "note"
"""A memo for the next round: a round that is stopped takes it."""
GIVING_OUT = ("round assign", "round sample", "round repeat")
"""The lead's entries on who codes what, which coders are not to draw conclusions from."""
THEME_KINDS = "theme%"
"""Kinds of entries on themes: one who may not see a coder's layer does not see them either."""


class StepsSince(NamedTuple):
    """How many steps one person took in a layer, and the number of the last one."""

    layer: UUID | None
    who: UUID | None
    steps: int
    last: int


class _Last(NamedTuple):
    id: UUID | None
    number: int
    hash: str
    kind: str | None


_JOURNAL_END = func.journal_end().table_valued(
    column("id", Id), column("number", Integer), column("hash", String), column("kind", String)
)


class Journal:
    """Reads and extends the chain of one workspace; what bundles brought has chains of its own."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, entry: Entry, words: dict[str, str]) -> Entry:
        """Seal an entry onto the end of the chain, its words beside it."""
        workspace = self.workspace()
        last = self._last(workspace)
        if last.kind == MOVING and last.id:
            self._refuse_moved(last.id)
        sealed_words, salt = seal(words)
        entry = replace(
            entry,
            workspace=workspace,
            number=last.number + 1,
            previous=last.hash,
            sealed_words=sealed_words,
        )
        entry = replace(entry, hash=entry_hash(entry))
        self._session.add(entry_row(entry))
        self._session.flush()
        if words:
            kept = EntryWordsRow(entry_id=entry.id, salt=salt, words=canonical(dict(words)))
            self._session.add(kept)
        return entry

    def workspace(self) -> UUID:
        """Name the workspace whose chain this is."""
        return self._session.execute(select(ProjectRow.workspace_id)).scalar_one()

    def owner(self) -> UUID | None:
        """Say whose share of a study this is; None where it is the study itself."""
        begun = self.of_kinds(BEGUN)
        return UUID(str(begun[-1].touched["coder"])) if begun else None

    def _own(self) -> ColumnElement[bool]:
        """Keep to the entries this workspace wrote itself."""
        return EntryRow.workspace_id == select(ProjectRow.workspace_id).scalar_subquery()

    def _told(self) -> ColumnElement[bool]:
        """Pass over that a coder renewed a share elsewhere: it changed nothing here."""
        return (EntryRow.kind != IN) | self._own()

    def _last(self, workspace: UUID) -> "_Last":
        """Find the end of the chain; in a database even where a coder may not see that entry."""
        if self._session.connection().dialect.name == "postgresql":
            query = select(*_JOURNAL_END.c)
        else:
            query = (
                select(EntryRow.id, EntryRow.number, EntryRow.hash, EntryRow.kind)
                .where(EntryRow.workspace_id == workspace)
                .order_by(EntryRow.number.desc())
                .limit(1)
            )
        found = self._session.execute(query).first()
        return _Last(*found) if found else _Last(UUID(int=0), 0, FIRST_PREVIOUS, "")

    def _refuse_moved(self, entry_id: UUID) -> None:
        words, _salt = self.words(entry_id)
        place = words.get("place", "another place")
        raise RefusedError(
            f"This study has moved to {place}; nothing is added here.",
            hint="Name it there: qualcode -p PLACE …",
        )

    def head(
        self, layers: Collection[UUID] | None = None, *, by: UUID | None = None
    ) -> Entry | None:
        """Give the last entry that changed the study; what merely left it does not count.

        With `layers`, entries about any other layer are passed over; those made `by` one never.
        """
        row = self._session.scalar(
            select(EntryRow)
            .where(EntryRow.kind != OUTGOING, self._own(), _about(layers, by))
            .order_by(EntryRow.number.desc())
            .limit(1)
        )
        return entry_of(row) if row else None

    def length(self) -> int:
        """Say how many entries this workspace has written, without counting them."""
        return self._last(self.workspace()).number

    def count(self, layers: Collection[UUID] | None = None, *, by: UUID | None = None) -> int:
        """Count the entries: all, or those about no layer or one of these, or made by somebody."""
        query = select(func.count()).select_from(EntryRow).where(_about(layers, by), self._told())
        return self._session.execute(query).scalar_one()

    def entries(self) -> Iterator[Entry]:
        """Go through all entries in order, the workspace's own first."""
        query = select(EntryRow).order_by(~self._own(), EntryRow.workspace_id, EntryRow.number)
        with closing(self._session.scalars(query.execution_options(yield_per=1000))) as rows:
            yield from map(entry_of, rows)

    def on_layers(self, layers: Collection[UUID]) -> list[Entry]:
        """List the entries about some layers, and on bundles, in the order of all entries."""
        return self._with_bundles(EntryRow.layer_id.in_(layers))

    def with_ids(self, ids: Collection[UUID]) -> list[Entry]:
        """List some entries, and those on bundles, in the order of all entries."""
        return self._with_bundles(EntryRow.id.in_(ids))

    def _with_bundles(self, wanted: ColumnElement[bool]) -> list[Entry]:
        query = select(EntryRow).where(or_(wanted, EntryRow.kind.in_((OUT, IN))))
        ordered = query.order_by(~self._own(), EntryRow.workspace_id, EntryRow.number)
        return [entry_of(row) for row in self._session.scalars(ordered)]

    def of_kinds(self, *kinds: str) -> list[Entry]:
        """List the workspace's own entries of some kinds about no layer, in order."""
        found = [row for kind in kinds for row in self._session.scalars(self._of_kind(kind))]
        return sorted(map(entry_of, found), key=attrgetter("number"))

    def _of_kind(self, kind: str) -> Select[EntryRow]:
        """Ask for one kind only: of two at once SQLite would look for among all entries."""
        return select(EntryRow).where(
            EntryRow.kind == kind, self._own(), EntryRow.layer_id.is_(None)
        )

    def has(self, sealed: str) -> bool:
        """Say whether there is an entry with this hash."""
        return self._session.scalar(select(EntryRow.id).where(EntryRow.hash == sealed)) is not None

    def newest(
        self, count: int, layers: Collection[UUID], *, by: UUID | None = None
    ) -> list[Entry]:
        """List the newest entries about no layer or one of these, or made by somebody.

        The newest come first.

        The workspace's own stand in their order; what bundles brought stands among them by time.
        """
        query = select(EntryRow).where(_about(layers, by), self._told()).limit(count)
        own = query.where(self._own()).order_by(EntryRow.number.desc())
        brought = query.where(~self._own()).order_by(EntryRow.at.desc(), EntryRow.number.desc())
        both = (map(entry_of, self._session.scalars(each)) for each in (own, brought))
        return list(islice(merge(*both, key=attrgetter("at"), reverse=True), count))

    def of_study_after(self, number: int) -> list[Entry]:
        """List the entries about no layer after a number, the newest first."""
        query = (
            select(EntryRow)
            .where(EntryRow.number > number, self._own(), EntryRow.layer_id.is_(None))
            .order_by(EntryRow.number.desc())
        )
        return [entry_of(row) for row in self._session.scalars(query)]

    def round_closed_after(self, number: int) -> bool:
        """Say whether any round was closed after an entry."""
        query = select(EntryRow.id).where(
            EntryRow.number > number,
            self._own(),
            EntryRow.kind == CLOSING,
            EntryRow.layer_id.is_(None),
        )
        return self._session.scalar(query.limit(1)) is not None

    def steps_after(self, number: int, layers: Collection[UUID]) -> list[StepsSince]:
        """Count the steps after a number in some layers, by whose they are."""
        counted = func.count(EntryRow.id)
        last = func.max(EntryRow.number)
        query = (
            select(EntryRow.layer_id, EntryRow.who, counted, last)
            .where(
                EntryRow.number > number,
                self._own(),
                EntryRow.layer_id.in_(layers),
                EntryRow.kind.not_in({OUTGOING, *ANSWERING}),
                EntryRow.kind.not_like(THEME_KINDS),
            )
            .group_by(EntryRow.layer_id, EntryRow.who)
        )
        rows = self._session.execute(query)
        return [StepsSince(layer, who, steps, end) for layer, who, steps, end in rows]

    def entry(self, entry_id: UUID) -> Entry:
        """Find an entry by its id."""
        return entry_of(self._session.get_one(EntryRow, entry_id))

    def words(self, entry_id: UUID) -> tuple[dict[str, str], str]:
        """Give the words kept beside an entry, and their salt; empty where erased."""
        row = self._session.get(EntryWordsRow, entry_id)
        return (json.loads(row.words), row.salt) if row else ({}, "")


class Steps:
    """What each coder can undo and redo, kept across restarts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: Entry, who: UUID) -> None:
        """Note a step; whatever was undone before it can no longer be redone."""
        self._session.execute(
            update(StepRow)
            .where(StepRow.who == who, StepRow.state == "undone")
            .values(state="gone")
        )
        step = StepRow(entry_id=entry.id, who=who, ordinal=entry.number, state="done")
        self._session.add(step)

    def let_go(self, who: UUID) -> None:
        """Let a coder's steps stand for good: undo begins with what is done from now on."""
        self._session.execute(update(StepRow).where(StepRow.who == who).values(state="gone"))

    def to_undo(self, who: UUID) -> UUID | None:
        """Find the coder's last step that stands."""
        return self._find(who, "done", last=True)

    def to_redo(self, who: UUID) -> UUID | None:
        """Find the step that was undone last."""
        return self._find(who, "undone", last=False)

    def undone_in(self, entry_id: UUID) -> UUID:
        """Find the entry that undid a step."""
        found = self._session.get_one(StepRow, entry_id).undone_in
        if found is None:
            raise LookupError(entry_id)
        return found

    def mark(self, entry_id: UUID, *, undone_in: UUID | None) -> None:
        """Note that a step is undone by an entry, or stands again."""
        self._session.execute(
            update(StepRow)
            .where(StepRow.entry_id == entry_id)
            .values(state="undone" if undone_in else "done", undone_in=undone_in)
        )

    def _find(self, who: UUID, state: str, *, last: bool) -> UUID | None:
        order = StepRow.ordinal.desc() if last else StepRow.ordinal.asc()
        return self._session.scalar(
            select(StepRow.entry_id)
            .where(StepRow.who == who, StepRow.state == state)
            .order_by(order)
            .limit(1)
        )


def _about(layers: Collection[UUID] | None, by: UUID | None = None) -> ColumnElement[bool]:
    if layers is None:
        return true()
    of_study = EntryRow.layer_id.is_(None) & EntryRow.kind.not_in(GIVING_OUT)
    about = or_(of_study, EntryRow.layer_id.in_(layers))
    return about if by is None else or_(about, EntryRow.who == by)


def new_entry(
    entry_id: UUID, kind: str, who: UUID | None, layer: UUID | None, touched: dict[str, Json]
) -> Entry:
    """Draft an entry; its number and hashes come when it is sealed."""
    blank = UUID(int=0)
    now = datetime.now(UTC)
    return Entry(entry_id, blank, 0, now, who, kind, layer, touched, "", "", "")


def entry_row(entry: Entry) -> EntryRow:
    """Give the row for an entry."""
    return EntryRow(
        id=entry.id,
        workspace_id=entry.workspace,
        number=entry.number,
        at=entry.at,
        who=entry.who,
        kind=entry.kind,
        layer_id=entry.layer,
        touched=canonical(entry.touched),
        sealed_words=entry.sealed_words,
        previous=entry.previous,
        hash=entry.hash,
    )


def entry_of(row: EntryRow) -> Entry:
    """Give the domain's entry for a row."""
    return Entry(
        id=row.id,
        workspace=row.workspace_id,
        number=row.number,
        at=row.at,
        who=row.who,
        kind=row.kind,
        layer=row.layer_id,
        touched=json.loads(row.touched),
        sealed_words=row.sealed_words,
        previous=row.previous,
        hash=row.hash,
    )
