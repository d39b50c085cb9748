import itertools
import time
from uuid import RFC_4122, UUID

import pytest

from qualcode.domain.ids import new_id, new_ids

MANY = 10_000


def milliseconds(identity: UUID) -> int:
    return identity.int >> 80


@pytest.mark.parametrize("made", [[new_id() for _ in range(200)], new_ids(200)])
def test_an_id_is_a_uuid_of_version_seven(made: list[UUID]) -> None:
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {RFC_4122}


def test_an_id_holds_the_moment_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    made = [new_id(), *new_ids(3)]
    after = time.time_ns() // 1_000_000
    assert all(before <= milliseconds(each) <= after for each in made)


def test_ids_of_different_milliseconds_ascend(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1_700_000_000_000_000_000, 1_700_000_001_000_000_000, 1_000_000))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))
    made = [new_id() for _ in range(900)]
    assert made == sorted(made)


def test_many_ids_are_unique_and_ascend() -> None:
    made = new_ids(MANY)
    assert len(made) == MANY
    assert all(before < after for before, after in itertools.pairwise(made))


def test_ids_made_at_once_in_two_places_differ() -> None:
    assert set(new_ids(MANY)).isdisjoint(new_ids(MANY))
    assert new_ids(0) == []


def test_single_ids_differ() -> None:
    assert len({new_id() for _ in range(MANY)}) == MANY
