from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, Flag, FlagKind, Memo, ReadMark
from qualcode.domain.proposals import Proposal
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.tui.geometry.marking import marked
from qualcode.tui.geometry.notes import Note, note_words, notes_below, quoted
from qualcode.tui.geometry.page import laid_out
from qualcode.tui.geometry.turns import key_of

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]
Coded = Callable[..., Coding]
NOBODY = UUID(int=0)


@pytest.fixture
def diary(talk: Talks) -> tuple[str, tuple[Turn, ...]]:
    """Give three turns."""
    return talk("""
        Ana: We ran a garden behind the library.
        INT: And then?
        Bo: Nobody asked what it cost.
    """)


def mark(stretch: Range) -> ReadMark:
    return ReadMark(UUID(int=7), NOBODY, NOBODY, NOBODY, stretch)


def memo(stretch: Range, coding: UUID | None = None) -> Memo:
    written = datetime(2020, 1, 1, tzinfo=UTC)
    return Memo(UUID(int=8), NOBODY, NOBODY, NOBODY, NOBODY, stretch, coding, "why", written)


def below(
    diary: tuple[str, tuple[Turn, ...]], desk: Desk, codes: dict[str, Code], number: int = 1
) -> list[tuple[str, str]]:
    """Write the notes of a turn as keys and words."""
    text, turns = diary
    marking = marked(laid_out(text, turns, 80), desk, {code.id: code for code in codes.values()})
    notes = marking.notes(turns[number - 1])
    assert marking.note_counts.get(key_of(turns[number - 1]), 0) == len(notes)
    return [
        (" ".join(key.words for key in note.keys), note_words(text, note, 60)) for note in notes
    ]


def test_codings_of_one_extent_share_a_note_in_the_codebooks_order(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    whole = diary[1][0].range
    desk = Desk((coded(1, codes["2a"], whole), coded(2, codes["1a"], whole)))
    assert below(diary, desk, codes) == [("1a 2a", "whole turn")]


def test_white_space_left_out_does_not_make_it_less_than_the_whole(
    talk: Talks, coded: Coded, codes: dict[str, Code]
) -> None:
    text, turns = talk("Ana:   Yes.  ")
    start = text.index("Yes")
    desk = Desk((coded(1, codes["1a"], Range(start, start + 4)),))
    assert below((text, turns), desk, codes) == [("1a", "whole turn")]


def test_a_part_is_quoted_after_longer_ones_from_the_same_word(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    start = diary[1][0].start
    desk = Desk(
        (
            coded(1, codes["1a"], Range(start, start + 6)),
            coded(2, codes["1b"], Range(start, start + 15)),
        )
    )
    assert below(diary, desk, codes) == [("1b", "“We ran a garden”"), ("1a", "“We ran”")]


def test_a_memo_on_a_coding_shows_at_its_note(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    on = coded(1, codes["1a"], diary[1][0].range)
    desk = Desk((on,), memos=(memo(on.extent, on.id),))
    assert below(diary, desk, codes) == [("1a", "whole turn ✎")]


def test_a_memo_on_words_alone_has_a_note_of_its_own(
    diary: tuple[str, tuple[Turn, ...]], codes: dict[str, Code]
) -> None:
    start = diary[0].index("garden")
    desk = Desk(memos=(memo(Range(start, start + 6)),))
    assert below(diary, desk, codes) == [("✎", "“garden”")]


def test_a_read_mark_says_that_nothing_applies(
    diary: tuple[str, tuple[Turn, ...]], codes: dict[str, Code]
) -> None:
    assert below(diary, Desk(marks=(mark(diary[1][0].range),)), codes) == [("-", "read, no code")]


def test_a_coding_over_several_turns_is_noted_below_each_of_them(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    start = diary[0].index("garden")
    desk = Desk((coded(1, codes["1a"], Range(start, diary[0].index("asked"))),))
    assert below(diary, desk, codes, 1) == [("1a", "“garden behind the library.”, and beyond")]
    assert below(diary, desk, codes, 2) == [("1a", "whole turn, and beyond")]
    assert below(diary, desk, codes, 3) == [("1a", "“Nobody ”, and beyond")]


def test_a_coding_of_two_ranges_leaves_the_turn_between_alone(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    first, _, last = diary[1]
    desk = Desk((coded(1, codes["1a"], first.range, last.range),))
    assert [len(below(diary, desk, codes, number)) for number in (1, 2, 3)] == [1, 0, 1]


def test_a_code_that_the_codebook_does_not_hold_is_a_question(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    desk = Desk(
        (coded(1, codes["1a"], diary[1][0].range), coded(2, codes["2b"], diary[1][0].range))
    )
    known = {"2b": codes["2b"]}
    assert below(diary, desk, known) == [("2b ?", "whole turn")]


def test_the_share_of_a_note_is_its_part_of_the_turns_words(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    text, turns = diary
    half = Range(turns[0].start, turns[0].start + turns[0].range.length // 2)
    (note,) = notes_below(text, turns[0], Desk((coded(1, codes["1a"], half),)), {})
    assert note.share == pytest.approx(0.5, abs=0.02)
    assert not note.whole


def test_a_long_stretch_is_quoted_by_its_first_and_last_words() -> None:
    text = "We ran a garden behind the library and nobody asked what it cost."
    assert quoted(text, Range(0, len(text)), 36) == "“We ran a garden … what it cost.”"


def test_a_short_stretch_is_quoted_in_full() -> None:
    assert quoted("We ran a garden.", Range(3, 8), 20) == "“ran a”"


def test_newlines_and_tabs_of_a_quotation_are_blanks() -> None:
    assert quoted("one\n\ttwo", Range(0, 8), 20) == "“one  two”"


@given(
    st.lists(st.sampled_from(["a", "b", " ", "漢", "\n", "👩", "👩\u200d👩"]), min_size=1).map(
        "".join
    ),
    st.integers(8, 60),
)
def test_a_quotation_fills_no_more_than_its_room(text: str, room: int) -> None:
    assert cell_len(quoted(text, Range(0, len(text)), room)) <= room


def test_where_room_is_short_the_extent_comes_first() -> None:
    note = Note((), Range(0, 4), whole=True, share=1.0, memo=True, beyond=True)
    assert note_words("Yes.", note, 12) == "whole turn ✎"


def test_a_memo_goes_with_its_coding_when_that_gets_another_extent(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    old = coded(1, codes["1a"], diary[1][0].range)
    moved = replace(coded(2, codes["1a"], diary[1][2].range), first=old.id)
    about = memo(old.extent, old.id)
    assert below(diary, Desk((moved,), memos=(about,)), codes, 1) == []
    assert below(diary, Desk((moved,), memos=(about,)), codes, 3) == [("1a", "whole turn ✎")]


def test_a_memo_on_a_coding_taken_off_is_shown_on_its_words(
    diary: tuple[str, tuple[Turn, ...]], codes: dict[str, Code]
) -> None:
    about = memo(diary[1][0].range, UUID(int=77))
    assert below(diary, Desk(memos=(about,)), codes) == [("✎", "whole turn")]


def test_a_memo_on_the_source_itself_is_on_no_turn(talk: Talks, codes: dict[str, Code]) -> None:
    diary = talk("Ana: Yes.")
    whole = (diary[0], (replace(diary[1][0], start=0),))
    assert below(whole, Desk(memos=(memo(Range(0, 0)),)), codes) == []


def test_flags_share_the_note_of_their_extent(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    turns = diary[1]
    part = Range(turns[0].start, turns[0].start + 6)
    flags = tuple(
        Flag(UUID(int=at), NOBODY, NOBODY, NOBODY, stretch, kind)
        for at, (stretch, kind) in enumerate(
            ((part, FlagKind.QUOTABLE), (turns[0].range, FlagKind.TEAM), (part, FlagKind.TEAM))
        )
    )
    desk = Desk((coded(1, codes["1a"], turns[0].range),), flags=flags)
    assert below(diary, desk, codes) == [("1a !", "whole turn"), ("! *", "“We ran”")]


def test_a_proposal_is_noted_by_its_label(
    diary: tuple[str, tuple[Turn, ...]], codes: dict[str, Code]
) -> None:
    written = datetime(2020, 1, 1, tzinfo=UTC)
    made = Proposal(
        NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, diary[1][0].range, "cobweb\tof \x1b[2J", written
    )
    assert below(diary, Desk(proposals=(made,)), codes) == [("i", "proposed: “cobweb of ␛[2J”")]
    assert note_words("", Note((), Range(0, 0), whole=True, share=1.0, label="x" * 90), 30) == (
        "proposed: “xxxxxxxxxx … xxxxx”"
    )


def test_what_is_to_be_decided_anew_is_said_in_as_many_words_as_there_is_room_for(
    diary: tuple[str, tuple[Turn, ...]], coded: Coded, codes: dict[str, Code]
) -> None:
    text, turns = diary
    desk = Desk((coded(1, codes["1a"], turns[0].range),))
    (note,) = notes_below(text, turns[0], desk, {}, lambda _coding: "decide 1a anew: 1h 1i")
    assert note_words(text, note, 60) == "whole turn · decide 1a anew: 1h 1i"
    assert note_words(text, note, 30) == "whole turn · decide anew"
    assert note_words(text, note, 18) == "whole turn · anew"
    (certain,) = notes_below(text, turns[0], desk, {})
    assert note_words(text, certain, 60) == "whole turn"
