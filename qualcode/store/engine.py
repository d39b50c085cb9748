"""How the database is driven: safe settings, reading by default, writing when asked for."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import ProjectError
from qualcode.store.queueing import waiting_for

_WRITING = "qualcode_writing"
_READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_LOCK = (
    "SET LOCAL lock_timeout = '{:.0f}ms'; SET LOCAL idle_in_transaction_session_timeout = '2min';"
    " SELECT pg_advisory_xact_lock(7177)"
)
"""Who falls silent in a step, such as a laptop that was shut, keeps nobody waiting for good."""
_PATIENCE = 30.0
"""So many seconds anybody waits for the others."""
_WIRE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""How soon a server that is gone is noticed, in seconds, the last in ms; an address may differ."""
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
    address = URL.create("sqlite", database=str(Path(place).absolute()))
    return create_engine(address, connect_args={"timeout": _PATIENCE})


def _of_database(address: str) -> Engine:
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        wire = {name: value for name, value in _WIRE.items() if name not in url.query}
        return create_engine(
            url, isolation_level="READ COMMITTED", pool_pre_ping=True, connect_args=wire
        )
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
        connection.exec_driver_sql(_LOCK.format(1000 * _PATIENCE))


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
    if not writing:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        _begin_in_turn(connection)
    finally:
        connection.exec_driver_sql(f"PRAGMA {_PRAGMAS[0]}")


def _begin_in_turn(connection: Connection) -> None:
    """Ask again and again to write; who waits longest goes first.

    SQLite's own waiting asks the less often the longer it takes: among eight people who code
    without a pause, one waited for eleven seconds.
    """
    until = time.monotonic() + _PATIENCE
    with waiting_for(connection.engine.url.database) as place:
        while time.monotonic() < until:
            if place.is_next() and _begun(connection):
                return
            place.pause()
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begun(connection: Connection) -> bool:
    """Say whether one may write now; whatever else stands in the way is raised."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as trouble:
        if trouble.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    return True
