"""Rows that refer to what is not there: a database does not look for them by itself again."""

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, Select, exists, literal, select
from sqlalchemy.orm import Session

from qualcode.domain.findings import Finding
from qualcode.store.models import Table


def dangling(session: Session) -> Iterator[Finding]:
    """List the references of all tables that lead nowhere, one finding a table and reference."""
    for table in Table.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if session.execute(_lost(constraint)).first() is not None:
                sentence = f"A row of {table.name} refers to something that is not there."
                yield Finding("database", sentence)


def _lost(constraint: ForeignKeyConstraint) -> Select[int]:
    """Ask for a row whose reference leads nowhere."""
    there = constraint.referred_table.alias("there")
    pairs = [(each.parent, there.c[each.column.name]) for each in constraint.elements]
    found = exists().where(*(here == column for here, column in pairs)).select_from(there)
    said = [here.is_not(None) for here, _column in pairs]
    return select(literal(1)).select_from(constraint.table).where(*said, ~found).limit(1)
