"""A study moves from a file to a database and back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.domain.errors import AlreadyThereError, NotYoursError, RefusedError
from qualcode.services import agreement, coding, history, moving, people, projects, sources
from qualcode.services.safekeeping import check
from qualcode.store.project import Project
from tests.conftest import Qualcode


def _rows(project: Project) -> dict[str, list[str]]:
    return Qualcode(Path(), Path(), project.place).kept()


def _figures(project: Project) -> list[object]:
    report = agreement.measure(project, "r1", by=people.lead(project))
    return [(each.code.label, each.cells, each.kappa, each.alpha) for each in report.codes]


@pytest.fixture
def project(coded: Qualcode) -> Iterator[Project]:
    """A study coded by both."""
    with closing(projects.open_at(coded.at)) as opened:
        yield opened


@pytest.fixture
def moved(project: Project, database: str) -> Project:
    """A study that has been moved into a database."""
    moving.move(project, database, by=people.lead(project))
    return project


def test_nothing_is_lost_on_the_way_into_a_database_and_back(
    project: Project, database: str, tmp_path: Path
) -> None:
    before = _rows(project)
    figures = _figures(project)
    moving.move(project, database, by=people.lead(project))
    there = projects.open_at(database)
    assert (_rows(there), _figures(there), check(there)) == (before, figures, [])
    back = tmp_path / "back.qualcode"
    moving.move(there, str(back), by=people.lead(there))
    here = projects.open_at(str(back))
    assert _rows(here) == before
    assert (_figures(here), check(here)) == (figures, [])
    for each in (there, here):
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


def test_a_study_never_moves_over_what_is_there(project: Project, tmp_path: Path) -> None:
    taken = tmp_path / "taken.qualcode"
    taken.write_bytes(b"something else")
    before = project.changes_seen()
    with pytest.raises(AlreadyThereError):
        moving.move(project, str(taken), by=people.lead(project))
    assert taken.read_bytes() == b"something else"
    assert project.changes_seen() == before


def test_only_the_lead_moves_a_study(project: Project, tmp_path: Path) -> None:
    with pytest.raises((NotYoursError, RefusedError)):
        moving.move(project, str(tmp_path / "to.qualcode"), by=people.named(project, "a"))
    assert not (tmp_path / "to.qualcode").exists()
