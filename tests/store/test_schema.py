"""The schema that the steps make, and the schema that the models describe."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from qualcode.store.engine import connect
from qualcode.store.migrations.versions import v0004_rounds_of_several as last
from qualcode.store.models import Table
from qualcode.store.schema import VERSIONS, upgrade, version
from tests.store.conftest import begin_study


def differences(place: str) -> list[Any]:
    engine = connect(place)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = compare_metadata(context, Table.metadata)
    engine.dispose()
    return list(found)


def test_the_steps_make_what_the_models_describe(place: str) -> None:
    begin_study(place).project.close()
    assert differences(place) == []


def test_the_newest_version_is_the_last_step(place: str) -> None:
    engine = connect(place)
    assert version(engine) is None
    upgrade(engine)
    assert version(engine) == VERSIONS[-1] == last.revision
    upgrade(engine)
    assert version(engine) == VERSIONS[-1]
    engine.dispose()


def test_every_constraint_has_a_name(place: str) -> None:
    begin_study(place).project.close()
    engine = connect(place)
    found = inspect(engine)
    for table in Table.metadata.tables:
        assert found.get_pk_constraint(table)["name"], table
        assert all(each["name"] for each in found.get_foreign_keys(table)), table
        assert all(each["name"] for each in found.get_unique_constraints(table)), table
    engine.dispose()


def test_a_step_that_fails_leaves_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_statement: str) -> None:
        raise InterruptedError

    engine = connect(place)
    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.execute", fail)
        with pytest.raises(InterruptedError):
            upgrade(engine)
    assert inspect(engine).get_table_names() == []
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    upgrade(engine)
    engine.dispose()
