"""What a coder's share brings: found, and looked through before anything is added.

Rows are as the driver gives them, in the order of their table's columns.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import select

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.journal import Entry, entry_hash
from qualcode.store.anchors import BEGUN, IN, OUT, Anchor, anchors
from qualcode.store.bulk import RawRow, id_of, read_raw
from qualcode.store.layered import LAYERED
from qualcode.store.models import (
    CodebookRow,
    CodeEntryRow,
    CodeRow,
    RevisionRow,
    RoundRow,
    SourceRow,
    Table,
)
from qualcode.store.project import View

COLUMNS = {
    name: tuple(column.name for column in table.columns)
    for name, table in Table.metadata.tables.items()
}
_SEND_FIRST = "Nothing was changed. Send your work back first: qualcode bundle out BUNDLE"
_RESTORED = "Was the study brought back from an older copy? Nothing was taken in."


@dataclass(frozen=True, slots=True)
class Coming:
    """What a share holds that the study does not have yet, and how far its journals have come."""

    coder: UUID
    ends: tuple[Anchor, ...]
    entries: tuple[Entry, ...]
    rows: Mapping[str, Sequence[RawRow]]

    @property
    def layers(self) -> frozenset[UUID]:
        """Name the layers in which anything was done."""
        return frozenset(entry.layer for entry in self.entries if entry.layer)

    def counts(self, layers: Collection[UUID]) -> dict[str, int]:
        """Count the rows of each sort that some layers would get."""
        raw = {each.bytes for each in layers}
        found = {
            what: sum(one in raw for one in column(what, "layer_id", rows))
            for what, rows in self.rows.items()
        }
        return {what: count for what, count in found.items() if count}

    @property
    def versions(self) -> tuple[int, ...]:
        """List the versions of the codebook under which its codings were made."""
        return tuple(sorted(set(chain(*_every("codebook_version", self.rows)))))


def coming(study: View, share: View, name: str, *, without: str = "the study") -> Coming:
    """Find what a share brings; refuse one that was not given out here, or was altered.

    `name` is what it is called in a refusal, `without` what would not have what is missing.
    """
    known = known_journals(study)
    if share.journal.workspace() not in known:
        raise ImportRefusedError(
            name,
            "it was not given out by this study.",
            hint="A bundle comes back to the study that gave it out.",
        )
    coder = known[share.journal.workspace()].coder
    chains: dict[UUID, list[Entry]] = {}
    for entry in share.journal.entries():
        chains.setdefault(entry.workspace, []).append(entry)
    new: list[Entry] = []
    ends: list[Anchor] = []
    for workspace in sorted(chains):
        anchor = known.get(workspace)
        if anchor is None or anchor.coder != coder:
            raise _altered(name)
        brought = _brought(study, chains[workspace], anchor, name)
        new += brought
        if brought:
            ends.append(replace(anchor, number=brought[-1].number, head=brought[-1].hash))
    lacking = _Lacking(study, share, name, without)
    lacking.layers(new, coder)
    rows = {what: added_rows(share, what, new) for what in LAYERED}
    _must_be_own(study, rows, coder, name)
    lacking.references(rows)
    return Coming(coder, tuple(ends), tuple(new), rows)


def known_journals(study: View) -> dict[UUID, Anchor]:
    """Say up to where the journals of shares are known."""
    found: dict[UUID, Anchor] = {}
    for each in anchors(study.journal.of_kinds(OUT, IN, BEGUN), OUT, IN, BEGUN):
        before = found.setdefault(each.workspace, each)
        found[each.workspace] = max(before, each, key=lambda anchor: anchor.number)
    return found


def _brought(study: View, told: Sequence[Entry], known: Anchor, name: str) -> list[Entry]:
    """Give what a journal tells beyond what is known of it; refuse one that does not go on."""
    if told[-1].number < known.number:
        if not _has(study, told[-1]):
            raise _altered(name)
        return []
    if not told[0].number - 1 <= known.number:
        raise _altered(name)
    for entry in told:
        if entry.number == known.number and entry.hash != known.head:
            raise _altered(name)
    new = [entry for entry in told if entry.number > known.number]
    number, head = known.number, known.head
    for entry in new:
        if (entry.number, entry.previous) != (number + 1, head) or entry_hash(entry) != entry.hash:
            raise _altered(name)
        number, head = entry.number, entry.hash
    return new


def _has(study: View, entry: Entry) -> bool:
    """Has the study this entry, or given it out as the end of what it retold?"""
    heads = {each.head for each in anchors(study.journal.of_kinds(OUT), OUT)}
    return entry.hash in heads or study.journal.has(entry.hash)


def _altered(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        name,
        "it does not go on from where it began: it was altered, or two copies of one file were "
        "both worked on.",
        hint="Nothing was taken in. Let its coder write it again: qualcode bundle out",
    )


def added_rows(share: View, what: str, entries: Sequence[Entry]) -> list[RawRow]:
    """Give the rows of a table that some entries of a share added, in order of their ids."""
    names = COLUMNS[what]
    added = {entry.id.bytes for entry in entries}
    statement = f'SELECT {", ".join(names)} FROM "{what}" ORDER BY 1, 2'  # noqa: S608 - names are ours
    at = names.index("added_in")
    return [row for row in read_raw(share.session, statement) if row[at] in added]


def _must_be_own(study: View, rows: Mapping[str, Sequence[RawRow]], coder: UUID, name: str) -> None:
    mine = {each.id.bytes for each in study.rounds.layers_of(coder)}
    for what, added in rows.items():
        if not set(column(what, "layer_id", added)) <= mine:
            raise _altered(name)


def column(what: str, name: str, rows: Sequence[RawRow]) -> Iterator[Any]:
    """Give what a column of a table holds, where it holds something."""
    if name not in COLUMNS[what]:
        return iter(())
    at = COLUMNS[what].index(name)
    return (row[at] for row in rows if row[at] is not None)


def _every(name: str, rows: Mapping[str, Sequence[RawRow]]) -> list[Iterator[Any]]:
    return [column(what, name, added) for what, added in rows.items()]


@dataclass(frozen=True, slots=True)
class _Lacking:
    """Refuses, by name, what a share rests on and the study does not have."""

    study: View
    share: View
    name: str
    without: str

    def layers(self, entries: Sequence[Entry], coder: UUID) -> None:
        """Refuse entries of somebody else, and those about a layer that is not there."""
        mine = {each.id for each in self.study.rounds.layers_of(coder)}
        theirs = {each.id: each for each in self.share.rounds.layers_of(coder)}
        for entry in entries:
            if entry.who != coder:
                raise _altered(self.name)
            if entry.layer is None or entry.layer in mine:
                continue
            layer = theirs.get(entry.layer)
            within = self.share.session.get(RoundRow, layer.round) if layer else None
            if within is None or self.study.session.get(RoundRow, within.id) is not None:
                raise _altered(self.name)
            raise self._missing(f"round {within.name}")

    def references(self, rows: Mapping[str, Sequence[RawRow]]) -> None:
        """Refuse rows on a version of the codebook, a code or a text that is not there."""
        version = max(chain([0], *_every("codebook_version", rows)))
        if version not in {0, *self.study.session.scalars(select(CodebookRow.version))}:
            raise self._missing(f"version {version} of the codebook")
        for name, key, named in (
            ("code_id", CodeRow.id, self._code),
            ("source_id", SourceRow.id, self._source),
            ("revision_id", RevisionRow.id, self._text),
        ):
            there: set[UUID] = set(self.study.session.scalars(select(key)))
            for one in sorted(set(chain(*_every(name, rows)))):
                if id_of(one) not in there:
                    raise self._missing(named(id_of(one)))

    def _missing(self, what: str) -> ImportRefusedError:
        return ImportRefusedError(
            self.name,
            f"it rests on {what}, which {self.without} does not have.",
            hint=_RESTORED if self.without == "the study" else _SEND_FIRST,
        )

    def _code(self, code: UUID) -> str:
        label = select(CodeEntryRow.label).where(CodeEntryRow.code_id == code)
        newest = label.order_by(CodeEntryRow.version.desc()).limit(1)
        return f"the code {self.share.session.scalar(newest) or code}"

    def _source(self, source: UUID) -> str:
        row = self.share.session.get(SourceRow, source)
        return f"the source {row.name if row else source}"

    def _text(self, revision: UUID) -> str:
        row = self.share.session.get(RevisionRow, revision)
        return f"text {row.number} of {self._source(row.source_id)}" if row else str(revision)
