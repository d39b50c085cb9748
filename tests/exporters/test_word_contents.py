import pytest

from qualcode_exporters.word_contents import pages_of
from qualcode_exporters.word_styles import QUOTE, TEXT_HEIGHT
from qualcode_exporters.word_text import Block


def test_what_fits_stays_on_the_page() -> None:
    half = Block("", height=TEXT_HEIGHT / 2)
    assert pages_of([half, half._replace(anchor="b"), half._replace(anchor="c")]) == {
        "b": 1,
        "c": 2,
    }


def test_a_heading_goes_with_what_it_heads() -> None:
    filling = Block("", height=TEXT_HEIGHT - 20)
    heading = Block("", height=15, keeps_next=True, anchor="h")
    assert pages_of([filling, heading, Block("", height=15)]) == {"h": 2}
    assert pages_of([filling, heading._replace(keeps_next=False), Block("", height=15)]) == {"h": 1}


def test_a_part_begins_a_page() -> None:
    part = Block("", height=20, new_page=True, keeps_next=True, anchor="p")
    assert pages_of([part, part._replace(anchor="q"), Block("", height=10)]) == {"p": 1, "q": 2}


def test_of_two_spaces_that_meet_the_larger_counts() -> None:
    line = Block("", height=10, above=20, below=20)
    lines = [line._replace(anchor=str(number)) for number in range(60)]
    pages = pages_of(lines)
    assert pages["22"] == 1
    assert pages["23"] == 2


def test_a_quotation_longer_than_a_page_runs_on() -> None:
    long = Block("", height=TEXT_HEIGHT * 2.5)
    assert pages_of([long, Block("", height=10, anchor="after")]) == {"after": 3}


@pytest.mark.parametrize(("words", "lines"), [("", 1), ("yes", 1), ("yes\nno", 2), ("so " * 60, 3)])
def test_height_counts_lines(words: str, lines: int) -> None:
    assert QUOTE.height(words) == pytest.approx(lines * QUOTE.height(""))
