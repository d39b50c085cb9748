from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.code_search import instant, matching
from qualcode.domain.codebook import (
    Code,
    Codebook,
    Part,
    codes_named,
    folded,
)
from qualcode.domain.errors import UnknownCodeError
from qualcode.domain.ids import new_id


def code(label: str, key: str, name: str = "", description: str = "") -> Code:
    return Code(new_id(), label, key, name or label, 1, 0, description)


def codebook(*codes: Code) -> Codebook:
    placed = [replace(each, position=place) for place, each in enumerate(codes)]
    return Codebook(1, "Ferries", "en", (Part(1, "Waiting"),), tuple(placed))


FERRIES = codebook(
    code("TC1A", "1a", "Waiting", "Time spent at the gate."),
    code("TC1B", "1b", "Café", "Where they wait."),
    code("TC1AB", "1ab", "Both", "Waiting, and the gate."),
    code("TC2", "2", "Weather", "Rain and wind, a gate for the bold."),
)


def labels(codes: list[Code]) -> list[str]:
    return [each.label for each in codes]


@pytest.mark.parametrize("typed", ["TC1B", "tc1b", " Tc1b ", "1b", "1B", "ＴＣ１Ｂ"])
def test_a_code_is_found_by_label_or_key_whatever_the_case(typed: str) -> None:
    assert FERRIES.code(typed).label == "TC1B"
    assert FERRIES.holds(typed)


def test_accents_do_not_matter_in_a_label() -> None:
    book = codebook(code("Cafés", "c"))
    assert book.code("CAFES").label == book.code("cafe\u0301s").label == "Cafés"


def test_a_label_comes_before_another_codes_key() -> None:
    book = codebook(code("A", "b"), code("B", "a"))
    assert book.code("b").label == "B"


def test_an_unknown_code_is_told_with_names_near_it() -> None:
    with pytest.raises(UnknownCodeError) as mishap:
        FERRIES.code("TC1")
    assert "“TC1”" in mishap.value.sentence
    assert "TC1A Waiting" in mishap.value.hint


@pytest.mark.parametrize("typed", ["", "  ", "quite another"])
def test_nothing_typed_names_no_code(typed: str) -> None:
    book = codebook(code("TC1A", ""))
    with pytest.raises(UnknownCodeError):
        book.code(typed)
    assert instant(book, typed) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [("1b", "TC1B"), ("1B ", "TC1B"), ("1ab", "TC1AB"), ("2", "TC2")],
)
def test_a_whole_key_that_begins_no_other_is_applied_at_once(typed: str, found: str) -> None:
    given_code = instant(FERRIES, typed)
    assert given_code is not None
    assert given_code.label == found


@pytest.mark.parametrize("typed", ["1a", "1", "", "1abc", "tc2"])
def test_a_key_that_begins_another_waits(typed: str) -> None:
    assert instant(FERRIES, typed) is None


def test_what_is_typed_is_looked_for_in_key_label_name_and_description() -> None:
    book = codebook(
        code("TCX", "x", description="Rain."),
        code("TCY", "y", name="Rainy days"),
        code("TCZ", "rain"),
        code("Rain", "r"),
    )
    assert labels(matching(book, "rain")) == ["TCZ", "Rain", "TCY", "TCX"]


def test_all_the_words_typed_must_fit() -> None:
    assert labels(matching(FERRIES, "gate wait")) == ["TC1A", "TC1AB"]
    assert matching(FERRIES, "gate nowhere") == []


def test_a_beginning_comes_before_a_middle_before_gaps() -> None:
    book = codebook(
        code("A", "a", "w-a-i-t-i-n-g"), code("B", "b", "Awaiting"), code("C", "c", "Waiting")
    )
    assert labels(matching(book, "waiting")) == ["C", "B", "A"]


def test_nothing_typed_lists_the_codebook_in_its_order() -> None:
    assert matching(FERRIES, " ") == list(FERRIES.codes)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1a", ["TC1A"]),
        ("1a; TC2", ["TC1A", "TC2"]),
        ("1a, 2", ["TC1A", "TC2"]),
        ("1a 2", ["TC1A", "TC2"]),
        ("1a;;2;", ["TC1A", "TC2"]),
    ],
)
def test_several_codes_are_named_in_a_row(row: str, found: list[str]) -> None:
    assert labels(codes_named(FERRIES, row)) == found


def test_a_label_that_holds_a_comma_is_found_whole() -> None:
    book = codebook(code("Rain, wind", "r"), code("Sun", "s"))
    assert labels(codes_named(book, "Rain, wind")) == ["Rain, wind"]
    assert labels(codes_named(book, "rain, wind; sun")) == ["Rain, wind", "Sun"]


def test_a_code_is_named_by_label_and_name() -> None:
    assert FERRIES.codes[0].title == "TC1A Waiting"
    assert code("Rain", "r").title == "Rain"


def test_codes_are_given_by_id_and_part() -> None:
    first = FERRIES.codes[0]
    assert FERRIES.by_id()[first.id] == first
    assert FERRIES.part_of(first).title == "Waiting"


def test_codebooks_that_say_the_same_are_the_same() -> None:
    assert replace(FERRIES) == FERRIES
    assert hash(replace(FERRIES)) == hash(FERRIES)
    assert replace(FERRIES, title="x") != FERRIES


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_folding_folded_words_changes_nothing(words: str) -> None:
    assert folded(folded(words)) == folded(words)
