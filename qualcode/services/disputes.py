"""The passages of a round side by side: what each coder made of them, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from qualcode.domain.codebook import Codebook
from qualcode.domain.codings import Coding, Memo
from qualcode.domain.decisions import Decision
from qualcode.domain.disagreements import Kind, Passage, passages
from qualcode.domain.lineage import in_force
from qualcode.domain.people import Coder
from qualcode.domain.places import written
from qualcode.domain.rounds import PAIR, Layer, Round, Viewpoint
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services.readings import Stretch, may_compare, side_by_side
from qualcode.services.rounds import codebook_in
from qualcode.services.signing import drawn, letters, names_open
from qualcode.store.project import View

_Where: TypeAlias = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A passage two or more coders have read: what each made of it, and what was decided.

    In a blind round the coders stand in an order drawn for this passage, by letters until
    their names are open; `first` and `second` mean this order, and `order` tells which places
    in the round they have. Memos on its words are `closed`
    while names are held back and nothing is decided; then they are open, without a name.
    """

    source: Source
    revision: Revision
    passage: Passage
    decision: Decision | None
    order: tuple[int, ...]
    coders: tuple[str, ...]
    memos: tuple[str, ...] = ()
    closed: int = 0

    @property
    def place(self) -> str:
        """Where it is, as it can be typed."""
        return written(self.source.name, self.passage.range, self.revision)

    @property
    def words(self) -> str:
        """The words it is about."""
        return self.passage.range.of(self.revision.text)


@dataclass(frozen=True, slots=True)
class Desk:
    """All passages of a round that can be compared, in order of the sources."""

    round: Round
    codebook: Codebook
    disputes: tuple[Dispute, ...]
    left_out: tuple[str, ...]

    @property
    def open(self) -> list[Dispute]:
        """List the disagreements that wait for a decision."""
        return [each for each in self.differing if each.decision is None]

    @property
    def differing(self) -> list[Dispute]:
        """List the passages on which the coders differ."""
        return [each for each in self.disputes if each.passage.kind is not Kind.AGREED]


@dataclass(frozen=True, slots=True)
class _Compared:
    """Whose layers are compared, in the order of the round, and who compares them."""

    within: Round
    coders: tuple[Coder, ...]
    layers: tuple[Layer | None, ...]
    stretches: tuple[Stretch, ...]
    by: Coder

    @property
    def shared(self) -> list[Stretch]:
        """The stretches that two coders were given; where there is but one coder, all of them."""
        least = min(PAIR, len(self.coders))
        return [each for each in self.stretches if len(each.readers) >= least]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The sources that were given to two or more, and not finished by all of them."""
        waiting = (each.source.name for each in self.shared if not each.complete)
        return tuple(dict.fromkeys(waiting))

    @property
    def known(self) -> list[Layer]:
        """The layers there are."""
        return [layer for layer in self.layers if layer is not None]

    @property
    def names_open(self) -> bool:
        """May the coders be named to who compares them?"""
        return names_open(self.within, self.coders, by=self.by)

    def drawn(self, source: Source, stretch: Range) -> list[int]:
        """Draw in which order the coders stand on a passage."""
        return drawn(self.within, source.id, stretch, self.layers)

    def shown(self, order: Sequence[int]) -> tuple[str, ...]:
        """Name the coders in an order, or give letters."""
        if self.names_open:
            return tuple(self.coders[place].name for place in order)
        return letters(len(order))


def laid_out(view: View, within: Round, by: Coder) -> Desk:
    """Lay out the passages of a round's finished sources, with the decisions made."""
    may_compare(within, by)
    compared = _compared(view, within, by)
    decisions = view.decisions.of_layer(Viewpoint(by), view.rounds.layer(within, None))
    codebook = codebook_in(view, within)
    placed: dict[_Where, list[Coding]] = {}
    for coding in in_force(codebook, view.codings.of_layers(Viewpoint(by), compared.known)):
        placed.setdefault((coding.source, coding.layer), []).append(coding)
    disputes = _disputes(view, compared, decisions, placed)
    return Desk(within, codebook, disputes, compared.left_out)


def order_on(view: View, within: Round, found: Dispute, by: Coder) -> list[int]:
    """Say in which order the coders' sets are shown on a passage while nothing is decided."""
    drawn_there = _compared(view, within, by).drawn(found.source, found.passage.range)
    return [place for place in drawn_there if place in found.order]


def _compared(view: View, within: Round, by: Coder) -> _Compared:
    found = side_by_side(view, within, by)
    coders = tuple(each.coder for each in found.readings)
    layers = tuple(each.layer for each in found.readings)
    return _Compared(within, coders, layers, found.stretches, by)


def _disputes(
    view: View,
    compared: _Compared,
    decisions: Sequence[Decision],
    placed: Mapping[_Where, Sequence[Coding]],
) -> tuple[Dispute, ...]:
    stretches = [each for each in compared.shared if each.complete]
    revisions = view.sources.revisions(list({each.source for each in stretches}))
    found: list[Dispute] = []
    for stretch in stretches:
        source = stretch.source
        mine = [one for one in decisions if one.source == source.id]
        memos = view.codings.memos_compared(Viewpoint(compared.by), compared.known, source)
        for passage in passages(_codings_in(stretch, compared, placed)):
            decision = next((one for one in mine if one.range.overlaps(passage.range)), None)
            on = _On(stretch, revisions[source.id], passage, decision)
            found.append(_dispute(on, compared, _said(passage, memos)))
    order = {source: place for place, source in enumerate(view.sources.all())}
    found.sort(key=lambda each: (order[each.source], each.passage.range))
    return tuple(found)


def _codings_in(
    stretch: Stretch, compared: _Compared, placed: Mapping[_Where, Sequence[Coding]]
) -> list[list[Coding]]:
    """Give what each coder who was given a stretch has there."""
    layers = [compared.layers[place] for place in stretch.readers]
    made = [placed.get((stretch.source.id, layer.id), ()) if layer else () for layer in layers]
    return [[each for each in codings if any(map(stretch.holds, each.ranges))] for codings in made]


@dataclass(frozen=True, slots=True)
class _On:
    """A passage with the coders who were given it in the order of the round."""

    stretch: Stretch
    revision: Revision
    passage: Passage
    decision: Decision | None


def _dispute(on: _On, compared: _Compared, memos: tuple[str, ...]) -> Dispute:
    """Show a passage to who compares: in the order drawn, with what may be read by now."""
    source, readers = on.stretch.source, on.stretch.readers
    drawn_there = compared.drawn(source, on.decision.range if on.decision else on.passage.range)
    order = [place for place in drawn_there if place in readers]
    by_coder = [on.passage.by_coder[readers.index(place)] for place in order]
    in_order = Passage(on.passage.range, tuple(by_coder))
    may_read = compared.names_open or on.decision is not None
    return Dispute(
        source,
        on.revision,
        in_order,
        on.decision,
        tuple(order),
        compared.shown(order),
        memos if may_read else (),
        0 if may_read else len(memos),
    )


def _said(passage: Passage, memos: Sequence[Memo]) -> tuple[str, ...]:
    """Give what was written on the words of a passage, or on a coding that stands there."""
    roots = {coding.root for codings in passage.by_coder for coding in codings}
    return tuple(
        memo.body
        for memo in memos
        if (memo.coding in roots if memo.coding else memo.range.overlaps(passage.range))
    )
