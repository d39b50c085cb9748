"""Writing in layers: rows are added and retired, never changed, and only by their owner."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcode.domain.codings import Coding, Flag, Memo, ReadMark
from qualcode.domain.decisions import Decision
from qualcode.domain.errors import NotYoursError, RefusedError
from qualcode.domain.journal import Entry, Json, moment
from qualcode.domain.proposals import Proposal
from qualcode.store.bulk import Raw, id_of, in_lots, insert_rows, read_rows, signs
from qualcode.store.codebooks import WITHDRAWN
from qualcode.store.codings import write_pieces
from qualcode.store.layered import LAYERED, DecisionRow, MemoRow, ProposalRow
from qualcode.store.ledger import Ledger
from qualcode.store.models import Table
from qualcode.store.progress import DEALING, Tally
from qualcode.store.remarks import written_wording

Left = Coding | ReadMark | Flag | Memo | Proposal | Decision
_NOT_FACTS = {"added_in", "retired_in", "body", "reason", "label", "wording"}
_LATER_FACTS = {"coding": "first_id", "memo": "code_id", "proposal": "code_id"}
_LISTED = 100
_GONE = """
SELECT label FROM code_entry AS e WHERE code_id IN ({}) AND state = ? AND version =
(SELECT max(version) FROM code_entry WHERE code_id = e.code_id)
"""
_PLACE = {
    what: itemgetter(*map(LAYERED[what].__table__.columns.keys().index, columns.split(", ")))
    for what, columns in DEALING.items()
}


class Changes:
    """Adds to one layer and retires from it, noting each change for the journal."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self.layer: UUID | None = None
        self._session = session
        self._ledger = ledger
        self._added: dict[str, list[tuple[Any, ...]]] = {}
        self._tally = Tally(session)

    def add_codings(self, codings: Sequence[Coding]) -> int:
        """Add codings; one that the layer holds already is left as it is. Say how many are new."""
        self._must_be_ours(codings)
        self._must_be_there({coding.made_under for coding in codings})
        return self._insert("coding", [self._coding_row(coding) for coding in codings])

    def _must_be_ours(self, rows: Iterable[Left | Entry]) -> None:
        """Refuse rows of any layer but the one this work is about."""
        if any(row.layer != self.layer for row in rows):
            raise NotYoursError

    def _must_be_there(self, codes: set[UUID]) -> None:
        """Refuse codes that were taken back as if they had never been."""
        for some in in_lots(list(codes)):
            gone = read_rows(self._session, _GONE.format(signs(some)), [*some, WITHDRAWN])
            if gone:
                raise RefusedError(
                    f"{gone[0][0]} is there no more: the lead took it back.",
                    hint="See: qualcode codebook show; nothing was changed.",
                )

    def _coding_row(self, coding: Coding) -> tuple[Any, ...]:
        ranges = coding.ranges
        return (
            coding.id,
            coding.layer,
            coding.source,
            coding.revision,
            coding.made_under,
            coding.codebook_version,
            ranges[0].start,
            ranges[-1].end,
            write_pieces(ranges),
            coding.words_hash,
            coding.via.value,
            self._ledger.entry,
            None,
            coding.first,
        )

    def add_marks(self, marks: Sequence[ReadMark]) -> int:
        """Add read marks; one that the layer holds already is left as is. Say how many are new."""
        self._must_be_ours(marks)
        rows = [
            (
                mark.id,
                mark.layer,
                mark.source,
                mark.revision,
                *mark.range,
                self._ledger.entry,
                None,
            )
            for mark in marks
        ]
        return self._insert("read_mark", rows)

    def add_flags(self, flags: Sequence[Flag]) -> int:
        """Add flags; one that the layer holds already is left as it is. Say how many are new."""
        self._must_be_ours(flags)
        rows = [
            (
                flag.id,
                flag.layer,
                flag.source,
                flag.revision,
                *flag.range,
                flag.kind.value,
                self._ledger.entry,
                None,
            )
            for flag in flags
        ]
        return self._insert("flag", rows)

    def add_memos(self, memos: Sequence[Memo]) -> None:
        """Add memos; their words stand beside the journal, not in it."""
        self._must_be_ours(memos)
        self._must_be_there({memo.code for memo in memos if memo.code})
        for memo in memos:
            self._ledger.say(words_of("memo", memo.id), memo.body)
        rows = [
            MemoRow(
                id=memo.id,
                layer_id=memo.layer,
                coder_id=memo.coder,
                source_id=memo.source,
                revision_id=memo.revision,
                coding_id=memo.coding,
                begins=memo.range.start,
                ends=memo.range.end,
                body=memo.body,
                written_at=memo.written,
                added_in=self._ledger.entry,
                retired_in=None,
                code_id=memo.code,
            )
            for memo in memos
        ]
        self._add("memo", rows)

    def add_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Add proposals; their labels are words that people said: they stand beside the journal."""
        self._must_be_ours(proposals)
        self._must_be_there({proposal.code for proposal in proposals if proposal.code})
        for proposal in proposals:
            self._ledger.say(words_of("proposal", proposal.id), proposal.label)
            if proposal.wording or proposal.reason:
                words = f"{written_wording(proposal)}\n{proposal.reason}"
                self._ledger.say(words_of("wording", proposal.id), words)
        rows = [
            ProposalRow(
                id=proposal.id,
                layer_id=proposal.layer,
                coder_id=proposal.coder,
                source_id=proposal.source,
                revision_id=proposal.revision,
                begins=proposal.range.start,
                ends=proposal.range.end,
                label=proposal.label,
                written_at=proposal.written,
                added_in=self._ledger.entry,
                retired_in=None,
                code_id=proposal.code,
                wording=written_wording(proposal),
                reason=proposal.reason,
            )
            for proposal in proposals
        ]
        self._add("proposal", rows)

    def add_decisions(self, decisions: Sequence[Decision]) -> None:
        """Add decisions; the codings they make are added beside them."""
        self._must_be_ours(decisions)
        for decision in decisions:
            if decision.reason:
                self._ledger.say(words_of("decision", decision.id), decision.reason)
        rows = [
            DecisionRow(
                id=decision.id,
                layer_id=decision.layer,
                source_id=decision.source,
                revision_id=decision.revision,
                begins=decision.range.start,
                ends=decision.range.end,
                outcome=decision.outcome.value,
                reason=decision.reason,
                decided_by=decision.by,
                decided_at=decision.at,
                added_in=self._ledger.entry,
                retired_in=None,
            )
            for decision in decisions
        ]
        self._add("decision", rows)

    def _add(self, what: str, rows: Sequence[Any]) -> None:
        self._session.add_all(rows)
        self._session.flush()
        self._note_added(what, [facts_of(row) for row in rows])

    def retire(self, what: str, rows: Iterable[Left]) -> None:
        """Retire rows of the layer: they stay in the file and stop counting."""
        rows = list(rows)
        self._must_be_ours(rows)
        retired = self._retire(what, [row.id for row in rows], self._ledger.entry)
        if retired:
            self._ledger.list_of(f"retired {what}").extend(map(str, retired))

    def take_back(self, step: Entry) -> None:
        """Undo a step: what it added is retired, what it retired stands again."""
        self._must_be_ours([step])
        self._ledger.note("taken back", str(step.id))
        for what in LAYERED:
            added = self._added_in(what, step, retired_in=None)
            retired = _ids(step.touched, f"retired {what}")
            self._retire(what, added, self._ledger.entry)
            self._restore(what, retired, but_of=step.id)

    def bring_back(self, step: Entry, *, undone_in: UUID) -> None:
        """Redo a step: what its undoing retired stands again, and the reverse."""
        self._must_be_ours([step])
        self._ledger.note("brought back", str(step.id))
        for what in LAYERED:
            added = self._added_in(what, step, retired_in=undone_in)
            retired = _ids(step.touched, f"retired {what}")
            self._retire(what, retired, step.id)
            self._restore(what, added)

    def _added_in(self, what: str, step: Entry, *, retired_in: UUID | None) -> list[UUID]:
        """Find the rows a step added that stand now, or that an undoing retired."""
        note = cast("dict[str, Any]", step.touched.get(f"added {what}"))
        if not note:
            return []
        model = LAYERED[what]
        query = select(model.id).where(
            model.added_in == step.id,
            model.retired_in.is_(None) if retired_in is None else model.retired_in == retired_in,
        )
        if "ids" in note:
            query = query.where(model.id.in_(_ids(note, "ids")))
        return list(self._session.scalars(query))

    def keep_progress(self) -> None:
        """Bring the counts of turns dealt with up to what the work has changed, at its end."""
        self._tally.keep()

    def _retire(self, what: str, ids: Sequence[UUID], entry: UUID) -> list[UUID]:
        """Retire those of the rows that stand, and say which."""
        retired: list[Raw] = []
        for some in in_lots(ids):
            now = f"retired_in = ? WHERE id IN ({signs(some)}) AND retired_in IS NULL"
            retired += self._set(what, now, [entry, *some])
        self._tally.note(what, retired, stand=False)
        return [id_of(row[0]) for row in retired]

    def _restore(self, what: str, ids: Sequence[UUID], *, but_of: UUID | None = None) -> None:
        """Let rows stand again, but those that a step had added itself."""
        restored: list[Raw] = []
        for some in in_lots(ids):
            now = f"retired_in = NULL WHERE id IN ({signs(some)}) AND retired_in IS NOT NULL"
            others = "" if but_of is None else " AND added_in <> ?"
            restored += self._set(what, now + others, [*some, *([but_of] if but_of else [])])
        self._tally.note(what, restored, stand=True)

    def _set(self, what: str, now: str, values: Sequence[UUID]) -> Sequence[Raw]:
        """Change whether rows stand, and give the ids and places of those that changed."""
        columns = DEALING.get(what, "id")
        statement = f'UPDATE "{what}" SET {now} RETURNING {columns}'  # noqa: S608 - names are ours
        return read_rows(self._session, statement, values)

    def _insert(self, what: str, rows: Sequence[tuple[Any, ...]]) -> int:
        """Insert the rows that are new, note them, and say how many they are."""
        new = insert_rows(self._session, Table.metadata.tables[what], rows, skip_known=True)
        kept = rows if new == len(rows) else self._kept(what, rows)
        self._note_added(what, kept)
        if what in _PLACE:
            self._tally.note(what, list(map(_PLACE[what], kept)), stand=True)
        return new

    def _kept(self, what: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Of the rows handed in, give those that were new."""
        model = LAYERED[what]
        mine = select(model.id).where(model.added_in == self._ledger.entry)
        new = set(self._session.scalars(mine)) - {row[0] for row in self._added.get(what, [])}
        return list({row[0]: row for row in rows if row[0] in new}.values())

    def _note_added(self, what: str, new: Sequence[tuple[Any, ...]]) -> None:
        """Note what was added: how many rows, a fingerprint of them all, and which if few."""
        if not new:
            return
        rows = self._added.setdefault(what, [])
        rows += new
        note: dict[str, Json] = {"count": len(rows), "digest": digest(what, rows)}
        if len(rows) <= _LISTED:
            note["ids"] = [str(row[0]) for row in rows]
        self._ledger.note(f"added {what}", note)


def _ids(touched: Mapping[str, Any], what: str) -> list[UUID]:
    return [UUID(one) for one in touched.get(what, [])]


def words_of(what: str, identity: UUID) -> str:
    """Name the words of a memo, proposal or decision, as they are kept beside the journal."""
    return f"{what} {identity}"


def facts_of(row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a row of any layered table
    """Give a row's fields in the order of its table's columns."""
    return tuple(getattr(row, column.name) for column in row.__table__.columns)


def digest(what: str, rows: Iterable[tuple[Any, ...]]) -> str:
    """Fingerprint rows in order of their ids: SHA-256 over their facts.

    Left out are the entries they were added and retired in, and words, which are sealed apart.
    A fact for which an earlier version of the schema had no column counts where there is one,
    so that the fingerprints in older journals hold.
    """
    columns = [column.name for column in LAYERED[what].__table__.columns]
    later = _LATER_FACTS.get(what, "")
    facts = [place for place, name in enumerate(columns) if name not in {*_NOT_FACTS, later}]
    table = list(zip(*sorted(rows, key=lambda row: row[0].int), strict=True))
    packed = [_packed_column(table[place]) for place in facts if table]
    made = map(b"\x1f".join, zip(*packed, strict=True))
    if later and table:
        made = map(_with_later, made, table[columns.index(later)])
    return sha256(b"".join(made)).hexdigest()


def _with_later(row: bytes, value: object) -> bytes:
    return row if value is None else b"\x1f".join((row, _packed(value)))


def _packed_column(column: Sequence[object]) -> list[bytes]:
    """Pack a column of facts; what many rows refer to is packed once."""
    made: dict[int, bytes] = {}
    return [made.get(id(value)) or made.setdefault(id(value), _packed(value)) for value in column]


def _packed(value: object) -> bytes:
    if type(value) is int:
        return b"%d" % value
    if type(value) is UUID:
        return value.bytes
    if type(value) is bytes:
        return value
    if isinstance(value, datetime):
        return moment(value).encode()
    return b"" if value is None else str(value).encode()
