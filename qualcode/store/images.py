"""A project as bytes: made in memory, and opened from there; it is never a file on the way."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from qualcode.domain.errors import ImportRefusedError
from qualcode.store.engine import begin_as_asked, for_writing, prepare
from qualcode.store.project import Project
from qualcode.store.schema import VERSIONS, upgrade, version

T = TypeVar("T")

_MAGIC = b"SQLite format 3\x00"


@cache
def empty() -> bytes:
    """Give the bytes of a project file in which there is nothing yet; made once a process."""
    with closing(_connection()) as connection:
        upgrade(_engine(connection))
        return connection.serialize()


def made(fill: Callable[[Session], T]) -> tuple[bytes, T]:
    """Make a project in memory and fill it; give its bytes, and what filling gave."""
    with closing(_connection()) as connection:
        connection.deserialize(empty())
        engine = _engine(connection)
        with Session(for_writing(engine)) as session, session.begin():
            given = fill(session)
        return connection.serialize(), given


def image_of(file: Path) -> bytes:
    """Give a project file as it is at one moment, while others may be writing to it."""
    uri = f"{file.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=30)) as source,
        closing(_connection()) as copy,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy)
        return copy.serialize()


def opened(image: bytes, name: str) -> Project:
    """Open a project from its bytes; refuse what is none, or of another version."""
    if not image.startswith(_MAGIC):
        raise ImportRefusedError(name, "what is inside is not a qualcode project.")
    connection = _connection()
    try:
        connection.deserialize(image)
        engine = _engine(connection)
        _must_be_ours(engine, connection, name)
    except (sqlite3.Error, ImportRefusedError) as trouble:
        connection.close()
        if isinstance(trouble, ImportRefusedError):
            raise
        raise ImportRefusedError(name, "what is inside is damaged.") from None
    return Project(name, engine, anyway=True)


def _must_be_ours(engine: Engine, connection: sqlite3.Connection, name: str) -> None:
    """Refuse tables, views or triggers that are not exactly this version's own."""
    found = version(engine)
    if found != VERSIONS[-1]:
        raise ImportRefusedError(
            name,
            "it was written by another version of qualcode.",
            hint="Let everybody install the same version; nothing was taken in.",
        )
    if _schema(connection) != _expected():
        raise ImportRefusedError(name, "what is inside is not a qualcode project as it should be.")


def _expected() -> list[list[str]]:
    with closing(_connection()) as connection:
        connection.deserialize(empty())
        return _schema(connection)


def _schema(connection: sqlite3.Connection) -> list[list[str]]:
    """Describe tables, indexes and triggers; constraints of a table come in any order."""
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return sorted(
        [kind, name, table, *sorted(line.strip(" \t,") for line in sql.splitlines())]
        for kind, name, table, sql in rows
    )


def _connection() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", check_same_thread=False)


def _engine(connection: sqlite3.Connection) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin_as_asked)
    return engine
