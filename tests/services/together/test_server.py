"""The database server goes away in the middle of the work, and comes back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from qualcode.domain.errors import ProjectError
from qualcode.services import coding, history, people, sources
from qualcode.services.coding import Seat
from qualcode.services.safekeeping import check
from qualcode.store.project import Project
from tests.conftest import Server
from tests.services.together.crowd import begin

_CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IS NOT NULL"
_BUT_ME = " AND pid <> pg_backend_pid()"


@dataclass
class Coding:
    """Ada, who codes on a server."""

    project: Project
    seat: Seat

    def code(self, turn: int) -> None:
        """Code a turn, and be told that it is kept."""
        spot = sources.find(self.project, f"S0:{turn}")
        done = coding.apply(self.project, spot, [self.seat.codebook.codes[0]], seat=self.seat)
        assert done.added

    def code_while(self, something: Callable[[], None]) -> None:
        """Begin a step, in the middle of which something happens."""
        with self.project.work("code", by=self.seat.coder) as work:
            work.in_layer(work.rounds.own_layer(self.seat.round, self.seat.coder))
            something()
            work.people.all()

    def turns(self) -> list[int]:
        """List the turns that are coded."""
        source, revision = sources.read(self.project, "S0")
        desk = coding.desk_of(self.project, source, seat=self.seat)
        turns = [revision.turn_at(each.extent.start) for each in desk.codings]
        return [turn.number for turn in turns if turn]


@pytest.fixture
def ada(database: str) -> Iterator[Coding]:
    """Let Ada sit down."""
    project = begin(database, ["ada"])
    yield Coding(project, coding.take_seat(project, people.named(project, "ada"), "r1"))
    project.close()


@pytest.fixture
def pausing(server: Server) -> Iterator[Server]:
    """Give a server that runs again in the end."""
    yield server
    server.start()


def test_coding_goes_on_where_it_was_once_the_server_is_back(ada: Coding, pausing: Server) -> None:
    ada.code(2)
    pausing.stop()
    for _again in range(2):
        with pytest.raises(ProjectError, match="the database server does not answer") as refusal:
            ada.code(4)
        assert "what was done is kept" in refusal.value.hint
    pausing.start()
    assert ada.turns() == [2]
    ada.code(4)
    history.undo(ada.project, by=ada.seat.coder)
    ada.code(6)
    assert ada.turns() == [2, 6]
    assert check(ada.project) == []


def test_a_step_during_which_the_server_goes_is_dropped_whole(ada: Coding, pausing: Server) -> None:
    ada.code(2)
    entries = ada.project.changes_seen()
    with pytest.raises(ProjectError, match="the connection to the database server broke"):
        ada.code_while(pausing.stop)
    pausing.start()
    assert (ada.turns(), ada.project.changes_seen()) == ([2], entries)
    ada.code(4)
    assert check(ada.project) == []


def test_a_connection_that_was_cut_while_idle_is_made_anew_without_a_word(
    ada: Coding, server: Server
) -> None:
    ada.code(2)
    server.run(_CUT_OFF + _BUT_ME)
    ada.code(4)
    server.run(_CUT_OFF + _BUT_ME)
    assert ada.turns() == [2, 4]


def test_who_falls_silent_in_a_step_does_not_keep_the_others_waiting_for_good(ada: Coding) -> None:
    with ada.project.work("code", by=ada.seat.coder) as work:
        connection = work.session.connection()
        said = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
    assert said == "2min"
