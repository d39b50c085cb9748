"""Double coding: passages drawn for a second reader, and passages shown again to the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import PAIR, Round
from qualcode.domain.sampling import Drawn, Passage, draw, second_readers
from qualcode.domain.sources import Revision, Source
from qualcode.services.assigning import (
    assignable,
    deal_sources,
    everything_is_everybodys,
    present,
)
from qualcode.services.people import lead_only
from qualcode.store.allotments import KeptLot, KeptSample, KeptTurn
from qualcode.store.project import Project, View, Work

ALL = 100


class Strata(StrEnum):
    """Over what a sample is spread."""

    KIND = "kind"
    SOURCE = "source"
    NOTHING = "nothing"

    def of(self, source: Source) -> str:
        """Name the stratum of a source's passages."""
        named = {Strata.KIND: source.kind.value, Strata.SOURCE: source.name}
        return named.get(self, "all passages")


@dataclass(frozen=True, slots=True)
class Lot:
    """A passage of the sample: where it is, why it is in, and who codes it."""

    place: str
    stratum: str
    reason: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn for double coding in a round, and from how many passages."""

    round: Round
    percent: str
    seed: int
    strata: Strata
    among: int
    lots: tuple[Lot, ...]
    dealt: bool = False

    @property
    def pairs(self) -> dict[tuple[str, ...], int]:
        """Count the passages by who codes them."""
        found: dict[tuple[str, ...], int] = {}
        for lot in self.lots:
            found[lot.readers] = found.get(lot.readers, 0) + 1
        return dict(sorted(found.items()))


def draw_sample(
    project: Project, name: str, *, percent: float, strata: Strata, seed: int, by: Coder
) -> Sample:
    """Draw passages and give each to a second coder, pairs in balance; the coders are not told.

    Where every coder has every source, the sources are first dealt out, one coder each.
    Until somebody has begun, another draw takes the place of the first.
    """
    lead_only(by, "draw a sample")
    must_be_a_share(percent)
    with project.work("round sample", by=by) as work:
        within = _samplable(work, name)
        dealt = everything_is_everybodys(work, within)
        if dealt:
            deal_sources(work, within, readers=1)
        material = _Material(work, within)
        drawn = draw(material.passages(strata), percent=percent, seed=seed)
        given = second_readers(drawn, present(work, within), material.owners)
        lots = tuple(_lot(material, each, given.get(each.passage)) for each in drawn)
        kept = KeptSample(f"{percent:g}", seed, strata.value, lots)
        work.allotments.keep_sample(within, kept)
        work.note("round", str(within.id))
        return _shown(work, within, kept, material, dealt=dealt)


def must_be_a_share(percent: float) -> None:
    """Refuse what is no share of the passages."""
    if not 0 < percent <= ALL:
        raise RefusedError(
            f"{percent:g} per cent cannot be drawn.", hint="Draw 10 to 25: --percent 20"
        )


def sample(project: Project, name: str, *, by: Coder) -> Sample:
    """Show what was drawn in a round, and why; to the lead alone."""
    lead_only(by, "look at a sample")
    with project.reading() as view:
        within = view.rounds.named(name)
        kept = view.allotments.sample(within)
        if kept is None:
            raise RefusedError(
                f"No passages were drawn in round {within.name}.",
                hint=f"Draw some: qualcode round sample {within.name} --percent 20",
            )
        return _shown(view, within, kept, _Material(view, within))


def _samplable(work: Work, name: str) -> Round:
    within = assignable(work, name)
    if len(present(work, within)) < PAIR:
        raise RefusedError(
            f"Round {within.name} has one coder; double coding needs two.",
            hint="Set up a round with more: qualcode round new NAME --coders a,b",
        )
    if work.rounds.begun(within):
        raise RefusedError(
            f"Coding in round {within.name} has begun: what each coder has is fixed.",
            hint="Draw for the next round: qualcode round new NAME --coders …",
        )
    return within


class _Material:
    """The passages of a round that can be drawn, and who has their sources whole."""

    def __init__(self, view: View, within: Round) -> None:
        whole = view.allotments.whole(within)
        self.sources = {one.id: one for one in view.sources.all() if whole.get(one.id)}
        self.owners: Mapping[UUID, Sequence[UUID]] = {
            source: [coder for coder in within.coders if coder in whole[source]]
            for source in self.sources
        }
        self.texts: Mapping[UUID, Revision] = view.sources.revisions([*self.sources.values()])

    @property
    def among(self) -> int:
        """Count the passages there are."""
        return sum(source.codable for source in self.sources.values())

    def passages(self, strata: Strata) -> list[Passage]:
        """List the participants' turns of the sources that somebody codes."""
        return [
            Passage(source.id, turn.number, text.text_hash, strata.of(source), source.name)
            for source, text in ((one, self.texts[one.id]) for one in self.sources.values())
            for turn in text.turns
            if turn.codable
        ]

    def kept(self, passage: Passage) -> KeptTurn:
        """Name a passage the way it is kept."""
        text = self.texts[passage.source]
        turn = text.turn(passage.turn)
        if turn is None:
            raise LookupError(passage.turn)
        return KeptTurn(passage.source, text.id, text.turns.index(turn))


def _lot(material: _Material, each: Drawn, given_to: UUID | None) -> KeptLot:
    turn = material.kept(each.passage)
    return KeptLot(turn, each.passage.stratum, each.place, each.taken, each.among, given_to)


def _shown(
    view: View, within: Round, kept: KeptSample, material: _Material, *, dealt: bool = False
) -> Sample:
    people = view.people.by_id()
    assigned = {coder: view.rounds.assigned(within, coder) for coder in within.coders}
    lots = []
    order = {source: at for at, source in enumerate(material.sources)}
    for each in sorted(kept.lots, key=lambda lot: (order[lot.turn.source], lot.turn.ordinal)):
        source = each.turn.source
        number = material.texts[source].turns[each.turn.ordinal].number
        parts = {coder: mine.part(source) for coder, mine in assigned.items()}
        readers = [c for c, part in parts.items() if part is None or each.turn.ordinal in part]
        place = f"{material.sources[source].name}:{number}"
        drawn = Drawn(Passage(source, number, "", each.stratum), each.place, each.taken, each.among)
        names = tuple(people[coder].name for coder in readers)
        lots.append(Lot(place, each.stratum, drawn.reason, names))
    return Sample(
        within,
        kept.percent,
        kept.seed,
        Strata(kept.strata),
        material.among,
        tuple(lots),
        dealt=dealt,
    )
