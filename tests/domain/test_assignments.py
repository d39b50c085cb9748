"""What a coder is given, and how sources are dealt out in balance."""

from collections import Counter
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.assignments import Assigned, ToDeal, deal, ordinals_in
from qualcode.domain.sources import Revision, Source, SourceKind, Turn, TurnRole
from qualcode.domain.text import Range

ADA, BEN, CLEO, DAN = (UUID(int=number) for number in range(1, 5))
SOURCE = Source(UUID(int=9), "FG1", SourceKind.FOCUS_GROUP, 0, UUID(int=10), 3, 2)
TEXT = Revision(
    UUID(int=10),
    SOURCE.id,
    1,
    "Why? Here. There.",
    "",
    (
        Turn(1, "INT", TurnRole.INTERVIEWER, 0, 4),
        Turn(2, "P1", TurnRole.PARTICIPANT, 5, 10),
        Turn(3, "P2", TurnRole.PARTICIPANT, 11, 17),
    ),
)


def test_whoever_has_all_reads_the_text_as_it_is() -> None:
    for assigned in (Assigned(), Assigned(frozenset({SOURCE.id}), {SOURCE.id: frozenset({1})})):
        assert assigned.has(SOURCE.id)
        assert assigned.read(TEXT) is TEXT
        assert assigned.of(SOURCE) is SOURCE


def test_who_has_a_turn_reads_others_for_the_context_only() -> None:
    assigned = Assigned(frozenset(), {SOURCE.id: frozenset({2})})
    read = assigned.read(TEXT)
    assert [turn.role for turn in read.turns] == [
        TurnRole.INTERVIEWER,
        TurnRole.CONTEXT,
        TurnRole.PARTICIPANT,
    ]
    assert read.text == TEXT.text
    assert assigned.of(SOURCE).codable == 1
    assert assigned.sources == frozenset({SOURCE.id})


def test_who_has_nothing_of_a_source_does_not_have_it() -> None:
    assert not Assigned(frozenset({ADA}), {}).has(SOURCE.id)


def test_ordinals_count_all_turns_and_name_the_participants() -> None:
    assert ordinals_in(TEXT, Range(0, 12)) == [1, 2]
    assert ordinals_in(TEXT, Range(0, 4)) == []


TO_DEAL = st.lists(
    st.tuples(st.sampled_from(["interview", "survey"]), st.integers(0, 60)), max_size=24
).map(
    lambda rows: [
        ToDeal(UUID(int=100 + at), kind, f"S{at:02}", turns)
        for at, (kind, turns) in enumerate(rows)
    ]
)


@given(TO_DEAL, st.integers(1, 4))
def test_each_source_goes_to_so_many_coders(sources: list[ToDeal], readers: int) -> None:
    dealt = deal(sources, [ADA, BEN, CLEO, DAN], readers=readers)
    assert dealt.keys() == {source.id for source in sources}
    assert all(len(set(group)) == readers for group in dealt.values())


@given(TO_DEAL, st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_order_in_which_sources_came_makes_no_difference(
    sources: list[ToDeal], readers: int, random: Random
) -> None:
    shuffled = list(sources)
    random.shuffle(shuffled)
    coders = [ADA, BEN, CLEO]
    assert deal(shuffled, coders, readers=readers) == deal(sources, coders, readers=readers)


@given(st.integers(1, 12), st.integers(1, 2))
def test_like_sources_are_dealt_evenly(rounds: int, readers: int) -> None:
    coders = [ADA, BEN, CLEO]
    sources = [ToDeal(UUID(int=100 + at), "survey", f"S{at:02}", 3) for at in range(3 * rounds)]
    dealt = deal(sources, coders, readers=readers)
    each = Counter(coder for group in dealt.values() for coder in group)
    pairs = Counter(pair for group in dealt.values() for pair in combinations(group, 2))
    assert set(each.values()) == {rounds * readers}
    assert set(pairs.values()) <= {rounds}


def test_each_kind_is_spread_over_the_coders() -> None:
    sources = [
        ToDeal(UUID(int=1), "focus group", "FG1", 40),
        ToDeal(UUID(int=2), "focus group", "FG2", 10),
        ToDeal(UUID(int=3), "interview", "P1", 9),
        ToDeal(UUID(int=4), "interview", "P2", 8),
    ]
    dealt = deal(sources, [ADA, BEN], readers=1)
    assert dealt[UUID(int=1)] != dealt[UUID(int=2)]
    assert dealt[UUID(int=3)] != dealt[UUID(int=4)]


def test_who_has_a_source_keeps_it() -> None:
    source = ToDeal(UUID(int=1), "interview", "P1", 9)
    dealt = deal([source], [ADA, BEN, CLEO], readers=2, already={source.id: {CLEO}})
    assert dealt[source.id] == (ADA, CLEO)
    dealt = deal([source], [ADA, BEN, CLEO], readers=1, already={source.id: {BEN, CLEO}})
    assert dealt[source.id] == (BEN, CLEO)


@pytest.mark.parametrize("readers", [0, 3])
def test_more_readers_than_coders_are_refused(readers: int) -> None:
    with pytest.raises(ValueError, match=str(readers)):
        deal([], [ADA, BEN], readers=readers)
