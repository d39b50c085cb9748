"""What belongs to one coder, as a project of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from qualcode.store.anchors import BEGUN
from qualcode.store.checks import check
from qualcode.store.engine import connect, for_writing
from qualcode.store.opening import open_project
from qualcode.store.project import Project
from qualcode.store.schema import upgrade
from qualcode.store.shares import share_of, write_share

from .conftest import Made, Study


@pytest.fixture
def worked(study: Study) -> Study:
    """A study in which both coders have done all sorts of things."""
    for coder in (study.ada, study.ben):
        rows: list[Made] = [
            study.coding(coder, "TC1A", study.turn(2)),
            study.mark(coder, study.turn(3)),
            study.memo(coder, study.turn(5), f"{coder.name} wonders."),
            study.flag(coder, study.turn(5)),
            study.proposal(coder, study.turn(6), f"{coder.name} proposes"),
        ]
        study.add(coder, *rows)
        later = study.coding(coder, "TC1B", study.turn(5))
        study.add(coder, later)
        study.retire(coder, later)
        study.undo(coder)
    return study


def _shared(study: Study, file: Path) -> Project:
    engine = connect(str(file))
    upgrade(engine)
    with study.project.reading() as view, Session(for_writing(engine)) as into, into.begin():
        write_share(view, share_of(view, study.ada), into)
    engine.dispose()
    return open_project(str(file))


@pytest.fixture
def share(worked: Study, tmp_path: Path) -> Iterator[Project]:
    """What belongs to Ada, as a project."""
    project = _shared(worked, tmp_path / "ada.qualcode")
    yield project
    project.close()


def test_a_share_is_a_sound_project(share: Project) -> None:
    assert check(share) == []


def test_nothing_of_a_colleague_is_in_a_share(worked: Study, share: Project) -> None:
    content = Path(share.place).read_bytes()
    own, other = (coder.name.encode() for coder in (worked.ada, worked.ben))
    assert own + b" wonders." in content
    for words in (b" wonders.", b" proposes"):
        assert other + words not in content
    layer = worked.layer(worked.ben)
    assert layer.id.bytes not in content
    assert str(layer.id).encode() not in content


def test_not_even_a_gap_in_the_journal_tells_of_others(share: Project) -> None:
    with share.reading() as view:
        entries = list(view.journal.entries())
    assert [each.number for each in entries] == list(range(1, len(entries) + 1))
    assert entries[-1].kind == BEGUN
    assert len({each.workspace for each in entries}) == 1


def test_what_was_done_before_can_be_undone_in_a_share(worked: Study, share: Project) -> None:
    with worked.project.reading() as view, share.reading() as shared:
        assert shared.steps.to_redo(worked.ada.id) == view.steps.to_redo(worked.ada.id)
        assert shared.steps.to_undo(worked.ada.id) == view.steps.to_undo(worked.ada.id)
        assert shared.steps.to_undo(worked.ben.id) is None
