"""Sources, revisions and turns as they are kept."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from qualcode.domain.codebook import folded
from qualcode.domain.errors import AlreadyThereError, UnknownSourceError
from qualcode.domain.sources import Revision, Source, SourceKind, Turn, TurnRole
from qualcode.domain.text import Range
from qualcode.store.bulk import in_lots, insert_rows
from qualcode.store.ledger import Ledger
from qualcode.store.models import (
    AttributeRow,
    RevisionRow,
    SegmentationRow,
    SourceRow,
    Table,
    TurnRow,
)


class Sources:
    """Finds and adds sources with their texts."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def all(self) -> list[Source]:
        """List the sources in the order they came."""
        return [
            source_of(row)
            for row in self._session.scalars(select(SourceRow).order_by(SourceRow.position))
        ]

    def named(self, name: str) -> Source:
        """Find a source by name, whatever the case."""
        row = self._session.scalar(select(SourceRow).where(SourceRow.folded == folded(name)))
        if row is None:
            raise UnknownSourceError(name)
        return source_of(row)

    def revision(self, source: Source) -> Revision:
        """Read the text in force with its turns."""
        return self.revisions([source])[source.id]

    def revisions(self, sources: Sequence[Source]) -> dict[UUID, Revision]:
        """Read the texts in force of several sources, by source."""
        wanted = [source.revision for source in sources]
        turns: dict[UUID, list[Turn]] = {revision: [] for revision in wanted}
        for some in in_lots(wanted):
            for row in self._session.execute(
                select(*TurnRow.__table__.columns)
                .where(TurnRow.revision_id.in_(some))
                .order_by(TurnRow.revision_id, TurnRow.ordinal)
            ):
                turns[row.revision_id].append(_turn(row))
        found: dict[UUID, Revision] = {}
        for some in in_lots(wanted):
            for row in self._session.execute(
                select(
                    RevisionRow.id,
                    RevisionRow.source_id,
                    RevisionRow.number,
                    RevisionRow.body,
                    RevisionRow.text_hash,
                ).where(RevisionRow.id.in_(some))
            ):
                found[row.source_id] = Revision(
                    row.id,
                    row.source_id,
                    row.number,
                    row.body,
                    row.text_hash,
                    tuple(turns[row.id]),
                )
        return found

    def turns(self) -> dict[UUID, list[Turn]]:
        """Read the turns of all sources by source, without the texts."""
        turns: dict[UUID, list[Turn]] = {}
        for row in self._session.execute(
            select(SourceRow.id, *TurnRow.__table__.columns)
            .join(TurnRow, TurnRow.revision_id == SourceRow.revision_id)
            .order_by(SourceRow.id, TurnRow.ordinal)
        ):
            turns.setdefault(row.id, []).append(_turn(row))
        return turns

    def with_text(self, text_hash: str) -> Source | None:
        """Find the source whose text, in any revision, has this fingerprint."""
        row = self._session.scalar(
            select(SourceRow)
            .join(RevisionRow, RevisionRow.source_id == SourceRow.id)
            .where(RevisionRow.text_hash == text_hash)
            .limit(1)
        )
        return source_of(row) if row else None

    def attributes(self) -> dict[UUID, dict[str, str]]:
        """Give what is known of each source's participant."""
        known: dict[UUID, dict[str, str]] = {}
        for row in self._session.scalars(select(AttributeRow)):
            known.setdefault(row.source_id, {})[row.name] = row.value
        return known

    def add(
        self,
        name: str,
        kind: SourceKind,
        revision: Revision,
        *,
        encoding: str,
        attributes: Mapping[str, str],
    ) -> Source:
        """Add a source with its first revision under a name no other source has."""
        if self._session.scalar(select(SourceRow.id).where(SourceRow.folded == folded(name))):
            raise AlreadyThereError(
                f"There is a source “{name}” already, with another text.",
                hint="Rename the file to take it in as a source of its own.",
            )
        spoken = [turn for turn in revision.turns if turn.number > 0]
        row = SourceRow(
            id=revision.source,
            name=name,
            folded=folded(name),
            kind=kind.value,
            position=self._session.scalar(select(func.count()).select_from(SourceRow)),
            revision_id=revision.id,
            turns=len(spoken),
            codable=sum(turn.codable for turn in spoken),
        )
        self._session.add(row)
        self._session.flush()
        self._add_revision(revision, encoding)
        for key, value in attributes.items():
            self._session.add(AttributeRow(source_id=row.id, name=key, value=value))
        return source_of(row)

    def _add_revision(self, revision: Revision, encoding: str) -> None:
        row = RevisionRow(
            id=revision.id,
            source_id=revision.source,
            number=revision.number,
            text_hash=revision.text_hash,
            encoding=encoding,
            added_in=self._ledger.entry,
            body=revision.text,
        )
        self._session.add(row)
        self._session.flush()
        insert_rows(self._session, Table.metadata.tables["turn"], _turn_rows(revision))
        self._ledger.list_of("revisions").append([str(revision.id), revision.text_hash])

    def sentences(self, revision: UUID, splitter: str) -> list[Range] | None:
        """Give the stored sentence bounds, if this splitter has cut them."""
        row = self._session.get(SegmentationRow, (revision, splitter))
        if row is None:
            return None
        bounds = array("I", row.bounds)
        return [Range(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=True)]

    def keep_sentences(self, revision: UUID, splitter: str, ranges: Sequence[Range]) -> None:
        """Store sentence bounds with their revision; they follow from the text alone."""
        if self._session.get(SegmentationRow, (revision, splitter)) is None:
            bounds = array("I", [position for stretch in ranges for position in stretch])
            row = SegmentationRow(revision_id=revision, splitter=splitter, bounds=bounds.tobytes())
            self._session.add(row)


def _turn_rows(revision: Revision) -> list[tuple[object, ...]]:
    return [
        (
            revision.id,
            ordinal,
            turn.number,
            turn.speaker,
            turn.role.value,
            turn.start,
            turn.end,
            turn.started_ms,
            turn.ended_ms,
        )
        for ordinal, turn in enumerate(revision.turns)
    ]


def _turn(row: Row[*tuple[Any, ...]]) -> Turn:
    _revision, _ordinal, number, speaker, role, begins, ends, started, ended = row[-9:]
    return Turn(number, speaker, TurnRole(role), begins, ends, started, ended)


def source_of(row: SourceRow) -> Source:
    """Give the domain's source for a row."""
    return Source(
        row.id,
        row.name,
        SourceKind(row.kind),
        row.position,
        row.revision_id,
        row.turns,
        row.codable,
    )
