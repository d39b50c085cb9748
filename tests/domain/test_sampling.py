"""Drawing passages for double coding."""

from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.sampling import Passage, draw, second_readers

ADA, BEN, CLEO = (UUID(int=number) for number in range(1, 4))


def _passages(sizes: dict[str, int]) -> list[Passage]:
    return [
        Passage(UUID(int=1000 + place), turn, f"text of {stratum}", stratum)
        for place, (stratum, size) in enumerate(sizes.items())
        for turn in range(1, size + 1)
    ]


SIZES = st.dictionaries(st.sampled_from(["survey", "interview", "focus group"]), st.integers(1, 80))


def test_a_draw_is_this_one_on_every_machine() -> None:
    drawn = draw(_passages({"focus group": 40, "interview": 10, "survey": 24}), percent=20, seed=7)
    turns = [(each.passage.stratum, each.passage.turn) for each in drawn]
    assert turns == [
        ("survey", 2),
        ("survey", 6),
        ("focus group", 19),
        ("focus group", 25),
        ("interview", 1),
        ("focus group", 8),
        ("focus group", 2),
        ("focus group", 15),
        ("survey", 12),
        ("survey", 22),
        ("survey", 3),
        ("focus group", 32),
        ("focus group", 39),
        ("interview", 8),
        ("focus group", 4),
    ]


@given(SIZES, st.integers(0, 99), st.randoms(use_true_random=False))
def test_a_draw_does_not_depend_on_the_order_or_ids(
    sizes: dict[str, int], seed: int, chance: Random
) -> None:
    passages = _passages(sizes)
    others = [Passage(UUID(int=7), one.turn, one.text_hash, one.stratum) for one in passages]
    chance.shuffle(others)
    drawn, again = (draw(each, percent=20, seed=seed) for each in (passages, others))
    assert [(one.passage.stratum, one.passage.turn, one.reason) for one in drawn] == [
        (one.passage.stratum, one.passage.turn, one.reason) for one in again
    ]


@given(SIZES, st.sampled_from([5, 12.5, 20, 33.3, 50, 100]))
def test_strata_share_the_sample_by_their_sizes(sizes: dict[str, int], percent: float) -> None:
    taken = Counter(one.passage.stratum for one in draw(_passages(sizes), percent=percent, seed=1))
    for stratum, size in sizes.items():
        exact = size * percent / 100
        assert exact - 1 < taken[stratum] < exact + 1 or taken[stratum] == 1
    whole = round(sum(sizes.values()) * percent / 100)
    assert whole <= sum(taken.values()) + 0 <= whole + len(sizes)


def test_another_seed_draws_others() -> None:
    passages = _passages({"survey": 60})
    first, second = (
        {one.passage.turn for one in draw(passages, percent=20, seed=s)} for s in (1, 2)
    )
    assert first != second


def test_each_passage_says_why_it_is_in() -> None:
    drawn = draw(_passages({"interview": 10}), percent=20, seed=3)
    assert [one.reason for one in drawn] == [
        "interview: lot 1 of 2 drawn from 10",
        "interview: lot 2 of 2 drawn from 10",
    ]


@given(st.integers(5, 40), st.integers(0, 9))
def test_second_readers_are_in_balance_and_never_read_what_is_theirs(size: int, seed: int) -> None:
    passages = _passages({"survey": size, "interview": size, "focus group": size})
    drawn = draw(passages, percent=50, seed=seed)
    first = {one.source: (ADA, BEN, CLEO)[one.source.int % 3] for one in passages}
    owners = {source: (owner,) for source, owner in first.items()}
    given_to = second_readers(drawn, [ADA, BEN, CLEO], owners)
    assert len(given_to) == len(drawn)
    pairs = Counter(frozenset((first[one.source], reader)) for one, reader in given_to.items())
    assert set(map(len, pairs)) == {2}
    assert max(pairs.values()) - min(pairs.values()) <= 1


def test_a_source_everybody_codes_needs_no_second_reader() -> None:
    drawn = draw(_passages({"survey": 10}), percent=20, seed=1)
    first = {drawn[0].passage.source: (ADA, BEN)}
    assert second_readers(drawn, [ADA, BEN], first) == {}


@pytest.mark.parametrize("percent", [0.1, 100])
def test_small_and_whole_shares_leave_no_stratum_out(percent: float) -> None:
    drawn = draw(_passages({"survey": 3, "interview": 1}), percent=percent, seed=1)
    assert {one.passage.stratum for one in drawn} == {"survey", "interview"}
