"""Comparison: what else stands under a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.lineage import ids_of, in_force
from qualcode.domain.quotations import pieced
from qualcode.domain.rounds import Layer
from qualcode.domain.sources import Source
from qualcode.domain.text import Range
from qualcode.services.coding import Seat
from qualcode.services.signing import whose
from qualcode.store.project import Project, View


@dataclass(frozen=True, slots=True)
class Other:
    """A passage under the code: where it stands, its words, and who sees it so.

    `who` is empty for one's own; in a sealed round it is a coder. `in_round` says in which
    round, where passages of more than one are listed.
    """

    coding: Coding
    source: Source
    place: str
    words: str
    who: str
    round: str
    in_round: str

    @property
    def passage(self) -> tuple[UUID, tuple[Range, ...]]:
        """What is the same for all who coded these words."""
        return self.source.id, self.coding.ranges

    @property
    def signed(self) -> str:
        """Say where it stands, whose it is if not one's own, and in which round it was coded."""
        return " · ".join(piece for piece in (self.place, self.who, self.in_round) if piece)


def others_under(project: Project, code: Code, *, seat: Seat, first: int = 50) -> list[Other]:
    """List the passages under a code, the newest first: one's own, and those one may see.

    They come from every round; the consensus is left out, for it repeats what coders did.
    Where some are not to be told by whom, all stand in the order of the sources: one by
    time would part the coders.
    """
    with project.reading() as view:
        people = view.people.by_id()
        seen = view.rounds.layers_seen(seat.viewpoint)
        layers = [each.layer for each in seen if each.layer.coder is not None]
        who = {
            each.layer.id: whose(each.round, people[each.layer.coder], by=seat.coder)
            for each in seen
            if each.layer.coder is not None
        }
        ids = ids_of(seat.codebook, code)
        codings = in_force(seat.codebook, _chosen(view, seat, ids, layers, first=first))
        sources = view.sources.by_id({coding.source for coding in codings})
        made_in = {each.layer.id: each.round.name for each in seen}
        several = len({made_in[coding.layer] for coding in codings}) > 1
        return [
            Other(
                coding,
                sources[coding.source],
                *_passage(view, coding),
                who[coding.layer],
                made_in[coding.layer],
                f"round {made_in[coding.layer]}" if several else "",
            )
            for coding in codings
        ]


def _chosen(
    view: View, seat: Seat, ids: Sequence[UUID], layers: Sequence[Layer], *, first: int
) -> list[Coding]:
    """Read the newest codings, or, where some are not to be told by whom, the first by place."""
    known = {each.layer.id for each in view.rounds.layers_known(seat.viewpoint)}
    if all(layer.id in known for layer in layers):
        return view.codings.newest_of_codes(seat.viewpoint, ids, layers, first=first)
    found = view.codings.of_codes(seat.viewpoint, ids, layers)
    sources = view.sources.by_id({coding.source for coding in found})
    found.sort(key=lambda one: (sources[one.source].position, one.ranges, one.words_hash))
    return found[:first]


def _passage(view: View, coding: Coding) -> tuple[str, str]:
    """Write where a coding stands, and the words of all its ranges."""
    whole = view.sources.passage(coding.revision, coding.extent)
    if len(coding.ranges) == 1:
        return whole.place, whole.words
    pieces = [view.sources.passage(coding.revision, each).words for each in coding.ranges]
    return whole.place, pieced(pieces)
