"""Labels and keys that a new code is given go on from its neighbours'."""

from dataclasses import replace

import pytest

from qualcode.domain.codebook import Codebook, Part
from qualcode.domain.codebook_names import suggested_names
from qualcode.domain.restructuring import Place, add, retire
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


def test_a_part_without_codes_gets_a_number_of_its_own() -> None:
    assert suggested_names(codebook(("TC1A", "1a")), 2) == ("C2A", "2a")


def test_nothing_is_suggested_that_was_ever_a_name() -> None:
    book = codebook(("TC1A", "1a"), ("TC1B", "1b"), ("TC1C", "1c"))
    gone = retire(book, book.code("TC1C"))
    assert suggested_names(gone, 1) == ("TC1D", "1d")
    former = replace(book, codes=(*book.codes[:2], replace(book.codes[2], earlier_names=("1D",))))
    assert suggested_names(former, 1) == ("TC1D", "1e")


def test_after_the_last_letter_comes_a_number() -> None:
    assert suggested_names(codebook(("TC1Z", "1z")), 1) == ("C1A", "1a")


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
