from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.display import visible
from qualcode.domain.text import Range
from qualcode.tui.geometry.signs import row_cells, sign_holding, signs

PIECES = (
    *("a", " ", "\n", "\t", "e\u0301", "漢", "👩‍👩‍👧", "🇫🇷", "🇫", "❤️", "\u200b", "\u0301"),
    *("\u200d", "שָׁ", "مَ", "か\u3099", "🇬🇷" * 9, "\u0301" * 20),
)
TALK = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=40).map(
    visible
)


@given(TALK, st.integers(0, 20))
def test_the_sign_at_a_position_is_found_as_among_all_signs(text: str, start: int) -> None:
    stretch = Range(min(start, len(text)), len(text))
    for sign in signs(text, stretch):
        for position in range(sign.start, sign.end):
            assert sign_holding(text, stretch, position) == Range(sign.start, sign.end)


@given(TALK)
def test_signs_lie_end_to_end(text: str) -> None:
    found = signs(text, Range(0, len(text)))
    assert "".join(text[sign.start : sign.end] for sign in found) == text
    assert sum(sign.width for sign in found) == row_cells(text, Range(0, len(text)))


def test_a_letter_with_its_accents_is_one_sign_in_every_script() -> None:
    text = "e\u0301 שָׁ مَ 👩‍👩‍👧 🇬🇷🇨🇾"
    found = [text[sign.start : sign.end] for sign in signs(text, Range(0, len(text)))]
    assert found == ["e\u0301", " ", "שָׁ", " ", "مَ", " ", "👩‍👩‍👧", " ", "🇬🇷", "🇨🇾"]
