"""An open project: views of it for reading, units of work for changing it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import GoneError, NotYoursError, OtherRoleError, RefusedError
from qualcode.domain.journal import Entry, Json
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Round, Viewpoint
from qualcode.store.allotments import Allotments
from qualcode.store.changes import Changes
from qualcode.store.codebooks import Codebooks
from qualcode.store.codings import Codings
from qualcode.store.decisions import Decisions
from qualcode.store.engine import for_reading, for_writing, wait_for_turn
from qualcode.store.journal import Journal, Steps, new_entry
from qualcode.store.ledger import Ledger
from qualcode.store.mishaps import told
from qualcode.store.models import ProjectRow
from qualcode.store.people import People
from qualcode.store.places import Places
from qualcode.store.rounds import Rounds
from qualcode.store.segments import Segments
from qualcode.store.snapshots import Snapshots
from qualcode.store.sources import Sources
from qualcode.store.surroundings import must_be_safe
from qualcode.store.themes import Themes
from qualcode.store.verdicts import Verdicts
from qualcode.store.wording import describe

_NOBODYS = UUID(int=0)


@dataclass(frozen=True, slots=True)
class About:
    """What a project says of itself."""

    id: UUID
    name: str
    approach: str
    language: str
    sentence_model: str


class View:
    """Everything that can be read, within one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ledger = Ledger()
        self.people = People(session)
        self.sources = Sources(session, self.ledger)
        self.codebooks = Codebooks(session, self.ledger)
        self.verdicts = Verdicts(session, self.ledger)
        self.themes = Themes(session, self.ledger)
        self.rounds = Rounds(session)
        self.allotments = Allotments(session, self.ledger)
        self.snapshots = Snapshots(session, self.ledger)
        self.codings = Codings(session, self.rounds)
        self.segments = Segments(session, self.rounds)
        self.decisions = Decisions(session, self.rounds)
        self.journal = Journal(session)
        self.steps = Steps(session)
        self.places = Places(session)

    def describe(self, entry: Entry) -> str:
        """Say in words what a journal entry did."""
        return describe(self.session, entry)

    def layers_seen_by(self, coder: Coder) -> dict[UUID, Round]:
        """Give the layers a person may look at, each with its round."""
        seen = self.rounds.layers_seen(Viewpoint(coder))
        return {each.layer.id: each.round for each in seen}

    def layers_known_to(self, coder: Coder) -> dict[UUID, Round]:
        """Give the layers a person may look at and know whose they are, each with its round."""
        known = self.rounds.layers_known(Viewpoint(coder))
        return {each.layer.id: each.round for each in known}

    def about(self) -> About:
        """Say what the project is."""
        row = self.session.scalars(select(ProjectRow)).one()
        return About(row.id, row.name, row.approach, row.language, row.sentence_model)


class Work(View):
    """One action of one person: one transaction, one journal entry.

    What is added or retired on the way is noted in the ledger; leaving the work seals the
    entry. A work that touched nothing leaves no entry.
    """

    def __init__(self, session: Session, kind: str, by: Coder | None) -> None:
        super().__init__(session)
        self.changes = Changes(session, self.ledger)
        self._kind = kind
        self._by = by
        self._layer: UUID | None = None
        self._step = False

    def note(self, what: str, value: Json) -> None:
        """Note a fact of the change for the journal; never words that people said."""
        self.ledger.note(what, value)

    def note_all(self, facts: Mapping[str, Json]) -> None:
        """Note several facts at once."""
        for what, value in facts.items():
            self.note(what, value)

    def in_layer(self, layer: Layer) -> None:
        """Say in which layer this happens; it is then a step its coder can undo."""
        if self._by is None or not layer.belongs_to(self._by):
            raise NotYoursError
        self.about_layer(layer.id)
        self._step = True

    def about_layer(self, layer: UUID) -> None:
        """Say which layer this is about: who may not look at it does not see the entry."""
        self._layer = layer
        self.changes.layer = layer

    def seal(self) -> None:
        """Write the journal entry of what was done."""
        if self.ledger.empty:
            return
        self.changes.keep_progress()
        entry = self.journal.append(self._entry(), self.ledger.words)
        if self._step and self._by:
            self.steps.add(entry, self._by.id)
        self.session.flush()

    def drafted(self) -> Entry:
        """Give the entry as it will stand in the journal, by what was touched so far."""
        workspace, number = self.journal.workspace(), self.journal.length() + 1
        return replace(self._entry(), workspace=workspace, number=number)

    def _entry(self) -> Entry:
        who = self._by.id if self._by else None
        return new_entry(self.ledger.entry, self._kind, who, self._layer, self.ledger.touched)


class Project:
    """A study in its file or database; safe to hold, it keeps no transaction open.

    Where it lies is looked at before the first change; `anyway` leaves that out. `signed_in` is
    the coder whose role the database was opened with, and then sees and does only what they may.
    """

    def __init__(
        self, place: str, engine: Engine, *, anyway: bool = False, signed_in: Coder | None = None
    ) -> None:
        self.place = place
        self.signed_in = signed_in
        self.anyway = anyway
        self._is_safe = anyway or is_address(place)
        self._owner: UUID | None = None
        self._engine = engine
        self._reading = for_reading(engine)
        self._writing = for_writing(engine)

    @contextmanager
    def reading(self) -> Iterator[View]:
        """Read; nothing can be changed."""
        with told(self.place), Session(self._reading) as session:
            yield View(session)

    @contextmanager
    def work(self, kind: str, *, by: Coder | None) -> Iterator[Work]:
        """Change something. Leave: kept, with its journal entry. Raise: dropped, whole."""
        with self._changing() as session:
            work = Work(session, kind, by)
            self._must_be_whose_it_is(work, by)
            if by and work.people.has_left(by.id):
                raise GoneError(work.people.by_id()[by.id].name)
            yield work
            work.seal()

    def _must_be_whose_it_is(self, work: Work, by: Coder | None) -> None:
        """Refuse anybody else in a coder's share, which could not be joined, and at their role."""
        if self.signed_in is not None and (by is None or by.id != self.signed_in.id):
            raise OtherRoleError(self.signed_in.name)
        if self._owner is None:
            self._owner = work.journal.owner() or _NOBODYS
        if self._owner not in {_NOBODYS, by.id if by else None}:
            name = work.people.by_id()[self._owner].name
            raise RefusedError(
                f"This is the share of {name}, and only {name} works in it.",
                hint=f"Say who you are: --as {name}",
            )

    @contextmanager
    def upkeep(self) -> Iterator[View]:
        """Store what follows from the data alone, such as sentence bounds: no journal entry."""
        with self._changing() as session:
            yield View(session)

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        if not self._is_safe:
            must_be_safe(Path(self.place))
            self._is_safe = True
        with told(self.place), Session(self._writing) as session, session.begin():
            wait_for_turn(session.connection())
            yield session

    def changes_seen(self) -> int:
        """Give a number that differs once anybody has changed the project."""
        with self.reading() as view:
            return view.journal.length()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
