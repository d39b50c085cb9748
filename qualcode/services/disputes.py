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
from qualcode.domain.rounds import Layer, Round, Viewpoint
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services.readings import compared_coders, may_compare
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
    by: Coder

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
    comparable, left_out = _finished_by_all(view, compared)
    decisions = view.decisions.of_layer(Viewpoint(by), view.rounds.layer(within, None))
    codebook = codebook_in(view, within)
    placed: dict[_Where, list[Coding]] = {}
    for coding in in_force(codebook, view.codings.of_layers(Viewpoint(by), compared.known)):
        placed.setdefault((coding.source, coding.layer), []).append(coding)
    disputes = _disputes(view, comparable, compared, decisions, placed)
    return Desk(within, codebook, disputes, left_out)


def order_on(view: View, within: Round, source: Source, stretch: Range, by: Coder) -> list[int]:
    """Say in which order the coders' sets are shown on a passage on which nothing is decided."""
    return _compared(view, within, by).drawn(source, stretch)


def _compared(view: View, within: Round, by: Coder) -> _Compared:
    coders = compared_coders(view, within)
    layers = tuple(view.rounds.layer(within, coder) for coder in coders)
    return _Compared(within, coders, layers, by)


def _finished_by_all(view: View, compared: _Compared) -> tuple[list[Source], tuple[str, ...]]:
    finished: list[set[Source]] = []
    given: set[Source] = set()
    for coder, layer in zip(compared.coders, compared.layers, strict=True):
        assigned = view.rounds.assigned(compared.within, coder.id)
        rows = view.codings.progress(Viewpoint(compared.by), layer, assigned)
        finished.append({row.source for row in rows if row.finished})
        given |= {row.source for row in rows}
    sources = [one for one in view.sources.all() if one in given]
    by_all = [one for one in sources if finished and all(one in done for done in finished)]
    return by_all, tuple(one.name for one in sources if one not in by_all)


def _disputes(
    view: View,
    sources: Sequence[Source],
    compared: _Compared,
    decisions: Sequence[Decision],
    placed: Mapping[_Where, Sequence[Coding]],
) -> tuple[Dispute, ...]:
    revisions = view.sources.revisions(sources)
    found: list[Dispute] = []
    for source in sources:
        by_coder = [
            placed.get((source.id, layer.id), []) if layer else [] for layer in compared.layers
        ]
        mine = [one for one in decisions if one.source == source.id]
        memos = view.codings.memos_compared(Viewpoint(compared.by), compared.known, source)
        for passage in passages(by_coder):
            decision = next((one for one in mine if one.range.overlaps(passage.range)), None)
            on = _On(source, revisions[source.id], passage, decision)
            found.append(_dispute(on, compared, _said(passage, memos)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _On:
    """A passage with the coders in the order of the round."""

    source: Source
    revision: Revision
    passage: Passage
    decision: Decision | None


def _dispute(on: _On, compared: _Compared, memos: tuple[str, ...]) -> Dispute:
    """Show a passage to who compares: in the order drawn, with what may be read by now."""
    order = compared.drawn(on.source, on.decision.range if on.decision else on.passage.range)
    in_order = Passage(on.passage.range, tuple(on.passage.by_coder[place] for place in order))
    may_read = compared.names_open or on.decision is not None
    return Dispute(
        on.source,
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
