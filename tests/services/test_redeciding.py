"""Deciding anew: each coder's queue, what a decision leaves, what old rules said."""

from collections.abc import Sequence

import pytest

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Via
from qualcode.domain.errors import NotFoundError, RefusedError, RetiredCodeError
from qualcode.domain.lineage import Why
from qualcode.services import (
    codebook_changes,
    codebook_undo,
    codebooks,
    coding,
    history,
    memos,
    redeciding,
    rounds,
)
from qualcode.services.codebook_changes import Draft
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from tests.services.conftest import Choir

PART = "after the tea I was less terrified"


def current(choir: Choir, label: str) -> Code:
    return codebooks.codebook(choir.project).any_code(label)


def split(choir: Choir, label: str, *new: str, update: bool = True) -> None:
    """Let the lead split a code, and the round go on with it."""
    drafts = [Draft(name, name) for name in new]
    lead = choir.coder("lead")
    codebook_changes.split(choir.project, current(choir, label), drafts, by=lead, reason="too wide")
    if update:
        rounds.take_up(choir.project, "r1", by=lead)


def reword(choir: Choir, label: str, rule: str) -> None:
    lead = choir.coder("lead")
    wording = {"description": rule}
    code = current(choir, label)
    codebook_changes.reword(choir.project, code, wording, by=lead, reason="clearer")
    rounds.take_up(choir.project, "r1", by=lead)


def merge(choir: Choir, label: str, into: str) -> None:
    """Let the lead fold a code into another, and the round go on with it."""
    lead = choir.coder("lead")
    codebook_changes.merge(
        choir.project, [current(choir, label)], into=current(choir, into), by=lead, reason="one"
    )
    rounds.take_up(choir.project, "r1", by=lead)


def labels(seat: Seat, codings: Sequence[Coding]) -> list[str]:
    known = seat.codebook.by_id()
    return sorted(known[each.code].label for each in codings)


def written(spot: Spot) -> str:
    return f"{spot.source.name}:{spot.range.start}-{spot.range.end}"


def places(choir: Choir, seat: Seat) -> list[str]:
    return [item.place for item in redeciding.queue(choir.project, seat=seat)]


def test_each_coder_has_a_queue_of_their_own_passages_of_a_split_code(at_desk: Choir) -> None:
    for who, place in (("a", "ANNA:4"), ("a", "ANNA:2"), ("b", "ANNA:6")):
        at_desk.apply(at_desk.seat(who), at_desk.spot(place), "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:6"), "CH1B")
    assert places(at_desk, at_desk.seat("a")) == []
    split(at_desk, "CH1A", "Called", "Taken")
    assert places(at_desk, at_desk.seat("a")) == ["ANNA:2", "ANNA:4"]
    (item,) = redeciding.queue(at_desk.project, seat=at_desk.seat("b"))
    assert item.place == "ANNA:6"
    assert item.words == at_desk.spot("ANNA:6").range.of(at_desk.spot("ANNA:6").revision.text)
    assert item.why is Why.GONE
    assert item.because == "CH1A was split into Called, Taken"
    assert [code.label for code in item.successors] == ["Called", "Taken"]


def test_nobody_is_moved_before_the_round_takes_the_new_codebook_up(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken", update=False)
    seat = at_desk.seat("a")
    assert places(at_desk, seat) == []
    assert labels(seat, at_desk.desk(seat).codings) == ["CH1A"]


def test_the_queue_of_one_source_leaves_the_others_out(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    for place in ("ANNA:4", "BEA:2"):
        at_desk.apply(seat, at_desk.spot(place), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken")
    seat, source = at_desk.seat("a"), at_desk.spot("BEA:2").source
    found = redeciding.queue(at_desk.project, seat=seat, source=source)
    assert [item.place for item in found] == ["BEA:2"]


def test_deciding_puts_the_chosen_codes_on_the_same_words_and_undo_takes_it_back(
    at_desk: Choir,
) -> None:
    part = at_desk.spot("ANNA:4", PART)
    (old,) = at_desk.apply(at_desk.seat("a"), part, "CH1A")
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    codes = [seat.codebook.code("Called"), seat.codebook.code("Taken")]
    new = redeciding.redecide(at_desk.project, [old], codes, seat=seat)
    assert labels(seat, new) == labels(seat, at_desk.exactly_on(seat, part)) == ["Called", "Taken"]
    assert {each.first for each in new} == {old.id}
    assert {each.codebook_version for each in new} == {seat.codebook.version}
    assert {each.words_hash for each in new} == {old.words_hash}
    assert places(at_desk, seat) == []
    step = history.undo(at_desk.project, by=seat.coder)
    assert step.words == "decided anew on ANNA turn 4 (part): Called, Taken"
    assert at_desk.desk(seat).codings == (old,)
    assert places(at_desk, seat) == [written(part)]
    history.redo(at_desk.project, by=seat.coder)
    assert labels(seat, at_desk.desk(seat).codings) == ["Called", "Taken"]
    assert at_desk.is_sound()


def test_memos_move_along(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    memos.write(at_desk.project, "She was taken along.", seat=seat, on=old)
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    codes = [seat.codebook.code("Taken")]
    (new,) = redeciding.redecide(at_desk.project, [old], codes, seat=seat)
    (shown,) = memos.memos(at_desk.project, by=seat.coder)
    assert shown.on == "Taken on ANNA:4"
    assert shown.memo.coding == new.root


def test_where_the_code_stands_already_the_two_become_one_and_memos_move(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    old, there = at_desk.apply(seat, turn, "CH1A", "CH1B")
    memos.write(at_desk.project, "She stays for the tea.", seat=seat, on=old)
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    stands = redeciding.redecide(at_desk.project, [old], [seat.codebook.code("CH1B")], seat=seat)
    assert stands == [there]
    desk = at_desk.desk(seat)
    assert desk.codings == (there,)
    assert [memo.coding for memo in desk.memos] == [there.id]
    history.undo(at_desk.project, by=seat.coder)
    assert [memo.coding for memo in at_desk.desk(seat).memos] == [old.id]
    assert at_desk.is_sound()


def test_a_coding_decided_by_hand_no_longer_says_it_came_from_a_file(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:4")
    coding.apply(at_desk.project, spot, [at_desk.code("CH1A")], seat=seat, via=Via.FILE)
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    (old,) = at_desk.desk(seat).codings
    assert old.via is Via.FILE
    codes = [seat.codebook.code("Called")]
    (new,) = redeciding.redecide(at_desk.project, [old], codes, seat=seat)
    assert new.via is Via.HAND


def test_codings_on_the_same_words_whose_codes_were_merged_leave_together(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    at_desk.apply(seat, turn, "CH1A", "CH1B")
    lead = at_desk.coder("lead")
    into = current(at_desk, "CH1A")
    absorbed = [current(at_desk, "CH1B")]
    codebook_changes.merge(at_desk.project, absorbed, into=into, by=lead, reason="the same")
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    (item,) = redeciding.queue(at_desk.project, seat=seat)
    codes = [seat.codebook.code("Called")]
    redeciding.redecide(at_desk.project, [item.coding], codes, seat=seat)
    assert labels(seat, at_desk.desk(seat).codings) == ["Called"]
    codebook_undo.undo(at_desk.project, by=lead)
    assert at_desk.is_sound()


def test_none_takes_off(at_desk: Choir) -> None:
    (old,) = at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    assert redeciding.redecide(at_desk.project, [old], [], seat=seat) == []
    assert at_desk.desk(seat).codings == ()
    history.undo(at_desk.project, by=seat.coder)
    assert at_desk.desk(seat).codings == (old,)


def test_a_retired_code_is_refused_with_what_took_its_place(at_desk: Choir) -> None:
    (old,) = at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken")
    seat, before = at_desk.seat("a"), at_desk.entries()
    gone = current(at_desk, "CH1A")
    with pytest.raises(RetiredCodeError) as refused:
        redeciding.redecide(at_desk.project, [old], [gone], seat=seat)
    assert refused.value.hint == "Use Called or Taken."
    with pytest.raises(RetiredCodeError):
        redeciding.keep(at_desk.project, [old], seat=seat)
    assert at_desk.entries() == before


def test_what_is_decided_already_is_not_decided_twice(at_desk: Choir) -> None:
    (old,) = at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken")
    seat = at_desk.seat("a")
    codes = [seat.codebook.code("Called")]
    redeciding.redecide(at_desk.project, [old], codes, seat=seat)
    with pytest.raises(NotFoundError):
        redeciding.redecide(at_desk.project, [old], codes, seat=seat)


def test_nothing_is_decided_in_a_round_that_is_stopped(at_desk: Choir) -> None:
    (old,) = at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken")
    at_desk.turn_to("frozen")
    seat = at_desk.seat("a")
    with pytest.raises(RefusedError):
        redeciding.redecide(at_desk.project, [old], [seat.codebook.code("Called")], seat=seat)


def test_a_reworded_rule_sends_back_what_was_made_under_the_old_one(at_desk: Choir) -> None:
    (old,) = at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    reword(at_desk, "CH1A", "The first evening, and nothing else.")
    seat = at_desk.seat("a")
    at_desk.apply(seat, at_desk.spot("ANNA:6"), "CH1A")
    (item,) = redeciding.queue(at_desk.project, seat=seat)
    assert item.coding == old
    assert item.why is Why.REWORDED
    assert item.because == "rule of CH1A reworded since version 1"
    assert item.successors == ()


def test_a_rule_that_reads_as_it_did_sends_nothing_back(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    before = current(at_desk, "CH1A").description
    reword(at_desk, "CH1A", "Another rule.")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:6"), "CH1A")
    reword(at_desk, "CH1A", before)
    assert places(at_desk, at_desk.seat("a")) == ["ANNA:6"]


def test_a_name_or_a_colour_is_no_rule(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    lead, code = at_desk.coder("lead"), current(at_desk, "CH1A")
    codebook_changes.rename(at_desk.project, code, name="Roads in", by=lead, reason="nicer")
    rounds.take_up(at_desk.project, "r1", by=lead)
    seat = at_desk.seat("a")
    assert places(at_desk, seat) == []
    assert redeciding.doubts(at_desk.project, seat=seat).codes == frozenset()


def test_keeping_stamps_the_coding_with_the_version_in_force(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    memos.write(at_desk.project, "Stays.", seat=seat, on=old)
    reword(at_desk, "CH1A", "The first evening, and nothing else.")
    seat = at_desk.seat("a")
    (kept,) = redeciding.keep(at_desk.project, [old], seat=seat)
    assert (kept.code, kept.codebook_version) == (old.code, seat.codebook.version)
    assert kept.via is old.via
    assert kept.root == old.id
    desk = at_desk.desk(seat)
    assert desk.codings == (kept,)
    assert [memo.coding for memo in desk.memos] == [kept.root]
    assert places(at_desk, seat) == []
    history.undo(at_desk.project, by=seat.coder)
    assert places(at_desk, seat) == ["ANNA:4"]
    assert at_desk.is_sound()


def test_codings_made_on_an_old_version_are_queued_once_their_code_is_retired(
    at_desk: Choir,
) -> None:
    at_desk.apply(at_desk.seat("b"), at_desk.spot("ANNA:4"), "CH2A")
    reword(at_desk, "CH1A", "Another rule.")
    lead = at_desk.coder("lead")
    codebook_changes.retire(
        at_desk.project, current(at_desk, "CH2A"), by=lead, reason="nobody asks"
    )
    rounds.take_up(at_desk.project, "r1", by=lead)
    (item,) = redeciding.queue(at_desk.project, seat=at_desk.seat("b"))
    assert item.because == "CH2A was retired"
    assert item.coding.codebook_version == 1
    assert item.successors == ()


def test_a_split_taken_back_empties_the_queue(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a", "free"), at_desk.spot("ANNA:4"), "CH1A")
    split(at_desk, "CH1A", "Called", "Taken", update=False)
    assert places(at_desk, at_desk.seat("a", "free")) == ["ANNA:4"]
    codebook_undo.undo(at_desk.project, by=at_desk.coder("lead"))
    assert places(at_desk, at_desk.seat("a", "free")) == []


def test_codings_made_under_an_old_rule_are_listed_with_what_it_said_then(at_desk: Choir) -> None:
    then = current(at_desk, "CH1A").description
    for who in ("a", "b"):
        at_desk.apply(at_desk.seat(who), at_desk.spot("ANNA:4"), "CH1A")
    reword(at_desk, "CH1A", "Another rule.")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:6"), "CH1A")
    code = current(at_desk, "CH1A")
    mine = redeciding.made_under_old_rule(at_desk.project, code, by=at_desk.coder("a"))
    assert [(one.place, one.who, one.version) for one in mine] == [("ANNA:4", "", 1)]
    assert mine[0].then.description == then
    found = redeciding.made_under_old_rule(at_desk.project, code, by=at_desk.coder("lead"))
    assert [one.who for one in found] == ["a coder", "a coder"]
    at_desk.turn_to("closed")
    found = redeciding.made_under_old_rule(at_desk.project, code, by=at_desk.coder("a"))
    assert [one.who for one in found] == ["", "b"]


def test_codings_merged_into_a_code_are_sent_back_when_its_rule_is_reworded_after(
    at_desk: Choir,
) -> None:
    seat = at_desk.seat("a")
    at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1B")
    at_desk.apply(seat, at_desk.spot("ANNA:6"), "CH1A")
    merge(at_desk, "CH1B", into="CH1A")
    assert places(at_desk, at_desk.seat("a")) == []
    reword(at_desk, "CH1A", "Another rule.")
    seat = at_desk.seat("a")
    merged, own = redeciding.queue(at_desk.project, seat=seat)
    assert [merged.place, own.place] == ["ANNA:4", "ANNA:6"]
    assert merged.code.label == "CH1A"
    assert merged.because == "rule of CH1A reworded since version 2"
    (kept,) = redeciding.keep(at_desk.project, [merged.coding], seat=seat)
    assert kept.code == current(at_desk, "CH1A").id
    assert places(at_desk, seat) == ["ANNA:6"]


def test_codings_merged_into_a_code_are_listed_under_its_old_rule_too(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1B")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:6"), "CH1A")
    lead = at_desk.coder("lead")
    merge(at_desk, "CH1B", into="CH1A")
    code = current(at_desk, "CH1A")
    assert redeciding.made_under_old_rule(at_desk.project, code, by=lead) == []
    reword(at_desk, "CH1A", "Another rule.")
    code = current(at_desk, "CH1A")
    found = redeciding.made_under_old_rule(at_desk.project, code, by=lead)
    assert [(one.place, one.then.label, one.version) for one in found] == [
        ("ANNA:4", "CH1B", 1),
        ("ANNA:6", "CH1A", 1),
    ]
