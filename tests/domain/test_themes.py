"""Themes, and what became of their codes."""

from uuid import uuid4

import pytest

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Codebook
from qualcode.domain.restructuring import merge, retire, split
from qualcode.domain.themes import Theme, announces, codes_now, put_at, quotations_named
from tests.domain.planting import new_code, planted

FERRIES = """
1 Waiting
  A
    A1
      A2
  B
  C
"""


def named(codebook: Codebook, *labels: str) -> list[str]:
    book = planted(FERRIES)
    read = codes_now(codebook, [book.code(label).id for label in labels])
    return [code.label for code in read.codes]


def test_a_theme_reads_its_codes_in_the_order_of_the_codebook() -> None:
    assert named(planted(FERRIES), "C", "A") == ["A", "C"]


def test_a_code_that_was_merged_is_there_by_the_one_it_went_into() -> None:
    book = planted(FERRIES)
    merged = merge(book, [book.code("B")], into=book.code("C"))
    assert named(merged, "B", "C") == ["C"]
    assert codes_now(merged, [book.code("B").id]).notes == (
        "B Name of B was merged into C Name of C.",
    )
    again = retire(merged, merged.code("C"))
    assert named(again, "B") == ["C"]
    assert codes_now(again, [book.code("C").id]).notes == (
        "C Name of C is retired; nothing took its place.",
    )


def test_a_code_that_was_split_stays_beside_those_that_took_its_place() -> None:
    book = planted(FERRIES)
    parted = split(book, book.code("B"), [new_code("B1", 1), new_code("B2", 1)])
    assert named(parted, "B") == ["B1", "B2", "B"]
    (note,) = codes_now(parted, [book.code("B").id]).notes
    assert note == "B Name of B was split: B1 Name of B1 and B2 Name of B2 took its place."
    further = merge(parted, [parted.code("B1")], into=parted.code("C"))
    assert named(further, "B") == ["B2", "C", "B"]


def test_codes_below_count_once_with_those_above() -> None:
    book = planted(FERRIES)
    read = codes_now(book, [book.code("A1").id, book.code("A").id])
    below = [code.label for code in read.with_below(book)]
    assert (
        below == ["A", "A1", "A2"] == [one.label for one in CodeTree(book).branch(book.code("A"))]
    )


def test_a_code_the_codebook_never_held_is_passed_over() -> None:
    assert codes_now(planted(FERRIES), [uuid4()]).codes == ()


def test_a_text_names_the_quotations_whose_ids_stand_in_it() -> None:
    text = "As Q7H2K9P0 says (see Q7H2K9P0, QZZZZZZ1); Quarrels1 and Q123 do not count."
    assert quotations_named(text) == ["Q7H2K9P0", "QZZZZZZ1"]


@pytest.mark.parametrize(
    ("words", "does"), [("As one said: ", True), ("As one said.", False), ("", False)]
)
def test_a_colon_at_the_end_announces_what_follows(words: str, *, does: bool) -> None:
    assert announces(words) is does


@pytest.mark.parametrize(
    ("place", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (99, "ABC"), (0, "CAB")]
)
def test_a_theme_is_put_at_a_place_among_the_others(place: int, order: str) -> None:
    themes = [Theme(uuid4(), uuid4(), name) for name in "ABC"]
    assert "".join(one.name for one in put_at(themes, themes[2], place)) == order
