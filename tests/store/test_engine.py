"""How the databases are driven."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from qualcode.domain.errors import ProjectError
from qualcode.store.engine import bare, connect, for_reading, for_writing
from qualcode.store.opening import open_project
from tests.store.conftest import Study, begin_study

WANTED = {
    "busy_timeout": 30000,
    "journal_mode": "delete",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}


def settings(connection: Connection) -> dict[str, object]:
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in WANTED}


def test_every_connection_has_the_safe_settings(file_study: Study) -> None:
    engine = connect(file_study.place)
    with (
        for_reading(engine).connect() as first,
        for_reading(engine).connect() as second,
        for_writing(engine).connect() as third,
    ):
        for connection in (first, second, third):
            assert settings(connection) == WANTED
    engine.dispose()


def test_an_upgrade_leaves_references_watched(file: Path) -> None:
    study = begin_study(str(file))
    with study.project.reading() as view:
        assert settings(view.session.connection()) == WANTED
    study.project.close()


def test_looking_sets_nothing(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE recipe (name text)")
        connection.commit()
    engine = bare(str(file))
    with engine.connect() as looking:
        assert looking.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_reading_cannot_change_anything(study: Study) -> None:
    before = study.findings()
    for statement in ("DELETE FROM coder", "UPDATE project SET name = 'x'", "DROP TABLE step"):
        with pytest.raises(ProjectError), study.project.reading() as view:
            view.session.execute(text(statement))
    with study.project.reading() as view:
        assert view.about().name == "Ferries"
        assert len(view.people.all()) == 3
    assert study.findings() == before


def test_a_reader_sees_one_moment(study: Study) -> None:
    if study.project.place.startswith("postgresql"):
        made = study.coding(study.ada, "TC1A", study.turn(2))
        with study.project.reading() as view:
            before = view.journal.count()
            study.add(study.ada, made)
            assert view.journal.count() == before
    with study.project.reading() as view:
        seen = view.journal.count()
    assert seen == study.project.changes_seen()


def test_who_waits_in_vain_is_told_so_and_can_go_on(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.store.engine._PATIENCE", 0.1)
    colleague = study.elsewhere(open_project(study.place))
    mine = study.coding(study.ada, "TC1A", study.turn(2))
    theirs = study.coding(study.ben, "TC1A", study.turn(3))
    with study.project.work("code", by=study.ada) as work:
        work.in_layer(study.layers[mine.layer])
        work.changes.add_codings([mine])
        with pytest.raises(ProjectError, match="somebody else has been writing") as refusal:
            colleague.add(study.ben, theirs)
    assert "locked" not in refusal.value.sentence
    assert refusal.value.hint.startswith("Try again")
    assert colleague.add(study.ben, theirs) == 1
    assert (study.codes(study.ada), study.codes(study.ben)) == (["TC1A"], ["TC1A"])
    assert study.findings() == []
    colleague.project.close()
