"""The schema's version: looked up on opening, brought up to date after a backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from qualcode.domain.errors import ProjectError
from qualcode.store.engine import for_writing
from qualcode.store.policies import bind

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = ("0001", "0002", "0003", "0004")
MIGRATIONS = Path(__file__).parent / "migrations"


def version(engine: Engine) -> str | None:
    """Read which version of the schema a database has; None where it has none of ours."""
    if not {"alembic_version", "entry"} <= set(tables(engine)):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def tables(engine: Engine) -> list[str]:
    """Name the tables a database has."""
    return inspect(engine).get_table_names()


def needs_upgrade(engine: Engine, place: str) -> bool:
    """Say whether the database is older than this program; refuse one that is newer, or alien."""
    found = version(engine)
    if found is None:
        raise ProjectError(
            f"{place}: this is a database, but not a qualcode project.", hint="Name another file."
        )
    if found not in VERSIONS:
        raise ProjectError(
            f"{place} was made by a newer qualcode: schema {found}, this one knows {VERSIONS[-1]}.",
            hint="Install the newer version; the file was not touched.",
        )
    return found != VERSIONS[-1]


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date, in one transaction; then bind who does not own a database."""
    from alembic import command

    with for_writing(engine).connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        with connection.begin():
            bind(connection)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
