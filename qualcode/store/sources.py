"""Sources, revisions and turns as they are kept."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.codebook import folded
from qualcode.domain.errors import AlreadyThereError, UnknownSourceError
from qualcode.domain.journal import Json, canonical
from qualcode.domain.sources import Revision, Source, SourceKind, Turn, TurnRole
from qualcode.domain.text import Range, trimmed
from qualcode.store.bulk import Raw, id_of, in_lots, insert_rows, read_rows, signs
from qualcode.store.ledger import Ledger
from qualcode.store.models import (
    AttributeRow,
    RevisionRow,
    SegmentationRow,
    SourceRow,
    Table,
)
from qualcode.store.turns import turns_touched

_ROLES = {role.value: role for role in TurnRole}
_KINDS = {kind.value: kind for kind in SourceKind}
ALL_SOURCES = (
    "SELECT id, name, kind, position, revision_id, turns, codable FROM source ORDER BY position"
)
_TURN = "turn.revision_id, ordinal, number, speaker, role, begins, ends, started_ms, ended_ms"
_TURNS = (
    f"SELECT {_TURN} FROM turn"  # noqa: S608 - names are ours
    " WHERE revision_id IN ({}) ORDER BY revision_id, ordinal"
)
_ALL_TURNS = (
    f"SELECT source.id, {_TURN} FROM source"  # noqa: S608 - as above
    " JOIN turn ON turn.revision_id = source.revision_id"
    " ORDER BY source.id, ordinal"
)
_CODABLE = (
    "SELECT revision_id, begins, ends FROM turn WHERE revision_id IN ({})"
    " AND role = 'participant' ORDER BY revision_id, ordinal"
)
_TEXTS = "SELECT id, source_id, number, body, text_hash FROM revision WHERE id IN ({})"


_WORDS = (
    "SELECT source.name, substr(body, ?, ?) FROM revision"
    " JOIN source ON source.id = revision.source_id WHERE revision.id = ?"
)
_TURN_AT = (
    "SELECT number, begins, ends FROM turn"
    " WHERE revision_id = ? AND begins <= ? AND ends > ? ORDER BY ordinal LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source: its name, the place as it can be typed, and the words."""

    source: str
    place: str
    words: str


class Sources:
    """Finds and adds sources with their texts."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def all(self) -> list[Source]:
        """List the sources in the order they came."""
        return [source_from(row) for row in read_rows(self._session, ALL_SOURCES, ())]

    def named(self, name: str) -> Source:
        """Find a source by name, whatever the case."""
        row = self._session.scalar(select(SourceRow).where(SourceRow.folded == folded(name)))
        if row is None:
            raise UnknownSourceError(name)
        return source_of(row)

    def by_id(self, ids: Iterable[UUID]) -> dict[UUID, Source]:
        """Give some sources by their id."""
        found: dict[UUID, Source] = {}
        for some in in_lots(list(ids)):
            rows = self._session.scalars(select(SourceRow).where(SourceRow.id.in_(some)))
            found |= {row.id: source_of(row) for row in rows}
        return found

    def revision(self, source: Source) -> Revision:
        """Read the text in force with its turns."""
        return self.revisions([source])[source.id]

    def revisions(self, sources: Sequence[Source]) -> dict[UUID, Revision]:
        """Read the texts in force of several sources, by source."""
        return {each.source: each for each in self._revisions([one.revision for one in sources])}

    def every_revision(self, sources: Collection[UUID]) -> list[Revision]:
        """Read all texts that some sources have had."""
        ids = select(RevisionRow.id).where(RevisionRow.source_id.in_(sources))
        return list(self._revisions(self._session.scalars(ids.order_by(RevisionRow.id)).all()))

    def _revisions(self, wanted: Sequence[UUID]) -> Iterator[Revision]:
        turns: dict[Any, list[Turn]] = defaultdict(list)
        for some in in_lots(wanted):
            for row in self._read(_TURNS, some):
                turns[row[0]].append(turn_of(row))
            for raw, source, number, body, seal in self._read(_TEXTS, some):
                spoken = tuple(turns.pop(raw, ()))
                yield Revision(id_of(raw), id_of(source), number, body, seal, spoken)

    def codable(self, sources: Sequence[Source]) -> dict[UUID, list[Range]]:
        """Read where participants speak in the texts in force, by source, without the texts."""
        spoken: dict[Any, list[Range]] = defaultdict(list)
        for some in in_lots([source.revision for source in sources]):
            for revision, begins, ends in self._read(_CODABLE, some):
                spoken[revision].append(Range(begins, ends))
        found = {id_of(revision): ranges for revision, ranges in spoken.items()}
        return {source.id: found.get(source.revision, []) for source in sources}

    def _read(self, statement: str, revisions: Sequence[UUID]) -> Sequence[Raw]:
        return read_rows(self._session, statement.format(signs(revisions)), revisions)

    def turns(self) -> dict[UUID, list[Turn]]:
        """Read the turns of all sources by source, without the texts."""
        turns: dict[Any, list[Turn]] = defaultdict(list)
        for row in read_rows(self._session, _ALL_TURNS, ()):
            turns[row[0]].append(turn_of(row))
        return {id_of(source): found for source, found in turns.items()}

    def passage(self, revision: UUID, stretch: Range) -> Passage:
        """Give the words of a stretch and how it is written, without reading the whole text."""
        values = [stretch.start + 1, stretch.length, revision]
        ((name, words),) = read_rows(self._session, _WORDS, values)
        turns = read_rows(self._session, _TURN_AT, [revision, stretch.start, stretch.start])
        for number, begins, ends in turns:
            values = [begins + 1, ends - begins, revision]
            ((_name, spoken),) = read_rows(self._session, _WORDS, values)
            inside = trimmed(spoken, Range(0, len(spoken)))
            if number and Range(inside.start + begins, inside.end + begins) == stretch:
                return Passage(name, f"{name}:{number}", words)
        return Passage(name, f"{name}:{stretch.start}-{stretch.end}", words)

    def turn_number(self, revision: UUID, position: int) -> int:
        """Give the number of the turn at a position; 0 where there is none, or it has none."""
        turns = turns_touched(self._session, revision, Range(position, position + 1))
        return int(turns[0][1] or 0) if turns else 0

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
        codable = sum(turn.codable for turn in spoken)
        position = read_rows(self._session, "SELECT count(*) FROM source", ())[0][0]
        last = (position, revision.id, len(spoken), codable)
        self._insert("source", [(revision.source, name, folded(name), kind.value, *last)])
        self._add_revision(revision, encoding)
        self._insert("attribute", [(revision.source, *pair) for pair in attributes.items()])
        return Source(revision.source, name, kind, *last)

    def _add_revision(self, revision: Revision, encoding: str) -> None:
        about = (revision.id, revision.source, revision.number, revision.text_hash, encoding)
        self._insert("revision", [(*about, self._ledger.entry, revision.text)])
        self._insert("turn", _turn_rows(revision))
        self._ledger.list_of("revisions").append([str(revision.id), revision.text_hash])
        self._ledger.table_of("turns")[str(revision.id)] = turns_digest(revision.turns)

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        insert_rows(self._session, Table.metadata.tables[table], rows)

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


def turns_digest(turns: Iterable[Turn]) -> str:
    """Fingerprint turns: SHA-256 over who speaks, in what role, and from where to where."""
    facts: list[Json] = [
        [turn.number, turn.speaker, turn.role, turn.start, turn.end, turn.started_ms, turn.ended_ms]
        for turn in turns
    ]
    return sha256(canonical(facts).encode()).hexdigest()


def turn_of(row: Raw) -> Turn:
    """Give the domain's turn for a row that ends in a turn's columns."""
    _revision, _ordinal, number, speaker, role, begins, ends, started, ended = row[-9:]
    return Turn(number, speaker, _ROLES[role], begins, ends, started, ended)


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


def source_from(row: Raw) -> Source:
    """Give the domain's source for a row of `ALL_SOURCES`."""
    identity, name, kind, position, revision, turns, codable = row
    return Source(id_of(identity), name, _KINDS[kind], position, id_of(revision), turns, codable)
