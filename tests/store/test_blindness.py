"""What a coder cannot see of another's work while a round is blind and open."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from qualcode.domain.assignments import Assigned
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, RoundState, Viewpoint
from qualcode.store.codings import Codings
from qualcode.store.decisions import Decisions
from qualcode.store.journal import NOTING
from qualcode.store.places import KeptPlace
from qualcode.store.project import View
from tests.store.conftest import Study

Read = Callable[[View, Viewpoint, Study, Layer], Any]


def adas(study: Study) -> list[UUID]:
    """Name Ada's codings, as somebody may who has seen their ids elsewhere."""
    return [coding.id for coding in study.desk(study.ada).codings]


READS: dict[str, Read] = {
    "desk": lambda view, who, study, layer: view.codings.desk(who, layer, study.ferry),
    "touching": lambda view, who, study, layer: view.codings.touching(
        who, layer, study.ferry, study.turn(2)
    ),
    "beside": lambda view, who, study, layer: view.codings.beside(
        who, [study.codebook.code("TC1A").id], layer, [study.ferry.id]
    ),
    "of_source": lambda view, who, study, layer: view.codings.of_source(who, study.ferry, [layer]),
    "of_codes": lambda view, who, study, layer: view.codings.of_codes(
        who, [study.codebook.code("TC1A").id], [layer]
    ),
    "newest_of_codes": lambda view, who, study, layer: view.codings.newest_of_codes(
        who, [study.codebook.code("TC1A").id], [layer], first=5
    ),
    "count_segments": lambda view, who, study, layer: view.codings.count_segments(
        who, layer, [study.codebook.code("TC1A").id]
    ),
    "with_ids": lambda view, who, study, layer: view.codings.with_ids(who, layer, adas(study)),
    "grown_from": lambda view, who, study, layer: view.codings.grown_from(
        who, [layer], adas(study)
    ),
    "put_on_last": lambda view, who, _study, layer: view.codings.put_on_last(who, layer, steps=5),
    "of_layers": lambda view, who, _study, layer: view.codings.of_layers(who, [layer]),
    "spans": lambda view, who, _study, layer: view.codings.spans(who, [layer]),
    "memos": lambda view, who, _study, layer: view.codings.memos(who, [layer]),
    "notes": lambda view, who, study, layer: view.codings.notes(who, [layer], study.ferry),
    "memos_compared": lambda view, who, study, layer: view.codings.memos_compared(
        who, [layer], study.ferry
    ),
    "flags": lambda view, who, study, layer: view.codings.flags(who, layer, study.ferry),
    "proposals": lambda view, who, _study, layer: view.codings.proposals(who, [layer]),
    "progress": lambda view, who, _study, layer: view.codings.progress(who, layer, Assigned()),
    "count_by_code": lambda view, who, _study, layer: view.codings.count_by_code(who, layer),
    "of_layer": lambda view, who, _study, layer: view.decisions.of_layer(who, layer),
}
WITHOUT_CODINGS = {"raw_id"}
UNTIL_NAMES_OPEN = {"notes", "memos"}
"""What even the lead reads only where it may be known whose it is."""


@pytest.fixture
def coded(study: Study) -> Study:
    """Let Ada and the lead leave something of every sort."""
    made = study.coding(study.ada, "TC1A", study.turn(2))
    mark, memo = study.mark(study.ada, study.turn(3)), study.memo(study.ada, study.turn(2), "Hm.")
    same = study.coding(study.ada, "TC1B", study.turn(2))
    flag = study.flag(study.ada, study.turn(5))
    proposal = study.proposal(study.ada, study.turn(5), "Never said twice")
    study.add(study.ada, made, same, mark, memo, flag, proposal)
    note = study.memo(study.ada, study.turn(3), "Next time.")
    with study.project.work(NOTING, by=study.ada) as work:
        work.in_layer(study.layers[made.layer])
        work.changes.add_memos([note])
    agreed = study.coding(None, "TC1A", study.turn(2))
    study.add(study.lead, agreed, study.decision(study.turn(2), "Both say so."))
    study.layer(study.ben)
    return study


def read(study: Study, name: str, asks: Coder, layer: Layer) -> Any:  # noqa: ANN401 - any read's answer
    with study.project.reading() as view:
        return READS[name](view, Viewpoint(asks), study, layer)


def layer_read(study: Study, name: str) -> Layer:
    return study.layer(None if name == "of_layer" else study.ada)


def empty(study: Study, name: str) -> Any:  # noqa: ANN401 - as above
    """Give what the read says of a layer in which nothing was done."""
    return read(study, name, study.ben, study.layer(study.ben))


def test_every_read_of_codings_is_tried_here() -> None:
    public = {
        name
        for kind in (Codings, Decisions)
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }
    assert public == set(READS) | WITHOUT_CODINGS


@pytest.mark.parametrize("name", READS)
def test_a_blind_layer_looks_like_an_empty_one(coded: Study, name: str) -> None:
    layer = layer_read(coded, name)
    assert read(coded, name, coded.ben, layer) == empty(coded, name)


@pytest.mark.parametrize("name", READS)
def test_a_frozen_round_is_still_blind(coded: Study, name: str) -> None:
    with coded.project.work("round frozen", by=coded.lead) as work:
        work.rounds.set_state(coded.blind, RoundState.FROZEN)
    layer = layer_read(coded, name)
    assert read(coded, name, coded.ben, layer) == empty(coded, name)


@pytest.mark.parametrize("name", READS)
def test_its_coder_and_the_lead_see_a_layer(coded: Study, name: str) -> None:
    layer = layer_read(coded, name)
    if name != "of_layer":
        assert read(coded, name, coded.ada, layer) != empty(coded, name)
    closed = name in UNTIL_NAMES_OPEN
    assert (read(coded, name, coded.lead, layer) == empty(coded, name)) is closed


@pytest.mark.parametrize("name", [*sorted(UNTIL_NAMES_OPEN), "desk"])
def test_an_unblinded_round_opens_memos_to_the_lead_alone(coded: Study, name: str) -> None:
    layer, before = layer_read(coded, name), read(coded, name, coded.lead, coded.layer(coded.ada))
    with coded.project.work("round unblind", by=coded.lead) as work:
        work.rounds.unblind(coded.blind)
    assert read(coded, name, coded.lead, layer) != before
    assert read(coded, name, coded.ben, layer) == empty(coded, name)


@pytest.mark.parametrize("name", READS)
def test_a_closed_round_is_open_to_view(coded: Study, name: str) -> None:
    layer, nothing = layer_read(coded, name), empty(coded, name)
    with coded.project.work("round closed", by=coded.lead) as work:
        work.rounds.set_state(coded.blind, RoundState.CLOSED)
    assert read(coded, name, coded.ben, layer) != nothing


@pytest.mark.parametrize("sort", ["codings", "marks", "memos", "flags", "proposals"])
def test_every_sort_on_a_desk_is_kept_from_view(coded: Study, sort: str) -> None:
    assert getattr(coded.desk(coded.ada), sort)
    assert not getattr(coded.desk(coded.ada, asks=coded.ben), sort)
    assert bool(getattr(coded.desk(coded.ada, asks=coded.lead), sort)) is (sort != "memos")


def test_a_place_is_found_by_its_own_coder_only(coded: Study) -> None:
    ferry, now = coded.ferry, datetime.now(UTC)
    place = KeptPlace(ferry.id, ferry.revision, coded.turn(3), now, 7)
    with coded.project.upkeep() as view:
        view.places.keep(Viewpoint(coded.ada), coded.blind, place)
    with coded.project.reading() as view:
        assert view.places.left(Viewpoint(coded.ada), coded.blind) == place
        for asks in (coded.ben, coded.lead):
            assert view.places.left(Viewpoint(asks), coded.blind) is None
            assert view.places.left(Viewpoint(asks), coded.blind, ferry.id) is None


def test_a_forged_layer_opens_nothing(coded: Study) -> None:
    adas = coded.layer(coded.ada)
    forged = [
        Layer(adas.id, adas.round, coded.ben.id),
        Layer(adas.id, coded.free.id, adas.coder),
        Layer(adas.id, coded.free.id, coded.ben.id),
    ]
    for layer in forged:
        assert read(coded, "of_layers", coded.ben, layer) == []


def test_layers_seen_in_one_transaction_follow_what_it_begins(study: Study) -> None:
    with study.project.work("code", by=study.ada) as work:
        before = work.rounds.layers_seen(Viewpoint(study.ada))
        begun = work.rounds.own_layer(study.blind, study.ada)
        after = work.rounds.layers_seen(Viewpoint(study.ada))
    assert [each.layer for each in after] == [*(each.layer for each in before), begun]
