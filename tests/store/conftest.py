"""A study in a file and in a database, and what its people do there."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from qualcode.domain.addresses import is_address
from qualcode.domain.assignments import Assigned
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.codings import Coding, Desk, Flag, FlagKind, Memo, ReadMark
from qualcode.domain.decisions import Decision, Outcome
from qualcode.domain.findings import Finding
from qualcode.domain.ids import new_id, new_ids
from qualcode.domain.journal import Entry
from qualcode.domain.people import Coder, Role
from qualcode.domain.proposals import Proposal
from qualcode.domain.rounds import Layer, Round, RoundState, Unit, Viewpoint
from qualcode.domain.sources import Revision, Source, SourceKind, Turn, TurnRole
from qualcode.domain.text import Range, text_hash, words_hash
from qualcode.store.checks import check
from qualcode.store.opening import begin, open_project
from qualcode.store.project import Project

FERRY = (
    ("INT", "Where do you wait for the ferry?"),
    ("P1", "By the café, where it smells of naïve coffee."),
    ("P2", "👩‍👩‍👧 We bring our own chairs."),
    ("INT", "And when it rains?"),
    ("P1", "Then nobody comes, שלום, and the gate stays shut."),
    ("P2", "I read the timetable again."),
)
MARKET = (("INT", "Who runs the stall?"), ("P3", "My aunt does, on Saturdays."))

Made = Coding | ReadMark | Flag | Memo | Proposal | Decision
SORTS: dict[str, type[Any]] = {
    "coding": Coding,
    "read_mark": ReadMark,
    "flag": Flag,
    "memo": Memo,
    "proposal": Proposal,
    "decision": Decision,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a path at which there is no file yet."""
    return tmp_path / "study.qualcode"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> str:
    """Give a place for a project: a file's path, then a database's address."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("file"))
    return str(request.getfixturevalue("database"))


def revision_of(lines: Sequence[tuple[str, str]]) -> Revision:
    """Write a transcript from speakers and words."""
    text, turns = "", []
    for number, (speaker, words) in enumerate(lines, start=1):
        text += f"{speaker}: "
        role = TurnRole.INTERVIEWER if speaker == "INT" else TurnRole.PARTICIPANT
        turns.append(Turn(number, speaker, role, len(text), len(text + words)))
        text += words + "\n"
    return Revision(new_id(), new_id(), 1, text, text_hash(text), tuple(turns))


def codebook_of(*labels: str) -> Codebook:
    """Make a codebook of one part with these labels."""
    codes = [
        Code(
            identity,
            label,
            label.removeprefix("TC").lower(),
            f"Name of {label}",
            1,
            position,
            description=f"What {label} means.",
            include=("when it is said",),
        )
        for position, (identity, label) in enumerate(zip(new_ids(len(labels)), labels, strict=True))
    ]
    return Codebook(0, "Ferries", "en", (Part(1, "Waiting", "a note"),), tuple(codes))


@dataclass
class Study:
    """A project with a lead, two coders, a blind and a free round, two sources, four codes."""

    place: str
    project: Project
    lead: Coder
    ada: Coder
    ben: Coder
    blind: Round
    free: Round
    ferry: Source
    market: Source
    texts: Mapping[UUID, Revision]
    codebook: Codebook
    layers: dict[UUID, Layer] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Give the words of the first source."""
        return self.texts[self.ferry.id].text

    def layer(self, coder: Coder | None, within: Round | None = None) -> Layer:
        """Give a coder's layer in the blind round, or in another; without one, the consensus."""
        with self.project.work("begin a layer", by=coder or self.lead) as work:
            found = work.rounds.own_layer(within or self.blind, coder)
        self.layers[found.id] = found
        return found

    def turn(self, number: int, source: Source | None = None) -> Range:
        """Give where a turn's words stand."""
        turn = self.texts[(source or self.ferry).id].turn(number)
        assert turn is not None
        return turn.range

    def coding(
        self,
        coder: Coder | None,
        label: str,
        *ranges: Range,
        source: Source | None = None,
        within: Round | None = None,
    ) -> Coding:
        """Draft a coding of a coder's."""
        revision = self.texts[(source or self.ferry).id]
        return Coding(
            new_id(),
            self.layer(coder, within).id,
            revision.source,
            revision.id,
            self.codebook.code(label).id,
            self.codebook.version,
            ranges,
            words_hash("".join(each.of(revision.text) for each in ranges)),
        )

    def mark(self, coder: Coder, stretch: Range, source: Source | None = None) -> ReadMark:
        """Draft a read mark of a coder's."""
        revision = self.texts[(source or self.ferry).id]
        return ReadMark(new_id(), self.layer(coder).id, revision.source, revision.id, stretch)

    def memo(self, coder: Coder, stretch: Range, body: str, on: Coding | None = None) -> Memo:
        """Draft a memo of a coder's on the first source."""
        revision = self.texts[self.ferry.id]
        return Memo(
            new_id(),
            coder.id,
            self.layer(coder).id,
            revision.source,
            revision.id,
            stretch,
            on.id if on else None,
            body,
            datetime.now(UTC),
        )

    def memo_beyond_words(
        self, coder: Coder, body: str, *, source: Source | None = None, code: Code | None = None
    ) -> Memo:
        """Draft a memo of a coder's on a source or a code, or on the project."""
        return Memo(
            new_id(),
            coder.id,
            self.layer(coder).id,
            source.id if source else None,
            source.revision if source else None,
            Range(0, 0),
            None,
            body,
            datetime.now(UTC),
            code.id if code else None,
        )

    def flag(self, coder: Coder, stretch: Range, kind: FlagKind = FlagKind.TEAM) -> Flag:
        """Draft a flag of a coder's on the first source."""
        text = self.texts[self.ferry.id]
        return Flag(new_id(), self.layer(coder).id, text.source, text.id, stretch, kind)

    def proposal(self, coder: Coder, stretch: Range, label: str) -> Proposal:
        """Draft a proposal of a coder's on the first source."""
        text = self.texts[self.ferry.id]
        layer, now = self.layer(coder).id, datetime.now(UTC)
        return Proposal(new_id(), coder.id, layer, text.source, text.id, stretch, label, now)

    def decision(self, stretch: Range, reason: str) -> Decision:
        """Draft a decision of the lead's on the first source."""
        revision = self.texts[self.ferry.id]
        return Decision(
            new_id(),
            self.layer(None).id,
            revision.source,
            revision.id,
            stretch,
            Outcome.FIRST,
            reason,
            self.lead.id,
            datetime.now(UTC),
        )

    def add(self, by: Coder, *rows: Made) -> int:
        """Add rows to one layer in one step; say how many codings and marks are new."""
        with self.project.work("code", by=by) as work:
            work.in_layer(self.layers[rows[0].layer])
            codings = [row for row in rows if isinstance(row, Coding)]
            marks = [row for row in rows if isinstance(row, ReadMark)]
            new = work.changes.add_codings(codings) + work.changes.add_marks(marks)
            work.changes.add_flags([row for row in rows if isinstance(row, Flag)])
            work.changes.add_memos([row for row in rows if isinstance(row, Memo)])
            work.changes.add_proposals([row for row in rows if isinstance(row, Proposal)])
            work.changes.add_decisions([row for row in rows if isinstance(row, Decision)])
        return new

    def retire(self, by: Coder, *rows: Made) -> None:
        """Retire rows of one layer in one step."""
        with self.project.work("uncode", by=by) as work:
            work.in_layer(self.layers[rows[0].layer])
            for what, kind in SORTS.items():
                some = [row for row in rows if isinstance(row, kind)]
                if some:
                    work.changes.retire(what, some)

    def undo(self, by: Coder) -> bool:
        """Undo a coder's last step, if there is one."""
        with self.project.work("undo", by=by) as work:
            step = work.steps.to_undo(by.id)
            if step is None:
                return False
            entry = work.journal.entry(step)
            assert entry.layer is not None
            work.about_layer(entry.layer)
            work.changes.take_back(entry)
            work.steps.mark(step, undone_in=work.ledger.entry)
            work.note("step", str(step))
        return True

    def redo(self, by: Coder) -> bool:
        """Bring a coder's last undone step back, if there is one."""
        with self.project.work("redo", by=by) as work:
            step = work.steps.to_redo(by.id)
            if step is None:
                return False
            entry = work.journal.entry(step)
            assert entry.layer is not None
            work.about_layer(entry.layer)
            work.changes.bring_back(entry, undone_in=work.steps.undone_in(step))
            work.steps.mark(step, undone_in=None)
            work.note("step", str(step))
        return True

    def desk(self, coder: Coder, *, asks: Coder | None = None) -> Desk:
        """Give what a coder has on the first source in the blind round, as somebody sees it."""
        layer = self.layer(coder)
        with self.project.reading() as view:
            return view.codings.desk(Viewpoint(asks or coder), layer, self.ferry)

    def codes(self, coder: Coder) -> list[str]:
        """Name the codes of a coder's codings on the first source, in order of place."""
        known = self.codebook.by_id()
        return [known[coding.code].label for coding in self.desk(coder).codings]

    def progress(self, coder: Coder) -> list[tuple[int, int]]:
        """Give a coder's turns dealt with and codings, source by source."""
        layer = self.layer(coder)
        with self.project.reading() as view:
            rows = view.codings.progress(Viewpoint(coder), layer, Assigned())
        return [(row.done, row.codings) for row in rows]

    def entries(self) -> list[Entry]:
        """Read the whole journal."""
        with self.project.reading() as view:
            return list(view.journal.entries())

    def findings(self, *, head: str | None = None) -> list[Finding]:
        """Check the project."""
        return check(self.project, head=head)

    def reopen(self) -> None:
        """Close the project and open it again, as a restart does."""
        self.project.close()
        self.project = open_project(self.place)

    def elsewhere(self, project: Project) -> "Study":
        """Give the same study as it is kept in another project."""
        return replace(self, project=project, place=project.place)


def begin_study(place: str) -> Study:
    """Set a study up at a place."""
    project = begin(place, name="Ferries", approach="codebook", language="en")
    lead = Coder(new_id(), "Lead", Role.LEAD)
    ada, ben = Coder(new_id(), "Ada", Role.CODER), Coder(new_id(), "Ben", Role.CODER)
    with project.work("init", by=None) as work:
        for coder in (lead, ada, ben):
            work.people.add(coder)
        free = work.rounds.add(a_round("free", blind=False, free=True))
        work.note("coder", str(lead.id))
    texts = [revision_of(FERRY), revision_of(MARKET)]
    with project.work("import", by=lead) as work:
        sources = [
            work.sources.add(name, SourceKind.INTERVIEW, text, encoding="utf-8", attributes={})
            for name, text in zip(("FG1", "FG2"), texts, strict=True)
        ]
    with project.work("codebook load", by=lead) as work:
        codebook = work.codebooks.add(codebook_of("TC1A", "TC1B", "TC1AB", "TC2A"), reason="new")
    with project.work("round new", by=lead) as work:
        blind = work.rounds.add(a_round("r1", coders=(ada.id, ben.id)))
        work.note("round", str(blind.id))
    ferry, market = sources
    known = {text.source: text for text in texts}
    return Study(place, project, lead, ada, ben, blind, free, ferry, market, known, codebook)


def a_round(
    name: str, *, blind: bool = True, free: bool = False, coders: tuple[UUID, ...] = ()
) -> Round:
    """Draft a round."""
    return Round(
        new_id(),
        name,
        0,
        RoundState.OPEN,
        blind=blind,
        free=free,
        unit=Unit.TURN,
        codebook_version=0 if free else 1,
        coders=coders,
    )


@pytest.fixture
def study(place: str) -> Iterator[Study]:
    """Set a study up in a file, then in a database."""
    made = begin_study(place)
    yield made
    made.project.close()


@pytest.fixture
def file_study(file: Path) -> Iterator[Study]:
    """Set a study up in a file."""
    made = begin_study(str(file))
    yield made
    made.project.close()


_IN_A_DATABASE = {
    "randomblob(16)": "gen_random_uuid()",
    "zeroblob(16)": "decode(repeat('00', 16), 'hex')",
}
"""How a database says what a file says in SQLite's own words."""


def tampered(place: str | Path, *statements: str) -> None:
    """Change a project behind the program's back, its guards taken down first."""
    if is_address(str(place)):
        _tampered_in_a_database(str(place), statements)
        return
    with closing(sqlite3.connect(place)) as connection:
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            connection.execute(f"DROP TRIGGER {guard}")
        for statement in statements:
            changed = connection.execute(statement).rowcount
            assert changed, f"{statement} changed nothing"
        connection.commit()


def _tampered_in_a_database(place: str, statements: Sequence[str]) -> None:
    import psycopg

    with psycopg.connect(place) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            said = statement
            for here, there in _IN_A_DATABASE.items():
                said = said.replace(here, there)
            changed = connection.execute(said.encode()).rowcount
            assert changed, f"{statement} changed nothing"
