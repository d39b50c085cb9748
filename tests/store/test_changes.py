"""Adding to layers, retiring from them, undoing and redoing."""

from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import text

from qualcode.domain.codings import Coding, Desk, FlagKind
from qualcode.domain.errors import RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.rounds import Viewpoint
from qualcode.domain.text import Range
from qualcode.store.codings import Grown
from tests.store.conftest import Study

MANY = 130


def many(study: Study) -> list[Coding]:
    """Draft more codings than an entry lists one by one."""
    return [study.coding(study.ada, "TC1A", Range(at, at + 1)) for at in range(MANY)]


def test_a_coding_comes_back_as_it_was_made(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(3))
    assert study.add(study.ada, made) == 1
    assert study.desk(study.ada).codings == (made,)
    assert study.findings() == []


def test_a_discontinuous_coding_keeps_its_pieces(study: Study) -> None:
    first = Range(study.turn(2).start, study.turn(2).start + 6)
    second = Range(study.turn(3).end - 6, study.turn(3).end)
    made = study.coding(study.ada, "TC1A", first, second)
    study.add(study.ada, made)
    (kept,) = study.desk(study.ada).codings
    assert kept.ranges == (first, second)
    assert kept.words(study.text) == f"{first.of(study.text)} [...] {second.of(study.text)}"
    assert study.progress(study.ada)[0] == (2, 1)
    assert study.findings() == []


def test_pieces_with_one_extent_are_two_codings(study: Study) -> None:
    extent = study.turn(2)
    apart = (Range(extent.start, extent.start + 3), Range(extent.end - 3, extent.end))
    study.add(study.ada, study.coding(study.ada, "TC1A", extent))
    assert study.add(study.ada, study.coding(study.ada, "TC1A", *apart)) == 1


def test_the_same_coding_twice_is_harmless(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(3))
    study.add(study.ada, made)
    before = study.entries()
    assert study.add(study.ada, made) == 0
    assert study.add(study.ada, replace(made, id=new_id())) == 0
    assert study.entries() == before
    assert study.codes(study.ada) == ["TC1A"]
    assert study.findings() == []


def test_of_a_batch_only_what_is_new_is_added(study: Study) -> None:
    old = study.coding(study.ada, "TC1A", study.turn(2))
    new = study.coding(study.ada, "TC1B", study.turn(2))
    study.add(study.ada, old)
    again = replace(old, id=new_id())
    assert study.add(study.ada, again, new, replace(new, id=new_id()), old) == 1
    assert study.findings() == []
    study.undo(study.ada)
    assert study.codes(study.ada) == ["TC1A"]


def test_of_a_batch_of_marks_only_what_is_new_is_added(study: Study) -> None:
    old = study.mark(study.ada, study.turn(2))
    study.add(study.ada, old)
    again = replace(old, id=new_id())
    assert study.add(study.ada, again, study.mark(study.ada, study.turn(3)), old) == 1
    assert study.findings() == []
    study.undo(study.ada)
    assert len(study.desk(study.ada).marks) == 1


def test_a_coding_taken_off_can_be_made_anew(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(2))
    study.add(study.ada, made)
    study.retire(study.ada, made)
    assert study.add(study.ada, replace(made, id=new_id())) == 1
    assert study.findings() == []


def test_a_step_is_undone_and_redone(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(2))
    mark = study.mark(study.ada, study.turn(3))
    memo = study.memo(study.ada, study.turn(2), "A thought.", made)
    flag = study.flag(study.ada, study.turn(2))
    proposal = study.proposal(study.ada, study.turn(2), "smells of coffee")
    study.add(study.ada, made, mark, memo, flag, proposal)
    before = study.desk(study.ada)
    assert study.undo(study.ada)
    assert study.desk(study.ada) == Desk()
    assert study.redo(study.ada)
    assert study.desk(study.ada) == before
    assert study.findings() == []


def test_undoing_a_removal_restores_what_was_removed(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(2))
    study.add(study.ada, made)
    study.retire(study.ada, made)
    study.undo(study.ada)
    assert study.desk(study.ada).codings == (made,)
    study.redo(study.ada)
    assert study.desk(study.ada).codings == ()
    study.undo(study.ada)
    study.undo(study.ada)
    assert study.desk(study.ada).codings == ()
    assert not study.undo(study.ada)
    assert study.findings() == []


def test_undo_and_redo_survive_a_restart(study: Study) -> None:
    for label in ("TC1A", "TC1B", "TC2A"):
        study.add(study.ada, study.coding(study.ada, label, study.turn(2)))
    study.undo(study.ada)
    study.reopen()
    study.undo(study.ada)
    study.reopen()
    assert study.codes(study.ada) == ["TC1A"]
    study.redo(study.ada)
    study.reopen()
    study.redo(study.ada)
    assert sorted(study.codes(study.ada)) == ["TC1A", "TC1B", "TC2A"]
    assert not study.redo(study.ada)
    assert study.findings() == []


def test_a_new_step_ends_redoing(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    study.undo(study.ada)
    study.add(study.ada, study.coding(study.ada, "TC1B", study.turn(2)))
    assert not study.redo(study.ada)


def test_undo_reaches_ones_own_steps_only(study: Study) -> None:
    study.add(study.ada, study.coding(study.ada, "TC1A", study.turn(2)))
    study.add(study.ben, study.coding(study.ben, "TC1B", study.turn(2)))
    study.undo(study.ada)
    assert not study.undo(study.ada)
    assert study.codes(study.ben) == ["TC1B"]


def test_many_codings_are_undone_and_redone_at_once(study: Study) -> None:
    keep = study.coding(study.ada, "TC2A", study.turn(2))
    study.add(study.ada, keep)
    study.add(study.ada, *many(study))
    assert len(study.codes(study.ada)) == MANY + 1
    study.undo(study.ada)
    study.reopen()
    assert study.codes(study.ada) == ["TC2A"]
    study.redo(study.ada)
    assert len(study.codes(study.ada)) == MANY + 1
    assert study.findings() == []


def test_redoing_many_spares_what_had_gone_before(study: Study) -> None:
    rows = many(study)
    study.add(study.ada, *rows)
    study.retire(study.ada, *rows[:3])
    for _ in range(2):
        study.undo(study.ada)
    for _ in range(2):
        study.redo(study.ada)
    assert len(study.codes(study.ada)) == MANY - 3
    assert study.findings() == []


def test_many_codings_are_retired_at_once(study: Study) -> None:
    study.add(study.ada, *many(study))
    study.retire(study.ada, *study.desk(study.ada).codings)
    assert study.codes(study.ada) == []
    study.undo(study.ada)
    assert len(study.codes(study.ada)) == MANY
    assert study.findings() == []


def test_nobody_writes_in_anothers_layer(study: Study) -> None:
    foreign, own = study.coding(study.ben, "TC1A", study.turn(2)), study.layer(study.ada)
    with pytest.raises(RefusedError, match="not yours"):
        study.add(study.ada, foreign)
    with study.project.work("code", by=study.ada) as work:
        work.in_layer(own)
        with pytest.raises(RefusedError, match="not yours"):
            work.changes.add_codings([foreign])
    assert study.codes(study.ben) == []


def test_nobody_retires_anothers_rows(study: Study) -> None:
    foreign, own = study.coding(study.ben, "TC1A", study.turn(2)), study.layer(study.ada)
    study.add(study.ben, foreign)
    with study.project.work("uncode", by=study.ada) as work:
        work.in_layer(own)
        with pytest.raises(RefusedError, match="not yours"):
            work.changes.retire("coding", [foreign])
    assert study.codes(study.ben) == ["TC1A"]


def test_only_the_lead_writes_in_the_consensus(study: Study) -> None:
    agreed = study.coding(None, "TC1A", study.turn(2))
    with pytest.raises(RefusedError, match="not yours"):
        study.add(study.ada, agreed)
    assert study.add(study.lead, agreed, study.decision(study.turn(2), "Both said so.")) == 1
    assert study.findings() == []


def test_a_coding_is_retired_once(study: Study) -> None:
    made = study.coding(study.ada, "TC1A", study.turn(2))
    study.add(study.ada, made)
    study.retire(study.ada, made)
    first = study.entries()[-1].id
    study.retire(study.ada, made)
    with study.project.reading() as view:
        kept = view.session.execute(text("SELECT retired_in FROM coding")).scalar_one()
    assert kept in {first, first.bytes}
    assert study.findings() == []


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b"])
def test_words_that_no_database_keeps_are_refused(study: Study, words: str) -> None:
    with pytest.raises(RefusedError):
        study.add(study.ada, study.memo(study.ada, study.turn(2), words))
    assert study.desk(study.ada).memos == ()


def test_memos_come_back_as_they_were_written(study: Study) -> None:
    body = "Tab\there, a “quote”, 👩‍👩‍👧, שלום\nand 'apostrophes'; -- %s ? :x"
    memo = study.memo(study.ada, study.turn(3), body)
    study.add(study.ada, memo)
    assert study.desk(study.ada).memos == (memo,)


def test_flags_and_proposals_come_back_as_they_were_made(study: Study) -> None:
    flags = [study.flag(study.ada, study.turn(2), kind) for kind in FlagKind]
    proposal = study.proposal(study.ada, study.turn(3), "שלום, “chairs” '; --")
    study.add(study.ada, *flags, proposal)
    desk = study.desk(study.ada)
    assert sorted(desk.flags, key=lambda flag: flag.id) == flags
    assert desk.proposals == (proposal,)
    assert study.findings() == []


def test_the_same_flag_twice_is_harmless(study: Study) -> None:
    flag = study.flag(study.ada, study.turn(2))
    study.add(study.ada, flag)
    before = study.entries()
    study.add(study.ada, replace(flag, id=new_id()))
    assert study.entries() == before
    assert study.desk(study.ada).flags == (flag,)
    study.retire(study.ada, flag)
    study.add(study.ada, replace(flag, id=new_id()))
    assert len(study.desk(study.ada).flags) == 1
    assert study.findings() == []


def test_memos_hang_on_sources_codes_and_the_project(study: Study) -> None:
    on_source = study.memo_beyond_words(study.ada, "A loud room.", source=study.ferry)
    on_code = study.memo_beyond_words(study.ada, "Broad.", code=study.codebook.code("TC1A"))
    on_all = study.memo_beyond_words(study.ada, "Who is missing?")
    study.add(study.ada, on_source, on_code, on_all)
    assert study.desk(study.ada).memos == (on_source,)
    layer = study.layer(study.ada)
    with study.project.reading() as view:
        found = view.codings.memos(Viewpoint(study.ada), [layer])
    assert set(found) == {on_source, on_code, on_all}
    assert [memo.on for memo in (on_source, on_code, on_all)] == ["source", "code", "project"]
    study.undo(study.ada)
    assert study.desk(study.ada).memos == ()
    study.redo(study.ada)
    study.retire(study.ada, on_code, on_all)
    assert study.findings() == []


def test_what_was_proposed_stands_in_no_hashed_field(study: Study) -> None:
    study.add(study.ada, study.proposal(study.ada, study.turn(2), "smells of coffee"))
    entry = study.entries()[-1]
    assert "smells" not in str(entry)
    with study.project.reading() as view:
        words, _salt = view.journal.words(entry.id)
    assert list(words.values()) == ["smells of coffee"]


def test_a_coding_that_grew_out_of_another_says_so(study: Study) -> None:
    first = study.coding(study.ada, "TC1A", study.turn(2))
    grown = replace(study.coding(study.ada, "TC1A", study.turn(3)), first=first.id)
    study.add(study.ada, first)
    with study.project.work("adjust", by=study.ada) as work:
        work.in_layer(study.layers[first.layer])
        work.changes.retire("coding", [first])
        work.changes.add_codings([grown])
    assert study.desk(study.ada).codings == (grown,)
    layer = study.layer(study.ada)
    with study.project.reading() as view:
        assert view.codings.grown_from(Viewpoint(study.ada), [layer], [first.id]) == {
            first.id: Grown(grown, stands=True)
        }
    assert study.findings() == []
    study.undo(study.ada)
    assert study.desk(study.ada).codings == (first,)
    study.undo(study.ada)
    with study.project.reading() as view:
        ((coding, stands),) = view.codings.grown_from(
            Viewpoint(study.ada), [layer], [first.id]
        ).values()
    assert coding in {first, grown}
    assert not stands


def test_every_change_lengthens_one_unbroken_chain(study: Study) -> None:
    for number in range(25):
        study.add(study.ada, study.coding(study.ada, "TC1A", Range(number, number + 2)))
    entries = study.entries()
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(after.previous == before.hash for before, after in pairwise(entries))
    assert study.findings() == []


def test_replacing_a_coding_by_its_like_is_undone_and_redone(study: Study) -> None:
    old = study.coding(study.ada, "TC1A", study.turn(2))
    new = replace(old, id=new_id())
    study.add(study.ada, old)
    with study.project.work("code", by=study.ada) as work:
        work.in_layer(study.layers[old.layer])
        work.changes.retire("coding", [old])
        work.changes.add_codings([new])
    for _ in range(2):
        study.undo(study.ada)
        assert study.desk(study.ada).codings == (old,)
        study.redo(study.ada)
        assert study.desk(study.ada).codings == (new,)
    assert study.findings() == []
