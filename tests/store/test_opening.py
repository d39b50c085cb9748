"""Beginning a project and opening one."""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from qualcode.domain.errors import AlreadyThereError, ProjectError
from qualcode.store import opening
from qualcode.store.opening import begin, open_project
from qualcode.store.project import Project
from tests.store.conftest import Study, begin_study, tampered


def made(place: str | Path) -> Project:
    return begin(str(place), name="Ferries", approach="codebook", language="de")


@contextmanager
def anyone_may_read() -> Iterator[None]:
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def test_a_project_says_what_it_was_begun_as(place: str) -> None:
    made(place).close()
    project = open_project(place)
    with project.reading() as view:
        about = view.about()
    assert (about.name, about.approach, about.language) == ("Ferries", "codebook", "de")
    project.close()


def test_a_project_is_never_begun_over_another(place: str) -> None:
    made(place).close()
    with pytest.raises(AlreadyThereError):
        made(place)
    project = open_project(place)
    with project.reading() as view:
        assert view.about().name == "Ferries"
    project.close()


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"SQLite format 3\x00"])
def test_a_project_is_never_begun_over_a_file(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(AlreadyThereError):
        made(file)
    assert file.read_bytes() == content


def test_a_project_is_not_begun_through_a_link(file: Path) -> None:
    file.symlink_to(file.with_name("elsewhere.qualcode"))
    with pytest.raises(AlreadyThereError):
        made(file)
    assert not file.exists()


def test_a_project_is_not_begun_in_a_used_database(database: str) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE recipe (name text)")
    with pytest.raises(AlreadyThereError):
        made(database)


def test_only_its_owner_may_read_a_project(file: Path) -> None:
    with anyone_may_read():
        study = begin_study(str(file))
        study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
        study.project.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_project_that_could_not_be_begun_leaves_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_engine: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(opening, "connect", fail)
    with pytest.raises(sqlite3.OperationalError):
        made(file)
    assert list(file.parent.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ProjectError, match="No space left on device"):
        made(file)
    assert list(file.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="No such file or directory"):
        made(tmp_path / "nowhere" / "study.qualcode")


def test_what_is_not_there_is_not_opened(file: Path) -> None:
    with pytest.raises(ProjectError, match="There is no project"):
        open_project(str(file))
    assert not file.exists()


def test_a_folder_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is not a file"):
        open_project(str(tmp_path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear diary, nobody asked.\n" * 9,
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + b"\xa5" * 5000,
        b"SQLite format 3\x00" + bytes(84),
    ],
    ids=["empty", "text", "header only", "header and rubbish", "header and zeros"],
)
def test_what_is_no_project_is_refused_untouched(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(ProjectError):
        open_project(str(file))
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_database_of_something_else_is_refused_untouched(file: Path, mode: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("CREATE TABLE recipe (name text)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(ProjectError, match="not a qualcode project"):
        open_project(str(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize("version", ["0005", "9999", "f00ba2", ""])
def test_a_version_this_program_does_not_know_is_refused_untouched(
    file: Path, version: str
) -> None:
    begin_study(str(file)).project.close()
    tampered(file, f"UPDATE alembic_version SET version_num = '{version}'")  # noqa: S608 - ours
    before = file.read_bytes()
    with pytest.raises(ProjectError, match="newer"):
        open_project(str(file))
    assert file.read_bytes() == before


def test_an_older_project_is_copied_before_it_is_upgraded(
    file_study: Study, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgraded: list[list[str]] = []
    monkeypatch.setattr(opening, "needs_upgrade", lambda _engine, _place: True)
    monkeypatch.setattr(
        opening,
        "upgrade",
        lambda _engine: upgraded.append(sorted(path.name for path in file.parent.iterdir())),
    )
    open_project(str(file)).close()
    ((copy, original),) = upgraded
    assert copy.startswith("study.before-upgrade-")
    assert original == "study.qualcode"
    open_project(str(file.with_name(copy))).close()


def test_a_write_cut_short_is_rolled_back_on_opening(file: Path) -> None:
    study = begin_study(str(file))
    study.project.close()
    before = file.read_bytes()
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA cache_size=1")
        writer.execute("PRAGMA cache_spill=1")
        writer.execute("UPDATE revision SET body = body || zeroblob(200000)")
        journal = file.with_name(f"{file.name}-journal")
        torn, log = file.read_bytes(), journal.read_bytes()
        writer.rollback()
    assert torn != before
    file.write_bytes(torn)
    journal.write_bytes(log)
    study.reopen()
    assert study.findings() == []
    study.project.close()


def test_paths_may_hold_anything_a_folder_allows(tmp_path: Path) -> None:
    path = tmp_path / "a 'b' \"c\" %20 ?x=1#y ü\x1b.qualcode"
    study = begin_study(str(path))
    study.reopen()
    assert path.is_file()
    study.project.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://127.0.0.1:1/none", "does not answer"),
        ("postgresql://ada:s3cret@127.0.0.1:1/none", "does not answer"),
        ("postgresql://127.0.0.1:port/none", "not a database's address"),
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(address: str, said: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(ProjectError, match=said) as mishap:
        open_project(address)
    assert "s3cret" not in mishap.value.sentence + mishap.value.hint


def test_a_database_that_is_not_there_is_told(database: str) -> None:
    with pytest.raises(ProjectError, match="no such database"):
        open_project(database.replace("/study", "/nosuch"))


def test_an_empty_database_is_no_project(database: str) -> None:
    with pytest.raises(ProjectError, match="not a qualcode project"):
        open_project(database)
