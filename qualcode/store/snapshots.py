"""What was measured when rounds were closed; a row is added and never changes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qualcode.domain.findings import Finding
from qualcode.domain.ids import new_id
from qualcode.domain.journal import Entry, Json, canonical
from qualcode.domain.rounds import Round
from qualcode.store.allotted import SnapshotRow
from qualcode.store.ledger import Ledger
from qualcode.store.models import EntryRow

SEALED = "snapshot"
"""Where an entry notes the fingerprint of a snapshot."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot as it is kept: which closing of the round it is of, when, and what it holds."""

    number: int
    at: datetime
    body: dict[str, Json]


class Snapshots:
    """Adds snapshots, and finds them again."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def add(self, within: Round, body: dict[str, Json]) -> None:
        """Seal what a round is now; the entry of this work holds its fingerprint."""
        count = select(func.count()).where(SnapshotRow.round_id == within.id)
        written = canonical(body)
        row = SnapshotRow(
            id=new_id(),
            round_id=within.id,
            number=self._session.execute(count).scalar_one() + 1,
            body=written,
            added_in=self._ledger.entry,
        )
        self._session.add(row)
        self._session.flush()
        self._ledger.note(SEALED, _seal(written))

    def last(self, within: Round) -> Kept | None:
        """Give what was sealed when the round was closed last."""
        row = self._session.execute(
            select(SnapshotRow, EntryRow.at)
            .join(EntryRow, EntryRow.id == SnapshotRow.added_in)
            .where(SnapshotRow.round_id == within.id)
            .order_by(SnapshotRow.number.desc())
            .limit(1)
        ).first()
        if row is None:
            return None
        kept, at = row
        return Kept(kept.number, at, cast("dict[str, Json]", json.loads(kept.body)))


def _seal(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def snapshot_findings(session: Session, entries: Sequence[Entry]) -> Iterator[Finding]:
    """List the snapshots that are not those that were sealed, and those that are gone."""
    sealed = {entry.id: entry.touched[SEALED] for entry in entries if SEALED in entry.touched}
    held: set[UUID] = set()
    for row in session.scalars(select(SnapshotRow)):
        held.add(row.added_in)
        if sealed.get(row.added_in) != _seal(row.body):
            yield Finding("snapshot", "The snapshot of a closed round is not the one sealed.")
    if sealed.keys() - held:
        yield Finding("snapshot", "The snapshot of a closed round is gone.")
