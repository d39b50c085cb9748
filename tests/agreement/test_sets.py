import numpy as np
from hypothesis import given

from qualcode.agreement.projection import marks, ratings
from qualcode.agreement.quotation_units import quotation_units
from qualcode.agreement.sets import Sets, sets
from qualcode.agreement.spans import Flags, Spans, Units
from tests.agreement.conftest import CODES, RATED, SOURCES, SPANS, UNITS


def test_sets_are_the_same_overlap_or_share_nothing() -> None:
    units = Units.of([[(0, 4), (5, 9), (10, 14), (15, 19), (20, 24)]])
    spans = Spans.of(
        [
            *[(0, 0, 0, 0, 4), (0, 1, 0, 1, 3)],
            *[(0, 0, 0, 5, 9), (0, 1, 0, 5, 9), (0, 1, 1, 5, 9)],
            *[(0, 0, 0, 10, 14), (0, 1, 1, 10, 14)],
            *[(0, 0, 1, 15, 19)],
        ],
        coders=2,
        codes=2,
    )
    found = sets(marks(spans, units), 0, 1)
    assert found == Sets(same=1, overlapping=1, disjoint=2, blank=1)
    assert found.units == 5


def test_units_that_one_coder_did_not_rate_are_not_compared() -> None:
    units = Units.of([[(0, 4)], [(0, 4)]])
    spans = Spans.of([(0, 0, 0, 0, 4), (1, 0, 0, 0, 4), (1, 1, 0, 0, 4)], coders=2, codes=1)
    rated = np.array([[True, False], [True, True]])
    assert sets(marks(spans, units, rated=rated), 0, 1) == Sets(1, 0, 0, 0)


def test_a_code_that_one_coder_could_not_use_is_not_compared() -> None:
    units = Units.of([[(0, 4)]])
    spans = Spans.of([(0, 0, 0, 0, 4), (0, 1, 0, 0, 4), (0, 0, 1, 0, 4)], coders=2, codes=2)
    rated = np.array([[[True, True], [True, False]]])
    assert sets(marks(spans, units, rated=rated), 0, 1) == Sets(1, 0, 0, 0)


@given(SPANS, UNITS, RATED)
def test_sets_compare_as_sets_do(spans: Spans, units: Units, rated: Flags) -> None:
    projected = marks(spans, units, rated=rated)
    tables = [ratings(projected, code) for code in range(CODES)]
    kinds = {"same": 0, "overlapping": 0, "disjoint": 0, "blank": 0}
    for unit in range(len(units.starts)):
        if min(tables[0][unit, 0], tables[0][unit, 1]) < 0:
            continue
        one, two = ({code for code in range(CODES) if tables[code][unit, who]} for who in (0, 1))
        if not one | two:
            kinds["blank"] += 1
        elif one == two:
            kinds["same"] += 1
        else:
            kinds["overlapping" if one & two else "disjoint"] += 1
    assert sets(projected, 0, 1) == Sets(**kinds)
    assert sets(projected, 1, 0) == Sets(**kinds)


@given(SPANS)
def test_a_quotation_is_blank_for_no_more_than_one_of_two(spans: Spans) -> None:
    pair = spans.only(spans.coder < 2)
    units = quotation_units(pair, sources=SOURCES)
    assert sets(marks(pair, units), 0, 1).blank == 0
