"""A desk read again: nothing is lost, nothing is kept that no longer stands."""

from dataclasses import fields, replace

from qualcode.domain.codings import Desk
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Viewpoint
from qualcode.domain.sources import Source
from qualcode.domain.text import Range
from tests.store.conftest import Made, Study


def _again(study: Study, known: Desk, *, by: Coder | None = None, on: Source | None = None) -> Desk:
    """Read Ada's desk once more."""
    layer = study.layer(study.ada)
    with study.project.reading() as view:
        viewpoint = Viewpoint(by or study.ada)
        return view.codings.desk(viewpoint, layer, on or study.ferry, known=known)


def _full(study: Study) -> list[Made]:
    """Draft two of each sort, the later in the text first."""
    places = [study.turn(5), study.turn(2)]
    coding = study.coding(study.ada, "TC1A", study.turn(3))
    return [
        coding,
        *(study.coding(study.ada, "TC1B", place) for place in places),
        study.coding(study.ada, "TC2A", Range(40, 44), Range(50, 55)),
        *(study.mark(study.ada, place) for place in places),
        *(study.memo(study.ada, place, "Hm.") for place in places),
        study.memo(study.ada, study.turn(3), "On a coding.", coding),
        study.memo_beyond_words(study.ada, "On the source.", source=study.ferry),
        *(study.flag(study.ada, place) for place in places),
        *(study.proposal(study.ada, place, "chairs") for place in places),
    ]


def test_what_was_known_is_taken_over(study: Study) -> None:
    study.add(study.ada, *_full(study))
    known = study.desk(study.ada)
    again = _again(study, known)
    assert again == known
    for sort in fields(Desk):
        if sort.name == "notes":
            continue
        before, now = getattr(known, sort.name), getattr(again, sort.name)
        assert len(now) > 1
        assert all(one is other for one, other in zip(before, now, strict=True))


def test_a_desk_read_again_is_the_desk_read_anew_after_every_step(study: Study) -> None:
    rows = _full(study)
    known = study.desk(study.ada)
    assert known == Desk()
    for row in rows:
        study.add(study.ada, row)
        before, known = known, _again(study, known)
        assert known == study.desk(study.ada) != before
    for row in rows[::-1]:
        study.retire(study.ada, row)
        before, known = known, _again(study, known)
        assert known == study.desk(study.ada) != before
    for go in (study.undo, study.redo):
        while go(study.ada):
            before, known = known, _again(study, known)
            assert known == study.desk(study.ada) != before


def test_what_is_the_same_at_the_same_place_but_another_row_is_read(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    known = study.desk(study.ada)
    study.retire(study.ada, *known.codings)
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    (now,) = _again(study, known).codings
    assert now.id != known.codings[0].id


def test_a_desk_known_from_elsewhere_brings_nothing_with_it(study: Study) -> None:
    study.add(study.ada, *_full(study))
    study.add(study.ben, study.coding(study.ben, "TC1A", study.turn(2)))
    own = study.desk(study.ada)
    assert _again(study, study.desk(study.ben)) == own
    assert _again(study, own, on=study.market) == Desk()


def test_knowing_a_desk_opens_no_layer(study: Study) -> None:
    study.add(study.ada, *_full(study))
    known = study.desk(study.ada)
    assert _again(study, known, by=study.ben) == Desk()
    assert _again(study, known, by=study.lead) == replace(known, memos=())


def test_codings_are_read_in_order_of_place(study: Study) -> None:
    study.add(study.ada, *_full(study))
    for desk in (study.desk(study.ada), _again(study, study.desk(study.ada))):
        assert [each.extent.start for each in desk.codings] == sorted(
            each.extent.start for each in desk.codings
        )
        for sort in (desk.marks, desk.flags, desk.proposals, desk.memos):
            starts = [each.range.start for each in sort]
            assert starts == sorted(starts)
