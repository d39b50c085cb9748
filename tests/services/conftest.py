"""Tables and files to hand to the program, and coders at their desks."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk
from qualcode.domain.people import Coder
from qualcode.domain.proposals import Proposal
from qualcode.domain.text import Range
from qualcode.services import (
    closing,
    codebook_changes,
    coding,
    people,
    projects,
    quotations,
    rounds,
    sources,
)
from qualcode.services.coding import Seat
from qualcode.services.proposals import propose, propose_wording
from qualcode.services.safekeeping import check
from qualcode.services.sources import Spot
from qualcode.store.project import Project
from tests.conftest import Qualcode, Server

MakeTable = Callable[..., Path]

WHEN = {"include": ("Talk of the bus home.",)}
OTHER_WHEN = {"include": ("Talk of any way home.",), "description": "How people get there."}


@pytest.fixture
def table(tmp_path: Path) -> MakeTable:
    """Give the maker of coding tables, a row a line."""

    def made(*rows: str, name: str = "table.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return file

    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Name the engine that keeps the study: each test runs on both, if nothing says why not."""
    return str(request.param)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let tests that say they are about a file alone run on files only."""
    alone = [each for each in items if each.get_closest_marker("in_a_file") and _in_base(each)]
    config.hook.pytest_deselected(items=alone)
    items[:] = [each for each in items if each not in alone]


def _in_base(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("engine") == "postgresql"


@pytest.fixture
def qualcode(
    tmp_path: Path, qualcode: Qualcode, engine: str, request: pytest.FixtureRequest
) -> Iterator[Qualcode]:
    """Give the program, with a place for a project: a file's path, then a database's address."""
    if engine == "sqlite":
        yield qualcode
        return
    server: Server = request.getfixturevalue("server")
    name, qualcode.address = server.new_database()
    yield qualcode
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _copied(file: Path, qualcode: Qualcode, request: pytest.FixtureRequest) -> Iterator[Qualcode]:
    if not qualcode.address:
        shutil.copy(file, qualcode.place)
        yield qualcode
        return
    server: Server = request.getfixturevalue("server")
    name, qualcode.address = server.new_database(like=server.filled(file))
    yield qualcode
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def study(choir: Path, qualcode: Qualcode, request: pytest.FixtureRequest) -> Iterator[Qualcode]:
    """Give the choir study, begun and not yet coded, in a file and in a database."""
    yield from _copied(choir, qualcode, request)


@pytest.fixture
def coded(
    coded_choir: Path, qualcode: Qualcode, request: pytest.FixtureRequest
) -> Iterator[Qualcode]:
    """Give the choir study, coded by both, in a file and in a database."""
    yield from _copied(coded_choir, qualcode, request)


@dataclass(frozen=True)
class Choir:
    """The choir study: a and b code in the blind round r1, anybody in the free one."""

    project: Project

    def coder(self, name: str) -> Coder:
        """Find a person."""
        return people.named(self.project, name)

    def seat(self, name: str, within: str = "r1") -> Seat:
        """Let a person sit down in a round."""
        return coding.take_seat(self.project, self.coder(name), within)

    def spot(self, place: str, words: str = "") -> Spot:
        """Find a place, or words that stand there."""
        spot = sources.find(self.project, place)
        if not words:
            return spot
        start = spot.revision.text.index(words, spot.range.start)
        return Spot(spot.source, spot.revision, Range(start, start + len(words)))

    def code(self, label: str) -> Code:
        """Find a code."""
        return self.seat("a").codebook.code(label)

    def apply(self, seat: Seat, spot: Spot, *labels: str) -> list[Coding]:
        """Code, and give the codings that stand on just these words then."""
        coding.apply(self.project, spot, [self.code(label) for label in labels], seat=seat)
        return self.exactly_on(seat, spot)

    def desk(self, seat: Seat, source: str = "ANNA") -> Desk:
        """Give what a coder has on a source."""
        return coding.desk_of(self.project, sources.read(self.project, source)[0], seat=seat)

    def exactly_on(self, seat: Seat, spot: Spot) -> list[Coding]:
        """Give a coder's codings on just these words."""
        desk = coding.desk_of(self.project, spot.source, seat=seat)
        return [each for each in desk.codings if each.ranges == (spot.range,)]

    def example_once(self, label: str) -> str:
        """Let the lead name a passage as an example of a code, which then stands no more."""
        seat, spot = self.seat("lead", "free"), self.spot("ANNA:4")
        codings = self.apply(seat, spot, label)
        (found,) = quotations.quotations(
            self.project, label, layer_name="lead", by=seat.coder, round_name="free"
        )[1]
        codebook_changes.reword(
            self.project, seat.codebook.code(label), {"examples": (found.id,)}, by=seat.coder
        )
        coding.take_off(self.project, codings, seat=seat)
        return found.id

    def entries(self) -> int:
        """Count the journal's entries."""
        return self.project.changes_seen()

    def turn_to(self, state: str, name: str = "r1") -> None:
        """Freeze, close or reopen a round."""
        lead = self.coder("lead")
        if state == "open":
            rounds.reopen(self.project, name, reason="Again.", by=lead)
        else:
            {"frozen": rounds.freeze, "closed": closing.close}[state](self.project, name, by=lead)

    def is_sound(self) -> bool:
        """Check the project."""
        return check(self.project) == []


@pytest.fixture
def at_desk(study: Qualcode) -> Iterator[Choir]:
    """Open the choir study, begun and not yet coded."""
    project = projects.open_at(study.at)
    yield Choir(project)
    project.close()


@pytest.fixture
def two_wordings(at_desk: Choir) -> tuple[Proposal, Proposal]:
    """Let a and b reword Place and time, each on their own."""
    code = at_desk.code("CH2A")
    one = propose_wording(at_desk.project, code, WHEN, seat=at_desk.seat("a"), reason="unclear")
    other = propose_wording(at_desk.project, code, OTHER_WHEN, seat=at_desk.seat("b"))
    return one, other


@pytest.fixture
def two_names(at_desk: Choir) -> tuple[Proposal, Proposal]:
    """Let a and b propose what may be the same code, on passages that overlap."""
    one = propose(
        at_desk.project, at_desk.spot("ANNA:6"), seat=at_desk.seat("a"), label="Cold halls"
    )
    words = at_desk.spot("ANNA:6", "the low notes in the old hall")
    other = propose(at_desk.project, words, seat=at_desk.seat("b"), label="The hall is cold")
    return one, other
