"""Labels and keys that a new code is given go on from its neighbours'."""

from dataclasses import replace
from string import ascii_uppercase

import pytest

from qualcode.domain.codebook import Codebook, Part
from qualcode.domain.codebook_names import misleading, suggested_names
from qualcode.domain.restructuring import Place, add, rename, retire
from tests.domain.planting import new_code


def codebook(*names: tuple[str, str], part: int = 1) -> Codebook:
    codes = [
        replace(new_code(label, part, place), key=key)
        for place, (label, key) in enumerate(names, 1)
    ]
    return Codebook(1, parts=(Part(1, "One"), Part(2, "Two")), codes=tuple(codes))


@pytest.mark.parametrize(
    ("last", "next_"),
    [
        (("TC3A", "3a"), ("TC3B", "3b")),
        (("C9", "9"), ("C10", "10")),
        (("TC19", "t19"), ("TC20", "t20")),
        (("T01", "01"), ("T02", "02")),
        (("A", "a"), ("B", "b")),
        (("Group a", "ga1"), ("Group b", "ga2")),
    ],
)
def test_names_are_counted_on(last: tuple[str, str], next_: tuple[str, str]) -> None:
    assert suggested_names(codebook(last), 1) == next_


def test_words_are_not_counted_on() -> None:
    assert suggested_names(codebook(("Waiting", "wait")), 1) == ("C1A", "1a")


def test_words_among_counted_names_are_passed_over() -> None:
    assert suggested_names(codebook(("CH2A", "2a"), ("Low notes", "2b")), 1) == ("CH2B", "2c")


@pytest.mark.parametrize(
    ("others", "first"),
    [
        ([("TC1B", "1b"), ("TC1C", "1c")], ("TC2A", "2a")),
        ([("T1.03", "t1c"), ("T1.04", "t1d")], ("T2.01", "t2a")),
        ([("TC1A", "1a"), ("TC1B", "1b"), ("Waiting", "w")], ("TC2A", "2a")),
        ([("TC1A", "1a"), ("Rain", "r"), ("Waiting", "w")], ("C2A", "2a")),
        ([("TC7A", "7a"), ("TC7B", "7b")], ("C2A", "2a")),
        ([("T01", "01"), ("T02", "02")], ("C2A", "2a")),
        ([("T11", "11"), ("T12", "12")], ("C2A", "2a")),
    ],
)
def test_a_part_without_codes_begins_with_its_number_as_the_other_parts_do(
    others: list[tuple[str, str]], first: tuple[str, str]
) -> None:
    assert suggested_names(codebook(*others), 2) == first


def test_nothing_is_suggested_that_was_ever_a_name() -> None:
    book = codebook(("TC1A", "1a"), ("TC1B", "1b"), ("TC1C", "1c"))
    gone = retire(book, book.code("TC1C"))
    assert suggested_names(gone, 1) == ("TC1D", "1d")
    former = replace(book, codes=(*book.codes[:2], replace(book.codes[2], earlier_names=("1D",))))
    assert suggested_names(former, 1) == ("TC1D", "1e")


def test_after_the_last_letter_comes_a_number() -> None:
    everyone = [(f"TC1{letter}", f"1{letter.lower()}") for letter in ascii_uppercase]
    assert suggested_names(codebook(*everyone), 1) == ("TC101", "101")


def test_no_label_or_key_is_suggested_by_which_another_code_is_called() -> None:
    book = codebook(("TC1A", "1a"), ("TC1B", "1b"))
    named = replace(book, codes=(book.codes[0], replace(book.codes[1], name="tc1c")))
    assert suggested_names(named, 1) == ("TC1D", "1c")


# what misleads


def test_a_key_that_begins_another_is_told_where_it_is_made() -> None:
    before = codebook(("TC1A", "1a"), ("TC1B", "1b"))
    longer = add(before, replace(new_code("TC1C"), key="1bx"), Place(part=1))
    (said,) = misleading(before, longer)
    assert said.startswith(
        "The key 1b of TC1B Name of TC1B begins 1bx (TC1C Name of TC1C), so it waits for Enter. "
    )
    assert misleading(longer, longer) == []
    shorter = rename(longer, longer.code("1a"), key="1")
    (said,) = misleading(longer, shorter)
    assert said.startswith("The key 1 of TC1A Name of TC1A begins 1b (TC1B Name of TC1B), 1bx (")
    back = rename(shorter, shorter.code("TC1C"), key="c")
    assert misleading(longer, back)[0].startswith("The key 1 of TC1A Name of TC1A begins 1b (TC")


def test_names_that_codes_come_to_share_are_told() -> None:
    before = codebook(("TC1A", "1a"), ("TC1B", "1b"))
    named = [replace(code, name="Waiting") for code in before.codes]
    after = replace(before, codes=tuple(named))
    assert misleading(before, after) == [
        "TC1A, TC1B are called “Waiting”: the name finds none of them."
    ]
    assert misleading(after, after) == []


def test_of_many_that_mislead_the_first_are_named() -> None:
    keys = [(f"TC1{letter}", f"1{letter}") for letter in "ABCDE"]
    (said,) = misleading(codebook(), codebook(("TC", "1"), *keys))
    assert ", 1C (TC1C Name of TC1C) and 2 more, so" in said


def test_a_part_whose_codes_are_all_retired_is_counted_on() -> None:
    book = codebook(("TC1A", "1a"), ("TC1B", "1b"))
    gone = retire(retire(book, book.code("TC1A")), book.code("TC1B"))
    assert suggested_names(gone, 1) == ("TC1C", "1c")


def test_what_is_suggested_can_be_added_again_and_again() -> None:
    book = codebook(("TC1Y", "1y"), ("Rain", "r"))
    for part in (1, 2) * 20:
        label, key = suggested_names(book, part)
        book = add(book, replace(new_code(label), key=key), Place(part=part))
    assert len(book.codes) == 42
