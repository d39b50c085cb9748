"""Turns of a text."""

import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.sources import Revision, Turn, TurnRole


@pytest.mark.parametrize(
    ("numbers", "last"), [((), 0), ((0,), 0), ((1, 2), 2), ((0, 1, 0, 2, 0, 0), 2)]
)
def test_the_last_turn_is_the_last_that_somebody_speaks_in(
    numbers: tuple[int, ...], last: int
) -> None:
    turns = tuple(
        Turn(number, "P", TurnRole.PARTICIPANT if number else TurnRole.NOTE, place, place + 1)
        for place, number in enumerate(numbers)
    )
    revision = Revision(new_id(), new_id(), 1, "x" * len(turns), "", turns)
    assert revision.last_turn == last
