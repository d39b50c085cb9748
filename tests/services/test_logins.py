"""Coders who sign in to the study's database, each with a role of their own."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
import pytest

from qualcode.domain.errors import OtherRoleError, RefusedError
from qualcode.services import logins, people, projects
from tests.conftest import CHOIR, Qualcode, Server
from tests.services.conftest import Choir

_NUMBER = count(1)


@pytest.fixture
def engine() -> str:
    """Keep to databases: a file has no roles."""
    return "postgresql"


@pytest.fixture
def roles(coded: Qualcode, server: Server) -> Iterator[dict[str, Qualcode]]:
    """Let a and b in, and give the program to each as they are told to start it."""
    number = next(_NUMBER)
    given: dict[str, Qualcode] = {}
    for name in ("a", "b"):
        role = f"{name}_{number}"
        said = coded.asked("coder", "login", name, "--role", role)
        assert said == {"coder": name, "role": role, "made": True, "address": said["address"]}
        given[name] = replace(coded, address=said["address"])
    yield given
    with psycopg.connect(coded.address, autocommit=True) as connection:
        for name in given:
            connection.execute(f"DROP OWNED BY {name}_{number}".encode())
            server.run(f"DROP ROLE {name}_{number}")


READING = [
    ["show", "FG1"],
    ["next"],
    ["source", "list"],
    ["quotes", "1a", "--layer", "a"],
    ["memos"],
    ["memos", "--find", "joke"],
    ["round", "status", "r1"],
    ["codebook", "show"],
    ["codebook", "proposals"],
    ["theme", "list"],
    ["others", "1a"],
    ["redecide"],
    ["lint"],
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_role_reads_what_its_coder_reads(
    coded: Qualcode, roles: dict[str, Qualcode], state: str, words: list[str]
) -> None:
    if state == "closed":
        coded.done("round", "close", "r1")
    by_role, named = roles["a"](*words), coded(*words, "--as", "a")
    assert by_role.status in {0, 1}, by_role.err
    assert by_role == named


CHANGING = [
    ["code", "FG1:3", "1a"],
    ["code", "--from", str(CHOIR / "b.csv")],
    ["uncode", "FG1:5"],
    ["adjust", "FG1:5", "1b", "FG1:6"],
    ["flag", "FG1:3"],
    ["memo", "FG1:3", "A thought."],
    ["memo", "FG1:5", "A thought.", "--on", "1b"],
    ["codebook", "propose", "FG1:3", "--label", "Buses"],
    ["codebook", "propose", "--reword", "1b", "--set", "when=Cake, too."],
    ["theme", "new", "Tea", "--codes", "1a"],
    ["export", "csv", "a.csv", "--layer", "a", "--round", "r1"],
    ["export", "codebook", "book.yaml"],
    ["undo"],
]


@pytest.mark.parametrize("words", CHANGING, ids=" ".join)
def test_a_role_does_what_its_coder_does(
    coded: Qualcode,
    roles: dict[str, Qualcode],
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = coded.asked("status")["entries"]
    roles["a"].done(*words)
    assert coded.asked("status")["entries"] == before + 1
    assert roles["a"].asked("history")[0]["who"] == "a"
    coded.done("check")
    roles["a"].done("check")
    roles["b"].done("check")


def test_a_step_is_undone_and_done_again(coded: Qualcode, roles: dict[str, Qualcode]) -> None:
    for words in (["undo"], ["redo"], ["theme", "new", "Tea"], ["theme", "undo"]):
        roles["a"].done(*words)
    roles["b"].done("read", "Emil")
    coded.done("check")


LEADING = [
    ["import", str(CHOIR.parent / "more" / "HAL.txt")],
    ["codebook", "load", str(CHOIR / "codebook.yaml")],
    ["codebook", "add", "Nerves", "--part", "1"],
    ["codebook", "rename", "1a", "--name", "Arrival"],
    ["codebook", "undo"],
    ["coder", "add", "c"],
    ["coder", "login", "b"],
    ["coder", "login", "b", "--end"],
    ["round", "new", "r2", "--coders", "a,b"],
    ["round", "freeze", "r1"],
    ["round", "close", "r1"],
    ["round", "reopen", "r1", "--because", "Again."],
    ["decide", "FG1:5", "first"],
    ["decide", "--agreed"],
    ["project", "move", "elsewhere.qualcode"],
    ["bundle", "out", "b.bundle", "--for", "b"],
]


@pytest.mark.parametrize("words", LEADING, ids=" ".join)
def test_what_the_lead_does_is_refused_in_the_programs_own_words(
    coded: Qualcode, roles: dict[str, Qualcode], words: list[str]
) -> None:
    before = coded.kept()
    assert roles["a"].refused(*words, status=12).startswith("Only the lead c")
    assert coded.kept() == before


def test_a_role_acts_as_its_own_coder_only(coded: Qualcode, roles: dict[str, Qualcode]) -> None:
    sentence = "You are signed in to the database as a, and act as a only."
    for words in (["show", "FG1"], ["status"], ["code", "FG1:3", "1a"], ["history"]):
        assert roles["a"].refused(*words, "--as", "b", status=12) == sentence
        assert roles["a"].refused(*words, "--as", "lead", status=12) == sentence
    with closing(projects.open_at(roles["a"].address)) as project:
        with pytest.raises(OtherRoleError), project.work("x", by=people.lead(project)):
            raise AssertionError
        with pytest.raises(OtherRoleError), project.work("x", by=None):
            raise AssertionError


def test_who_alone_can_act_is_not_asked_for(roles: dict[str, Qualcode]) -> None:
    with closing(projects.open_at(roles["b"].address)) as project:
        assert people.usual(project).name == "b"
        desk = Choir(project).desk(Choir(project).seat("b"))
        assert desk.codings


def test_a_check_says_that_it_sees_a_part(coded: Qualcode, roles: dict[str, Qualcode]) -> None:
    assert roles["a"].done("check").startswith("All is well, as far as a sees: ")
    head = coded.asked("status")["head"]
    assert "a part of the journal only" in roles["a"].refused("check", "--head", head, status=12)
    assert coded.asked("check")["whole"]
    assert not roles["a"].asked("check")["whole"]


def test_a_coder_is_let_in_once_and_again(coded: Qualcode, roles: dict[str, Qualcode]) -> None:
    role = roles["a"].address.partition("//")[2].partition("@")[0]
    again = coded.asked("coder", "login", "a")
    assert (again["role"], again["made"]) == (role, False)
    roles["a"].done("show", "FG1")


def test_another_role_takes_the_place_of_the_one_before(
    coded: Qualcode, roles: dict[str, Qualcode], server: Server
) -> None:
    other = f"other_{next(_NUMBER)}"
    said = coded.asked("coder", "login", "a", "--role", other)
    replace(coded, address=said["address"]).done("show", "FG1")
    roles["a"].refused("show", "FG1", status=15)
    coded.done("coder", "login", "a", "--end")
    server.run(f"DROP ROLE {other}")


def test_a_role_that_is_there_is_taken_only_when_it_is_said(
    coded: Qualcode, roles: dict[str, Qualcode], server: Server
) -> None:
    taken = f"c_{next(_NUMBER)}"
    server.run(f"CREATE ROLE {taken} LOGIN")
    coded.done("coder", "add", taken)
    assert taken in coded.refused("coder", "login", taken, status=11)
    assert not coded.asked("coder", "login", taken, "--role", taken)["made"]
    assert "signs in as" in coded.refused("coder", "login", "b", "--role", taken, status=11)
    coded.done("coder", "login", taken, "--end")
    assert "no login" in coded.refused("coder", "login", taken, "--end", status=12)
    server.run(f"DROP ROLE {taken}")


def test_nobody_above_the_rules_is_let_in(coded: Qualcode) -> None:
    assert "stands above" in coded.refused("coder", "login", "a", "--role", "postgres", status=12)
    assert "leads the study" in coded.refused("coder", "login", "lead", status=12)
    assert "name of a role" in coded.refused("coder", "login", "a", "--role", "pg_a", status=12)


def test_who_was_let_out_reads_nothing(coded: Qualcode, roles: dict[str, Qualcode]) -> None:
    coded.done("coder", "login", "a", "--end")
    refused = roles["a"].refused("show", "FG1", status=15)
    assert "may not do that" in refused
    roles["b"].done("show", "FG1")


def test_a_study_that_moves_leaves_its_logins_behind(
    coded: Qualcode, roles: dict[str, Qualcode], tmp_path: Path
) -> None:
    coded.done("project", "move", tmp_path / "back.qualcode")
    back = Qualcode(tmp_path / "back.qualcode", tmp_path)
    assert "_" not in "".join(repr(row).partition("login")[2] for row in back.kept()["coder"])
    assert "has moved to" in roles["a"].refused("code", "FG1:3", "1a", status=12)


def test_a_file_has_no_logins(choir: Path, tmp_path: Path) -> None:
    project = projects.open_at(str(choir))
    with closing(project), pytest.raises(RefusedError, match="no logins"):
        logins.let_in(project, "a", by=people.lead(project))


def test_a_role_leaves_a_note_though_the_round_is_stopped(
    coded: Qualcode, roles: dict[str, Qualcode]
) -> None:
    coded.done("round", "freeze", "r1")
    roles["a"].refused("memo", "FG1:3", "Breath?", status=12)
    roles["a"].done("memo", "FG1:3", "Breath?", "--next")
    assert "Breath?" not in roles["b"].done("memos")
    coded.done("round", "new", "r2", "--coders", "a,b")
    assert "(noted in round r1) Breath?" in roles["a"].done("show", "FG1:3")
    coded.done("check")


def test_a_role_has_the_passages_given_to_it_and_does_not_hear_why(
    coded: Qualcode, roles: dict[str, Qualcode]
) -> None:
    coded.done("round", "new", "r2", "--coders", "a,b")
    coded.done("round", "sample", "r2", "--percent", "30")
    for name, role in roles.items():
        assert role.asked("source", "list") == coded.asked("source", "list", "--as", name)
        place = role.asked("next")["place"]
        role.done("code", place, "1a")
        assert "sample" not in role.done("history")
        role.refused("round", "sample", "r2", status=12)
    with psycopg.connect(roles["a"].address) as connection:
        assert not connection.execute("SELECT * FROM sample").fetchall()
        assert not connection.execute("SELECT * FROM lot").fetchall()
        seen = connection.execute("SELECT DISTINCT coder_id FROM passage").fetchall()
        assert len(seen) <= 1


def test_who_leaves_signs_in_no_more(coded: Qualcode, roles: dict[str, Qualcode]) -> None:
    coded.done("coder", "leave", "b")
    said = roles["b"]("status")
    assert said.status != 0
    assert "may not do that here" in said.err
    assert coded("check").status == 0
