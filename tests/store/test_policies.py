"""What a coder's own role reads and writes in a database, with any program it comes with."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from qualcode.domain.errors import OtherRoleError, ProjectError, RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState
from qualcode.domain.themes import Theme
from qualcode.domain.ids import new_id
from qualcode.store import roles
from qualcode.store.models import Table
from qualcode.store.opening import open_project
from qualcode.store.policies import RULES
from qualcode.store.project import Project
from tests.conftest import Server
from tests.store.conftest import Study, a_round, begin_study

MARKER = "zebrafinch"
_NUMBER = count(1)
OF_A_CODER = (
    "coding",
    "read_mark",
    "flag",
    "memo",
    "proposal",
    "progress",
    "layer",
    "entry",
    "entry_words",
    "step",
    "place",
    "assignment",
    "theme",
    "theme_entry",
    "verdict",
)

SignIn = Callable[[str], "psycopg.Connection[Any]"]


def as_role(address: str, role: str) -> str:
    """Give the address for who signs in by another name."""
    return address.replace("postgres:", f"{role}:", 1)


@pytest.fixture
def study(database: str) -> Iterator[Study]:
    """Set a study up in a database, in which Ada and Ben have worked and have roles."""
    made = begin_study(database)
    fill(made)
    yield made
    made.project.close()


def fill(study: Study) -> None:
    ada, ben = study.ada, study.ben
    coding = study.coding(ada, "TC1A", study.turn(2))
    study.add(
        ada,
        coding,
        study.mark(ada, study.turn(3)),
        study.flag(ada, study.turn(5)),
        study.memo(ada, study.turn(2), f"{MARKER} memo", coding),
        study.proposal(ada, study.turn(5), f"{MARKER} proposal"),
    )
    layer = study.layer(ada)
    with study.project.work("theme new", by=ada) as work:
        work.about_layer(layer.id)
        work.themes.keep([Theme(new_id(), ada.id, f"{MARKER} theme", "", (), (), 1)])
    study.add(ben, study.coding(ben, "TC1B", study.turn(2)), study.mark(ben, study.turn(3)))


@pytest.fixture
def names(study: Study, server: Server) -> Iterator[dict[str, str]]:
    """Let Ada and Ben sign in as roles of this test's own; the server outlives the database."""
    number = next(_NUMBER)
    given = {"ada": f"ada{number}", "ben": f"ben{number}"}
    with study.project.work("coder login", by=study.lead) as work:
        for coder in (study.ada, study.ben):
            roles.let_in(work.session, coder, given[coder.name.casefold()], taking=False)
        work.note("coder", "both")
    yield given
    for role in given.values():
        with psycopg.connect(study.place, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {role}".encode())
        server.run(f"DROP ROLE {role}")


@pytest.fixture
def sign_in(study: Study, names: dict[str, str]) -> Iterator[SignIn]:
    """Give the way to sign in as a coder with nothing but the database's own client."""
    opened: list[psycopg.Connection[Any]] = []

    def made(who: str) -> "psycopg.Connection[Any]":
        opened.append(psycopg.connect(as_role(study.place, names[who]), autocommit=True))
        return opened[-1]

    yield made
    for connection in opened:
        connection.close()


def relations(connection: "psycopg.Connection[Any]") -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    )
    return sorted(name for (name,) in rows)


def rows_of(connection: "psycopg.Connection[Any]", table: str) -> list[Any]:
    query = sql.SQL("SELECT {0}::text FROM {0}").format(sql.Identifier(table))
    return [text for (text,) in connection.execute(query)]


def turn_to(study: Study, within: Round, state: RoundState) -> None:
    with study.project.work(f"round {state.value}", by=study.lead) as work:
        work.rounds.set_state(within, state)
        work.note("round", str(within.id))


def test_every_table_has_a_rule() -> None:
    assert set(RULES) == set(Table.metadata.tables)


def test_every_table_is_bound(study: Study) -> None:
    with psycopg.connect(study.place) as connection:
        free = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relrowsecurity"
            " AND relnamespace = current_schema()::regnamespace"
        ).fetchall()
    assert free == [("alembic_version",)]


def test_nothing_of_a_colleague_is_read_in_a_blind_round(study: Study, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    hers = {str(study.ada.id), str(study.layer(study.ada).id)}
    seen = {
        name: [row for row in rows_of(ben, name) if any(one in row for one in hers)]
        for name in relations(ben)
    }
    named = {"coder", "round_coder", "entry"}
    assert {name: rows for name, rows in seen.items() if rows and name not in named} == {}
    assert all("coder add" in row or "coder login" in row for row in seen["entry"])


def test_a_marker_in_a_colleagues_words_is_found_nowhere(study: Study, sign_in: SignIn) -> None:
    with psycopg.connect(study.place) as lead:
        planted = {name for name in relations(lead) if MARKER in str(rows_of(lead, name))}
    assert planted == {"memo", "proposal", "theme_entry", "entry_words"}
    ben = sign_in("ben")
    assert {name for name in relations(ben) if MARKER in str(rows_of(ben, name))} == set()
    for name in relations(ben):
        with ben.cursor().copy(sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(name))) as out:
            assert MARKER.encode() not in b"".join(map(bytes, out))


def test_ones_own_rows_are_all_there(study: Study, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    assert len(rows_of(ben, "coding")) == len(rows_of(ben, "read_mark")) == 1
    assert len(rows_of(ben, "plain_coding")) == 1
    assert len(rows_of(ben, "step")) == 1


def test_a_closed_round_shows_what_was_done_in_it(study: Study, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    turn_to(study, study.blind, RoundState.CLOSED)
    assert len(rows_of(ben, "coding")) == 2
    assert MARKER in str(rows_of(ben, "memo"))
    assert MARKER in str(rows_of(ben, "entry_words"))
    assert len(rows_of(ben, "plain_coding")) == 2
    assert len(rows_of(ben, "step")) == 1
    turn_to(study, study.blind, RoundState.OPEN)
    assert len(rows_of(ben, "coding")) == 1
