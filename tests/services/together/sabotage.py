"""Ways in which a store could be broken; whoever checks histories must notice each."""

from collections.abc import Callable
from itertools import count
from time import sleep
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from qualcode.services import codebook_changes, coding
from qualcode.store import engine
from qualcode.store import project as store_project
from qualcode.store.codings import Codings
from qualcode.store.project import Project

_EVERY = 15


def unqueued(_project: Project) -> None:
    """Let everybody write without waiting for their turn."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    _put(engine, "_begin_in_turn", begin)
    _put(store_project, "wait_for_turn", lambda _connection: None)


def lost(_project: Project) -> None:
    """Drop a step now and then, and say it is kept."""
    steps = count(1)

    def drop(session: Session) -> None:
        if next(steps) % _EVERY == 0:
            session.flush()
            session.connection().exec_driver_sql("ROLLBACK")

    event.listen(Session, "before_commit", drop)


def half(_project: Project) -> None:
    """Leave a read mark now and then where a code is put."""
    steps, give_way = count(1), coding._let_marks_give_way

    def some_stay(*words: Any) -> None:  # noqa: ANN401 - as it is
        if next(steps) % 3:
            give_way(*words)

    _put(coding, "_let_marks_give_way", some_stay)


def torn(project: Project) -> None:
    """Read one thing after another, slowly, not all as they were at one moment."""
    if project._engine.dialect.name == "sqlite":

        @event.listens_for(project._engine, "begin")
        def end_at_once(connection: Connection) -> None:
            if not connection.get_execution_options().get("qualcode_writing"):
                connection.exec_driver_sql("COMMIT")

    else:
        loose = project._engine.execution_options(isolation_level="AUTOCOMMIT")
        _put(project, "_reading", loose)

    @event.listens_for(project._engine, "before_cursor_execute")
    def slowly(connection: Connection, _cursor: object, statement: str, *_any: object) -> None:
        writing = connection.get_execution_options().get("qualcode_writing")
        if "FROM read_mark" in statement and not writing:
            sleep(0.05)


def stale(_project: Project) -> None:
    """Show a desk for some time as it was."""
    fresh, reads, seen = Codings.desk, count(1), dict[Any, Any]()

    def old(self: Codings, viewpoint: Any, layer: Any, source: Any, **more: Any) -> Any:  # noqa: ANN401 - as it is
        if next(reads) % 4 == 0 or (layer, source) not in seen:
            seen[layer, source] = fresh(self, viewpoint, layer, source, **more)
        return seen[layer, source]

    _put(Codings, "desk", old)


def overwriting(_project: Project) -> None:
    """Change a code that was changed since one saw it."""
    _put(codebook_changes, "must_be_as_seen", lambda *_any: None)


def _put(where: object, name: str, what: object) -> None:
    setattr(where, name, what)


SABOTAGES: dict[str, Callable[[Project], None]] = {
    "unqueued": unqueued,
    "lost": lost,
    "half": half,
    "torn": torn,
    "stale": stale,
    "overwriting": overwriting,
}


def sabotage(how: str, project: Project) -> None:
    """Break what is under a project, if a way is named."""
    if how:
        SABOTAGES[how](project)
