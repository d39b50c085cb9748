"""Runs migration steps on the connection handed in: one transaction for all of them.

SQLite rebuilds a table to alter it, and with foreign keys watched that would delete the
rows that refer to it; they are not watched meanwhile, and checked before the commit.
"""

from alembic import context
from sqlalchemy import Connection

from qualcode.domain.errors import DamageError
from qualcode.store.engine import wait_for_turn
from qualcode.store.models import Table


def run(connection: Connection) -> None:
    """Take all steps, or none."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    try:
        with connection.begin():
            wait_for_turn(connection)
            context.run_migrations()
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise DamageError("The upgrade would leave rows without what they refer to.")
    finally:
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


run(context.config.attributes["connection"])
