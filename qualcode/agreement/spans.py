"""Spans and units of many sources, as flat arrays of whole numbers.

Positions are code points of a source's text, half-open. Spans and units are trimmed of
white space beforehand; then two of them overlap exactly where they share a character
that is not white space.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Where coders applied codes: one entry a span, in any order.

    `source`, `coder` and `code` count from 0; `coders` and `codes` say how many there are.
    """

    source: Whole
    coder: Whole
    code: Whole
    start: Whole
    end: Whole
    coders: int
    codes: int

    @classmethod
    def of(
        cls, rows: Sequence[tuple[int, int, int, int, int]], *, coders: int, codes: int
    ) -> "Spans":
        """Take spans as rows of source, coder, code, start and end."""
        table = np.array(rows, dtype=np.int64).reshape(-1, 5)
        source, coder, code, start, end = table.T
        return cls(source, coder, code, start, end, coders=coders, codes=codes)

    def only(self, kept: Flags) -> "Spans":
        """Keep the spans that are flagged."""
        return Spans(
            self.source[kept],
            self.coder[kept],
            self.code[kept],
            self.start[kept],
            self.end[kept],
            coders=self.coders,
            codes=self.codes,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of all sources: those of source s are numbers offsets[s] to offsets[s + 1].

    Within a source they ascend and do not overlap. `offsets` holds one number more than
    there are sources.
    """

    starts: Whole
    ends: Whole
    offsets: Whole

    @classmethod
    def of(cls, sources: Iterable[Sequence[tuple[int, int]]]) -> "Units":
        """Take units as (start, end) pairs, a list for each source."""
        lists = list(sources)
        pairs = np.array([pair for units in lists for pair in units], dtype=np.int64)
        starts, ends = pairs.reshape(-1, 2).T
        return cls(starts, ends, np.cumsum([0, *map(len, lists)], dtype=np.int64))

    @property
    def sources(self) -> int:
        """How many sources there are."""
        return len(self.offsets) - 1

    @property
    def per_source(self) -> Whole:
        """How many units each source has."""
        return np.diff(self.offsets)

    @property
    def source(self) -> Whole:
        """In which source each unit stands."""
        return np.repeat(np.arange(self.sources), self.per_source)


def all_rated(rated: Flags | None, *, sources: int, codes: int, coders: int) -> Flags:
    """Spell out who rated what, as sources by codes by coders; without flags, all did.

    Flags come as sources by coders (has the coder finished the source?), or already as
    sources by codes by coders (a code that was made after the coder had finished).
    """
    if rated is None:
        rated = np.ones((sources, coders), dtype=np.bool_)
    if rated.ndim == 2:  # noqa: PLR2004 - sources by coders
        rated = rated[:, np.newaxis, :]
    return np.broadcast_to(rated, (sources, codes, coders))


def rated_only(spans: Spans, rated: Flags) -> Spans:
    """Leave out the spans of coders who count as missing there, and spans of no length."""
    return spans.only(rated[spans.source, spans.code, spans.coder] & (spans.start < spans.end))


def in_one_line(source: Whole, *positions: Whole) -> list[Whole]:
    """Lay all sources end to end, so that a position tells its source as well."""
    stride = 1 + max((int(each.max()) for each in positions if each.size), default=0)
    return [source * stride + each for each in positions]


def once(places: Whole) -> Whole:
    """Sort whole numbers from 0 on and keep one of each, much faster than numpy's `unique`."""
    places = np.sort(places, kind="stable")
    return places[np.flatnonzero(np.diff(places, prepend=-1))]
