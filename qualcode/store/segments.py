"""Codings as bare segments, for counting them by the hundred thousand."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.text import Range
from qualcode.store.bulk import KnownIds, read_rows, signs
from qualcode.store.codings import read_pieces
from qualcode.store.rounds import Rounds

_TALLY = (
    "SELECT code_id, count(*), count(DISTINCT source_id) FROM"
    " (SELECT DISTINCT code_id, source_id, begins, ends, pieces FROM coding"
    " WHERE retired_in IS NULL AND layer_id IN ({})) AS passage GROUP BY code_id"
)
_SEGMENTS = (
    "SELECT code_id, source_id, layer_id, begins, ends, pieces FROM coding"
    " WHERE retired_in IS NULL AND layer_id IN ({})"
)

Segment = tuple[Any, ...]
"""What tells one passage of a layer from another; only to be compared with its like."""

Placed = tuple[UUID, UUID, tuple[Range, ...]]
"""A source, a layer, and the ranges that a coding has there."""


class Tallied(NamedTuple):
    """On how many passages a code stands, and in how many sources."""

    passages: int
    sources: int


class Segments:
    """Reads what stands under each code without making codings of it."""

    def __init__(self, session: Session, rounds: Rounds) -> None:
        self._session = session
        self._rounds = rounds

    def tally(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> dict[UUID, Tallied]:
        """Count the passages of some layers, as far as they may be seen, by the code made under.

        One that stands in several layers is one passage.
        """
        known, seen = KnownIds(), self._seen(viewpoint, layers)
        rows = read_rows(self._session, _TALLY.format(signs(seen)), seen) if seen else []
        return {known[code]: Tallied(passages, sources) for code, passages, sources in rows}

    def by_code(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> dict[UUID, list[Segment]]:
        """Give the segments of some layers, as far as they may be seen, by the code made under.

        The first thing in each is its source, the second its layer.
        """
        known, seen = KnownIds(), self._seen(viewpoint, layers)
        rows = read_rows(self._session, _SEGMENTS.format(signs(seen)), seen) if seen else []
        found: defaultdict[Any, list[Segment]] = defaultdict(list)
        for row in rows:
            found[row[0]].append(row[1:])
        return {known[code]: segments for code, segments in found.items()}

    def placed(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> dict[UUID, list[Placed]]:
        """Give source, layer and ranges of what some layers hold, by the code made under."""
        known = KnownIds()
        return {
            code: [
                (
                    known[source],
                    known[layer],
                    read_pieces(pieces) if pieces else (Range(begins, ends),),
                )
                for source, layer, begins, ends, pieces in segments
            ]
            for code, segments in self.by_code(viewpoint, layers).items()
        }

    def _seen(self, viewpoint: Viewpoint, layers: Sequence[Layer]) -> list[UUID]:
        seen = {each.layer.id for each in self._rounds.layers_seen(viewpoint)}
        return [layer.id for layer in layers if layer.id in seen]
