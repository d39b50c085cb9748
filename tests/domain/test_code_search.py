"""What a coder types finds the code that was meant."""

import pytest

from qualcode.domain.code_search import instant, matching
from qualcode.domain.restructuring import merge, rename
from tests.domain.naming import FERRIES, code, codebook, labels


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


@pytest.mark.parametrize("typed", ["", "  ", "quite another"])
def test_nothing_typed_applies_no_code(typed: str) -> None:
    assert instant(codebook(code("TC1A", "")), typed) is None


def test_a_retired_key_keeps_no_other_waiting() -> None:
    merged = merge(FERRIES, [FERRIES.code("1ab")], FERRIES.code("2"))
    assert instant(merged, "1ab") is None
    found = instant(merged, "1a")
    assert found is not None
    assert found.label == "TC1A"


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


def test_a_name_that_a_code_had_finds_it_after_all_that_are_called_so_now() -> None:
    renamed = rename(FERRIES, FERRIES.code("1b"), name="Tea room")
    assert labels(matching(renamed, "café")) == ["TC1B"]
    both = rename(renamed, renamed.code("2"), name="Café weather")
    assert labels(matching(both, "café")) == ["TC2", "TC1B"]


def test_a_merged_code_is_found_as_the_one_it_went_into() -> None:
    merged = merge(FERRIES, [FERRIES.code("1b")], FERRIES.code("2"))
    assert labels(matching(merged, "café")) == ["TC2"]
    assert labels(matching(merged, "tc1b"))[0] == "TC2"
