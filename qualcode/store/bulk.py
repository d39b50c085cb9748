"""Many rows at once, by the driver: the ORM would take fifty times as long.

Statements name the places of their values by `?`; ids come back as the driver has them.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table
from sqlalchemy.orm import Session

Raw = Row[*tuple[Any, ...]]
RawRow = tuple[Any, ...]

_LOT = 500


def insert_rows(
    session: Session, table: Table, rows: Iterable[Sequence[Any]], *, skip_known: bool = False
) -> int:
    """Insert rows given in the order of the table's columns; say how many were new.

    With `skip_known`, a row that a unique index holds already is left as it is.
    """
    ending = " ON CONFLICT DO NOTHING" if skip_known else ""
    return change_rows(session, _inserting(table) + ending, rows)


def _inserting(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({signs(table.columns)})'  # noqa: S608 - names are ours


def insert_raw(session: Session, table: Table, rows: Sequence[RawRow]) -> None:
    """Insert rows that are as the driver has them, in the order of the table's columns."""
    if rows:
        connection, statement = session.connection(), _inserting(table)
        if connection.dialect.name == "postgresql":
            statement = statement.replace("?", "%s")
        connection.exec_driver_sql(statement, list(rows))


def read_raw(session: Session, statement: str, values: Sequence[Any] = ()) -> list[RawRow]:
    """Read many rows as the driver has them, each a bare tuple."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        statement, values = statement.replace("?", "%s"), tuple(values)
    else:
        values = tuple(map(_bytes, values))
    return [*connection.exec_driver_sql(statement, values).cursor.fetchall()]


def change_rows(session: Session, statement: str, rows: Iterable[Sequence[Any]]) -> int:
    """Run a statement once for each row of values; say how many rows it changed."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        statement, values = statement.replace("?", "%s"), [tuple(row) for row in rows]
    else:
        values = _as_bytes(rows)
    return connection.exec_driver_sql(statement, values).rowcount if values else 0


def read_rows(session: Session, statement: str, values: Sequence[Any]) -> Sequence[Raw]:
    """Read the rows a statement asks for, after writing what the session still holds."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        statement, values = statement.replace("?", "%s"), tuple(values)
    else:
        values = tuple(map(_bytes, values))
    return connection.exec_driver_sql(statement, values).all()


def signs(values: Iterable[object]) -> str:
    """Write a place for each of the values, as a statement lists them."""
    return ", ".join("?" for _ in values)


def in_lots(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    """Cut a list of ids into lots that a statement can hold."""
    return [ids[start : start + _LOT] for start in range(0, len(ids), _LOT)]


def id_of(raw: bytes | UUID) -> UUID:
    """Give the id for what the driver gave."""
    return raw if isinstance(raw, UUID) else UUID(bytes=raw)


class KnownIds(dict[Any, UUID]):
    """Gives the ids for what the driver gave, each made once, however many rows refer to it."""

    def __missing__(self, raw: bytes | UUID) -> UUID:
        return self.setdefault(raw, id_of(raw))


def _as_bytes(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Put bytes for ids, column by column: many rows refer to few different ones."""
    return list(zip(*map(_column_as_bytes, zip(*rows, strict=True)), strict=True))


def _column_as_bytes(column: Sequence[Any]) -> Sequence[Any]:
    if UUID not in set(map(type, column)):
        return column
    made: dict[int, Any] = {}
    return [made.get(id(value)) or made.setdefault(id(value), _bytes(value)) for value in column]


def _bytes(value: Any) -> Any:  # noqa: ANN401 - a column's value
    return value.bytes if type(value) is UUID else value
