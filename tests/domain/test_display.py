import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.display import shortened, visible, visible_line

DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u061c\u200e\u200f"
ACTING = [
    chr(code)
    for code in range(0x110000)
    if unicodedata.category(chr(code)) in {"Cc", "Cs", "Zl", "Zp"}
    or unicodedata.bidirectional(chr(code)) in DIRECTIONS
    or chr(code) in MARKS
]
SOME = st.text(st.characters() | st.sampled_from(ACTING[:80] + ACTING[-12:]), max_size=60)


def test_nothing_that_acts_on_a_terminal_survives() -> None:
    shown = visible("".join(ACTING))
    assert set(shown) & set(ACTING) == {"\t", "\n"}
    assert set(visible_line("".join(ACTING))).isdisjoint(ACTING)


def test_nothing_that_acts_survives_alone_either() -> None:
    assert all(visible(sign) != sign for sign in ACTING if sign not in "\t\n")


@given(SOME)
def test_every_sign_stands_where_it_stood(text: str) -> None:
    for shown in (visible(text), visible_line(text)):
        assert len(shown) == len(text)
        assert all(
            before == after
            for before, after in zip(text, shown, strict=True)
            if before not in ACTING
        )


@given(SOME)
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    visible(text).encode()


@pytest.mark.parametrize(
    "attack", ["\x1b[2J", "\x1b]52;c;aGk=\x07", "\x9b6n", "\x1bP1$r\x1b\\", "a\u202eb\u2066c"]
)
def test_a_sequence_becomes_signs(attack: str) -> None:
    assert not set(visible(attack)) & set(ACTING)


@given(SOME, st.integers(1, 30))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, most: int) -> None:
    short = shortened(text, to=most)
    assert len(short) <= most
    assert "\n" not in short
    assert short == visible_line(text) or short.endswith("…")
