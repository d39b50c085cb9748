"""Where coders left, as it is kept."""

from datetime import UTC, datetime, timedelta

from qualcode.domain.rounds import Viewpoint
from qualcode.domain.sources import Source
from qualcode.store.places import KeptPlace
from tests.store.conftest import Study

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


def place(study: Study, source: Source, turn: int, minutes: int) -> KeptPlace:
    at = NOON + timedelta(minutes=minutes)
    return KeptPlace(source.id, source.revision, study.turn(turn, source), at, minutes)


def keep(study: Study, kept: KeptPlace) -> None:
    with study.project.upkeep() as view:
        view.places.keep(Viewpoint(study.ada), study.blind, kept)


def test_a_source_has_one_place_and_the_last_one_kept_is_found(study: Study) -> None:
    here, there = place(study, study.ferry, 2, 1), place(study, study.market, 2, 2)
    later = place(study, study.ferry, 5, 3)
    for kept in (here, there):
        keep(study, kept)
    ada = Viewpoint(study.ada)
    with study.project.reading() as view:
        assert view.places.left(ada, study.blind) == there
        assert view.places.left(ada, study.blind, study.ferry.id) == here
        assert view.places.left(ada, study.free) is None
    keep(study, later)
    study.reopen()
    with study.project.reading() as view:
        assert view.places.left(ada, study.blind) == later
        assert view.places.left(ada, study.blind, study.ferry.id) == later
    assert study.findings() == []
