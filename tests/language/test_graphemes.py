import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.language.graphemes import inside_a_sign, whole_signs

SIGNS = [
    "a",
    "e\u0301",  # e with an acute accent on its own
    "क्षि",  # Devanagari: signs before and after the consonants
    "👍🏽",  # a skin tone
    "👩‍👩‍👧",  # three people joined
    "❤️",  # a heart, in colour
    "🇬🇧",
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿",  # the flag of Wales, spelt in tags
    "한",
    "\u1112\u1161\u11ab",  # the same syllable in three letters
    "\uac00\u11a8",
]


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign != "क्षि"])
def test_a_sign_is_not_cut(sign: str) -> None:
    assert all(inside_a_sign(sign, position) for position in range(1, len(sign)))


@pytest.mark.parametrize("one", SIGNS)
@pytest.mark.parametrize("two", SIGNS)
def test_two_signs_may_be_parted(one: str, two: str) -> None:
    assert not inside_a_sign(one + two, len(one))


def test_flags_are_parted_in_pairs() -> None:
    flags = "🇬🇧🇫🇷🇩🇪"
    assert [inside_a_sign(flags, at) for at in range(1, 6)] == [True, False, True, False, True]


def test_a_closed_syllable_takes_no_further_vowel() -> None:
    assert inside_a_sign("\uac00\u1161", 1)
    assert not inside_a_sign("\uac01\u1161", 1)


def test_white_space_stands_alone() -> None:
    assert not inside_a_sign(" \u0301", 1)
    assert not inside_a_sign("👩\u200d\n👧", 2)


def test_the_next_whole_place_is_found() -> None:
    assert whole_signs("a👩‍👧b", 2) == 4
    assert whole_signs("ab", 1) == 1
    assert whole_signs("e\u0301", 1) == 2


@given(st.text(), st.integers(0, 30))
def test_a_text_may_be_cut_at_its_ends(text: str, position: int) -> None:
    assert not inside_a_sign(text, 0)
    assert not inside_a_sign(text, len(text))
    assert position <= whole_signs(text, position) <= max(position, len(text))
