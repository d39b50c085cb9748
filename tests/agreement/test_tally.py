from itertools import permutations

import numpy as np
from hypothesis import given

from qualcode.agreement.counts import cells_of, counts_of
from qualcode.agreement.projection import marks, ratings
from qualcode.agreement.spans import Flags, Spans, Units
from qualcode.agreement.tally import (
    applied,
    cells_by_code,
    counts_by_code,
    histograms,
    pair,
    rated,
    tally,
)
from tests.agreement.conftest import CODERS, CODES, RATED, SPANS, UNITS


@given(SPANS, UNITS, RATED)
def test_all_codes_at_once_count_as_each_alone(spans: Spans, units: Units, who: Flags) -> None:
    projected = marks(spans, units, rated=who)
    found = counts_by_code(tally(projected))
    assert found == [counts_of(ratings(projected, code)) for code in range(CODES)]


@given(SPANS, UNITS, RATED)
def test_all_pairs_at_once_count_as_each_alone(spans: Spans, units: Units, who: Flags) -> None:
    projected = marks(spans, units, rated=who)
    for one, two in permutations(range(CODERS), 2):
        found = cells_by_code(tally(projected), one, two)
        assert found == [cells_of(ratings(projected, code), one, two) for code in range(CODES)]


def test_sources_are_counted_apart() -> None:
    units = Units.of([[(0, 4), (5, 9), (10, 14)], [(0, 4), (5, 9)]])
    spans = Spans.of(
        [(0, 0, 0, 0, 9), (0, 1, 0, 6, 7), (1, 0, 0, 0, 2), (1, 1, 0, 0, 2)], coders=2, codes=1
    )
    unfinished = np.array([[True, True], [True, False]])
    counted = tally(marks(spans, units, rated=unfinished))
    assert histograms(counted)[0, 0].tolist() == [[0, 0, 0], [0, 0, 0], [1, 1, 1]]
    assert histograms(counted)[1, 0].tolist() == [[0, 0, 0], [1, 1, 0], [0, 0, 0]]
    assert pair(counted, 0, 1)[:, 0].tolist() == [[1, 1, 0, 1], [0, 0, 0, 0]]
    assert applied(counted)[:, 0].tolist() == [[2, 1], [0, 0]]
    assert rated(counted)[:, 0].tolist() == [[3, 3], [0, 0]]
