"""Which proposals belong together."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.proposal_groups import (
    named_alike,
    passage_shared,
    together,
    words_of,
    words_shared,
)
from qualcode.domain.proposals import Proposal
from qualcode.domain.text import Range

TEXT, OTHER_TEXT = new_id(), new_id()


def proposed(label: str, words: Range | None = None, revision: UUID = TEXT) -> Proposal:
    where = revision if words else None
    nobody, now = new_id(), datetime.now(UTC)
    return Proposal(new_id(), nobody, nobody, where, where, words or Range(0, 0), label, now)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPs miss it", "missed by GP"),
        ("Cold halls", "the COLD hall"),
        ("hoping", "hope"),
        ("Families", "our family"),
        ("Café", "cafes"),
        ("Losing the last bus", "bus"),
    ],
)
def test_names_are_alike_whatever_their_endings(one: str, other: str) -> None:
    assert named_alike(proposed(one), proposed(other))
    assert named_alike(proposed(other), proposed(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The cold of it", "The warmth of it"),
        ("hall", "halo"),
        ("miss", "mist"),
        ("a long walk home after singing", "a long wait until the next concert begins"),
        ("", ""),
        ("…", "…"),
    ],
)
def test_small_words_and_chance_make_no_names_alike(one: str, other: str) -> None:
    assert not named_alike(proposed(one), proposed(other))


def test_words_of_a_name_are_given_as_written() -> None:
    assert list(words_of("Missed by the GPs").values()) == ["Missed", "GPs"]


def test_shared_words_are_given_in_their_shortest_form() -> None:
    assert words_shared(["GPs miss it", "missed by GP", "tea"]) == ("GP", "miss")
    assert words_shared(["tea", "cake"]) == ()
    assert words_shared(["tea and tea"]) == ()


def test_passages_share_what_stands_in_both() -> None:
    long, short = proposed("x", Range(10, 40)), proposed("y", Range(30, 60))
    assert passage_shared(long, short) == passage_shared(short, long) == Range(30, 40)
    assert passage_shared(long, proposed("y", Range(40, 60))) is None
    assert passage_shared(long, proposed("y", Range(10, 40), OTHER_TEXT)) is None
    assert passage_shared(proposed("x"), proposed("y")) is None


def test_what_belongs_together_by_way_of_a_third_is_in_one_group() -> None:
    near = together([1, 20, 2, 21, 9, 3, 11, 10], lambda one, other: abs(one - other) == 1)
    assert near == [[1, 2, 3], [20, 21], [9, 11, 10]]
    assert together([], lambda _one, _other: True) == []
