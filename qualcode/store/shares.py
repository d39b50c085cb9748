"""A coder's share of a study: a project of its own that holds only what they may see.

Its journal is retold: the entries about the coder's own layers and about the codebook are
sealed anew, one after another, so that not even a gap tells of what others did.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table as SqlTable
from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from qualcode.domain.ids import new_id
from qualcode.domain.journal import FIRST_PREVIOUS, Entry, Json, canonical, entry_hash, seal
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round
from qualcode.store.anchors import BEGUN, Anchor, known_facts
from qualcode.store.coming import known_journals
from qualcode.store.journal import OUTGOING, entry_of, entry_row, new_entry
from qualcode.store.layered import LAYERED
from qualcode.store.models import EntryRow, EntryWordsRow, Table
from qualcode.store.project import View
from qualcode.store.sources import turns_digest

_TABLES = Table.metadata.tables
_LOT = 2000

Row = dict[str, Any]
Change = Callable[[Row], Row | None]
Belonging = tuple[str, Mapping[str, Collection[UUID]]]
"""A table, with what columns hold in the rows that belong to a share; nothing: all rows do."""


@dataclass(frozen=True, slots=True)
class Share:
    """Whose share it is, with which rounds, layers, sources, themes and answers to proposals."""

    coder: Coder
    rounds: tuple[Round, ...]
    layers: frozenset[UUID]
    sources: frozenset[UUID]
    themes: frozenset[UUID]
    verdicts: frozenset[UUID]


def share_of(study: View, coder: Coder) -> Share:
    """Say what belongs to a coder.

    Sources are those assigned in any round, and those the coder has worked on; who has no round
    but the free one gets all of them.
    """
    rounds = tuple(each for each in study.rounds.all() if each.has(coder))
    found = (study.rounds.layer(each, coder) for each in rounds)
    layers = frozenset(layer.id for layer in found if layer)
    named = [study.rounds.assigned(each, coder.id).sources for each in rounds if not each.free]
    every = {each.id for each in study.sources.all()}
    sources = set().union(*(one or () for one in named)) if named else every
    theme, verdict, proposal = (_TABLES[name] for name in ("theme", "verdict", "proposal"))
    themes = select(theme.c.id).where(theme.c.coder_id == coder.id)
    answers = select(verdict.c.id).join(proposal, proposal.c.id == verdict.c.proposal_id)
    return Share(
        coder,
        rounds,
        layers,
        frozenset(sources | _worked_on(study, layers)),
        frozenset(study.session.scalars(themes)),
        frozenset(study.session.scalars(answers.where(proposal.c.layer_id.in_(layers)))),
    )


def _worked_on(study: View, layers: Collection[UUID]) -> set[UUID]:
    """Name the sources on which there is anything in some layers."""
    found: set[UUID] = set()
    for model in LAYERED.values():
        on = select(model.source_id).where(model.layer_id.in_(layers), model.source_id.is_not(None))
        found.update(study.session.scalars(on.distinct()))
    return found


def write_share(study: View, share: Share, into: Session) -> Anchor:
    """Write a share into an empty database; give the end of the journal it begins with."""
    workspace = new_id()
    _copy(study.session, into, "project", {}, lambda row: {**row, "workspace_id": workspace})
    for name, among in _people(share):
        _copy(study.session, into, name, among, _without_login if name == "coder" else None)
    numbers, anchor, begun = _retell(study, share, into, workspace)
    changes: dict[str, Change] = {
        "revision": lambda row: {**row, "added_in": begun},
        "place": lambda row: {**row, "seen": anchor.number},
        "step": partial(_renumbered, numbers=numbers),
    }
    for name, among in _rows_of(study, share):
        _copy(study.session, into, name, among, changes.get(name))
    return anchor


def _people(share: Share) -> Iterator[Belonging]:
    """Say which rows belong to a share that its journal speaks of."""
    rounds = [each.id for each in share.rounds]
    yield "coder", {}
    yield "round", {"id": rounds}
    yield "round_coder", {"round_id": rounds}
    yield "layer", {"id": share.layers}


def _rows_of(study: View, share: Share) -> Iterator[Belonging]:
    """Say which other rows belong to a share."""
    me, rounds = [share.coder.id], [each.id for each in share.rounds]
    revision = _TABLES["revision"]
    texts = study.session.scalars(
        select(revision.c.id).where(revision.c.source_id.in_(share.sources))
    ).all()
    yield from ((name, {}) for name in ("code", "codebook", "part", "code_entry"))
    yield "source", {"id": share.sources}
    yield from ((name, {"source_id": share.sources}) for name in ("attribute", "revision"))
    yield from ((name, {"revision_id": texts}) for name in ("turn", "segmentation"))
    yield from (
        (name, {"coder_id": me, "source_id": share.sources})
        for name in ("assignment", "passage", "place")
    )
    yield "round_source", {"round_id": rounds, "source_id": share.sources}
    yield from ((name, {"layer_id": share.layers}) for name in (*LAYERED, "progress"))
    yield "theme", {"id": share.themes}
    yield "theme_entry", {"theme_id": share.themes}
    yield "verdict", {"id": share.verdicts}
    yield "step", {"who": me}


def _without_login(row: Row) -> Row:
    """Leave out by which role a server knows a person."""
    return {**row, "login": None}


def _renumbered(row: Row, *, numbers: Mapping[UUID, int]) -> Row | None:
    """Give a step the number its entry has in the journal as it is retold."""
    number = numbers.get(row["entry_id"])
    return None if number is None else {**row, "ordinal": number}


def _retell(
    study: View, share: Share, into: Session, workspace: UUID
) -> tuple[Mapping[UUID, int], Anchor, UUID]:
    """Seal anew what the coder may know of the journal; give each entry its new number.

    The last entry says where the texts come from that are shared.
    """
    last, numbers, alike = (0, FIRST_PREVIOUS), {}, _alike(study, share)
    begun = new_entry(new_id(), BEGUN, None, None, _begun(study, share))
    for entry in (*_entries(study, share), begun):
        touched, words = _own_part(entry, study.journal.words(entry.id)[0], share)
        for what, ids in alike.get(entry.id, {}).items():
            touched[what] = [*cast("list[Json]", touched.get(what, [])), *ids]
        sealed_words, salt = seal(words)
        told = replace(
            entry,
            workspace=workspace,
            number=last[0] + 1,
            layer=entry.layer if entry.layer in share.layers else None,
            touched=touched,
            sealed_words=sealed_words,
            previous=last[1],
        )
        told = replace(told, hash=entry_hash(told))
        into.add(entry_row(told))
        if words:
            into.flush()
            into.add(EntryWordsRow(entry_id=told.id, salt=salt, words=canonical(dict(words))))
        last = numbers[told.id], _head = told.number, told.hash
    into.flush()
    return numbers, Anchor(workspace, share.coder.id, *last), begun.id


def _begun(study: View, share: Share) -> dict[str, Json]:
    """Note the texts of a share with their fingerprints, and which journals had come back."""
    texts = study.sources.every_revision(share.sources)
    mine = [each for each in known_journals(study).values() if each.coder == share.coder.id]
    return {
        "coder": str(share.coder.id),
        "revisions": [[str(each.id), each.text_hash] for each in texts],
        "turns": {str(each.id): turns_digest(each.turns) for each in texts},
        **known_facts(sorted(mine, key=lambda each: each.workspace)),
    }


def _alike(study: View, share: Share) -> dict[UUID, dict[str, list[Json]]]:
    """List by entry what it added that does not stand because another machine added the same.

    Where the journals are retold as one, that has to be told.
    """
    found: dict[UUID, dict[str, list[Json]]] = {}
    for what, model in LAYERED.items():
        query = select(model.added_in, model.id).where(
            model.layer_id.in_(share.layers), model.retired_in == model.added_in
        )
        for entry, row in study.session.execute(query.order_by(model.id)):
            found.setdefault(entry, {}).setdefault(f"retired {what}", []).append(str(row))
    return found


def _entries(study: View, share: Share) -> Iterator[Entry]:
    """Go through the entries that made or changed anything in a share, in order."""
    codebook, theme, verdict = (_TABLES[name] for name in ("codebook", "theme_entry", "verdict"))
    answers = select(verdict).where(verdict.c.id.in_(share.verdicts)).subquery()
    query = select(EntryRow).where(
        or_(
            EntryRow.layer_id.in_(share.layers)
            & ((EntryRow.kind != OUTGOING) | (EntryRow.who == share.coder.id)),
            EntryRow.id.in_(select(codebook.c.added_in)),
            EntryRow.id.in_(select(theme.c.added_in).where(theme.c.theme_id.in_(share.themes))),
            EntryRow.id.in_(select(answers.c.added_in)),
            EntryRow.id.in_(select(answers.c.retired_in)),
        )
    )
    home = study.journal.workspace()
    ordered = query.order_by(EntryRow.workspace_id != home, EntryRow.workspace_id, EntryRow.number)
    return map(entry_of, study.session.scalars(ordered))


def _own_part(
    entry: Entry, words: Mapping[str, str], share: Share
) -> tuple[dict[str, Json], dict[str, str]]:
    """Give of an entry what it says of the coder's own layers, the codebook and the texts.

    The lead's change of the codebook may have answered somebody else's proposal as well.
    """
    if entry.layer in share.layers or entry.kind == BEGUN:
        return dict(entry.touched), dict(words)
    own = set(map(str, share.verdicts))
    touched = dict(entry.touched)
    for noted in ("added verdict", "retired verdict", "restored verdict"):
        if noted in touched:
            told = cast("list[Any]", touched[noted])
            touched[noted] = [
                one for one in told if (one if isinstance(one, str) else one[0]) in own
            ]
    others = {what for what in words if what.split(" ")[0] == "verdict"}
    others -= {f"verdict {one}" for one in own}
    return touched, {what: said for what, said in words.items() if what not in others}


def _copy(
    source: Session,
    into: Session,
    name: str,
    among: Mapping[str, Collection[UUID]],
    change: Change | None = None,
) -> None:
    """Copy the rows of a table that belong to a share, changed or left out where that is said."""
    table: SqlTable = _TABLES[name]
    query = select(table).order_by(*table.primary_key.columns)
    for column, values in among.items():
        query = query.where(table.c[column].in_(list(values)))
    for lot in source.execute(query.execution_options(yield_per=_LOT)).mappings().partitions():
        rows = [dict(row) for row in lot]
        kept = [row for row in map(change, rows) if row is not None] if change else rows
        if kept:
            into.execute(insert(table), kept)
