"""Bringing a filled study of an older version up to date."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from qualcode.domain.codings import FlagKind
from qualcode.domain.people import Coder
from qualcode.services import (
    coding,
    comparison,
    flags,
    history,
    memos,
    proposals,
    recents,
    sources,
)
from qualcode.services.sources import Spot
from qualcode.store.checks import check
from qualcode.store.engine import connect, for_writing
from qualcode.store.opening import open_project
from qualcode.store.project import Project
from qualcode.store.schema import VERSIONS, _config, version

OLD = Path(__file__).parents[1] / "data" / "older" / "study-0001.sql"


def fill_file(file: Path) -> None:
    """Make the study that version 0001 left: its dump, written back by SQLite."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
        connection.commit()


def fill_database(address: str, file: Path) -> None:
    """Copy the same rows into a database that is at version 0001."""
    import psycopg

    engine = connect(address)
    with for_writing(engine).connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    kinds = {
        name: {column["name"]: str(column["type"]) for column in inspect(engine).get_columns(name)}
        for name in inspect(engine).get_table_names()
        if name != "alembic_version"
    }
    engine.dispose()
    with closing(sqlite3.connect(file)) as old, psycopg.connect(address) as new:
        new.execute("SET session_replication_role = replica")
        for table, columns in kinds.items():
            names = ", ".join(f'"{name}"' for name in columns)
            rows = old.execute(f'SELECT {names} FROM "{table}"').fetchall()  # noqa: S608 - ours
            values = ", ".join("%s" for _ in columns)
            for row in rows:
                cells = [native(*pair) for pair in zip(columns.values(), row, strict=True)]
                added = f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608 - ours
                new.execute(added.encode(), cells)


def native(kind: str, value: Any) -> Any:  # noqa: ANN401 - a column's value
    """Give a value of the file as the database keeps it."""
    if value is None:
        return None
    if kind == "UUID":
        return UUID(bytes=value)
    if kind == "TIMESTAMP":
        return datetime.fromisoformat(f"{value}+00:00")
    return bool(value) if kind == "BOOLEAN" else value


@pytest.fixture
def older(place: str, tmp_path: Path) -> str:
    """Give a place with a filled study of version 0001: a file, then a database."""
    file = tmp_path / "study.qualcode"
    fill_file(file)
    if place != str(file):
        fill_database(place, file)
    return place


@pytest.fixture
def upgraded(older: str) -> Iterator[Project]:
    project = open_project(older)
    yield project
    project.close()


def named(project: Project, name: str) -> Coder:
    with project.reading() as view:
        return view.people.named(name)


def shape(place: str) -> set[str]:
    """Say which keys, constraints, indexes and views there are."""
    engine = connect(place)
    found = inspect(engine)
    made = {f"{name}: {found.get_view_definition(name)}" for name in found.get_view_names()}
    for table in found.get_table_names():
        parts: list[Any] = [found.get_pk_constraint(table), *found.get_foreign_keys(table)]
        parts += [*found.get_indexes(table), *found.get_unique_constraints(table)]
        made |= {f"{table}: {_told(part)}" for part in parts}
    engine.dispose()
    return made


def _told(part: Mapping[str, Any]) -> str:
    """Write a part of the schema out; a condition is an object that equals itself only."""
    options = {name: str(value) for name, value in part.get("dialect_options", {}).items()}
    return str({**part, "dialect_options": options})


def standing_version(place: str) -> str | None:
    engine: Engine = connect(place)
    found = version(engine)
    engine.dispose()
    return found


def test_an_older_study_is_whole_after_the_upgrade(upgraded: Project) -> None:
    assert check(upgraded) == []
    ada = named(upgraded, "Ada")
    seat = coding.take_seat(upgraded, ada, "r1")
    source, revision = sources.read(upgraded, "FG1")
    desk = coding.desk_of(upgraded, source, seat=seat)
    (made,) = desk.codings
    assert made.first is None
    assert [(memo.body, memo.coding, memo.code) for memo in desk.memos] == [
        ("It smells of more.", made.id, None),
        ("Who brings the chairs?", None, None),
    ]
    turn = revision.turn(5)
    assert turn is not None
    assert [mark.range for mark in desk.marks] == [turn.range]


def test_rows_are_after_the_upgrade_what_they_were(tmp_path: Path) -> None:
    file = tmp_path / "study.qualcode"
    fill_file(file)

    def rows(columns: dict[str, list[str]]) -> dict[str, list[str]]:
        asked = {
            table: f'SELECT {", ".join(names)} FROM "{table}"'  # noqa: S608 - ours
            for table, names in columns.items()
        }
        with closing(sqlite3.connect(file)) as connection:
            return {
                table: sorted(map(repr, connection.execute(statement)))
                for table, statement in asked.items()
            }

    engine = connect(str(file))
    columns = {
        table: [f'"{column["name"]}"' for column in inspect(engine).get_columns(table)]
        for table in inspect(engine).get_table_names()
        if table != "alembic_version"
    }
    engine.dispose()
    before = rows(columns)
    open_project(str(file)).close()
    assert rows(columns) == before
    assert sum(map(len, before.values())) > 150


def test_the_upgrade_keeps_keys_indexes_and_the_view(older: str) -> None:
    before = shape(older)
    open_project(older).close()
    assert before - shape(older) == set()
    assert {"deferr" in each.lower() for each in before if "added_in" in each} == {True, False}
    assert sum("retired_in IS NULL" in each for each in before) >= 3


def test_the_upgrade_keeps_the_journal_from_being_changed(upgraded: Project) -> None:
    for statement in ("UPDATE entry SET kind = 'x'", "DELETE FROM entry"):
        with (
            for_writing(upgraded._engine).connect() as connection,
            pytest.raises(DBAPIError, match="never changed"),
        ):
            connection.exec_driver_sql(statement)


def test_foreign_keys_are_watched_after_the_upgrade(upgraded: Project) -> None:
    for statement in (
        "UPDATE coding SET first_id = (SELECT id FROM coder LIMIT 1)",
        "UPDATE memo SET code_id = (SELECT id FROM coder LIMIT 1)",
        "UPDATE memo SET layer_id = (SELECT id FROM coder LIMIT 1)",
    ):
        with (
            for_writing(upgraded._engine).connect() as connection,
            pytest.raises(DBAPIError, match=r"(?i)foreign key"),
        ):
            connection.exec_driver_sql(statement)


def test_steps_made_before_the_upgrade_are_undone_and_redone(upgraded: Project) -> None:
    ada, ben = named(upgraded, "Ada"), named(upgraded, "Ben")
    assert history.redo(upgraded, by=ada).words == "coded FG1 turn 3: TC2A Name of TC2A"
    assert history.undo(upgraded, by=ben).words == "coded 101 places"
    assert history.undo(upgraded, by=ben).words.startswith("took off FG1 turn 2")
    assert check(upgraded) == []


def test_an_upgraded_study_takes_what_is_new(upgraded: Project) -> None:
    ada = named(upgraded, "Ada")
    seat = coding.take_seat(upgraded, ada, "r1")
    source, revision = sources.read(upgraded, "FG1")
    (made,) = coding.desk_of(upgraded, source, seat=seat).codings
    third = revision.turn(3)
    assert third is not None
    spot = Spot(source, revision, third.range)
    now = coding.adjust(upgraded, made, spot, seat=seat)
    flags.toggle(upgraded, spot, FlagKind.TEAM, seat=seat)
    proposals.propose(upgraded, spot, seat=seat, label="chairs")
    memos.write(upgraded, "Who is missing?", seat=seat)
    desk = coding.desk_of(upgraded, source, seat=seat)
    assert (now.root, desk.memos[0].coding) == (made.id, made.id)
    assert (len(desk.flags), len(desk.proposals)) == (1, 1)
    assert [each.on for each in memos.memos(upgraded, by=ada)] == [
        "the project",
        "FG1:3",
        "TC1A Name of TC1A on FG1:3",
    ]
    assert [code.label for code in recents.recents(upgraded, seat=seat).last] == ["TC1A"]
    (other,) = comparison.others_under(upgraded, seat.codebook.code("TC1A"), seat=seat)
    assert (other.coding, other.place) == (now, "FG1:3")
    assert check(upgraded) == []


def test_an_upgrade_that_fails_leaves_the_older_study(
    older: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise InterruptedError

    before = shape(older)
    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.create_index", fail)
        with pytest.raises(InterruptedError):
            open_project(older)
    assert standing_version(older) == "0001"
    assert shape(older) == before
    open_project(older).close()
    assert standing_version(older) == VERSIONS[-1]
