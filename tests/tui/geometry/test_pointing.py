from collections.abc import Callable

import pytest

from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.tui.geometry.page import Page, laid_out
from qualcode.tui.geometry.pointing import dragged, sign_at, turn_at, word_at

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]


@pytest.fixture
def page(talk: Talks) -> Page:
    """Lay out two turns, a joined emoji in the first; each has a note below."""
    text, turns = talk("""
        Ana: We ran 👩‍👩‍👧 a garden behind the library and nobody asked.
        Bo: Yes.
    """)
    return laid_out(text, turns, 50).noted({1: 1, 2: 1})


@pytest.fixture
def ana(page: Page) -> Turn:
    """Give the first turn."""
    turn = page.blocks[0].turn
    assert turn is not None
    return turn


def test_words_and_notes_belong_to_their_turn(page: Page, ana: Turn) -> None:
    assert [turn_at(page, row) for row in range(4)] == [ana, ana, ana, None]


def test_a_cell_shows_a_whole_sign(page: Page, ana: Turn) -> None:
    assert sign_at(page, ana, 0, 8).of(page.text) == "👩‍👩‍👧"
    assert sign_at(page, ana, 0, 7).of(page.text) == "👩‍👩‍👧"
    assert sign_at(page, ana, 0, 10).of(page.text) == "a"


def test_left_and_right_of_a_row_are_its_first_and_last_sign(page: Page, ana: Turn) -> None:
    first = page.row(0).range
    assert sign_at(page, ana, 0, -5) == Range(first.start, first.start + 1)
    assert sign_at(page, ana, 0, 99) == Range(first.end - 1, first.end)


def test_outside_the_turn_are_its_first_and_last_sign(page: Page, ana: Turn) -> None:
    assert sign_at(page, ana, -1, 3).of(page.text) == "W"
    assert sign_at(page, ana, 2, 3) == sign_at(page, ana, 9, 0) == Range(ana.end - 1, ana.end)


def test_a_drag_selects_from_sign_to_sign_either_way(page: Page, ana: Turn) -> None:
    start = sign_at(page, ana, 0, 3)
    assert dragged(page, ana, start, 0, 8).range.of(page.text) == "ran 👩‍👩‍👧"
    assert dragged(page, ana, start, 0, 1).range.of(page.text) == "e r"
    assert dragged(page, ana, start, 5, 2).range.end == ana.end


def test_a_word_is_found_where_it_is_pointed_at(page: Page, ana: Turn) -> None:
    word = word_at(page, ana, 0, 14)
    assert word is not None
    assert word.of(page.text) == "garden"
    assert word_at(page, ana, 0, 2) is None


def test_a_turn_without_words_has_no_sign(talk: Talks) -> None:
    text, turns = talk("Ana:  ")
    page = laid_out(text, turns, 40)
    assert sign_at(page, turns[0], 0, 0).length == 0
    assert word_at(page, turns[0], 0, 0) is None
