"""Which codings a version of the codebook sends back, and how that is said."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain import restructuring
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.codings import Coding
from qualcode.domain.lineage import Rules, Why, to_redecide
from qualcode.domain.redeciding import Doubts, fate, offered, undecided
from qualcode.domain.text import Range

ONE, TWO, THREE, FOUR = (
    Code(UUID(int=at), f"X{at}", f"{at}a", f"Name {at}", 1, at, description="First.")
    for at in (1, 2, 3, 4)
)
BOOK = Codebook(1, parts=(Part(1, "All"),), codes=(ONE, TWO))


def made(code: Code, version: int = 1, at: int = 0) -> Coding:
    nobody = UUID(int=0)
    return Coding(
        UUID(int=100 + at), nobody, nobody, nobody, code.id, version, (Range(at, at + 1),), b""
    )


def rules(*books: Codebook) -> Rules:
    """Say how entries read in versions: a code is written again where it has changed."""
    entries: dict[UUID, list[tuple[int, Code]]] = {}
    for book in books:
        for code in (*book.codes, *book.retired):
            known = entries.setdefault(code.id, [])
            if not known or known[-1][1] != code:
                known.append((book.version, code))
    return Rules(entries)


def split() -> Codebook:
    return replace(restructuring.split(BOOK, ONE, [THREE, FOUR]), version=2)


def test_a_split_is_said_with_what_took_the_codes_place() -> None:
    doubts = Doubts(split(), rules(BOOK, split()))
    coding = made(ONE)
    assert doubts.why(coding) is Why.GONE
    assert doubts.said(coding) == "X1 was split into X3, X4"
    assert doubts.in_brief(coding) == "decide 1a anew: 3a 4a"
    assert [code.label for code in offered(split(), split().any_code("1a"))] == ["X3", "X4"]


def test_a_retired_code_has_nothing_in_its_place() -> None:
    book = replace(restructuring.retire(BOOK, ONE), version=2)
    doubts = Doubts(book, rules(BOOK, book))
    assert doubts.said(made(ONE)) == "X1 was retired"
    assert doubts.in_brief(made(ONE)) == "decide 1a anew"
    assert offered(book, book.any_code("1a")) == []


def test_a_merge_asks_nothing() -> None:
    book = replace(restructuring.merge(BOOK, [ONE], TWO), version=2)
    doubts = Doubts(book, rules(BOOK, book))
    assert doubts.codes == frozenset()
    assert doubts.said(made(ONE)) == doubts.in_brief(made(ONE)) == ""
    assert fate(book, book.any_code("X1")) == "X1 was merged into X2"


def test_a_reworded_rule_asks_for_what_was_made_before() -> None:
    book = replace(restructuring.reword(BOOK, ONE, {"description": "Second."}), version=2)
    doubts = Doubts(book, rules(BOOK, book))
    assert doubts.said(made(ONE)) == "rule of X1 reworded since version 1"
    assert doubts.in_brief(made(ONE)) == "decide 1a anew: reworded"
    assert doubts.among([made(ONE), made(ONE, 2, 5), made(TWO)]) == [made(ONE)]


def test_where_every_rule_reads_as_ever_nothing_is_looked_at() -> None:
    renamed = replace(restructuring.rename(BOOK, ONE, name="Another"), version=2)
    assert Doubts(renamed, rules(BOOK, renamed)).codes == frozenset()
    assert Doubts(BOOK, Rules({})).among([made(ONE)]) == []


def test_what_is_not_decided_is_counted_by_the_code_that_is_gone() -> None:
    codings = [made(ONE), made(ONE, at=5), made(TWO)]
    assert undecided(BOOK, codings) == {}
    assert undecided(split(), codings) == {split().any_code("X1"): 2}


@given(st.lists(st.tuples(st.sampled_from([ONE, TWO, THREE]), st.integers(1, 3))))
def test_doubts_are_those_of_the_rules(drawn: list[tuple[Code, int]]) -> None:
    second = replace(restructuring.reword(BOOK, TWO, {"description": "Second."}), version=2)
    third = replace(restructuring.split(second, ONE, [THREE, FOUR]), version=3)
    known = rules(BOOK, second, third)
    codings = [made(code, version, at) for at, (code, version) in enumerate(drawn)]
    expected = [each.coding for each in to_redecide(third, known, codings)]
    assert Doubts(third, known).among(codings) == expected
