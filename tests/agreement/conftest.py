"""Published cases, small tables to count, and spans to draw at random."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import strategies as st

from qualcode.agreement.counts import MISSING, Cells, Counts, counts_of
from qualcode.agreement.score import Score
from qualcode.agreement.spans import Spans, Units

Ratings = npt.NDArray[np.int8]


def coders(*rows: str) -> Ratings:
    """Take one line of ratings for each coder, `.` where a rating is missing."""
    table = [[MISSING if sign == "." else int(sign) for sign in row] for row in rows]
    return np.array(table, dtype=np.int8).T


def counted(*rows: str) -> Counts:
    """Count one line of ratings for each coder."""
    return counts_of(coders(*rows))


def value(score: Score) -> float:
    """Give the value of a score that has one."""
    assert score.value is not None, score.reason
    return score.value


CELLS = st.builds(Cells, *[st.integers(0, 40)] * 4)

RATINGS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(MISSING, 1), min_size=width, max_size=width), max_size=12
    ).map(lambda rows: np.array(rows, dtype=np.int8).reshape(-1, width))
)

SOURCES, CODERS, CODES = 3, 3, 2

_SPAN = st.tuples(
    st.integers(0, SOURCES - 1),
    st.integers(0, CODERS - 1),
    st.integers(0, CODES - 1),
    st.integers(0, 40),
    st.integers(0, 15),
).map(lambda row: (*row[:4], row[3] + row[4]))

SPANS = st.lists(_SPAN, max_size=12).map(lambda rows: Spans.of(rows, coders=CODERS, codes=CODES))

UNITS = st.lists(
    st.lists(st.integers(0, 60), unique=True, max_size=10)
    .map(sorted)
    .map(lambda cuts: list(zip(cuts[::2], cuts[1::2], strict=False))),
    min_size=SOURCES,
    max_size=SOURCES,
).map(Units.of)

RATED = st.lists(st.booleans(), min_size=SOURCES * CODERS, max_size=SOURCES * CODERS).map(
    lambda flags: np.array(flags).reshape(SOURCES, CODERS)
)


class Reference:
    """The verified cases of the design, read where a checkout of it is at hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def cases(self, name: str) -> list[dict[str, Any]]:
        """Read the cases of one file."""
        cases = json.loads((self.folder / name).read_text(encoding="utf-8"))["cases"]
        assert cases
        return list(cases)

    def expected(self, name: str, metric: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Pair each case that holds a metric with what it expects of it."""
        found = [
            (case, expected)
            for case in self.cases(name)
            for expected in case["expected"]
            if expected["metric"] == metric
        ]
        assert found
        return found


@pytest.fixture(scope="session")
def reference() -> Reference:
    shared = os.environ.get("QUALCODE_SHARED")
    if not shared:
        pytest.skip("QUALCODE_SHARED does not say where the verified cases are")
    return Reference(Path(shared) / "reference" / "agreement")


def matrix(case: dict[str, Any]) -> Ratings | None:
    """Give a case of two values as ratings, the second value applied; else None."""
    domain = case["value_domain"]
    if len(domain) != 2:
        return None
    return np.array(
        [[MISSING if one is None else domain.index(one) for one in row] for row in case["data"]],
        dtype=np.int8,
    ).T


def value_counts(case: dict[str, Any]) -> npt.NDArray[np.int64]:
    """Count for each unit and value of a case how many coders gave it."""
    return np.array(
        [
            [unit.count(one) for one in case["value_domain"]]
            for unit in zip(*case["data"], strict=True)
        ]
    )


def agrees(score: Score, case: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Is this the verified value, and does it round to what was published?"""
    if expected["value"] is None:
        return score.value is None and bool(score.reason)
    printed = expected.get("published", score.value)
    return value(score) == pytest.approx(
        expected["value"], abs=case["tolerance"]
    ) and printed == pytest.approx(value(score), abs=expected.get("published_tolerance"))
