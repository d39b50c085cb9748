from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codings import Coding
from qualcode.domain.disagreements import Kind, Passage, disagreements, passages
from qualcode.domain.text import Range, united
from tests.domain.conftest import Sketch


def only(found: list[Passage]) -> Passage:
    (passage,) = found
    return passage


def test_same_code_on_same_words_is_agreed(sketch: Sketch) -> None:
    """
         The nurse rang me twice a week.
    ada  [care------------------------]
    ben  [care------------------------]
    """
    passage = only(passages(sketch.by_coder))
    assert passage.kind is Kind.AGREED
    assert passage.range == sketch.range("ada")
    assert passage.shared == sketch.codes("care")
    assert not passage.contested
    assert disagreements(sketch.by_coder) == []


def test_one_coding_and_its_two_halves_are_agreed(sketch: Sketch) -> None:
    """
         The nurse rang me twice a week.
    ada  [care------------------------]
    ben  [care----------]
    ben               [care-----------]
    """
    assert only(passages(sketch.by_coder)).kind is Kind.AGREED


def test_same_code_on_other_words_is_a_boundary(sketch: Sketch) -> None:
    """
         The nurse rang me twice a week.
    ada  [care------------------------]
    ben                 [care---------]
    """
    passage = only(disagreements(sketch.by_coder))
    assert passage.kind is Kind.BOUNDARY
    assert passage.range == sketch.range("ada")
    assert passage.shared == sketch.codes("care")


def test_two_codes_that_change_places_are_a_boundary(sketch: Sketch) -> None:
    """
         The nurse rang me twice a week.
    ada  [care------------------------]
    ada  [time---]
    ben  [care---]
    ben  [time------------------------]
    """
    assert only(disagreements(sketch.by_coder)).kind is Kind.BOUNDARY


def test_silence_of_one_coder_is_an_omission(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ada  [wait--------]
    ben
    """
    passage = only(disagreements(sketch.by_coder))
    assert passage.kind is Kind.OMISSION
    assert passage.silent == (1,)
    assert passage.by_coder == (tuple(sketch.by_name["ada"]), ())
    assert passage.contested == sketch.codes("wait")
    assert not passage.shared


def test_other_codes_on_the_same_words_share_nothing(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ada  [wait--------]
    ben  [blame-------]
    """
    passage = only(disagreements(sketch.by_coder))
    assert passage.kind is Kind.OTHER_CODE
    assert passage.codes == passage.contested == sketch.codes("wait", "blame")
    assert not passage.shared


def test_sets_that_differ_may_share_a_code(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ada  [wait--------]
    ben  [wait--------]
    ben  [blame-------]
    """
    passage = only(disagreements(sketch.by_coder))
    assert passage.kind is Kind.OTHER_CODE
    assert passage.shared == sketch.codes("wait")
    assert passage.contested == sketch.codes("blame")
    assert passage.sets == (sketch.codes("wait"), sketch.codes("wait", "blame"))


def test_codings_that_overlap_in_a_chain_are_one_passage(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me. We waited.
    ada  [wait--------]            [kin-]
    ben            [kin------------]
    """
    passage = only(passages(sketch.by_coder))
    assert passage.range == Range(0, 32)
    assert [len(codings) for codings in passage.by_coder] == [2, 1]
    assert passage.kind is Kind.OTHER_CODE


def test_codings_that_only_touch_are_two_passages(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ada  [wait--------]
    ben                [kin------------]
    """
    first, second = passages(sketch.by_coder)
    assert first.range.end == second.range.start
    assert (first.silent, second.silent) == ((1,), (0,))


def test_three_coders_agree_only_if_all_do(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me. We waited. He left.
    ada  [wait--------] [kin------------]  [we-----] [x-----]
    ben  [wait--------] [kin------------]  [we-----] [x-----]
    cem  [wait--------] [kin----]          [he-----]
    """
    kinds = [passage.kind for passage in passages(sketch.by_coder)]
    assert kinds == [Kind.AGREED, Kind.BOUNDARY, Kind.OTHER_CODE, Kind.OMISSION]


def test_a_code_is_shared_only_by_all_three(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ada  [wait--------]
    ben  [wait--------]
    cem  [wait--------]
    cem  [kin---------]
    """
    passage = only(passages(sketch.by_coder))
    assert passage.shared == sketch.codes("wait")
    assert passage.contested == sketch.codes("kin")


def test_a_coding_in_distant_places_stands_in_each_passage(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ben  [wait--------]
    """
    split = sketch.coding("wait", Range(0, 14), Range(18, 22))
    first, second = passages([[split], sketch.by_name["ben"]])
    assert first.kind is Kind.AGREED
    assert second.kind is Kind.OMISSION
    assert first.by_coder[0] == second.by_coder[0] == (split,)


def test_a_coding_with_two_ranges_stands_in_its_passage_once(sketch: Sketch) -> None:
    """
         Nobody called. My aunt drove me.
    ben  [wait-------------------------]
    """
    split = sketch.coding("wait", Range(0, 14), Range(18, 22))
    assert only(passages([[split], sketch.by_name["ben"]])).by_coder[0] == (split,)


def test_a_coding_without_words_makes_no_passage(sketch: Sketch) -> None:
    """
         Nobody called.
    ada  [wait--------]
    """
    (coding,) = sketch.by_name["ada"]
    assert passages([[replace(coding, ranges=(Range(3, 3),))], []]) == []


@pytest.mark.parametrize("coders", [0, 1, 2])
def test_no_codings_make_no_passages(coders: int) -> None:
    assert passages([[]] * coders) == []


RANGES = st.builds(
    lambda start, length: Range(start, start + length), st.integers(0, 40), st.integers(1, 12)
)
DRAWN = st.lists(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), RANGES), max_size=5), min_size=1, max_size=3
)


def codings(drawn: list[list[tuple[str, Range]]]) -> list[list[Coding]]:
    sketch = Sketch("x" * 60)
    return [[sketch.coding(code, stretch) for code, stretch in each] for each in drawn]


@given(DRAWN)
def test_every_coding_stands_in_one_passage(drawn: list[list[tuple[str, Range]]]) -> None:
    by_coder = codings(drawn)
    found = passages(by_coder)
    for coder, theirs in enumerate(by_coder):
        placed = [coding for passage in found for coding in passage.by_coder[coder]]
        assert sorted(placed, key=lambda each: each.ranges) == sorted(
            theirs, key=lambda each: each.ranges
        )


@given(DRAWN)
def test_passages_ascend_and_cover_what_is_coded(drawn: list[list[tuple[str, Range]]]) -> None:
    ranges = [passage.range for passage in passages(codings(drawn))]
    assert all(one.end <= two.start for one, two in pairwise(ranges))
    assert united(ranges) == united([stretch for each in drawn for _, stretch in each])


@given(DRAWN)
def test_the_order_of_coders_changes_no_kind(drawn: list[list[tuple[str, Range]]]) -> None:
    forward, backward = passages(codings(drawn)), passages(codings(drawn[::-1]))
    assert [each.kind for each in forward] == [each.kind for each in backward]
    assert [each.shared for each in forward] == [each.shared for each in backward]
