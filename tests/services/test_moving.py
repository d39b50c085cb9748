"""A study moves from a file to a database and back."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from qualcode.domain.errors import AlreadyThereError, NotYoursError, RefusedError
from qualcode.services import agreement, coding, history, moving, people, projects, sources
from qualcode.services.safekeeping import check
from qualcode.store.models import Table
from qualcode.store.project import Project
from tests.conftest import Qualcode


def _rows(place: str) -> dict[str, list[Any]]:
    engine = create_engine(place.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in Table.metadata.sorted_tables
        }
    engine.dispose()
    return rows


def _figures(project: Project) -> list[object]:
    report = agreement.measure(project, "r1", by=people.lead(project))
    return [(each.code.label, each.cells, each.kappa, each.alpha) for each in report.codes]


@pytest.fixture
def moved(coded: Qualcode, database: str) -> Project:
    """A study that has been moved into a database."""
    project = projects.open_at(str(coded.place))
    moving.move(project, database, by=people.lead(project))
    return project


def test_nothing_is_lost_on_the_way_into_a_database_and_back(
    coded: Qualcode, database: str
) -> None:
    before = _rows(f"sqlite:///{coded.place}")
    project = projects.open_at(str(coded.place))
    figures = _figures(project)
    moving.move(project, database, by=people.lead(project))
    there = projects.open_at(database)
    assert (_rows(database), _figures(there), check(there)) == (before, figures, [])
    back = coded.folder / "back.qualcode"
    moving.move(there, str(back), by=people.lead(there))
    here = projects.open_at(str(back))
    assert _rows(f"sqlite:///{back}") == before
    assert (_figures(here), check(here)) == (figures, [])
    for each in (project, there, here):
        each.close()


def test_what_stays_behind_is_read_but_takes_nothing_more(moved: Project) -> None:
    ada = people.named(moved, "a")
    seat = coding.take_seat(moved, ada, "r1")
    spot = sources.find(moved, "FG1:2")
    assert coding.desk_of(moved, spot.source, seat=seat).codings
    with pytest.raises(RefusedError, match="has moved to postgresql"):
        coding.apply(moved, spot, [seat.codebook.codes[0]], seat=seat)
    with pytest.raises(RefusedError, match="has moved to postgresql"):
        history.undo(moved, by=ada)
    assert check(moved) == []


def test_steps_can_be_undone_where_the_study_has_gone(moved: Project, database: str) -> None:
    there = projects.open_at(database)
    undone = history.undo(there, by=people.named(there, "a"))
    assert undone
    assert check(there) == []
    there.close()


def test_a_study_never_moves_over_what_is_there(coded: Qualcode, tmp_path: Path) -> None:
    taken = tmp_path / "taken.qualcode"
    taken.write_bytes(b"something else")
    project = projects.open_at(str(coded.place))
    before = project.changes_seen()
    with pytest.raises(AlreadyThereError):
        moving.move(project, str(taken), by=people.lead(project))
    assert taken.read_bytes() == b"something else"
    assert project.changes_seen() == before


def test_only_the_lead_moves_a_study(coded: Qualcode, tmp_path: Path) -> None:
    project = projects.open_at(str(coded.place))
    with pytest.raises((NotYoursError, RefusedError)):
        moving.move(project, str(tmp_path / "to.qualcode"), by=people.named(project, "a"))
    assert not (tmp_path / "to.qualcode").exists()
