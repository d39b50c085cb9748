"""Turns found by place."""

import pytest

from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.store.turns import turns_touched
from tests.store.conftest import Study


def test_the_turns_touched_are_those_that_share_a_code_point(study: Study) -> None:
    text = study.texts[study.ferry.id]
    with study.project.reading() as view:
        for start in range(0, len(text.text), 3):
            for length in (1, 2, 20, 90, len(text.text)):
                stretch = Range(start, start + length)
                rows = turns_touched(view.session, text.id, stretch)
                found = [(row[1], row[2], *row[3:]) for row in rows]
                assert found == [_facts(turn) for turn in text.turns_in(stretch)]


def _facts(turn: Turn) -> tuple[int, str, int, int]:
    return (turn.number, turn.role.value, turn.start, turn.end)


@pytest.mark.parametrize("stretch", [Range(10_000, 10_001), Range(0, 1)])
def test_no_turn_is_found_where_nobody_speaks(study: Study, stretch: Range) -> None:
    with study.project.reading() as view:
        assert not turns_touched(view.session, study.ferry.revision, stretch)
