import numpy as np
import pytest
from hypothesis import given

from qualcode.agreement.alpha import alpha
from qualcode.agreement.counts import MISSING, counts_of
from qualcode.agreement.projection import marks, ratings, untouched
from qualcode.agreement.spans import Flags, Spans, Units
from tests.agreement.conftest import (
    CODES,
    RATED,
    SPANS,
    UNITS,
    Ratings,
    Reference,
    coders,
    value,
)


def one_by_one(spans: Spans, units: Units, code: int, rated: Flags) -> Ratings:
    """Project by comparing each span with each unit."""
    table = np.zeros((len(units.starts), spans.coders), dtype=np.int8)
    spanned = zip(spans.source, spans.coder, spans.code, spans.start, spans.end, strict=True)
    for source, coder, of_code, start, end in spanned:
        for unit in range(units.offsets[source], units.offsets[source + 1]):
            shared = min(end, units.ends[unit]) - max(start, units.starts[unit])
            if of_code == code and shared > 0:
                table[unit, coder] = 1
    table[~rated[units.source]] = MISSING
    return table


@given(SPANS, UNITS, RATED)
def test_a_code_stands_where_a_span_shares_a_character(
    spans: Spans, units: Units, rated: Flags
) -> None:
    projected = marks(spans, units, rated=rated)
    for code in range(CODES):
        assert (ratings(projected, code) == one_by_one(spans, units, code, rated)).all()


def test_a_span_over_several_units_stands_on_each() -> None:
    units = Units.of([[(0, 5), (6, 10), (12, 20)]])
    spans = Spans.of([(0, 0, 0, 4, 13), (0, 1, 0, 5, 6)], coders=2, codes=1)
    assert (ratings(marks(spans, units), 0) == coders("111", "000")).all()


def test_the_same_place_in_another_source_is_another_place() -> None:
    units = Units.of([[(0, 9)], [(0, 9)]])
    spans = Spans.of([(1, 0, 0, 2, 5)], coders=1, codes=1)
    assert (ratings(marks(spans, units), 0) == coders("01")).all()


def test_overlapping_spans_of_one_coder_count_once() -> None:
    units = Units.of([[(0, 9)]])
    twice = Spans.of([(0, 0, 0, 2, 5), (0, 0, 0, 3, 9)], coders=1, codes=1)
    assert marks(twice, units).coders.tolist() == [1]


def test_a_coder_who_has_not_finished_is_missing_not_blank() -> None:
    units = Units.of([[(0, 4), (5, 9)], [(0, 4)]])
    spans = Spans.of([(0, 0, 0, 0, 4), (0, 1, 0, 0, 4), (1, 1, 0, 0, 4)], coders=2, codes=1)
    rated = np.array([[True, False], [True, True]])
    assert (ratings(marks(spans, units, rated=rated), 0) == coders("100", "..1")).all()


def test_a_code_made_later_is_missing_alone() -> None:
    units = Units.of([[(0, 4)]])
    spans = Spans.of([(0, 0, 0, 0, 4), (0, 0, 1, 0, 4)], coders=1, codes=2)
    projected = marks(spans, units, rated=np.array([[[True], [False]]]))
    assert (ratings(projected, 0) == coders("1")).all()
    assert (ratings(projected, 1) == coders(".")).all()


def test_no_spans_and_no_units_are_no_trouble() -> None:
    none = Spans.of([], coders=2, codes=1)
    assert (ratings(marks(none, Units.of([[(0, 3)]])), 0) == coders("0", "0")).all()
    some = Spans.of([(0, 0, 0, 0, 4)], coders=2, codes=1)
    assert ratings(marks(some, Units.of([[]])), 0).shape == (0, 2)
    assert not marks(Spans.of([], coders=0, codes=0), Units.of([])).unit.size


def test_more_coders_than_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="At most 62 coders"):
        marks(Spans.of([], coders=63, codes=1), Units.of([]))
    last = Spans.of([(0, 61, 0, 0, 1)], coders=62, codes=1)
    assert ratings(marks(last, Units.of([[(0, 1)]])), 0).sum() == 1


def test_projection_meets_the_verified_case(reference: Reference) -> None:
    (case,) = reference.cases("projection.json")
    (expected,) = [each for each in case["expected"] if each["rule"] == "any"]
    names = list(case["spans"])
    rows = [(0, names.index(name), 0, *pair) for name in names for pair in case["spans"][name]]
    spans = Spans.of(rows, coders=len(names), codes=1)
    found = ratings(marks(spans, Units.of([case["units"]])), 0)
    assert found.T.tolist() == expected["matrix"]
    wanted = expected["krippendorff_alpha_nominal"]
    assert value(alpha(counts_of(found))) == pytest.approx(wanted, abs=1e-9)


@given(SPANS, UNITS, RATED)
def test_units_are_left_out_that_a_span_of_who_finished_touches(
    spans: Spans, units: Units, rated: Flags
) -> None:
    left = untouched(units, spans, rated=rated)
    touched = np.zeros(len(units.starts), dtype=np.bool_)
    for code in range(CODES):
        touched |= (one_by_one(spans, units, code, rated) == 1).any(axis=1)
    assert (left.starts == units.starts[~touched]).all()
    assert (left.ends == units.ends[~touched]).all()
    assert (left.source == units.source[~touched]).all()
