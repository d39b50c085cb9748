from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, Flag, FlagKind, Memo, ReadMark
from qualcode.domain.proposals import Proposal
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range
from qualcode.tui.geometry.marking import Marking, marked, remarked
from qualcode.tui.geometry.notes import Note
from qualcode.tui.geometry.page import Page, laid_out
from qualcode.tui.geometry.turns import key_of

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]
Coded = Callable[..., Coding]
NOBODY = UUID(int=0)
WHEN = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def page(talk: Talks) -> Page:
    """Lay out three turns; the first fills two rows."""
    text, turns = talk("""
        Ana: We ran a garden behind the library and nobody asked what it cost.
        Bo: Yes.
        Cy: No.
    """)
    return laid_out(text, turns, 50)


def stretch(page: Page, words: str) -> Range:
    start = page.text.index(words)
    return Range(start, start + len(words))


def notes(marking: Marking, page: Page) -> dict[int, tuple[Note, ...]]:
    """List the notes of all turns that have any."""
    return {turn.number: marking.notes(turn) for turn in page.turns.all if marking.notes(turn)}


def counts(marking: Marking) -> dict[int, int]:
    """Count the notes of the turns that have any."""
    return {turn: count for turn, count in marking.note_counts.items() if count}


def test_codings_that_meet_on_a_row_stand_in_different_lanes(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    one = coded(1, codes["1a"], stretch(page, "garden"))
    other = coded(2, codes["1b"], stretch(page, "library"))
    below = coded(3, codes["1b"], stretch(page, "cost"))
    assert not one.extent.overlaps(other.extent)
    lane_of = marked(page, Desk((one, other, below)), {}).lane_of
    assert (lane_of[one.id], lane_of[other.id], lane_of[below.id]) == (0, 1, 0)


def test_a_changed_desk_is_marked_as_if_it_were_new(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    by_id = {code.id: code for code in codes.values()}
    one = coded(1, codes["1a"], stretch(page, "garden"))
    other = coded(2, codes["1b"], stretch(page, "Yes."))
    before = marked(page, Desk((one,)), by_id)
    after = remarked(before, page, Desk((one, other)))
    fresh = marked(page, Desk((one, other)), by_id)
    assert notes(after.marking, page) == notes(fresh, page)
    assert after.marking.lane_of == fresh.lane_of
    assert after.marking.on(other.extent) == [other]
    assert after.changed == {2}


def test_a_coding_taken_off_changes_its_own_turn_only(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    one = coded(1, codes["1a"], stretch(page, "garden"))
    other = coded(2, codes["1b"], stretch(page, "ran a garden behind"))
    before = marked(page, Desk((other, one)), {})
    after = remarked(before, page, Desk((other,)))
    assert after.changed == {1}
    assert after.marking.lane_of == {other.id: before.lane_of[other.id]}
    assert counts(after.marking) == {1: 1}
    assert counts(remarked(after.marking, page, Desk()).marking) == {}


def test_a_coding_whose_extent_changed_is_noted_anew(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    before = marked(page, Desk((coded(1, codes["1a"], stretch(page, "garden")),)), {})
    longer = coded(1, codes["1a"], stretch(page, "a garden"))
    after = remarked(before, page, Desk((longer,)))
    assert after.changed == {1}
    assert [note.range for note in notes(after.marking, page)[1]] == [longer.extent]


def test_a_coding_over_a_gap_changes_the_turns_in_the_gap_as_well(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    spread = coded(1, codes["1a"], stretch(page, "cost"), stretch(page, "No."))
    after = remarked(marked(page, Desk(), {}), page, Desk((spread,)))
    assert after.changed == {1, 2, 3}
    assert counts(after.marking) == {1: 1, 3: 1}


def test_a_memo_on_a_coding_changes_the_turn_where_that_stands(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    one = coded(1, codes["1a"], stretch(page, "garden"))
    other = coded(2, codes["1a"], stretch(page, "Yes."))
    about = Memo(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, Range(0, 0), other.id, "why", WHEN)
    before = marked(page, Desk((one, other)), {})
    after = remarked(before, page, Desk((one, other), memos=(about,)))
    assert after.changed == {2}
    assert remarked(after.marking, page, Desk((one, other))).changed == {2}


def test_nothing_changed_changes_nothing(page: Page, coded: Coded, codes: dict[str, Code]) -> None:
    def desk() -> Desk:
        return Desk((coded(1, codes["1a"], stretch(page, "garden")),))

    assert remarked(marked(page, desk(), {}), page, desk()).changed == frozenset()


PAGE = laid_out(
    "One two three four five six seven eight nine ten.\nTwo two.\n\nThree three three.",
    [
        Turn(0, "", TurnRole.HEADING, 0, 49),
        Turn(1, "Ana", TurnRole.PARTICIPANT, 50, 58),
        Turn(2, "Bo", TurnRole.PARTICIPANT, 60, 78),
    ],
    30,
)
CODES = [Code(UUID(int=at), "", f"{at}a", "", 1, at) for at in range(3)]
RANGES = st.builds(
    lambda start, length: Range(start, start + length), st.integers(0, 77), st.integers(1, 40)
)
PLACES = [Range(0, 0), Range(0, 9), Range(52, 70), Range(60, 61)]
HANGS = [None, *(UUID(int=each) for each in (1, 2, 3, 99))]
MEMOS = [
    Memo(UUID(int=at), NOBODY, NOBODY, NOBODY, NOBODY, place, hang, "", WHEN)
    for at, (place, hang) in enumerate(product(PLACES, HANGS))
]


def _codings(ids: list[int], draw: st.DrawFn) -> tuple[Coding, ...]:
    return tuple(
        Coding(
            UUID(int=each),
            NOBODY,
            NOBODY,
            NOBODY,
            CODES[each % 3].id,
            1,
            (draw(RANGES),),
            words_hash=b"",
            first=draw(st.sampled_from([None, UUID(int=99)])),
        )
        for each in ids
    )


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Draw a desk; things of one id may stand elsewhere on another."""
    ids = st.lists(st.integers(1, 5), unique=True, max_size=5)
    codings = _codings(draw(ids), draw)
    memos = st.lists(st.sampled_from(range(len(MEMOS))), unique=True, max_size=4)

    def fixed(number: int) -> Range:
        return Range(number * 9, number * 9 + 14)

    return Desk(
        tuple(sorted(codings, key=lambda coding: coding.ranges)),
        tuple(ReadMark(UUID(int=each), NOBODY, NOBODY, NOBODY, fixed(each)) for each in draw(ids)),
        tuple(MEMOS[at] for at in draw(memos)),
        tuple(
            Flag(UUID(int=each), NOBODY, NOBODY, NOBODY, fixed(each), FlagKind.TEAM)
            for each in draw(ids)
        ),
        tuple(
            Proposal(UUID(int=each), NOBODY, NOBODY, NOBODY, NOBODY, fixed(each), "x", WHEN)
            for each in draw(ids)
        ),
    )


@given(desks(), desks())
def test_whatever_changed_a_desk_is_marked_as_if_it_were_new(was: Desk, now: Desk) -> None:
    by_id = {code.id: code for code in CODES}
    before = marked(PAGE, was, by_id)
    after, fresh = remarked(before, PAGE, now), marked(PAGE, now, by_id)
    for turn in PAGE.turns.all:
        assert alike(after.marking.notes(turn)) == alike(fresh.notes(turn))
        if key_of(turn) not in after.changed:
            assert alike(before.notes(turn)) == alike(after.marking.notes(turn))
    assert counts(after.marking) == counts(fresh)
    assert after.marking.dealt_with == fresh.dealt_with
    extents = {coding.id: PAGE.widened(coding.extent) for coding in now.codings}
    lane_of = after.marking.lane_of
    assert lane_of.keys() == extents.keys()
    assert not any(
        lane_of[one] == lane_of[other] and extents[one].overlaps(extents[other])
        for one in extents
        for other in extents
        if one < other
    )


def alike(notes: tuple[Note, ...]) -> list[tuple[object, ...]]:
    """Say of notes what is shown, those on the same words in any order."""
    return sorted((note.range, note.keys, note.memo, note.read, note.beyond) for note in notes)
