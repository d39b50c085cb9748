"""How the database is driven: safe settings, reading by default, writing when asked for."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import ProjectError

_WRITING = "qualcode_writing"
_READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_LOCK = "SET LOCAL lock_timeout = '30s'; SELECT pg_advisory_xact_lock(7177)"
_PRAGMAS = (
    "busy_timeout=30000",
    "journal_mode=DELETE",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


def connect(place: str) -> Engine:
    """Make the engine for a project file or a database address; nothing is opened yet."""
    engine = bare(place)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", prepare)
        event.listen(engine, "begin", begin_as_asked)
    return engine


def bare(place: str) -> Engine:
    """Make an engine that sets nothing in a file, to look at one that may not be ours."""
    if is_address(place):
        return _of_database(place)
    return create_engine(URL.create("sqlite", database=str(Path(place).absolute())))


def _of_database(address: str) -> Engine:
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        return create_engine(url, isolation_level="READ COMMITTED")
    except (ArgumentError, ValueError):
        raise ProjectError(
            "This is not a database's address.",
            hint="Write it as postgresql://NAME@HOST/DATABASE.",
        ) from None
    except ImportError:
        raise ProjectError(
            "PostgreSQL needs a part of qualcode that is not installed.",
            hint='Install it with: pip install "qualcode[postgres]"',
        ) from None


def for_reading(engine: Engine) -> Engine:
    """Let every transaction see one moment, and change nothing; SQLite is told as it begins."""
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(**_READING)


def for_writing(engine: Engine) -> Engine:
    """Let every transaction take the write lock as it begins."""
    return engine.execution_options(**{_WRITING: True})


def wait_for_turn(connection: Connection) -> None:
    """Wait, half a minute at most, until nobody else is writing; SQLite has done so already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_LOCK)


def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Set up a new SQLite connection; the driver must never send BEGIN itself."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_as_asked(connection: Connection) -> None:
    """Begin for reading, or take the write lock at once where writing was asked for."""
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
