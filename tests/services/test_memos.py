"""Memos hang on words, codings, sources, codes and the project, and are found again."""

import pytest

from qualcode.domain.codings import MemoOn
from qualcode.domain.errors import NotYoursError, PlaceError, RefusedError, UnknownCodeError
from qualcode.domain.ids import new_id
from qualcode.domain.text import Range
from qualcode.services import coding
from qualcode.services.memos import memos, write
from qualcode.services.sources import Spot
from tests.services.conftest import Choir


def said(choir: Choir, who: str, find: str = "") -> list[tuple[str, str, str]]:
    """Give the body of each memo, what it hangs on, and whose it is."""
    found = memos(choir.project, by=choir.coder(who), find=find)
    return [(each.memo.body, each.on, each.who) for each in found]


def test_a_memo_says_what_it_hangs_on(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    (coded,) = at_desk.apply(seat, turn, "CH1A")
    part = at_desk.spot("ANNA:6", "low notes")
    for body, on in (
        ("on words", part),
        ("on a coding", coded),
        ("on a source", turn.source),
        ("on a code", at_desk.code("CH1A")),
        ("on all", None),
    ):
        write(at_desk.project, body, seat=seat, on=on)
    place = f"ANNA:{part.range.start}-{part.range.end}"
    assert said(at_desk, "a") == [
        ("on all", "the project", ""),
        ("on a code", "CH1A Ways in", ""),
        ("on a source", "ANNA", ""),
        ("on a coding", "CH1A Ways in on ANNA:4", ""),
        ("on words", place, ""),
    ]
    found = memos(at_desk.project, by=seat.coder)
    assert [each.memo.on for each in found] == list(reversed(MemoOn))
    assert [each.place for each in found] == ["", "", "", "ANNA:4", place]
    assert [each.words for each in found][-2:] == [turn.range.of(turn.revision.text), "low notes"]
    assert at_desk.is_sound()


def test_a_desk_holds_the_memos_of_its_source(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    on_source = write(at_desk.project, "A warm one.", seat=seat, on=turn.source)
    on_words = write(at_desk.project, "Tea.", seat=seat, on=turn)
    write(at_desk.project, "Elsewhere.", seat=seat, on=at_desk.spot("BEA:2"))
    write(at_desk.project, "Everywhere.", seat=seat)
    assert set(at_desk.desk(seat).memos) == {on_source, on_words}


def test_a_memo_on_a_coding_is_shown_where_that_stands_now(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (coded,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    write(at_desk.project, "Fear.", seat=seat, on=coded)
    now = coding.adjust(at_desk.project, coded, at_desk.spot("ANNA:6"), seat=seat)
    assert said(at_desk, "a") == [("Fear.", "CH1A Ways in on ANNA:6", "")]
    coding.take_off(at_desk.project, [now], seat=seat)
    assert said(at_desk, "a") == [("Fear.", "CH1A Ways in on ANNA:4, taken off since", "")]


def test_memos_are_found_whatever_their_case_and_accents(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    write(at_desk.project, "Ça suffit: the CAFÉ again", seat=seat)
    write(at_desk.project, "Nothing.", seat=seat, on=at_desk.code("CH1B"))
    assert [body for body, *_ in said(at_desk, "a", "ca SUFFIT")] == ["Ça suffit: the CAFÉ again"]
    assert [body for body, *_ in said(at_desk, "a", "cafe")] == ["Ça suffit: the CAFÉ again"]
    assert [body for body, *_ in said(at_desk, "a", "reasons to STAY")] == ["Nothing."]
    assert said(at_desk, "a", "nobody said this") == []


def test_a_memo_in_a_blind_round_is_ones_own_whatever_it_hangs_on(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("b"), at_desk.spot("ANNA:4")
    (coded,) = at_desk.apply(seat, turn, "CH1A")
    for on in (turn, coded, turn.source, at_desk.code("CH1A"), None):
        write(at_desk.project, "Mine.", seat=seat, on=on)
    assert said(at_desk, "a") == said(at_desk, "a", "mine") == []
    assert said(at_desk, "lead") == []
    at_desk.turn_to("closed")
    assert [who for *_, who in said(at_desk, "a")] == ["b"] * 5


def test_a_memo_hangs_on_ones_own_coding_only(at_desk: Choir) -> None:
    free = at_desk.seat("b", "free")
    (theirs,) = at_desk.apply(free, at_desk.spot("ANNA:4"), "CH1A")
    before = at_desk.entries()
    with pytest.raises(NotYoursError):
        write(at_desk.project, "Hm.", seat=at_desk.seat("a", "free"), on=theirs)
    with pytest.raises(NotYoursError):
        write(at_desk.project, "Hm.", seat=at_desk.seat("b"), on=theirs)
    assert at_desk.entries() == before


def test_an_empty_memo_or_one_on_no_words_is_refused(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    with pytest.raises(RefusedError):
        write(at_desk.project, " \n", seat=seat, on=turn)
    nothing = Spot(turn.source, turn.revision, Range(turn.range.start, turn.range.start))
    with pytest.raises(PlaceError):
        write(at_desk.project, "Hm.", seat=seat, on=nothing)
    unknown = at_desk.code("CH1A").__class__(new_id(), "CH9", "9", "Nobody's", 1, 9)
    with pytest.raises(UnknownCodeError):
        write(at_desk.project, "Hm.", seat=seat, on=unknown)


@pytest.mark.parametrize("state", ["frozen", "closed"])
def test_no_memo_of_any_kind_is_written_in_a_stopped_round(at_desk: Choir, state: str) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    at_desk.turn_to(state)
    for on in (turn, turn.source, at_desk.code("CH1A"), None):
        with pytest.raises(RefusedError):
            write(at_desk.project, "Late.", seat=seat, on=on)
