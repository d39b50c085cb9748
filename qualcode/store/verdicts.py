"""The lead's answers to proposals, as they are kept: added and retired, never changed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from qualcode.domain.errors import RefusedError
from qualcode.domain.proposals import Answer, Verdict
from qualcode.store.ledger import Ledger
from qualcode.store.models import VerdictRow


class Verdicts:
    """Reads answers and adds them."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def all(self) -> dict[UUID, Verdict]:
        """Give the answers that stand, by the id of the proposal."""
        rows = self._session.scalars(
            select(VerdictRow).where(VerdictRow.retired_in.is_(None)).order_by(VerdictRow.id)
        )
        return {row.proposal_id: _verdict(row) for row in rows}

    def given(self) -> list[tuple[Verdict, UUID | None]]:
        """List all answers ever given, oldest first, each with the entry that took it back."""
        rows = self._session.scalars(select(VerdictRow).order_by(VerdictRow.id))
        return [(_verdict(row), row.retired_in) for row in rows]

    def add(self, verdicts: Sequence[Verdict]) -> None:
        """Add answers; their reasons stand beside the journal."""
        for verdict in verdicts:
            if verdict.reason:
                self._ledger.say(f"verdict {verdict.id}", verdict.reason)
            self._ledger.list_of("added verdict").append(
                [str(verdict.id), str(verdict.proposal), verdict.answer.value]
            )
        self._session.add_all(_row(verdict, self._ledger.entry) for verdict in verdicts)
        self._session.flush()

    def retire(self, verdicts: Sequence[Verdict]) -> None:
        """Let some answers stand no more."""
        ids = [verdict.id for verdict in verdicts]
        self._set(
            VerdictRow.id.in_(ids) & VerdictRow.retired_in.is_(None),
            self._ledger.entry,
            "retired verdict",
        )

    def take_back(self, entries: Collection[UUID]) -> None:
        """Let answers given in some journal entries stand no more."""
        self._set(
            VerdictRow.added_in.in_(entries) & VerdictRow.retired_in.is_(None),
            self._ledger.entry,
            "retired verdict",
        )

    def bring_back(self, entries: Collection[UUID]) -> None:
        """Let answers given in some journal entries stand again; refuse if others stand now."""
        query = select(VerdictRow.proposal_id).where(VerdictRow.added_in.in_(entries))
        if set(self._session.scalars(query)) & self.all().keys():
            raise RefusedError(
                "A proposal that this change answered has another answer by now.",
                hint="Take that back first: qualcode codebook decide NAME --reconsider",
            )
        self._set(
            VerdictRow.added_in.in_(entries) & VerdictRow.retired_in.is_not(None),
            None,
            "restored verdict",
        )

    def _set(self, which: object, retired_in: UUID | None, noted: str) -> None:
        changed = self._session.scalars(
            update(VerdictRow)
            .where(which)  # type: ignore[arg-type]
            .values(retired_in=retired_in)
            .returning(VerdictRow.id)
        ).all()
        if changed:
            self._ledger.list_of(noted).extend(map(str, changed))


def _row(verdict: Verdict, entry: UUID) -> VerdictRow:
    return VerdictRow(
        id=verdict.id,
        proposal_id=verdict.proposal,
        outcome=verdict.answer.value,
        reason=verdict.reason,
        code_id=verdict.code,
        version=verdict.version,
        decided_by=verdict.by,
        decided_at=verdict.at,
        added_in=entry,
        retired_in=None,
    )


def _verdict(row: VerdictRow) -> Verdict:
    return Verdict(
        row.id,
        row.proposal_id,
        Answer(row.outcome),
        row.reason,
        row.code_id,
        row.version,
        row.decided_by,
        row.decided_at,
    )
