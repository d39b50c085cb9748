import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement.spans import Units, all_rated, in_one_line, once


def test_units_know_their_source() -> None:
    units = Units.of([[(0, 4), (5, 9)], [], [(0, 3)]])
    assert units.sources == 3
    assert units.per_source.tolist() == [2, 0, 1]
    assert units.source.tolist() == [0, 0, 2]
    assert units.ends.tolist() == [4, 9, 3]


def test_a_source_that_a_coder_finished_is_rated_for_every_code() -> None:
    rated = all_rated(np.array([[True, False]]), sources=1, codes=2, coders=2)
    assert rated.tolist() == [[[True, False], [True, False]]]
    assert all_rated(None, sources=1, codes=1, coders=3).all()


def test_positions_in_one_line_ascend_from_source_to_source() -> None:
    source = np.array([0, 0, 1, 2])
    (line,) = in_one_line(source, np.array([0, 9, 0, 0]))
    assert (np.diff(line) > 0).all()


@given(st.lists(st.integers(0, 30)))
def test_each_number_stays_once(numbers: list[int]) -> None:
    assert once(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))
