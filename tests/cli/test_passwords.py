"""A database's password is seen by nobody: not in lists of programs, errors, reports or logs."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.domain.errors import ProjectError
from qualcode.domain.people import Coder
from qualcode.services import people, projects
from qualcode.store.project import Project
from tests.conftest import CHOIR, Qualcode, Server

MARKER = "Zebrafinch9"


@pytest.fixture
def guarded(qualcode: Qualcode, choir: Path, server: Server) -> Iterator[Qualcode]:
    """Give the choir study in a database that asks its owner for a password."""
    name, address = server.new_database(like=server.filled(choir))
    role = f"owner_{name}"
    server.run(f"CREATE ROLE {role} SUPERUSER LOGIN PASSWORD '{MARKER}'")
    server.ask_for_password(role)
    qualcode.address = address.replace("postgres:@", f"{role}:{MARKER}@")
    yield qualcode
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
    server.run(f"DROP ROLE {role}")


def started(guarded: Qualcode, *words: str, address: str | None = None) -> tuple[int, str]:
    """Start the program with the address in the environment; give status and all it said."""
    place = {"QUALCODE_PROJECT": address or guarded.address}
    done = guarded.program(*words, also=place)
    return done.returncode, (done.stdout + done.stderr).decode()


def logs(guarded: Qualcode) -> str:
    kept = [path for path in guarded.folder.rglob("*") if path.is_file()]
    return "".join(path.read_text(errors="replace") for path in kept)


def test_a_password_on_the_command_line_is_refused(guarded: Qualcode) -> None:
    for words in (
        ["-p", guarded.address, "status"],
        [f"--project={guarded.address}", "status"],
        [f"-p{guarded.address}", "status"],
        ["-p", "x.qualcode", "project", "move", guarded.address],
        ["-p", guarded.address, "init", "--lead", "a"],
    ):
        done = guarded.program(*words)
        said = (done.stdout + done.stderr).decode()
        assert (done.returncode, done.stdout) == (12, b"")
        assert "can be read by everybody at this machine" in said
        assert "~/.pgpass" in said
        assert MARKER not in said


def test_a_password_in_the_environment_is_used_and_shown_nowhere(guarded: Qualcode) -> None:
    for words in (
        ["status"],
        ["status", "--json"],
        ["code", "FG1:3", "1a", "--as", "a"],
        ["history"],
        ["history", "--json"],
        ["check"],
        ["coder", "login", "a", "--role", "postgres"],
        ["backup", "copy.qualcode"],
    ):
        status, said = started(guarded, *words)
        assert status in {0, 12}, said
        assert MARKER not in said
    assert started(guarded, "project", "move", "back.qualcode")[0] == 0
    assert MARKER not in logs(guarded)
    assert all(MARKER not in "".join(rows) for rows in guarded.kept().values())


def test_the_password_file_and_its_variable_are_heeded(guarded: Qualcode) -> None:
    plain = guarded.address.replace(f":{MARKER}", "")
    host = plain.partition("host=")[2]
    file = guarded.folder / "pgpass"
    role = plain.partition("//")[2].partition("@")[0]
    file.write_text(f"{host}:*:*:{role}:{MARKER}\n")
    file.chmod(0o600)
    for also in ({"PGPASSFILE": str(file)}, {"PGPASSWORD": MARKER}):
        done = guarded.program("-p", plain, "status", also=also)
        assert done.returncode == 0, done.stderr
    done = guarded.program("-p", plain, "status", also={"PGPASSFILE": os.devnull})
    assert done.returncode == 15
    assert b"asks for a password" in done.stderr


def wrong(address: str) -> dict[str, str]:
    """Give addresses with which nothing is reached, each in its own way."""
    name = address.partition("@/")[2].partition("?")[0]
    return {
        "password": address.replace(MARKER, f"x{MARKER}"),
        "name": address.replace("owner_", "nobody_"),
        "database": address.replace(f"@/{name}", "@/nowhere"),
        "socket": address.replace("host=", "host=/nowhere"),
        "server": f"postgresql://a:{MARKER}@nowhere.invalid/choir",
        "port": f"postgresql://a:{MARKER}@127.0.0.1:1/choir",
        "unquoted": f"postgresql://a:x@{MARKER}@nowhere.invalid/choir",
        "number": f"postgresql://a:{MARKER}@server:port/choir",
        "option": f"{address}&nonsense=1",
        "query": f"postgresql://nowhere.invalid/choir?user=a&password={MARKER}",
        "nothing": f"postgresql://:{MARKER}@",
        "no study": address.replace(f"@/{name}", "@/postgres"),
    }


@pytest.mark.parametrize("what", wrong(""))
def test_what_goes_wrong_is_told_without_the_password(guarded: Qualcode, what: str) -> None:
    address = wrong(guarded.address)[what]
    for words in (["status"], ["status", "--json"], ["init", "--lead", "a"]):
        if what == "no study" and "init" in words:
            continue
        status, said = started(guarded, *words, address=address)
        assert status in {11, 15}, said
        assert len(said.splitlines()) == 2
        assert MARKER not in said
    assert MARKER not in logs(guarded)


def test_a_database_of_a_newer_program_is_told_without_the_password(guarded: Qualcode) -> None:
    with closing(projects.open_at(guarded.address)) as project, project.upkeep() as view:
        view.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9'")
    status, said = started(guarded, "status")
    assert (status, MARKER in said) == (15, False)
    assert "made by a newer qualcode" in said


def _cut_off(project: Project, lead: Coder, server: Server) -> None:
    with project.work("coder add", by=lead) as work:
        work.note("x", "y")
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'owner_%'"
        )
        work.people.all()


def test_a_connection_lost_in_the_middle_is_told_without_the_password(
    guarded: Qualcode, server: Server
) -> None:
    with closing(projects.open_at(guarded.address)) as project:
        lead = people.lead(project)
        before = project.changes_seen()
        with pytest.raises(ProjectError, match="connection to the database server broke") as lost:
            _cut_off(project, lead, server)
        assert MARKER not in str(lost.value)
        assert project.changes_seen() == before


def test_a_crash_leaves_a_note_without_the_password(
    guarded: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.services.projects.summary", None)
    said = guarded.run("-p", guarded.address, "status")
    assert said.status == 70
    assert MARKER not in said.all + logs(guarded)
    assert "crash-" in said.err


def test_the_name_of_a_study_is_no_part_of_its_address(qualcode: Qualcode, server: Server) -> None:
    name, address = server.new_database()
    qualcode.address = f"{address}&password={MARKER}".replace("postgres:@", f"postgres:{MARKER}@")
    said = qualcode("init", "--lead", "lead")
    assert said.status == 0, said.err
    assert MARKER not in said.all
    assert qualcode.asked("status")["name"] == name
    assert CHOIR.exists()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
