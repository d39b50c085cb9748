"""Units of work: kept whole or dropped whole, each with one journal entry."""

from contextlib import suppress

import pytest
from sqlalchemy import text

from qualcode.domain.codings import Desk
from qualcode.domain.errors import NotYoursError, ProjectError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from qualcode.domain.rounds import RoundState
from tests.store.conftest import Study


def test_a_raise_drops_everything(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(2))
    memo = study.memo(study.ada, study.turn(2), "A thought.")
    own, before = study.layer(study.ada), study.entries()
    with suppress(LookupError), study.project.work("code", by=study.ada) as work:
        work.in_layer(own)
        work.changes.add_codings([made])
        work.changes.add_memos([memo])
        work.people.add(Coder(new_id(), "Eve", Role.CODER))
        work.note("anything", 1)
        raise LookupError
    assert study.entries() == before
    assert study.desk(study.ada) == Desk()
    assert study.progress(study.ada) == [(0, 0), (0, 0)]
    assert not study.undo(study.ada)
    with study.project.reading() as view:
        assert "Eve" not in [coder.name for coder in view.people.all()]
    assert study.findings() == []


def test_work_that_touched_nothing_leaves_no_entry(study: Study) -> None:
    own, before = study.layer(study.ada), study.entries()
    with study.project.work("nothing", by=study.ada):
        pass
    with study.project.work("nothing", by=study.ada) as work:
        work.in_layer(own)
        work.changes.add_codings([])
        work.changes.add_marks([])
        work.changes.add_memos([])
        work.changes.retire("coding", [])
    assert study.entries() == before


def test_work_is_one_entry_however_much_it_did(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(2))
    other = study.coding(study.ada, "TC1B", study.turn(3))
    mark, memo = study.mark(study.ada, study.turn(5)), study.memo(study.ada, study.turn(2), "Hm.")
    own, before = study.layer(study.ada), len(study.entries())
    with study.project.work("code", by=study.ada) as work:
        work.in_layer(own)
        assert work.changes.add_codings([made]) == 1
        assert work.changes.add_codings([made, other]) == 1
        assert work.changes.add_marks([mark]) == 1
        work.changes.add_memos([memo])
        work.changes.retire("coding", [made])
    entry = study.entries()[-1]
    assert len(study.entries()) == before + 1
    assert (entry.who, entry.layer, entry.kind) == (study.ada.id, own.id, "code")
    assert study.codes(study.ada) == ["TC1B"]
    assert study.findings() == []
    study.undo(study.ada)
    assert study.codes(study.ada) == []
    study.redo(study.ada)
    assert study.codes(study.ada) == ["TC1B"]
    assert study.findings() == []


@pytest.mark.parametrize("change", ["UPDATE entry SET kind = 'x'", "DELETE FROM entry"])
def test_the_journal_refuses_change(study: Study, change: str) -> None:
    before = study.entries()
    with pytest.raises(ProjectError), study.project.work("tamper", by=study.lead) as work:
        work.session.execute(text(change))
    assert study.entries() == before


def test_a_layer_is_its_coders_alone(study: Study) -> None:
    consensus, bens = study.layer(None), study.layer(study.ben)
    for who in (study.ada, study.lead, None):
        with pytest.raises(NotYoursError), study.project.work("code", by=who) as work:
            work.in_layer(bens)
    with pytest.raises(NotYoursError), study.project.work("decide", by=study.ada) as work:
        work.in_layer(consensus)
    with study.project.work("decide", by=study.lead) as work:
        work.in_layer(consensus)


def test_a_name_that_is_no_text_is_refused_in_a_sentence(study: Study) -> None:
    with pytest.raises(RefusedError), study.project.reading() as view:
        view.people.named("\udcff")
    with pytest.raises(RefusedError), study.project.work("coder add", by=study.lead) as work:
        work.people.add(Coder(new_id(), "\udcff", Role.CODER))


def test_sentence_bounds_are_kept_without_an_entry(study: Study) -> None:
    revision = study.texts[study.ferry.id]
    ranges = [study.turn(2), study.turn(3)]
    before = study.entries()
    for bounds in (ranges, []):
        with study.project.upkeep() as view:
            view.sources.keep_sentences(revision.id, "splitter 1", bounds)
    with study.project.reading() as view:
        assert view.sources.sentences(revision.id, "splitter 1") == ranges
        assert view.sources.sentences(revision.id, "splitter 2") is None
    assert study.entries() == before
    assert study.findings() == []


def test_changes_are_seen_from_elsewhere(study: Study) -> None:
    before = study.project.changes_seen()
    with study.project.reading():
        assert study.project.changes_seen() == before
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    assert study.project.changes_seen() != before


def test_a_round_changes_state(study: Study) -> None:
    with study.project.work("round frozen", by=study.lead) as work:
        work.rounds.set_state(study.blind, RoundState.FROZEN)
        work.note("round", str(study.blind.id))
    with study.project.reading() as view:
        assert view.rounds.named("R1").state is RoundState.FROZEN
    assert study.findings() == []
