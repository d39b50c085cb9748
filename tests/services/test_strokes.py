"""Each key says in a sentence what it did."""

from qualcode.domain.codings import FlagKind, Via
from qualcode.services import strokes
from tests.services.conftest import Choir


def test_codes_go_on_and_come_off_by_name(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    codes = [at_desk.code("CH1A"), at_desk.code("CH1B")]
    part = at_desk.spot("ANNA:4", "I was less terrified")
    assert strokes.apply(at_desk.project, seat, turn, codes) == (
        "+ CH1A Ways in, CH1B Reasons to stay"
    )
    assert strokes.apply(at_desk.project, seat, turn, codes[:1]) == "= CH1A Ways in"
    said = strokes.apply(at_desk.project, seat, part, codes[:1], via=Via.SEARCH)
    assert said == "+ CH1A Ways in on 4 words"
    (made,) = at_desk.exactly_on(seat, part)
    assert made.via is Via.SEARCH
    assert strokes.take_off(at_desk.project, seat, [made]) == "− CH1A Ways in"
    said = strokes.take_off_codes(at_desk.project, seat, turn, codes)
    assert sorted(said.removeprefix("− ").split(", ")) == ["CH1A Ways in", "CH1B Reasons to stay"]


def test_an_extent_says_what_it_is_now(at_desk: Choir) -> None:
    seat, turn = at_desk.seat("a"), at_desk.spot("ANNA:4")
    (made,) = at_desk.apply(seat, turn, "CH1A")
    word = at_desk.spot("ANNA:4", "tea")
    assert strokes.adjust(at_desk.project, seat, made, word) == "CH1A Ways in now on 1 word."
    (now,) = at_desk.exactly_on(seat, word)
    assert strokes.adjust(at_desk.project, seat, now, word) == (
        "CH1A Ways in stands on just these words already."
    )
    assert strokes.adjust(at_desk.project, seat, now, turn) == (
        "CH1A Ways in now on the whole turn."
    )
    (whole,) = at_desk.exactly_on(seat, turn)
    at_desk.apply(seat, word, "CH1A")
    assert strokes.adjust(at_desk.project, seat, whole, word) == (
        "CH1A Ways in stood on these words already; the two are one now."
    )


def test_flags_marks_and_memos_say_what_they_are(at_desk: Choir) -> None:
    seat, turn, project = at_desk.seat("a"), at_desk.spot("ANNA:4"), at_desk.project
    said = [strokes.toggle_flag(project, seat, turn, kind) for kind in (*FlagKind, *FlagKind)]
    assert said == ["Flagged for the team.", "Quotable.", "Flag taken away.", "No longer quotable."]
    assert strokes.read(project, seat, turn) == "Read, nothing applies."
    assert strokes.read(project, seat, turn) == "This turn is dealt with already."
    assert strokes.keep_memo(project, seat, "Hm.", turn) == "Memo kept."


def test_a_proposal_says_whether_it_waits(at_desk: Choir) -> None:
    words = at_desk.spot("ANNA:6", "the low notes")
    assert strokes.propose(at_desk.project, at_desk.seat("a"), words) == (
        "Proposed: “the low notes”. It waits for the next codebook; this round keeps version 1."
    )
    free = at_desk.seat("a", "free")
    assert strokes.propose(at_desk.project, free, words, "basses") == "Proposed: “basses”."


def test_undo_and_redo_name_the_step(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    strokes.toggle_flag(at_desk.project, seat, at_desk.spot("ANNA:4"), FlagKind.TEAM)
    assert strokes.undo(at_desk.project, seat) == "Undone: flagged ANNA turn 4: for the team"
    assert strokes.redo(at_desk.project, seat) == "Brought back: flagged ANNA turn 4: for the team"
