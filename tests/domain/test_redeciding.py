"""Which codings a version of the codebook sends back, and how that is said."""

from dataclasses import replace
from uuid import UUID

from qualcode.domain import restructuring
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.codings import Coding
from qualcode.domain.lineage import Rules, Why
from qualcode.domain.redeciding import Doubts, fate, offered, undecided
from qualcode.domain.text import Range
from tests.domain.planting import new_code, planted

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


# codes that were merged, and rules that changed more than once

DRAWN = planted(
    """
    1 Waiting
      A
      B
      C
      D
    """
)
AB = restructuring.merge(DRAWN, [DRAWN.code("A")], DRAWN.code("B"))
ABC = restructuring.merge(AB, [AB.code("B")], AB.code("C"))
APART = restructuring.split(AB, AB.code("B"), [new_code("X"), new_code("Y")])


def ruled(book: Codebook, label: str, description: str) -> Codebook:
    return restructuring.reword(book, book.code(label), {"description": description})


def doubts_after(*books: Codebook) -> Doubts:
    """Make versions of codebooks, from 1 on, and say what the last makes doubtful."""
    numbered = [replace(book, version=version) for version, book in enumerate(books, 1)]
    return Doubts(numbered[-1], rules(*numbered))


def why(doubts: Doubts, *codings: Coding) -> list[Why | None]:
    assert doubts.among(codings) == [each for each in codings if doubts.why(each)]
    return [doubts.why(each) for each in codings]


def drawn(label: str, version: int = 1) -> Coding:
    return made(DRAWN.code(label), version)


def test_codings_of_merged_codes_stand() -> None:
    codings = [drawn("A"), drawn("B"), drawn("C")]
    assert why(doubts_after(DRAWN, AB, ABC), *codings) == [None, None, None]


def test_a_merged_code_that_is_split_later_is_to_be_decided_anew() -> None:
    assert why(doubts_after(DRAWN, AB, APART), drawn("A"), drawn("C")) == [Why.GONE, None]


def test_a_rule_that_reads_again_as_it_did_is_no_reason() -> None:
    doubts = doubts_after(DRAWN, ruled(DRAWN, "A", "New."), DRAWN)
    assert why(doubts, drawn("A"), drawn("A", 2)) == [None, Why.REWORDED]


def test_another_colour_or_example_is_no_other_rule() -> None:
    wording = {"colour": "#123456", "examples": ("q1",)}
    other = restructuring.reword(DRAWN, DRAWN.code("A"), wording)
    assert why(doubts_after(DRAWN, other), drawn("A")) == [None]


def test_a_merged_coding_is_looked_at_again_if_its_new_code_is_reworded_after_the_merge() -> None:
    doubts = doubts_after(DRAWN, AB, ruled(AB, "B", "New."))
    assert why(doubts, drawn("A"), drawn("B"), drawn("A", 3)) == [
        Why.REWORDED,
        Why.REWORDED,
        None,
    ]
    assert doubts.said(drawn("A")) == "rule of B reworded since version 2"
    assert doubts.said(drawn("B")) == "rule of B reworded since version 1"


def test_what_was_reworded_before_the_merge_is_no_reason_for_what_was_merged() -> None:
    before = ruled(DRAWN, "B", "New.")
    merged = restructuring.merge(before, [before.code("A")], before.code("B"))
    doubts = doubts_after(DRAWN, before, merged)
    assert why(doubts, drawn("A"), drawn("B")) == [None, Why.REWORDED]


def test_along_a_chain_of_merges_the_last_one_counts() -> None:
    again = ruled(AB, "C", "New.")
    chained = restructuring.merge(again, [again.code("B")], again.code("C"))
    doubts = doubts_after(DRAWN, AB, again, chained)
    assert why(doubts, drawn("A"), drawn("B"), drawn("C")) == [None, None, Why.REWORDED]
    later = doubts_after(DRAWN, AB, again, chained, ruled(chained, "C", "Newer."))
    assert why(later, drawn("A"), drawn("B"), drawn("C")) == [Why.REWORDED] * 3


def test_a_merge_that_was_undone_and_made_again_counts_from_the_second_time() -> None:
    between = ruled(DRAWN, "B", "New.")
    again = restructuring.merge(between, [between.code("A")], between.code("B"))
    assert why(doubts_after(DRAWN, AB, DRAWN, between, again), drawn("A")) == [None]


def test_what_the_codebook_never_held_is_left_out() -> None:
    doubts = doubts_after(DRAWN, AB, ruled(AB, "B", "New."))
    stray = made(ONE)
    assert why(doubts, stray) == [None]
    assert not doubts.by_another_rule(stray)
