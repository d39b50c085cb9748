"""Words are found where they stand, whatever their case, accents and line breaks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import folded
from qualcode.domain.searching import hits

LETTERS = "aAbB éÉ\u0301ßſﬁ \n\u00a0İı👩\u200d’'½"


def found(text: str, words: str) -> list[str]:
    return [hit.of(text) for hit in hits(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Café and the cafe", "CAFÉ", ["Café", "cafe"]),
        ("The Cafe\u0301 closed", "cafe", ["Cafe\u0301"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("the old\n\t hall", "old hall", ["old\n\t hall"]),
        ("the old\u00a0hall", "  old   hall ", ["old\u00a0hall"]),
        ("oldhall", "old hall", []),
        ("I don’t know", "don't", ["don’t"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.b a*b", "a*b", ["a*b"]),
        ("ﬁne ﬁnd", "fin", ["ﬁn", "ﬁn"]),
        ("ŵŵ Ŵ", "w", ["ŵ", "ŵ", "Ŵ"]),
        ("שָׁלוֹם", "שלום", ["שָׁלוֹם"]),
        ("text", "", []),
        ("text", " \n", []),
        ("e\u0301", "\u0301", []),
        ("", "a", []),
    ],
)
def test_words_are_found(text: str, words: str, expected: list[str]) -> None:
    assert found(text, words) == expected


def test_positions_hold_after_signs_that_fold_longer_or_shorter() -> None:
    text = "ﬁ ß e\u0301 ½ then tea"
    (hit,) = hits(text, "tea")
    assert hit == (text.index("tea"), len(text))


def test_half_a_sign_is_found_as_the_whole_and_once() -> None:
    assert found("aß", "s") == ["ß"]


@given(st.text(LETTERS, max_size=40), st.text(LETTERS, max_size=3))
def test_hits_ascend_apart_and_hold_the_words(text: str, words: str) -> None:
    last = 0
    for hit in hits(text, words):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end
        assert hit.end == len(text) or not unicodedata.combining(text[hit.end])
        quoted = words.replace("’", "'")
        assert folded(quoted) in folded(hit.of(text).replace("’", "'"))


@given(st.text(LETTERS, max_size=20), st.text("abß é", min_size=1, max_size=5))
def test_what_stands_in_a_text_is_found_in_it(before: str, words: str) -> None:
    if words.strip():
        assert hits(f"{before} {words} after", words)


def test_a_long_text_is_searched_in_one_go() -> None:
    text = "a " * 200_000 + "é" + " " * 200_000
    assert len(hits(text, "a a")) == 100_000
    assert hits(text, "a a b") == hits(text, "é é") == []
