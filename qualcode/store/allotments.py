"""What a round gives to whom, as it is kept: whole sources, turns of others, samples."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qualcode.domain.findings import Finding
from qualcode.domain.journal import Entry, Json, canonical
from qualcode.domain.rounds import Layer, Round
from qualcode.store.allotted import LotRow, PassageRow, SampleRow
from qualcode.store.bulk import insert_rows
from qualcode.store.layered import LAYERED
from qualcode.store.ledger import Ledger
from qualcode.store.models import AssignmentRow, Table

SAMPLED = "sample"
"""Where an entry notes the fingerprint of a sample: what is in it is not for every eye."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn of a source: its revision, and its ordinal there."""

    source: UUID
    revision: UUID
    ordinal: int


@dataclass(frozen=True, slots=True)
class KeptLot:
    """A turn drawn for double coding: which lot, of how many drawn from how many of a stratum.

    `given_to` is who got it beside those who have the whole source; nobody where two have it.
    """

    turn: KeptTurn
    stratum: str
    place: int
    taken: int
    among: int
    given_to: UUID | None


@dataclass(frozen=True, slots=True)
class KeptSample:
    """How passages were drawn, and which."""

    percent: str
    seed: int
    strata: str
    lots: tuple[KeptLot, ...]


class Allotments:
    """Reads and changes who has what in a round."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def whole(self, within: Round) -> dict[UUID, set[UUID]]:
        """Give, by source, the coders who have all of it; sources nobody has are left out."""
        given: dict[UUID, set[UUID]] = {}
        rows = select(AssignmentRow).where(AssignmentRow.round_id == within.id)
        for row in self._session.scalars(rows):
            given.setdefault(row.source_id, set()).add(row.coder_id)
        return given

    def take(self, within: Round, coder: UUID, sources: Collection[UUID]) -> None:
        """Take sources from a coder."""
        self._session.execute(
            delete(AssignmentRow).where(
                AssignmentRow.round_id == within.id,
                AssignmentRow.coder_id == coder,
                AssignmentRow.source_id.in_(sources),
            )
        )

    def worked_on(self, layer: Layer) -> set[UUID]:
        """Name the sources on which a layer has, or had, anything."""
        found: set[UUID] = set()
        for model in LAYERED.values():
            on = select(model.source_id).where(
                model.layer_id == layer.id, model.source_id.is_not(None)
            )
            found.update(self._session.scalars(on.distinct()))
        return found

    def give_turns(self, within: Round, coder: UUID, turns: Sequence[KeptTurn]) -> int:
        """Give single turns to a coder; say how many they did not have."""
        rows = [(within.id, coder, turn.revision, turn.ordinal, turn.source) for turn in turns]
        table = Table.metadata.tables["passage"]
        return insert_rows(self._session, table, rows, skip_known=True)

    def sample(self, within: Round) -> KeptSample | None:
        """Give what was drawn for double coding in a round."""
        row = self._session.get(SampleRow, within.id)
        return _sample_of(self._session, row) if row else None

    def keep_sample(self, within: Round, sample: KeptSample) -> None:
        """Keep what was drawn, in the place of what was drawn before, and give it out."""
        self.drop_sample(within)
        row = SampleRow(
            round_id=within.id,
            percent=sample.percent,
            seed=sample.seed,
            strata=sample.strata,
            added_in=self._ledger.entry,
        )
        self._session.add(row)
        self._session.flush()
        self._session.add_all(
            LotRow(
                round_id=within.id,
                revision_id=each.turn.revision,
                ordinal=each.turn.ordinal,
                source_id=each.turn.source,
                stratum=each.stratum,
                place=each.place,
                taken=each.taken,
                among=each.among,
                given_to=each.given_to,
            )
            for each in sample.lots
        )
        self._session.flush()
        for coder in {each.given_to for each in sample.lots if each.given_to}:
            theirs = [each.turn for each in sample.lots if each.given_to == coder]
            self.give_turns(within, coder, theirs)
        self._ledger.note(SAMPLED, _digest(sample))

    def drop_sample(self, within: Round) -> None:
        """Forget what was drawn, and take it back; the journal keeps its fingerprint."""
        drawn = self._session.scalars(select(LotRow).where(LotRow.round_id == within.id))
        for row in drawn.all():
            key = (within.id, row.given_to, row.revision_id, row.ordinal)
            given = self._session.get(PassageRow, key) if row.given_to else None
            if given is not None:
                self._session.delete(given)
        self._session.flush()
        for model in (LotRow, SampleRow):
            self._session.execute(delete(model).where(model.round_id == within.id))


def _sample_of(session: Session, row: SampleRow) -> KeptSample:
    lots = session.scalars(
        select(LotRow).where(LotRow.round_id == row.round_id).order_by(LotRow.stratum, LotRow.place)
    )
    return KeptSample(
        row.percent,
        row.seed,
        row.strata,
        tuple(
            KeptLot(
                KeptTurn(each.source_id, each.revision_id, each.ordinal),
                each.stratum,
                each.place,
                each.taken,
                each.among,
                each.given_to,
            )
            for each in lots
        ),
    )


def _digest(sample: KeptSample) -> str:
    lots: list[Json] = [
        [str(each.turn.revision), each.turn.ordinal, each.stratum, each.place, str(each.given_to)]
        for each in sorted(sample.lots, key=lambda each: (each.stratum, each.place))
    ]
    facts: list[Json] = [sample.percent, sample.seed, sample.strata, lots]
    return sha256(canonical(facts).encode()).hexdigest()


def sample_findings(session: Session, entries: Sequence[Entry]) -> Iterator[Finding]:
    """List the samples that are not those that were drawn."""
    drawn = {entry.id: entry.touched.get(SAMPLED) for entry in entries}
    for row in session.scalars(select(SampleRow)):
        if _digest(_sample_of(session, row)) != drawn.get(row.added_in):
            yield Finding("sample", "The sample of a round is not the one that was drawn.")
