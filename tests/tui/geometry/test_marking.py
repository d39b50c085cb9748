from collections.abc import Callable

import pytest

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.tui.geometry.marking import marked, remarked
from qualcode.tui.geometry.page import Page, laid_out

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]
Coded = Callable[..., Coding]


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
    after = remarked(before, page, Desk((one, other)), by_id)
    fresh = marked(page, Desk((one, other)), by_id)
    assert (after.marking.notes, after.marking.lane_of) == (fresh.notes, fresh.lane_of)
    assert after.marking.on(other.extent) == [other]
    assert after.changed == {2}


def test_a_coding_taken_off_changes_its_own_turn_only(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    one = coded(1, codes["1a"], stretch(page, "garden"))
    other = coded(2, codes["1b"], stretch(page, "ran a garden behind"))
    before = marked(page, Desk((other, one)), {})
    after = remarked(before, page, Desk((other,)), {})
    assert after.changed == {1}
    assert after.marking.lane_of == {other.id: before.lane_of[other.id]}
    assert after.marking.note_counts == {1: 1}
    assert remarked(after.marking, page, Desk(), {}).marking.note_counts == {}


def test_a_coding_whose_extent_changed_is_noted_anew(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    before = marked(page, Desk((coded(1, codes["1a"], stretch(page, "garden")),)), {})
    longer = coded(1, codes["1a"], stretch(page, "a garden"))
    after = remarked(before, page, Desk((longer,)), {})
    assert after.changed == {1}
    assert [note.range for note in after.marking.notes[1]] == [longer.extent]


def test_a_coding_over_a_gap_changes_the_turns_in_the_gap_as_well(
    page: Page, coded: Coded, codes: dict[str, Code]
) -> None:
    spread = coded(1, codes["1a"], stretch(page, "cost"), stretch(page, "No."))
    after = remarked(marked(page, Desk(), {}), page, Desk((spread,)), {})
    assert after.changed == {1, 2, 3}
    assert after.marking.note_counts == {1: 1, 3: 1}


def test_nothing_changed_changes_nothing(page: Page, coded: Coded, codes: dict[str, Code]) -> None:
    def desk() -> Desk:
        return Desk((coded(1, codes["1a"], stretch(page, "garden")),))

    assert remarked(marked(page, desk(), {}), page, desk(), {}).changed == frozenset()
