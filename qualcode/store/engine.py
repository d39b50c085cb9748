"""How the database is driven: safe settings, reading by default, writing when asked for."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

WRITING = "qualcode_writing"
_PRAGMAS = (
    "busy_timeout=30000",
    "journal_mode=DELETE",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


def is_address(place: str) -> bool:
    """Say whether the place names a PostgreSQL database and not a file."""
    return place.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def connect(place: str) -> Engine:
    """Make the engine for a project file or a database address; nothing is opened yet."""
    if is_address(place):
        url = make_url(place).set(drivername="postgresql+psycopg")
        return create_engine(url, isolation_level="READ COMMITTED")
    path = Path(place).absolute()
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    """Set up a new SQLite connection; the driver must never send BEGIN itself."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin for reading, or take the write lock at once where writing was asked for."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
