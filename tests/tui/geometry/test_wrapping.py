from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.domain.display import visible
from qualcode.domain.text import Range
from qualcode.tui.geometry.signs import row_cells, signs
from qualcode.tui.geometry.wrapping import cell_to_offset, offset_to_cell, wrapped

PIECES = (
    "a",
    "b",
    " ",
    "  ",
    "\n",
    "\t",
    "word",
    "é",
    "e\u0301",
    "漢",
    "👩‍👩‍👧",
    "🇫🇷",
    "❤️",
    "\u200b",
    "т",
    "\u0301",
)
TALK = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=40).map(
    visible
)
WIDTHS = st.integers(1, 12)


def rows_of(text: str, width: int) -> list[str]:
    return [row.of(text) for row in wrapped(text, Range(0, len(text)), width)]


@given(TALK, WIDTHS)
def test_every_code_point_lies_in_exactly_one_row(text: str, width: int) -> None:
    assert "".join(rows_of(text, width)) == text


@given(TALK, WIDTHS)
def test_no_sign_is_split_between_rows(text: str, width: int) -> None:
    rows = wrapped(text, Range(0, len(text)), width)
    edges = {row.start for row in rows[1:]}
    inside = {
        position
        for sign in signs(text, Range(0, len(text)))
        for position in range(sign.start + 1, sign.end)
    }
    assert not edges & inside


@given(TALK, WIDTHS)
def test_words_fill_no_more_than_the_width(text: str, width: int) -> None:
    for row in wrapped(text, Range(0, len(text)), width):
        found = [sign for sign in signs(text, row) if sign.width]
        while found and text[found[-1].start] in " \t":
            found.pop()
        assert len(found) <= 1 or found[-1].cell + found[-1].width <= width


@given(TALK, WIDTHS)
def test_a_sign_is_found_again_at_its_own_cell(text: str, width: int) -> None:
    for row in wrapped(text, Range(0, len(text)), width):
        for sign in signs(text, row):
            if sign.width:
                cell = offset_to_cell(text, row, sign.start)
                assert cell == sign.cell
                assert cell_to_offset(text, row, cell) == sign.start


@given(st.text("abc  \n-", max_size=60), WIDTHS)
def test_the_fast_way_cuts_where_the_careful_way_does(text: str, width: int) -> None:
    careful = text.translate(str.maketrans("abc", "абв"))
    assert [len(row) for row in rows_of(text, width)] == [
        len(row) for row in rows_of(careful, width)
    ]


@given(st.text(st.characters(max_codepoint=0x20B0, min_codepoint=0x20, exclude_characters="\x7f")))
def test_a_line_fills_the_cells_the_terminal_gives_it(text: str) -> None:
    line = text.translate(dict.fromkeys(range(0x7F, 0xA0), "·"))
    assert row_cells(line, Range(0, len(line))) == cell_len(line)


def test_rows_are_cut_at_blanks() -> None:
    assert rows_of("we never know what comes", 10) == ["we never ", "know what ", "comes"]


def test_a_word_that_just_fits_keeps_its_row() -> None:
    assert rows_of("garden gate", 6) == ["garden ", "gate"]


def test_a_word_longer_than_the_row_is_cut() -> None:
    assert rows_of("unforgettable", 5) == ["unfor", "getta", "ble"]


def test_newlines_end_rows_and_an_empty_line_is_a_row() -> None:
    assert rows_of("one\n\ntwo\n", 10) == ["one\n", "\n", "two\n"]


def test_blanks_beyond_the_edge_stay_with_the_row_before() -> None:
    assert rows_of("four     more", 4) == ["four     ", "more"]


def test_wide_signs_take_two_cells() -> None:
    assert rows_of("漢字漢字", 5) == ["漢字", "漢字"]


def test_a_tab_reaches_to_the_next_fourth_cell() -> None:
    row = Range(0, 4)
    assert [sign.cell for sign in signs("a\tb\t", row)] == [0, 1, 4, 5]
    assert row_cells("a\tb\t", row) == 8


def test_a_tab_after_an_accent_keeps_its_own_cells() -> None:
    assert [sign.width for sign in signs("e\u0301\tx", Range(0, 4))] == [1, 3, 1]


def test_a_flag_is_one_sign() -> None:
    assert [(sign.start, sign.end) for sign in signs("🇫🇷🇩🇪x🇫", Range(0, 6))] == [
        (0, 2),
        (2, 4),
        (4, 5),
        (5, 6),
    ]


def test_an_empty_stretch_is_one_empty_row() -> None:
    assert wrapped("words", Range(3, 3), 10) == [Range(3, 3)]


def test_only_the_stretch_is_wrapped() -> None:
    assert wrapped("INT: and then?", Range(5, 14), 4) == [Range(5, 9), Range(9, 13), Range(13, 14)]


def test_right_of_the_words_is_the_end_of_the_row() -> None:
    assert cell_to_offset("one\ntwo", Range(0, 4), 9) == 3
    assert cell_to_offset("óne\t\ntwo", Range(0, 5), 99) == 4


def test_both_halves_of_a_wide_sign_are_the_sign() -> None:
    text = "a漢b"
    assert [cell_to_offset(text, Range(0, 3), cell) for cell in range(4)] == [0, 1, 1, 2]


def test_a_row_is_filled_however_many_code_points_a_sign_has() -> None:
    sign = "e" + "\u0301" * 40
    assert rows_of(sign * 30, 10) == [sign * 10] * 3
    family = "👩\u200d👩\u200d👧" * 30
    assert [len(row) for row in rows_of(family, 60)] == [150]
    assert rows_of("ab" + " " * 200 + "cd", 10) == ["ab" + " " * 200, "cd"]
    assert rows_of("é漢" + " " * 200 + "cd", 10) == ["é漢" + " " * 200, "cd"]
