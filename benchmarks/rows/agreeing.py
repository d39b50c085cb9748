"""Agreement on every code of a round, against numpy from the database and the package."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.generator import CODES, Size
from benchmarks.studies import PAIRED, ROUND, Studies, raw
from benchmarks.timing import Row, Targets, ready, side_by_side
from qualcode.services import people, projects
from qualcode.services.agreement import measure

_TARGETS = Targets(promise=10, must=3, ambitious=1.5)
_SPANS = "SELECT layer_id, source_id, code_id, begins, ends FROM coding WHERE retired_in IS NULL"
_TURNS = (
    "SELECT position, begins, ends FROM turn JOIN source ON source.revision_id = turn.revision_id"
    " WHERE role = 'participant' ORDER BY position, begins"
)
_FAR = 1 << 32

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


def rows(size: Size, studies: Studies) -> Iterator[Row]:
    """Measure all coders of a round, then two, whose kappa is computed too."""
    repeats = 7 if size.name == "S" else 5
    for path, round_name, coders, words in (
        (studies.coded(size), ROUND, size.coders, "alpha, positive and observed agreement"),
        (studies.paired(size), PAIRED, 2, "the same and Cohen's kappa"),
    ):
        project = projects.open_at(str(path))
        lead = people.lead(project)
        ours, bare = side_by_side(
            [
                ready(lambda: measure(project, round_name, by=lead)),  # noqa: B023 - called at once
                ready(lambda: _bare(path)),  # noqa: B023 - called at once
            ],
            repeats=repeats,
        )
        job = f"agreement on 40 codes, {coders} coders: {words}"
        yield Row(job, size.name, ours, bare, "load, numpy", _TARGETS)
        project.close()
    project = projects.open_at(str(studies.coded(size)))
    lead = people.lead(project)
    table = _bits(studies.coded(size))
    ours, package = side_by_side(
        [
            ready(lambda: measure(project, ROUND, by=lead)),
            ready(lambda: _by_the_package(table, size.coders)),
        ],
        repeats=3,
    )
    against = "krippendorff, code by code, its tables at hand"
    yield Row(f"agreement, {size.coders} coders", size.name, ours, package, against)
    project.close()


def _bare(path: Path) -> tuple[Real, Real, Real]:
    """Do the least that gives alpha, positive agreement and kappa of all codes."""
    bits = _bits(path)
    coders = max(int(bits.max()).bit_length(), 2)
    applied = np.bitwise_count(bits)
    histogram = np.stack([(applied == r).sum(axis=0) for r in range(coders + 1)])
    r = np.arange(coders + 1)[:, np.newaxis]
    ones, total = (histogram * r).sum(axis=0), coders * len(bits)
    observed = (histogram * r * (coders - r)).sum(axis=0) * 2 / (coders - 1)
    alpha = 1 - (total - 1) * observed / (2 * ones * (total - ones))
    positive = (histogram * r * (r - 1)).sum(axis=0) / (ones * (coders - 1))
    return alpha, positive, _kappa(bits)


def _kappa(bits: npt.NDArray[np.uint8]) -> Real:
    one, two = bits & 1, bits >> 1 & 1
    alike = (one == two).mean(axis=0)
    p, q = one.mean(axis=0), two.mean(axis=0)
    by_chance = p * q + (1 - p) * (1 - q)
    return np.asarray((alike - by_chance) / (1 - by_chance))


def _bits(path: Path) -> npt.NDArray[np.uint8]:
    """Load spans and turns; give units by codes, a bit for each coder."""
    connection = raw(path)
    places = dict(connection.execute("SELECT id, position FROM source"))
    codes = {row[0]: number for number, row in enumerate(connection.execute(_CODES))}
    turns = _table(connection.execute(_TURNS).fetchall(), 3)
    spans, layers = _loaded(connection, places, codes)
    connection.close()
    starts, ends = (turns[:, 0] * _FAR + turns[:, column] for column in (1, 2))
    first = np.searchsorted(ends, spans[:, 1] * _FAR + spans[:, 3], side="right")
    behind = np.searchsorted(starts, spans[:, 1] * _FAR + spans[:, 4], side="left")
    table = np.zeros((len(turns), CODES), dtype=np.uint8)
    touched = behind - first
    span = np.repeat(np.arange(len(spans)), touched)
    unit = np.arange(len(span)) + np.repeat(first - (np.cumsum(touched) - touched), touched)
    for layer in range(layers):
        mine = spans[span, 0] == layer
        table[unit[mine], spans[span[mine], 2]] |= 1 << layer
    return table


_CODES = "SELECT code_id FROM code_entry ORDER BY position"


def _loaded(
    connection: sqlite3.Connection, places: dict[bytes, int], codes: dict[bytes, int]
) -> tuple[Whole, int]:
    layers: dict[bytes, int] = {}
    rows = [
        (layers.setdefault(layer, len(layers)), places[source], codes[code], start, end)
        for layer, source, code, start, end in connection.execute(_SPANS)
    ]
    return _table(rows, 5), len(layers)


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Whole:
    return np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * width).reshape(-1, width)


def _by_the_package(bits: npt.NDArray[np.uint8], coders: int) -> list[float]:
    import krippendorff

    return [
        krippendorff.alpha(
            reliability_data=np.stack([of_code >> coder & 1 for coder in range(coders)]),
            level_of_measurement="nominal",
        )
        for of_code in bits.T
    ]
