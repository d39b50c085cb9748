"""Rounds, assignments and layers as they are kept."""

import pytest

from qualcode.domain.assignments import Assigned
from qualcode.domain.errors import AlreadyThereError, UnknownRoundError
from qualcode.domain.rounds import RoundState, Viewpoint
from tests.store.conftest import Study, a_round


def test_rounds_come_back_in_order_with_their_coders(study: Study) -> None:
    with study.project.work("round new", by=study.lead) as work:
        work.rounds.add(a_round("Ü 2", blind=False, coders=(study.ben.id, study.ada.id)))
        work.note("round", "x")
    with study.project.reading() as view:
        rounds = view.rounds.all()
        assert [(each.number, each.name) for each in rounds] == [(0, "free"), (1, "r1"), (2, "Ü 2")]
        assert rounds[2].coders == (study.ben.id, study.ada.id)
        assert (rounds[1].blind, rounds[2].blind, rounds[0].free) == (True, False, True)
        assert rounds[2] == view.rounds.named("u 2") == view.rounds.with_id(rounds[2].id)


def test_two_rounds_never_share_a_name(study: Study) -> None:
    with (
        pytest.raises(AlreadyThereError, match="R1"),
        study.project.work("round new", by=study.lead) as work,
    ):
        work.rounds.add(a_round("R1"))
    with pytest.raises(UnknownRoundError), study.project.reading() as view:
        view.rounds.named("r2")


def test_every_source_there_goes_to_every_coder(study: Study) -> None:
    with study.project.reading() as view:
        both = frozenset({study.ferry.id, study.market.id})
        assert view.rounds.assigned(study.blind, study.ada.id) == Assigned(both)
        assert view.rounds.assigned(study.blind, study.lead.id) == Assigned(frozenset())
        assert view.rounds.assigned(study.free, study.lead.id) == Assigned()
        assert view.rounds.has_whole(study.blind, study.ben.id, study.market.id)
        assert not view.rounds.has_whole(study.blind, study.lead.id, study.market.id)
        assert view.rounds.has_whole(study.free, study.lead.id, study.market.id)


def test_a_coder_has_one_layer_a_round(study: Study) -> None:
    layers = [study.layer(study.ada), study.layer(study.ada), study.layer(study.ada, study.free)]
    assert layers[0] == layers[1] != layers[2]
    assert study.layer(None) == study.layer(None)
    with study.project.reading() as view:
        assert view.rounds.layer(study.blind, study.ben) is None
        assert view.rounds.of_layer(layers[2].id).name == "free"


def test_a_state_is_kept(study: Study) -> None:
    with study.project.work("round closed", by=study.lead) as work:
        work.rounds.set_state(study.blind, RoundState.CLOSED)
        work.rounds.use_codebook(study.free, 1)
    with study.project.reading() as view:
        assert view.rounds.named("r1").state is RoundState.CLOSED
        assert view.rounds.named("free").codebook_version == 1


def test_a_change_shows_in_the_work_that_makes_it(study: Study) -> None:
    with study.project.work("round closed", by=study.lead) as work:
        before = work.rounds.with_id(study.blind.id)
        assert work.rounds.layer(before, study.ben) is None
        work.rounds.set_state(before, RoundState.CLOSED)
        work.rounds.use_codebook(before, 0)
        now = work.rounds.with_id(before.id)
        assert (now.state, now.codebook_version) == (RoundState.CLOSED, 0)
        own = work.rounds.own_layer(now, study.ben)
        assert work.rounds.layer(now, study.ben) == own
        work.rounds.set_state(now, RoundState.OPEN)
        assert work.rounds.of_layer(own.id).state is RoundState.OPEN
        seen = work.rounds.layers_seen(Viewpoint(study.ben), work.rounds.of_layer(own.id))
        assert own in [each.layer for each in seen]
