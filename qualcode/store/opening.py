"""Beginning a project and opening one: never over another file, never half."""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from qualcode.domain.errors import AlreadyThereError, ProjectError
from qualcode.domain.ids import new_id
from qualcode.store.backup import copy_whole, free_name
from qualcode.store.engine import WRITING, connect, is_address
from qualcode.store.mishaps import as_mishap, shown_place
from qualcode.store.models import ProjectRow
from qualcode.store.project import Project
from qualcode.store.schema import needs_upgrade, upgrade, version

_MAGIC = b"SQLite format 3\x00"


def begin(place: str, *, name: str, approach: str, language: str) -> Project:
    """Make an empty project at a place where there is none."""
    engine = connect(place)
    if is_address(place):
        _refuse_used_database(engine, place)
        _fill(engine, name=name, approach=approach, language=language)
        return Project(place, engine)
    path = Path(place)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise AlreadyThereError(
            f"{place} is there already and was not touched.", hint="Name a new file with -p."
        ) from None
    except OSError as trouble:
        raise ProjectError(
            f"{place} cannot be made: {trouble.strerror}.", hint="Name another place with -p."
        ) from None
    try:
        _fill(engine, name=name, approach=approach, language=language)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Project(place, engine)


def _refuse_used_database(engine: Engine, place: str) -> None:
    try:
        used = version(engine) is not None
    except DBAPIError as trouble:
        raise as_mishap(trouble, place) from trouble
    if used:
        raise AlreadyThereError(
            f"{shown_place(place)} holds a project already.", hint="Name an empty database."
        )


def _fill(engine: Engine, *, name: str, approach: str, language: str) -> None:
    upgrade(engine)
    with Session(engine.execution_options(**{WRITING: True})) as session, session.begin():
        row = ProjectRow(
            id=new_id(),
            name=name,
            approach=approach,
            language=language,
            workspace_id=new_id(),
            created_at=datetime.now(UTC),
        )
        session.add(row)


def open_project(place: str) -> Project:
    """Open a project, bringing an older one up to date after a backup."""
    if not is_address(place):
        _look_at(Path(place))
    engine = connect(place)
    try:
        if needs_upgrade(engine, shown_place(place)):
            if not is_address(place):
                copy_whole(Path(place), free_name(Path(place), "before-upgrade"))
            upgrade(engine)
    except DBAPIError as trouble:
        raise as_mishap(trouble, place) from trouble
    return Project(place, engine)


def _look_at(path: Path) -> None:
    """Look at the file before SQLite does, which would take an empty one for a new database."""
    try:
        there = path.exists()
    except OSError as trouble:
        raise ProjectError(
            f"{path} cannot be looked at: {trouble.strerror}.", hint="Name the project with -p."
        ) from None
    if not there:
        raise ProjectError(
            f"There is no project {path}.", hint=f"Begin one with: qualcode -p {path} init"
        )
    if not path.is_file():
        raise ProjectError(f"{path} is not a file.", hint="Name a project file with -p.")
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as trouble:
        raise ProjectError(
            f"{path} cannot be read: {trouble.strerror}.", hint="Look at its permissions."
        ) from None
    if magic != _MAGIC:
        raise ProjectError(
            f"{path} is not a qualcode project; it was not touched.",
            hint="Name the project with -p FILE.",
        )
