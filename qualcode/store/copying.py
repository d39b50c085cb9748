"""Copying every row of a study into an empty database, whichever engine each of them has."""

from typing import Any

from sqlalchemy import RowMapping, func, insert, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session

from qualcode.domain.errors import DamageError
from qualcode.store import layered
from qualcode.store.models import Table

_LOT = 2000
_ORDERED = {layered.CodingRow.__tablename__}
"""Tables whose rows may refer to earlier ones of their own; ids rise with time."""
_OF_ITS_SERVER = {"login"}
"""Columns that mean something on one server only, where a role of that name may be another's."""


def copy_rows(source: Session, target: Session) -> int:
    """Copy all tables, what is referred to first; say how many rows that were."""
    copied = 0
    for table in Table.metadata.sorted_tables:
        there = sum(_copy(source, target, table))
        if there != source.scalar(select(func.count()).select_from(table)):
            raise DamageError(
                f"Not every row of “{table.name}” was copied; the copy was given up.",
                hint="The study is as it was. Look at it with: qualcode check",
            )
        copied += there
    return copied


def _copy(source: Session, target: Session, table: SqlTable) -> list[int]:
    order = table.primary_key.columns if table.name in _ORDERED else ()
    rows = source.execute(select(table).order_by(*order).execution_options(yield_per=_LOT))
    done = []
    for lot in rows.mappings().partitions():
        target.execute(insert(table), [_portable(row) for row in lot])
        done.append(len(lot))
    return done


def _portable(row: RowMapping) -> dict[str, Any]:
    return {name: None if name in _OF_ITS_SERVER else value for name, value in row.items()}
