"""Bare segments, for counting."""

import pytest

from qualcode.domain.people import Coder
from qualcode.domain.rounds import Viewpoint
from qualcode.domain.text import Range
from qualcode.store.segments import Tallied
from tests.store.conftest import Study


@pytest.fixture
def marked(study: Study) -> Study:
    """Let Ada code two turns, one in pieces, and take a third coding off again."""
    turn = study.turn(5)
    pieces = Range(turn.start, turn.start + 4), Range(turn.end - 5, turn.end)
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    study.add(study.ada, study.coding(study.ada, "TC1A", *pieces))
    gone = study.coding(study.ada, "TC1B", study.turn(3))
    study.add(study.ada, gone)
    study.retire(study.ada, gone)
    return study


def found(study: Study, who: Coder) -> tuple[dict[str, Tallied], list[tuple[Range, ...]]]:
    layer = study.layer(study.ada)
    known = study.codebook.by_id()
    with study.project.reading() as view:
        tallied = view.segments.tally(Viewpoint(who), [layer])
        placed = view.segments.placed(Viewpoint(who), [layer])
    ranges = sorted(one[2] for some in placed.values() for one in some)
    assert {one[:2] for some in placed.values() for one in some} <= {(study.ferry.id, layer.id)}
    return {known[code].label: one for code, one in tallied.items()}, ranges


def test_what_stands_is_counted_and_placed_by_its_code(marked: Study) -> None:
    tallied, ranges = found(marked, marked.ada)
    assert tallied == {"TC1A": Tallied(2, 1)}
    assert [len(one) for one in ranges] == [1, 2]
    assert ranges[0] == (marked.turn(2),)


def test_what_several_coders_marked_is_one_passage(marked: Study) -> None:
    marked.add(marked.ben, marked.coding(marked.ben, "TC1A", marked.turn(2)))
    layers = [marked.layer(one) for one in (marked.ada, marked.ben)]
    code = marked.codebook.code("TC1A")
    with marked.project.reading() as view:
        assert view.segments.tally(Viewpoint(marked.lead), layers)[code.id] == Tallied(2, 1)
        assert len(view.segments.placed(Viewpoint(marked.lead), layers)[code.id]) == 3


def test_an_unseen_layer_counts_as_an_empty_one(marked: Study) -> None:
    assert found(marked, marked.ben) == ({}, [])
    assert found(marked, marked.lead) == found(marked, marked.ada)
