"""Codes merged, split and retired: where their children, names and codings go."""

from dataclasses import replace

import pytest

from qualcode.domain.errors import (
    AlreadyThereError,
    RefusedError,
    RetiredCodeError,
)
from qualcode.domain.restructuring import (
    Place,
    add,
    merge,
    rename,
    retire,
    split,
)
from tests.domain.planting import (
    FERRIES,
    drawn,
    gone,
    is_whole,
    named,
    new_code,
    reworded,
    tree,
)


def test_a_merged_code_leaves_its_children_names_and_place_in_doubts_to_the_other() -> None:
    book = reworded(FERRIES, "H", not_to_confuse_with=("B", "F", "A"))
    after = merge(book, named(book, "B"), book.code("F"))
    assert drawn(after) == tree(
        """
        1 Waiting
          A
            E
          F
            C
            D
        2 Weather
          G
            H
        3 Nothing yet
        """
    )
    assert after.code("F").earlier_names == ("B", "Name of B")
    assert after.code("H").not_to_confuse_with == ("F", "A")
    assert gone(after) == {"B": ["F"]}
    assert is_whole(after)


def test_a_merged_code_keeps_its_label_and_key_for_good() -> None:
    after = merge(FERRIES, named(FERRIES, "E"), FERRIES.code("F"))
    for names in ({"label": "E"}, {"key": "ke"}, {"key": "e"}):
        with pytest.raises(AlreadyThereError):
            rename(after, after.code("G"), **names)
        with pytest.raises(AlreadyThereError):
            rename(after, after.code("F"), **names)


def test_several_codes_are_merged_at_once() -> None:
    after = merge(FERRIES, named(FERRIES, "B", "G"), FERRIES.code("C"))
    assert gone(after) == {"B": ["C"], "G": ["C"]}
    assert drawn(after) == tree(
        """
        1 Waiting
          A
            C
              D
              H
            E
          F
        2 Weather
        3 Nothing yet
        """
    )
    assert is_whole(after)


def test_what_stood_under_a_code_in_another_part_comes_into_the_part_it_went_to() -> None:
    after = merge(FERRIES, named(FERRIES, "A"), FERRIES.code("G"))
    assert {after.code(label).part for label in "BCDE"} == {2}
    assert is_whole(after)


def test_a_parent_can_be_merged_into_its_child() -> None:
    after = merge(FERRIES, named(FERRIES, "A"), FERRIES.code("B"))
    assert drawn(after).splitlines()[:6] == [
        "1 Waiting",
        "  B",
        "    C",
        "    D",
        "    E",
        "  F",
    ]
    assert is_whole(after)


def test_a_code_can_be_merged_into_one_far_below_it() -> None:
    after = merge(FERRIES, named(FERRIES, "A"), FERRIES.code("C"))
    assert drawn(after).splitlines()[1:6] == ["  C", "    B", "      D", "    E", "  F"]
    assert is_whole(after)


def test_a_whole_line_of_parents_can_be_merged_into_the_last() -> None:
    after = merge(FERRIES, named(FERRIES, "B", "A"), FERRIES.code("C"))
    assert drawn(after).splitlines()[1:5] == ["  C", "    D", "    E", "  F"]
    assert after.code("C").parent == ""
    assert is_whole(after)


def test_a_child_can_be_merged_into_its_parent() -> None:
    after = merge(FERRIES, named(FERRIES, "B"), FERRIES.code("A"))
    assert drawn(after).splitlines()[1:5] == ["  A", "    C", "    D", "    E"]
    assert is_whole(after)


def test_nothing_is_merged_into_itself() -> None:
    for absorbed in (named(FERRIES, "A"), named(FERRIES, "B", "A"), []):
        with pytest.raises(RefusedError):
            merge(FERRIES, absorbed, FERRIES.code("A"))


def test_merges_in_a_row_lead_to_the_last() -> None:
    first = merge(FERRIES, named(FERRIES, "C"), FERRIES.code("D"))
    second = merge(first, named(first, "D"), first.code("E"))
    assert second.by_id()[FERRIES.code("C").id].label == "E"
    assert second.code("E").earlier_names == ("D", "Name of D", "C", "Name of C")
    assert second.code("Name of C").label == "E"
    with pytest.raises(RetiredCodeError, match="C is retired"):
        second.code("C")
    assert is_whole(second)


def test_a_split_puts_new_codes_in_the_place_of_one() -> None:
    book = reworded(FERRIES, "F", not_to_confuse_with=("B",))
    after = split(book, book.code("B"), [new_code("X"), new_code("Y"), new_code("Z")])
    assert drawn(after).splitlines()[1:9] == [
        "  A",
        "    X",
        "    Y",
        "    Z",
        "    C",
        "    D",
        "    E",
        "  F",
    ]
    assert gone(after) == {"B": ["X", "Y", "Z"]}
    assert after.code("F").not_to_confuse_with == ("X", "Y", "Z")
    assert is_whole(after)


def test_the_new_codes_may_refer_to_each_other() -> None:
    one = replace(new_code("X"), not_to_confuse_with=("y",))
    other = replace(new_code("Y"), not_to_confuse_with=("X", "A"))
    after = split(FERRIES, FERRIES.code("B"), [one, other])
    assert after.code("X").not_to_confuse_with == ("Y",)
    assert after.code("Y").not_to_confuse_with == ("X", "A")


def test_a_split_makes_two_codes_or_more_under_names_that_are_free() -> None:
    for new in ([], [new_code("X")]):
        with pytest.raises(RefusedError):
            split(FERRIES, FERRIES.code("B"), new)
    for label in ("B", "F", "X"):
        with pytest.raises(AlreadyThereError):
            split(FERRIES, FERRIES.code("B"), [new_code("X"), replace(new_code("Y"), label=label)])


def test_what_stood_under_a_retired_code_stands_where_it_stood() -> None:
    after = retire(FERRIES, FERRIES.code("A"))
    assert drawn(after).splitlines()[1:6] == ["  B", "    C", "    D", "  E", "  F"]
    assert gone(after) == {"A": []}
    assert is_whole(after)


def test_a_retired_code_keeps_its_label_and_key_for_good() -> None:
    after = retire(FERRIES, FERRIES.code("F"))
    for code in (replace(new_code("X"), label="f"), replace(new_code("X"), key="KF")):
        with pytest.raises(AlreadyThereError, match="was a name of F"):
            add(after, code, Place(part=1))


def test_a_chain_of_merge_split_and_merge_forgets_no_code() -> None:
    first = merge(FERRIES, named(FERRIES, "E"), FERRIES.code("B"))
    second = split(first, first.code("B"), [new_code("X"), new_code("Y")])
    third = merge(second, named(second, "X"), second.code("F"))
    assert gone(third) == {"B": ["X", "Y"], "E": ["B"], "X": ["F"]}
    stands = third.by_id()
    assert [stands[FERRIES.code(label).id].label for label in "EB"] == ["B", "B"]
    assert [code.label for code in third.successors(third.any_code("E"))] == ["Y", "F"]
    assert is_whole(third)
