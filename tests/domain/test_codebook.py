from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import (
    Later,
    Part,
    codes_named,
    folded,
)
from qualcode.domain.errors import LaterCodeError, RetiredCodeError, UnknownCodeError
from qualcode.domain.restructuring import Place, add_part, merge, move, rename, retire, split
from tests.domain.naming import FERRIES, code, codebook, labels


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


def test_a_retired_code_is_refused_with_a_pointer_to_the_one_it_went_into() -> None:
    merged = merge(FERRIES, [FERRIES.code("1b")], FERRIES.code("1a"))
    for typed in ("TC1B", "1b"):
        with pytest.raises(RetiredCodeError) as mishap:
            merged.code(typed)
        assert mishap.value.hint == "Use TC1A Waiting."
        assert merged.any_code(typed).label == "TC1B"
    assert not merged.holds("1b")


def test_the_pointer_leads_to_codes_that_can_be_applied() -> None:
    merged = merge(FERRIES, [FERRIES.code("1b")], FERRIES.code("1a"))
    parted = split(merged, merged.code("1a"), [code("TC1C", "1c"), code("TC1D", "1d")])
    moved = merge(parted, [parted.code("1d")], parted.code("2"))
    with pytest.raises(RetiredCodeError) as mishap:
        moved.code("1b")
    assert mishap.value.hint == "Use TC1C or TC2 Weather."
    bare = retire(retire(moved, moved.code("1c")), moved.code("2"))
    with pytest.raises(RetiredCodeError) as mishap:
        bare.code("1b")
    assert mishap.value.hint == "Nothing took its place."


def test_a_code_stands_for_all_that_were_merged_into_it() -> None:
    first = merge(FERRIES, [FERRIES.code("1b")], FERRIES.code("1a"))
    second = merge(first, [first.code("1a")], first.code("2"))
    stands = {second.entry(one).label: now.label for one, now in second.by_id().items()}  # type: ignore[union-attr]
    assert stands == {"TC1A": "TC2", "TC1B": "TC2", "TC2": "TC2", "TC1AB": "TC1AB"}


def test_a_code_that_was_split_or_retired_stands_for_itself() -> None:
    first = merge(FERRIES, [FERRIES.code("1b")], FERRIES.code("1a"))
    parted = split(first, first.code("1a"), [code("TC1C", "1c"), code("TC1D", "1d")])
    assert parted.by_id()[FERRIES.code("1b").id].label == "TC1A"
    assert retire(FERRIES, FERRIES.code("2")).by_id()[FERRIES.code("2").id].label == "TC2"


def test_a_code_is_found_by_what_it_was_called_before_it_was_retired() -> None:
    renamed = rename(FERRIES, FERRIES.code("2"), label="TC3")
    assert renamed.code("TC2").label == "TC3"
    with pytest.raises(RetiredCodeError):
        retire(renamed, renamed.code("TC3")).code("tc2")


def test_a_label_in_use_comes_before_a_name_another_code_had() -> None:
    book = codebook(code("Rain", "r"), code("B", "b", "Rain"))
    other = rename(book, book.code("b"), name="Wind")
    assert other.code("rain").label == "Rain"


def test_a_retired_code_may_stand_in_a_part_that_is_no_more() -> None:
    wider = add_part(FERRIES, "Going")
    moved = move(wider, wider.code("2"), Place(part=2))
    gone = replace(retire(moved, moved.code("2")), parts=FERRIES.parts)
    assert gone.part_of(gone.any_code("2")) == Part(2, "")


def test_what_only_a_later_version_names_is_told_with_that_version() -> None:
    came = Later(((2, code("TC9", "9")), (3, replace(FERRIES.codes[0], key="w"))), "r1")
    book = replace(FERRIES, later=came)
    assert book == FERRIES
    for typed in ("9", "tc9"):
        with pytest.raises(LaterCodeError) as mishap:
            book.any_code(typed)
        assert mishap.value.sentence == (
            f"“{typed}” came with version 2; round r1 goes by version {FERRIES.version}."
        )
        assert "qualcode round update r1" in mishap.value.hint
    with pytest.raises(LaterCodeError) as mishap:
        book.code("w")
    assert mishap.value.hint == f"In version {FERRIES.version} that is TC1A Waiting (1a)."
    assert book.code("1a").label == "TC1A"
    with pytest.raises(UnknownCodeError, match="has no code"):
        book.code("")
