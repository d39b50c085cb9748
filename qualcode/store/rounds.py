"""Rounds, assignments and layers as they are kept, and the one gate of blindness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qualcode.domain.assignments import Assigned
from qualcode.domain.codebook import folded
from qualcode.domain.errors import AlreadyThereError, UnknownRoundError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Round, RoundState, Unit, Viewpoint
from qualcode.store.allotted import PassageRow, RoundSourceRow
from qualcode.store.bulk import insert_rows
from qualcode.store.journal import OUTGOING, THEME_KINDS
from qualcode.store.models import (
    AssignmentRow,
    EntryRow,
    LayerRow,
    RoundCoderRow,
    RoundRow,
    SourceRow,
    Table,
)


@dataclass(frozen=True, slots=True)
class SeenLayer:
    """A layer that the viewpoint may look at, with the round it was made in."""

    layer: Layer
    round: Round


class Rounds:
    """Finds and adds rounds and layers; within its one transaction it reads each once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rounds: dict[UUID, Round] = {}
        self._layers: dict[UUID, list[Layer]] = {}
        self._made_in: dict[UUID, UUID] = {}

    def all(self) -> list[Round]:
        """List the rounds in order."""
        members: dict[UUID, list[UUID]] = {}
        for member in self._session.scalars(select(RoundCoderRow).order_by(RoundCoderRow.position)):
            members.setdefault(member.round_id, []).append(member.coder_id)
        rows = self._session.scalars(select(RoundRow).order_by(RoundRow.number))
        return [_round(row, members.get(row.id, [])) for row in rows]

    def named(self, name: str) -> Round:
        """Find a round by name, whatever the case."""
        row = self._session.scalar(select(RoundRow).where(RoundRow.folded == folded(name)))
        if row is None:
            raise UnknownRoundError(name)
        return self._round(row)

    def with_id(self, round_id: UUID) -> Round:
        """Find a round by its id."""
        if round_id not in self._rounds:
            self._rounds[round_id] = self._round(self._session.get_one(RoundRow, round_id))
        return self._rounds[round_id]

    def of_layer(self, layer_id: UUID) -> Round:
        """Find the round a layer was made in."""
        if layer_id not in self._made_in:
            self._made_in[layer_id] = self._session.get_one(LayerRow, layer_id).round_id
        return self.with_id(self._made_in[layer_id])

    def _round(self, row: RoundRow) -> Round:
        coders = self._session.scalars(
            select(RoundCoderRow.coder_id)
            .where(RoundCoderRow.round_id == row.id)
            .order_by(RoundCoderRow.position)
        )
        return _round(row, coders)

    def add(self, new: Round, sources: Sequence[UUID] | None = None) -> Round:
        """Add a round under a name no other round has; every coder has all of its sources."""
        if self._session.scalar(select(RoundRow.id).where(RoundRow.folded == folded(new.name))):
            raise AlreadyThereError(
                f"There is a round “{new.name}” already.", hint="Choose another name."
            )
        row = RoundRow(
            id=new.id,
            name=new.name,
            folded=folded(new.name),
            number=self._session.scalar(select(func.count()).select_from(RoundRow)),
            state=new.state.value,
            blind=new.blind,
            free=new.free,
            unit=new.unit.value,
            codebook_version=new.codebook_version,
            unblinded=new.unblinded,
        )
        self._session.add(row)
        self._session.flush()
        for position, coder in enumerate(new.coders):
            member = RoundCoderRow(round_id=new.id, coder_id=coder, position=position)
            self._session.add(member)
        self._session.flush()
        if not new.free:
            every = self._session.scalars(select(SourceRow.id)).all()
            self.take_in(new, every if sources is None else sources)
            self.assign(new, new.coders, every if sources is None else sources)
        return new

    def take_in(self, within: Round, sources: Sequence[UUID]) -> None:
        """Let sources be coded in a round, whoever is to have them."""
        rows = [(within.id, source) for source in sources]
        insert_rows(self._session, Table.metadata.tables["round_source"], rows, skip_known=True)

    def sources(self, within: Round) -> set[UUID] | None:
        """Name the sources that are coded in a round; None means all there are."""
        if within.free:
            return None
        held = select(RoundSourceRow.source_id).where(RoundSourceRow.round_id == within.id)
        return set(self._session.scalars(held))

    def assign(self, within: Round, coders: Sequence[UUID], sources: Sequence[UUID]) -> None:
        """Give sources to coders."""
        rows = [(within.id, coder, source) for coder in coders for source in sources]
        insert_rows(self._session, Table.metadata.tables["assignment"], rows, skip_known=True)

    def assigned(self, within: Round, coder: UUID) -> Assigned:
        """Give what a coder has in a round: all sources, or some, and turns of others."""
        if within.free:
            return Assigned()
        whole = self._session.scalars(
            select(AssignmentRow.source_id).where(
                AssignmentRow.round_id == within.id, AssignmentRow.coder_id == coder
            )
        )
        given: dict[UUID, set[int]] = {}
        for source, ordinal in self._session.execute(
            select(PassageRow.source_id, PassageRow.ordinal).where(
                PassageRow.round_id == within.id, PassageRow.coder_id == coder
            )
        ):
            given.setdefault(source, set()).add(ordinal)
        turns = {source: frozenset(ordinals) for source, ordinals in given.items()}
        return Assigned(frozenset(whole), turns)

    def has_whole(self, within: Round, coder: UUID, source: UUID) -> bool:
        """Say whether the coder has all of this source in the round."""
        key = (within.id, coder, source)
        return within.free or self._session.get(AssignmentRow, key) is not None

    def begun(self, within: Round) -> bool:
        """Has anybody done anything in the round yet?"""
        done = (
            select(EntryRow.id)
            .join(LayerRow, LayerRow.id == EntryRow.layer_id)
            .where(
                LayerRow.round_id == within.id,
                EntryRow.kind != OUTGOING,
                EntryRow.kind.not_like(THEME_KINDS),
            )
        )
        return self._session.scalar(done.limit(1)) is not None

    def set_state(self, within: Round, state: RoundState) -> None:
        """Open, freeze or close a round."""
        self._session.get_one(RoundRow, within.id).state = state.value
        self._session.flush()
        self._rounds.pop(within.id, None)

    def unblind(self, within: Round) -> None:
        """Let the lead know whose layer is whose in a round, for good."""
        self._session.get_one(RoundRow, within.id).unblinded = True
        self._session.flush()
        self._rounds.pop(within.id, None)

    def use_codebook(self, within: Round, version: int) -> None:
        """Let a round go on with another version of the codebook."""
        self._session.get_one(RoundRow, within.id).codebook_version = version
        self._session.flush()
        self._rounds.pop(within.id, None)

    def layer(self, within: Round, coder: Coder | None) -> Layer | None:
        """Find a coder's layer in a round, or the round's consensus."""
        mine = coder.id if coder else None
        return next((each for each in self._layers_of(within) if each.coder == mine), None)

    def own_layer(self, within: Round, coder: Coder | None) -> Layer:
        """Find a coder's layer in a round, or the consensus; begin it where there is none."""
        found = self.layer(within, coder)
        if found is not None:
            return found
        row = LayerRow(id=new_id(), round_id=within.id, coder_id=coder.id if coder else None)
        self._session.add(row)
        self._session.flush()
        self._layers.pop(within.id, None)
        return _layer(row)

    def layers_of(self, coder: UUID) -> list[Layer]:
        """List the layers of one coder in all rounds."""
        return [each for each in self._all_layers() if each.coder == coder]

    def layers_seen(self, viewpoint: Viewpoint, within: Round | None = None) -> list[SeenLayer]:
        """List the layers that this person may look at: every read of codings starts here."""
        rounds = {one.id: one for one in ([within] if within else self.all())}
        layers = self._layers_of(within) if within else self._all_layers()
        seen = [SeenLayer(layer, rounds[layer.round]) for layer in layers]
        return [each for each in seen if viewpoint.sees(each.layer, each.round)]

    def layers_known(self, viewpoint: Viewpoint, within: Round | None = None) -> list[SeenLayer]:
        """List the layers this person may look at and know whose they are."""
        seen = self.layers_seen(viewpoint, within)
        return [each for each in seen if viewpoint.knows(each.layer.coder, each.round)]

    def _all_layers(self) -> list[Layer]:
        return [
            _layer(row) for row in self._session.scalars(select(LayerRow).order_by(LayerRow.id))
        ]

    def _layers_of(self, within: Round) -> list[Layer]:
        """List the layers of a round, whoever may look at them."""
        if within.id not in self._layers:
            made = select(LayerRow).where(LayerRow.round_id == within.id).order_by(LayerRow.id)
            self._layers[within.id] = [_layer(row) for row in self._session.scalars(made)]
        return self._layers[within.id]


def _round(row: RoundRow, coders: Iterable[UUID]) -> Round:
    return Round(
        row.id,
        row.name,
        row.number,
        RoundState(row.state),
        row.blind,
        row.free,
        Unit(row.unit),
        row.codebook_version,
        tuple(coders),
        row.unblinded,
    )


def _layer(row: LayerRow) -> Layer:
    return Layer(row.id, row.round_id, row.coder_id)
