"""Where each coder left: upkeep of one's own, which no journal holds and nobody else reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.rounds import Round, Viewpoint
from qualcode.domain.text import Range
from qualcode.store.models import PlaceRow


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A stretch of a source's text, when it was left, and how many entries there were then."""

    source: UUID
    revision: UUID
    range: Range
    at: datetime
    seen: int


class Places:
    """Keeps and finds the places of whoever asks; there is no way to ask for another's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, viewpoint: Viewpoint, within: Round, place: KeptPlace) -> None:
        """Keep where one is in a source; the place kept there before gives way."""
        row = PlaceRow(
            coder_id=viewpoint.coder.id,
            round_id=within.id,
            source_id=place.source,
            revision_id=place.revision,
            begins=place.range.start,
            ends=place.range.end,
            at=place.at,
            seen=place.seen,
        )
        self._session.merge(row)
        self._session.flush()

    def left(
        self, viewpoint: Viewpoint, within: Round, source: UUID | None = None
    ) -> KeptPlace | None:
        """Find where one left last in a round, or in one of its sources."""
        query = select(PlaceRow).where(
            PlaceRow.coder_id == viewpoint.coder.id, PlaceRow.round_id == within.id
        )
        if source is not None:
            query = query.where(PlaceRow.source_id == source)
        row = self._session.scalar(query.order_by(PlaceRow.at.desc()).limit(1))
        return _place(row) if row else None


def _place(row: PlaceRow) -> KeptPlace:
    return KeptPlace(row.source_id, row.revision_id, Range(row.begins, row.ends), row.at, row.seen)
