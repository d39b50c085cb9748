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
from qualcode.store.anchors import IN, OUT, Anchor, anchors
from qualcode.store.bulk import id_of, read_rows
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

Row = tuple[Any, ...]
COLUMNS = {
    name: tuple(column.name for column in table.columns)
    for name, table in Table.metadata.tables.items()
}
_RESTORED = "Was the study brought back from an older copy? Nothing was taken in."


@dataclass(frozen=True, slots=True)
class Coming:
    """What a share holds that the study does not have yet, and how far its journal has come."""

    end: Anchor
    entries: tuple[Entry, ...]
    rows: Mapping[str, Sequence[Row]]

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows of each sort that would be added."""
        return {what: len(rows) for what, rows in self.rows.items() if rows}

    @property
    def layers(self) -> frozenset[UUID]:
        """Name the layers in which anything was done."""
        return frozenset(entry.layer for entry in self.entries if entry.layer)


def coming(study: View, share: View, name: str) -> Coming:
    """Find what a share brings; refuse one that was not given out here, or was altered.

    `name` is what it is called in a refusal.
    """
    known = _known(study, share.journal.workspace(), name)
    told = {entry.number: entry for entry in share.journal.entries()}
    end = min(known.number, max(told, default=0))
    if end < known.number:
        if not told or not _has(study, told[end]):
            raise _altered(name)
        return Coming(known, (), {})
    if told[end].hash != known.head:
        raise _altered(name)
    new = tuple(told[number] for number in sorted(told) if number > known.number)
    _must_have_layers(study, share, new, known.coder, name)
    last = known
    for entry in new:
        if (entry.number, entry.previous) != (last.number + 1, last.head):
            raise _altered(name)
        if entry_hash(entry) != entry.hash:
            raise _altered(name)
        last = replace(last, number=entry.number, head=entry.hash)
    rows = {what: added_rows(share, what, new) for what in LAYERED}
    _must_be_own(study, rows, known.coder, name)
    _must_rest_on_what_is_there(study, share, rows, name)
    return Coming(last, new, rows)


def _known(study: View, workspace: UUID, name: str) -> Anchor:
    """Say up to where a workspace's journal is known in the study."""
    entries = study.journal.of_kinds(OUT, IN)
    found = [*anchors(entries), *anchors(entries, IN)]
    mine = [each for each in found if each.workspace == workspace]
    if not mine:
        raise ImportRefusedError(
            name,
            "it was not given out by this study.",
            hint="A bundle comes back to the study that gave it out.",
        )
    return max(mine, key=lambda each: each.number)


def _has(study: View, entry: Entry) -> bool:
    """Has the study this entry, or given it out as the end of what it retold?"""
    heads = {each.head for each in anchors(study.journal.of_kinds(OUT))}
    return entry.hash in heads or study.journal.has(entry.hash)


def _altered(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        name,
        "it does not go on from where it began: it was altered or damaged.",
        hint="Nothing was taken in. Let its coder write it again: qualcode bundle out",
    )


def _missing(name: str, what: str) -> ImportRefusedError:
    return ImportRefusedError(
        name, f"it rests on {what}, which the study does not have.", hint=_RESTORED
    )


def _must_have_layers(
    study: View, share: View, entries: Sequence[Entry], coder: UUID, name: str
) -> None:
    """Refuse entries of somebody else, and those about a layer the study does not have."""
    mine = {each.id for each in study.rounds.layers_of(coder)}
    theirs = {each.id: each for each in share.rounds.layers_of(coder)}
    for entry in entries:
        if entry.who != coder:
            raise _altered(name)
        if entry.layer is None or entry.layer in mine:
            continue
        layer = theirs.get(entry.layer)
        within = share.session.get(RoundRow, layer.round) if layer else None
        if within is None or study.session.get(RoundRow, within.id) is not None:
            raise _altered(name)
        raise _missing(name, f"round {within.name}")


def added_rows(share: View, what: str, entries: Sequence[Entry]) -> list[Row]:
    """Give the rows of a table that some entries of a share added, in order of their ids."""
    names = COLUMNS[what]
    added = {entry.id.bytes for entry in entries}
    statement = f'SELECT {", ".join(names)} FROM "{what}" ORDER BY 1, 2'  # noqa: S608 - names are ours
    at = names.index("added_in")
    return [tuple(row) for row in read_rows(share.session, statement, ()) if row[at] in added]


def _must_be_own(study: View, rows: Mapping[str, Sequence[Row]], coder: UUID, name: str) -> None:
    mine = {each.id.bytes for each in study.rounds.layers_of(coder)}
    for what, added in rows.items():
        if not set(_column(what, "layer_id", added)) <= mine:
            raise _altered(name)


def _column(what: str, column: str, rows: Sequence[Row]) -> Iterator[Any]:
    """Give what a column holds, where it holds something."""
    at = COLUMNS[what].index(column) if column in COLUMNS[what] else None
    return iter(()) if at is None else (row[at] for row in rows if row[at] is not None)


def _must_rest_on_what_is_there(
    study: View, share: View, rows: Mapping[str, Sequence[Row]], name: str
) -> None:
    """Refuse, by name, what a share refers to and the study does not have."""
    version = max(chain([0], *_every("codebook_version", rows)))
    if version not in {0, *study.session.scalars(select(CodebookRow.version))}:
        raise _missing(name, f"version {version} of the codebook")
    for column, key, named in (
        ("code_id", CodeRow.id, _code),
        ("source_id", SourceRow.id, _source),
        ("revision_id", RevisionRow.id, _text),
    ):
        there: set[UUID] = set(study.session.scalars(select(key)))
        for one in sorted(set(chain(*_every(column, rows)))):
            if id_of(one) not in there:
                raise _missing(name, named(share, id_of(one)))


def _every(column: str, rows: Mapping[str, Sequence[Row]]) -> Collection[Iterator[Any]]:
    return [_column(what, column, added) for what, added in rows.items()]


def _code(share: View, code: UUID) -> str:
    label = select(CodeEntryRow.label).where(CodeEntryRow.code_id == code)
    newest = label.order_by(CodeEntryRow.version.desc()).limit(1)
    return f"the code {share.session.scalar(newest) or code}"


def _source(share: View, source: UUID) -> str:
    row = share.session.get(SourceRow, source)
    return f"the source {row.name if row else source}"


def _text(share: View, revision: UUID) -> str:
    row = share.session.get(RevisionRow, revision)
    return f"text {row.number} of {_source(share, row.source_id)}" if row else f"text {revision}"
