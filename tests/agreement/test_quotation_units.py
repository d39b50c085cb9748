import numpy as np
from hypothesis import given

from qualcode.agreement.quotation_units import quotation_units
from qualcode.agreement.spans import Flags, Spans, Units
from tests.agreement.conftest import RATED, SOURCES, SPANS


def pairs(units: Units) -> list[tuple[int, int, int]]:
    return list(zip(units.source.tolist(), units.starts.tolist(), units.ends.tolist(), strict=True))


def of(*rows: tuple[int, int, int, int, int]) -> Spans:
    return Spans.of(rows, coders=3, codes=2)


def test_overlapping_spans_of_any_coder_and_code_are_one_unit() -> None:
    spans = of((0, 0, 0, 0, 10), (0, 1, 1, 8, 20), (0, 0, 1, 19, 25))
    assert pairs(quotation_units(spans, sources=1)) == [(0, 0, 25)]


def test_touching_spans_stay_apart() -> None:
    spans = of((0, 0, 0, 0, 10), (0, 1, 0, 10, 20))
    assert pairs(quotation_units(spans, sources=1)) == [(0, 0, 10), (0, 10, 20)]


def test_a_long_span_holds_what_lies_within() -> None:
    spans = of((0, 0, 0, 0, 50), (0, 1, 0, 5, 9), (0, 1, 0, 20, 30), (0, 1, 0, 50, 60))
    assert pairs(quotation_units(spans, sources=1)) == [(0, 0, 50), (0, 50, 60)]


def test_each_source_has_its_own_units() -> None:
    spans = of((2, 0, 0, 5, 9), (0, 1, 0, 5, 9), (2, 1, 0, 0, 6))
    units = quotation_units(spans, sources=4)
    assert pairs(units) == [(0, 5, 9), (2, 0, 9)]
    assert units.offsets.tolist() == [0, 1, 1, 2, 2]


def test_spans_of_an_unfinished_coder_make_no_units() -> None:
    spans = of((0, 0, 0, 0, 10), (0, 1, 0, 8, 20), (0, 0, 0, 30, 30))
    rated = np.array([[True, False, True]])
    assert pairs(quotation_units(spans, sources=1, rated=rated)) == [(0, 0, 10)]


@given(SPANS, RATED)
def test_units_are_the_stretches_of_overlapping_spans(spans: Spans, rated: Flags) -> None:
    inner = {  # the places between two characters that some span holds together
        (source, gap)
        for source, coder, start, end in zip(
            spans.source.tolist(),
            spans.coder.tolist(),
            spans.start.tolist(),
            spans.end.tolist(),
            strict=True,
        )
        if rated[source, coder]
        for gap in range(start + 1, end)
    }
    units = pairs(quotation_units(spans, sources=SOURCES, rated=rated))
    assert inner == {(source, gap) for source, start, end in units for gap in range(start + 1, end)}
    edges = {(source, edge) for source, *both in units for edge in both}
    assert not edges & inner
