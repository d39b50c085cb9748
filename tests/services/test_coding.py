"""Taking just these codings off, and giving a coding another extent."""

from dataclasses import replace

import pytest

from qualcode.domain.codings import Via
from qualcode.domain.errors import NotFoundError, PlaceError, RefusedError
from qualcode.domain.text import Range, words_hash
from qualcode.services import coding, history, memos
from qualcode.services.sources import Spot
from tests.services.conftest import Choir

PART = "after the tea I was less terrified"


def labels(choir: Choir, place: str, who: str = "a") -> list[str]:
    seat = choir.seat(who)
    known = seat.codebook.by_id()
    desk = choir.desk(seat, place.split(":", maxsplit=1)[0])
    return sorted(known[each.code].label for each in desk.on(choir.spot(place).range))


def test_just_these_codings_come_off(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    whole = at_desk.apply(seat, turn, "CH1A", "CH1B")
    part = at_desk.apply(seat, at_desk.spot("ANNA:4", PART), "CH1A")
    gone = coding.take_off(at_desk.project, [whole[0], *part], seat=seat)
    assert {each.id for each in gone} == {whole[0].id, part[0].id}
    assert at_desk.desk(seat).codings == (whole[1],)
    history.undo(at_desk.project, by=seat.coder)
    assert len(at_desk.desk(seat).codings) == 3
    assert at_desk.is_sound()


def test_a_coding_that_no_longer_stands_is_not_taken_off(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    first, second = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A", "CH1B")
    coding.take_off(at_desk.project, [first], seat=seat)
    before = at_desk.entries()
    with pytest.raises(NotFoundError):
        coding.take_off(at_desk.project, [first], seat=seat)
    assert at_desk.entries() == before
    assert coding.take_off(at_desk.project, [first, second], seat=seat) == [second]


def test_nobody_takes_off_or_moves_anothers_coding(at_desk: Choir) -> None:
    (theirs,) = at_desk.apply(at_desk.seat("b"), at_desk.spot("ANNA:4"), "CH1A")
    for who, within in (("a", "r1"), ("lead", "free")):
        seat = at_desk.seat(who, within)
        with pytest.raises(NotFoundError):
            coding.take_off(at_desk.project, [theirs], seat=seat)
        with pytest.raises(NotFoundError):
            coding.adjust(at_desk.project, theirs, at_desk.spot("ANNA:6"), seat=seat)
    assert at_desk.desk(at_desk.seat("b")).codings == (theirs,)


def test_a_coding_gets_another_extent_in_one_step(at_desk: Choir) -> None:
    seat, part = at_desk.seat("a"), at_desk.spot("ANNA:4", PART)
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    before = at_desk.entries()
    now = coding.adjust(at_desk.project, old, part, seat=seat)
    assert at_desk.entries() == before + 1
    assert at_desk.desk(seat).codings == (now,)
    assert (now.ranges, now.words_hash) == ((part.range,), words_hash(PART))
    assert (now.code, now.via, now.first, now.root) == (old.code, old.via, old.id, old.id)
    history.undo(at_desk.project, by=seat.coder)
    assert at_desk.desk(seat).codings == (old,)
    history.redo(at_desk.project, by=seat.coder)
    assert at_desk.desk(seat).codings == (now,)
    assert at_desk.is_sound()


def test_the_root_stays_however_often_the_extent_changes(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (first,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    second = coding.adjust(at_desk.project, first, at_desk.spot("ANNA:4", PART), seat=seat)
    third = coding.adjust(at_desk.project, second, at_desk.spot("ANNA:4", "tea"), seat=seat)
    assert third.first == third.root == first.id


def test_memos_move_along_with_their_coding(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    memos.write(at_desk.project, "Fear, then tea.", seat=seat, on=old)
    now = coding.adjust(at_desk.project, old, at_desk.spot("ANNA:6"), seat=seat)
    (memo,) = at_desk.desk(seat).memos
    assert memo.coding == now.root
    memos.write(at_desk.project, "And again.", seat=seat, on=now)
    assert {each.coding for each in at_desk.desk(seat).memos} == {old.id}


def test_where_the_code_stands_already_the_two_become_one(at_desk: Choir) -> None:
    seat, part = at_desk.seat("a"), at_desk.spot("ANNA:4", PART)
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    (first,) = at_desk.apply(seat, at_desk.spot("ANNA:4", "tea"), "CH1A")
    there = coding.adjust(at_desk.project, first, part, seat=seat)
    written = memos.write(at_desk.project, "Fear, then tea.", seat=seat, on=old)
    before = at_desk.desk(seat)
    assert coding.adjust(at_desk.project, old, part, seat=seat) == there
    after = at_desk.desk(seat)
    assert after.codings == (there,)
    (memo,) = after.memos
    assert replace(memo, id=written.id) == replace(written, coding=first.id)
    assert at_desk.is_sound()
    history.undo(at_desk.project, by=seat.coder)
    assert at_desk.desk(seat) == before
    history.redo(at_desk.project, by=seat.coder)
    assert at_desk.desk(seat) == after
    assert at_desk.is_sound()


def test_an_extent_that_stays_is_no_step(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    (old,) = at_desk.apply(seat, turn, "CH1A")
    before = at_desk.entries()
    assert coding.adjust(at_desk.project, old, turn, seat=seat) == old
    assert at_desk.entries() == before


def test_a_read_mark_gives_way_to_the_new_extent(at_desk: Choir) -> None:
    seat, other = at_desk.seat("a"), at_desk.spot("ANNA:6")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    coding.mark_read(at_desk.project, [other], seat=seat)
    coding.adjust(at_desk.project, old, other, seat=seat)
    assert at_desk.desk(seat).marks == ()
    rows = coding.progress(at_desk.project, seat=seat)
    (row,) = [each for each in rows if each.source.name == "ANNA"]
    assert (row.done, row.codings) == (1, 1)
    assert at_desk.is_sound()


def test_a_coding_does_not_move_onto_what_is_no_data(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    for place in ("ANNA:1", "ANNA:3"):
        with pytest.raises(RefusedError):
            coding.adjust(at_desk.project, old, at_desk.spot(place), seat=seat)
    with pytest.raises(PlaceError):
        coding.adjust(at_desk.project, old, at_desk.spot("BEA:2"), seat=seat)
    assert at_desk.desk(seat).codings == (old,)


def test_a_coding_taken_off_meanwhile_does_not_move(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    coding.take_off(at_desk.project, [old], seat=seat)
    with pytest.raises(NotFoundError):
        coding.adjust(at_desk.project, old, at_desk.spot("ANNA:6"), seat=seat)


@pytest.mark.parametrize("state", ["frozen", "closed"])
def test_a_stopped_round_keeps_its_extents(at_desk: Choir, state: str) -> None:
    seat = at_desk.seat("a")
    (old,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    at_desk.turn_to(state)
    with pytest.raises(RefusedError):
        coding.adjust(at_desk.project, old, at_desk.spot("ANNA:6"), seat=seat)
    with pytest.raises(RefusedError):
        coding.take_off(at_desk.project, [old], seat=seat)
    assert at_desk.desk(seat).codings == (old,)


def test_how_a_coding_came_about_stays_with_it(at_desk: Choir) -> None:
    seat, tea = at_desk.seat("a"), at_desk.spot("ANNA:4", "tea")
    coding.apply(at_desk.project, tea, [at_desk.code("CH1A")], seat=seat, via=Via.SEARCH)
    (found,) = at_desk.exactly_on(seat, tea)
    now = coding.adjust(at_desk.project, found, at_desk.spot("ANNA:4", PART), seat=seat)
    assert found.via is now.via is Via.SEARCH


def letters(choir: Choir) -> list[Spot]:
    """Give three letters side by side, each as a place."""
    part = choir.spot("ANNA:4", PART)
    starts = range(part.range.start, part.range.start + 3)
    return [Spot(part.source, part.revision, Range(start, start + 1)) for start in starts]


def test_words_right_beside_a_coding_are_not_dealt_with(at_desk: Choir) -> None:
    seat, three = at_desk.seat("a"), letters(at_desk)
    at_desk.apply(seat, three[1], "CH1A")
    assert coding.mark_read(at_desk.project, three, seat=seat) == 2
    assert coding.mark_read(at_desk.project, three, seat=seat) == 0
    assert at_desk.is_sound()


def test_what_is_taken_off_by_its_place_leaves_what_stands_beside(at_desk: Choir) -> None:
    seat, three = at_desk.seat("a"), letters(at_desk)
    for each in three:
        at_desk.apply(seat, each, "CH1A")
    (gone,) = coding.remove(at_desk.project, three[1], [], seat=seat)
    assert gone.ranges == (three[1].range,)
    assert len(at_desk.desk(seat).codings) == 2


def test_what_was_put_on_comes_off_by_the_same_words_and_nothing_else(at_desk: Choir) -> None:
    seat, turn, part = at_desk.seat("a"), at_desk.spot("ANNA:4"), at_desk.spot("ANNA:4", PART)
    code = [at_desk.code("CH1A")]
    loose = replace(part, range=Range(part.range.start - 1, part.range.end))
    for spot in (turn, loose):
        coding.apply(at_desk.project, spot, code, seat=seat)
    (gone,) = coding.remove(at_desk.project, loose, code, seat=seat)
    assert gone.ranges == (part.range,)
    assert [each.extent for each in at_desk.desk(seat).codings] == [turn.range]
