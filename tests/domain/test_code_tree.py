"""Which codes stand under which, and in what order."""

from dataclasses import replace

from qualcode.domain.code_tree import Branch, CodeTree, in_tree_order
from qualcode.domain.codebook import Code
from qualcode.domain.restructuring import retire
from tests.domain.planting import drawn, new_code, planted, reworded

FERRIES = planted(
    """
    1 Waiting
      A
        B
          C
          D
        E
      F
    2 Weather
      G
    3 Nothing yet
    """
)
TREE = CodeTree(FERRIES)


def labels(codes: list[Code]) -> str:
    return "".join(code.label for code in codes)


def test_a_branch_holds_what_stands_under_a_code_at_any_depth() -> None:
    assert labels(list(TREE.children(FERRIES.code("A")))) == "BE"
    assert labels(TREE.below(FERRIES.code("A"))) == "BCDE"
    assert labels(TREE.branch(FERRIES.code("B"))) == "BCD"
    assert TREE.below(FERRIES.code("F")) == []


def test_what_a_code_stands_under_is_given_from_the_nearest_up() -> None:
    assert labels(TREE.above(FERRIES.code("D"))) == "BA"
    assert TREE.above(FERRIES.code("A")) == []


def test_a_part_is_walked_from_the_top_each_code_before_those_under_it() -> None:
    walked = [(each.code.label, each.depth) for each in TREE.walk(FERRIES.parts[0])]
    assert walked == [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 0)]
    assert list(TREE.walk(FERRIES.parts[1])) == [Branch(FERRIES.code("G"), 0)]
    assert list(TREE.walk(FERRIES.parts[2])) == []


def test_case_and_accents_do_not_part_a_code_from_its_parent() -> None:
    book = reworded(FERRIES, "F", parent="è")
    assert labels(list(CodeTree(book).children(book.code("E")))) == "F"


def test_a_code_whose_parent_is_no_more_stands_at_the_top_of_its_part() -> None:
    gone = retire(FERRIES, FERRIES.code("G"))
    book = reworded(gone, "F", parent="G")
    assert labels(CodeTree(book).roots(book.parts[0])) == "AF"


def test_a_code_comes_with_the_one_it_stands_under_from_another_part() -> None:
    book = in_tree_order(reworded(FERRIES, "G", parent="B"))
    assert [code.label for code in book.codes] == list("ABCDGEF")


def test_codes_are_put_in_the_order_of_the_tree_and_counted_through() -> None:
    shuffled = replace(FERRIES, codes=tuple(FERRIES.code(label) for label in "GDCFEBA"))
    ordered = in_tree_order(shuffled)
    assert drawn(ordered).split()[1:] == [
        "Waiting",
        *"FAEBDC",
        "2",
        "Weather",
        *"G3",
        "Nothing",
        "yet",
    ]
    assert [code.position for code in ordered.codes] == list(range(1, 8))
    assert in_tree_order(ordered) == ordered


def test_a_code_in_no_part_is_not_lost() -> None:
    book = replace(FERRIES, codes=(new_code("X", part=9), *FERRIES.codes))
    assert in_tree_order(book).codes[-1].label == "X"
