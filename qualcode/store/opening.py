"""Beginning a project and opening one: never over another file, never half."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, MetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import AlreadyThereError, ProjectError
from qualcode.domain.ids import new_id
from qualcode.store.backup import copy_whole, free_name
from qualcode.store.copying import copy_rows
from qualcode.store.engine import bare, connect, for_writing
from qualcode.store.images import empty
from qualcode.store.mishaps import shown_place, told
from qualcode.store.models import ProjectRow
from qualcode.store.project import Project, View
from qualcode.store.roles import must_own, signed_in
from qualcode.store.schema import needs_upgrade, tables, upgrade
from qualcode.store.surroundings import must_be_safe

_MAGIC = b"SQLite format 3\x00"
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def begin(
    place: str,
    *,
    name: str,
    approach: str,
    language: str,
    sentence_model: str = "",
    anyway: bool = False,
) -> Project:
    """Make an empty project at a place where there is none; `anyway` where it is not safe."""
    row = ProjectRow(
        id=new_id(),
        name=name,
        approach=approach,
        language=language,
        sentence_model=sentence_model,
        workspace_id=new_id(),
        created_at=datetime.now(UTC),
    )
    return _made(place, lambda session: session.add(row), anyway=anyway)


def begin_copy(place: str, study: View, *, anyway: bool = False) -> Project:
    """Make a project, at a place where there is none, that holds all that this one does."""

    def fill(session: Session) -> None:
        copy_rows(study.session, session)

    return _made(place, fill, anyway=anyway)


def begin_with(place: str, image: bytes, *, anyway: bool = False) -> None:
    """Make a project file, where there is none, of the bytes of one."""
    path = Path(place)
    if is_address(place):
        raise ProjectError("A bundle is worked on in a file.", hint="Name a new file with -p.")
    if not anyway:
        must_be_safe(path)
    _reserve(path, image)


def _made(place: str, fill: Callable[[Session], None], *, anyway: bool) -> Project:
    """Make a project and fill it; what cannot be filled is not left behind."""
    if is_address(place):
        _refuse_used_database(place)
        try:
            with told(place), _looking(place) as engine:
                upgrade(engine)
            return _filled(place, fill, anyway=anyway)
        except BaseException:
            _empty(place)
            raise
    path = Path(place)
    if not anyway:
        must_be_safe(path)
    _reserve(path, empty())
    try:
        return _filled(place, fill, anyway=anyway)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _reserve(path: Path, image: bytes) -> None:
    """Make a file of a project's bytes that only its owner reads; never over another."""
    try:
        descriptor = os.open(path, _NEW, 0o600)
    except FileExistsError:
        raise AlreadyThereError(
            f"{path} is there already and was not touched.", hint="Name a new file with -p."
        ) from None
    except OSError as trouble:
        raise _not_made(path, trouble) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(image)
            file.flush()
            os.fsync(descriptor)
    except OSError as trouble:
        path.unlink(missing_ok=True)
        raise _not_made(path, trouble) from None


def _not_made(path: Path, trouble: OSError) -> ProjectError:
    return ProjectError(
        f"{path} cannot be made: {trouble.strerror}.", hint="Name another place with -p."
    )


def _refuse_used_database(address: str) -> None:
    with told(address), _looking(address) as engine:
        if tables(engine):
            raise AlreadyThereError(
                f"{shown_place(address)} holds tables already.", hint="Name an empty database."
            )


def _empty(address: str) -> None:
    """Take out of a database, which was empty before, what was made in it."""
    with suppress(DBAPIError), _looking(address) as engine:
        made = MetaData()
        made.reflect(engine)
        made.drop_all(engine)


def _filled(place: str, fill: Callable[[Session], None], *, anyway: bool) -> Project:
    with told(place), _given_up_on_trouble(connect(place)) as engine:
        with Session(for_writing(engine)) as session, session.begin():
            fill(session)
        return Project(place, engine, anyway=anyway)


def open_project(place: str, *, anyway: bool = False) -> Project:
    """Open a project, bringing an older one up to date after a backup; `anyway` as to begin."""
    if not is_address(place):
        _look_at(Path(place))
    with told(place), _looking(place) as engine:
        old = needs_upgrade(engine, shown_place(place))
    with told(place), _given_up_on_trouble(connect(place)) as engine:
        if old:
            if is_address(place):
                must_own(engine, shown_place(place))
            else:
                if not anyway:
                    must_be_safe(Path(place))
                copy_whole(Path(place), free_name(Path(place), "before-upgrade"))
            upgrade(engine)
        coder = signed_in(engine, shown_place(place))
        return Project(place, engine, anyway=anyway, signed_in=coder)


@contextmanager
def _looking(place: str) -> Iterator[Engine]:
    """Look at what may not be ours, setting nothing there, and let go of it."""
    engine = bare(place)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _given_up_on_trouble(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    except BaseException:
        engine.dispose()
        raise


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
