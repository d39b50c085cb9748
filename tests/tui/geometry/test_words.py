import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.domain.text import Range
from qualcode.tui.geometry.signs import signs
from qualcode.tui.geometry.words import word_after, word_before, words

PIECES = (
    *("a", " ", ".", "word", "e\u0301", "👩‍👩‍👧", "か\u3099", "—", "\u0301", "\u200d", "庭", "\n"),
    *("📖\u200d", "🇫🇷", "שלום", "ال\u064eع", "12,5", " \u0301", "x" * 90, "." * 70),
)
TALK = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def test_words_come_without_their_punctuation() -> None:
    text = "“Well,” she said — it’s well-known … (and/or) [laughter]!"
    assert [word.of(text) for word in words(text, Range(0, len(text)))] == [
        "Well",
        "she",
        "said",
        "it’s",
        "well-known",
        "and",
        "or",
        "laughter",
    ]


def test_signs_of_scripts_without_blanks_are_words() -> None:
    text = "庭は the garden"
    assert [word.of(text) for word in words(text, Range(0, len(text)))] == [
        "庭",
        "は",
        "the",
        "garden",
    ]


@given(TALK)
def test_words_are_whole_signs_in_order(text: str) -> None:
    found = words(text, Range(0, len(text)))
    edges = {0, len(text)} | {sign.start for sign in signs(text, Range(0, len(text)))}
    assert all(word.start in edges and word.end in edges for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    letters = {at for at, sign in enumerate(text) if unicodedata.category(sign)[0] in "LS"}
    assert letters <= {at for word in found for at in range(*word)}


@given(TALK, st.integers(0, 400), st.integers(0, 30))
@example("ab\u200d cd", 3, 0)
@example("ab\u200d庭cd", 4, 0)
def test_the_word_beside_a_position_is_found_as_among_all_words(
    text: str, position: int, start: int
) -> None:
    stretch = Range(min(start, len(text)), len(text))
    found = words(text, stretch)
    at = max(position, stretch.start)
    assert word_after(text, stretch, at) == next((one for one in found if one.end > at), None)
    at = min(at, stretch.end)
    before = [word for word in found if word.start < at]
    assert word_before(text, stretch, at) == (before[-1] if before else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Είμαι καλά· εσύ;", ["Είμαι", "καλά", "εσύ"]),
        ("عمري 42 سنة، وأنت؟", ["عمري", "42", "سنة", "وأنت"]),
        ("בשנת 1998 עברנו.", ["בשנת", "1998", "עברנו"]),
        ("שָׁלוֹם חָבֵר", ["שָׁלוֹם", "חָבֵר"]),
    ],
)
def test_words_stand_in_the_order_they_are_read(text: str, expected: list[str]) -> None:
    assert [word.of(text) for word in words(text, Range(0, len(text)))] == expected
