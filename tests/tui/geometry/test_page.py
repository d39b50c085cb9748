from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range
from qualcode.tui.geometry.page import Kind, Page, Spot, laid_out
from qualcode.tui.geometry.turns import key_of

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]


@pytest.fixture
def page(talk: Talks) -> Page:
    """Lay out a short interview."""
    text, turns = talk("""
        Interview 3
        by telephone

        INT: And then?
        Ana: We ran a garden behind the library and nobody asked what it cost.
        #: Part two
        Bo: Yes.
    """)
    return laid_out(text, turns, 50)


def shown(page: Page) -> list[str]:
    """Write a page as it would look without lanes and notes."""
    rows = []
    for number in range(page.height):
        row = page.row(number)
        first = row.turn is not None and row.kind is Kind.WORDS and row.within == 0
        label = f"{row.turn.number} {row.turn.speaker}: " if first and row.turn else ""
        rows.append(label + row.range.of(page.text).rstrip())
    return rows


def test_turns_stand_below_each_other_with_an_empty_row_between(page: Page) -> None:
    assert shown(page) == [
        "Interview 3",
        "by telephone",
        "",
        "1 INT: And then?",
        "",
        "2 Ana: We ran a garden behind the library and",
        "nobody asked what it cost.",
        "",
        "3 #: Part two",
        "",
        "4 Bo: Yes.",
    ]


def test_the_speaker_on_a_line_of_its_own_is_no_header() -> None:
    text = "Diary\nAna:\nIt rained."
    turns = (Turn(1, "Ana", TurnRole.PARTICIPANT, 11, 21),)
    assert shown(laid_out(text, turns, 60)) == ["Diary", "", "1 Ana: It rained."]


def test_lines_between_and_after_turns_are_shown_and_belong_to_no_turn() -> None:
    text = "Ana: Yes.\n\nA door\nslams.\n\nBo:\nNo.\n[00:10] Cy: Well.\n\nEnd of tape\n"
    turns = [
        Turn(number, speaker, TurnRole.PARTICIPANT, text.index(words), text.index(words) + 3)
        for number, (speaker, words) in enumerate((("Ana", "Yes"), ("Bo", "No."), ("Cy", "Wel")), 1)
    ]
    page = laid_out(text, turns, 60)
    rows = [page.row(number) for number in range(page.height)]
    between = [row.range.of(text).strip() for row in rows if row.kind is Kind.HEADER]
    assert between == [".", "", "A door", "slams.", "l.", "", "End of tape"]
    assert all(row.turn is None for row in rows if row.kind is Kind.HEADER)
    assert [page.row(page.first_row(key)).turn for key in (1, 2, 3)] == turns


def test_lines_far_from_each_other_cost_no_label() -> None:
    text = "Ana: Yes.\n\nBo:\n\nNo."
    turns = (
        Turn(1, "Ana", TurnRole.PARTICIPANT, 5, 9),
        Turn(2, "Bo", TurnRole.PARTICIPANT, 16, 19),
    )
    assert shown(laid_out(text, turns, 60)) == ["1 Ana: Yes.", "", "2 Bo: No."]


def test_turns_not_shown_are_one_row_that_counts_them(page: Page) -> None:
    only = page.noted({2: 2}).showing(frozenset({2}))
    assert [only.row(row).kind for row in range(3, only.height)] == [
        Kind.HIDDEN,
        Kind.EMPTY,
        *[Kind.WORDS] * 2,
        *[Kind.NOTE] * 2,
        Kind.EMPTY,
        Kind.HIDDEN,
    ]
    assert [only.row(row).within for row in (3, 10)] == [1, 2]
    assert not only.shows(4)
    assert only.row_at(page.text.index("Yes.")) == 10
    assert only.noted({4: 3, 2: 0}).height == only.height - 2


def test_headings_go_by_their_place() -> None:
    text = "One\n\nAna: Yes.\n\nTwo\n\nBo: No."
    one, two = (
        Turn(0, "", TurnRole.HEADING, text.index(words), text.index(words) + 3)
        for words in ("One", "Two")
    )
    ana = Turn(1, "Ana", TurnRole.PARTICIPANT, 10, 14)
    page = laid_out(text, (one, ana, two), 40)
    assert [page.first_row(key_of(turn)) for turn in (one, ana, two)] == [0, 2, 4]
    assert page.row(4).turn is two


def test_folded_prompts_keep_their_first_row(talk: Talks) -> None:
    text, turns = talk("""
        INT: One two three four five six seven eight nine ten eleven.
        Ana: One two three four five six seven eight nine ten eleven.
        ADD: One two three four five six seven eight nine ten eleven.
    """)
    heights = [len(block.words) for block in laid_out(text, turns, 40, folded=True).blocks]
    assert heights == [1, len(laid_out(text, turns, 40).blocks[1].words), 1]
    assert heights[1] > 1


def test_words_hidden_by_folding_are_found_on_the_row_that_is_left(talk: Talks) -> None:
    text, turns = talk("INT: One two three four five six seven eight nine ten eleven.")
    assert laid_out(text, turns, 40, folded=True).spot(len(text) - 3).row == 0


def test_notes_push_what_follows_down(page: Page) -> None:
    noted = page.noted({2: 2})
    assert noted.rows_of(2) == range(5, 9)
    assert [noted.row(row).kind for row in noted.rows_of(2)] == [
        Kind.WORDS,
        Kind.WORDS,
        Kind.NOTE,
        Kind.NOTE,
    ]
    assert [noted.row(row).within for row in (7, 8)] == [0, 1]
    assert noted.first_row(3) == page.first_row(3) + 2
    assert noted.noted({2: 0}) == page
    assert noted.noted({4: 1}).rows_of(2) == noted.rows_of(2)


def test_a_turn_is_found_at_its_first_row(page: Page) -> None:
    assert [page.first_row(number) for number in (1, 2, 3, 4)] == [3, 5, 8, 10]
    assert page.shows(4)
    assert not page.shows(5)


def test_a_cell_shows_a_position_and_a_position_has_a_cell(page: Page) -> None:
    nobody = page.text.index("nobody")
    assert page.spot(nobody) == Spot(6, 0)
    assert page.position(6, 3) == nobody + 3


def test_between_turns_there_is_no_words_but_the_end_of_those_above(page: Page) -> None:
    first = page.blocks[1].turn
    assert first is not None
    assert page.position(3, 99) == first.end
    assert page.position(4, 0) == first.end
    assert page.position(0, 0) is None
    assert page.position(99, 0) is None


def test_beyond_the_page_there_are_empty_rows(page: Page) -> None:
    assert page.row(-1).kind is page.row(page.height).kind is Kind.EMPTY


def test_a_stretch_is_widened_to_the_rows_it_touches(page: Page) -> None:
    rows = page.block(2).words
    stretch = Range(rows[0].end - 2, rows[1].start + 1)
    assert page.widened(stretch) == Range(rows[0].start, rows[1].end)


def test_an_empty_revision_is_an_empty_page() -> None:
    assert laid_out("", (), 40).height == 0


@pytest.mark.parametrize("width", [1, 10, 24, 40, 59, 60, 120])
def test_at_every_width_there_is_room_for_words(page: Page, width: int) -> None:
    turns = tuple(block.turn for block in page.blocks if block.turn)
    narrow = laid_out(page.text, turns, width)
    assert narrow.gutter.words(width) >= 8
    assert width < 24 or narrow.gutter.width + narrow.gutter.words(width) <= width


@given(st.lists(st.text("ab \n漢", max_size=30), min_size=1, max_size=6), st.integers(20, 70))
def test_every_code_point_of_a_turn_lies_in_exactly_one_row(talk: list[str], width: int) -> None:
    text, turns = "", list[Turn]()
    for number, words in enumerate(talk, 1):
        text += "Ana: "
        turn = Turn(number, "Ana", TurnRole.PARTICIPANT, len(text), len(text) + len(words))
        turns.append(turn)
        text += words + "\n"
    page = laid_out(text, turns, width)
    covered = sorted(
        position
        for row in map(page.row, range(page.height))
        for position in range(*row.range)
        if row.kind is Kind.WORDS
    )
    assert covered == [at for turn in turns for at in range(turn.start, turn.end)]
    for at in covered:
        assert at in range(*page.row(page.spot(at).row).range)
