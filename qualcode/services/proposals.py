"""Proposals: what a coder would like the codebook to hold."""

from dataclasses import dataclass
from datetime import UTC, datetime

from qualcode.domain.codebook import folded
from qualcode.domain.display import shortened
from qualcode.domain.errors import RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.proposals import Proposal
from qualcode.domain.rounds import Viewpoint
from qualcode.domain.sources import Source
from qualcode.domain.text import as_stored
from qualcode.services.coding import Seat, may_code, own_layer
from qualcode.services.rounds import whose
from qualcode.services.sources import Spot
from qualcode.store.project import Project

_LONGEST = 80


def propose(project: Project, spot: Spot, *, seat: Seat, label: str = "") -> Proposal:
    """Propose a code with a segment as its first example; in vivo, its words are the label.

    A label is kept on one line, at most 80 characters long.
    """
    segment = may_code(spot)
    words = as_stored(label).text.strip() or segment.of(spot.revision.text)
    fit = shortened(" ".join(words.split()), to=_LONGEST)
    with project.work("propose", by=seat.coder) as work:
        layer = own_layer(work, seat, [spot])
        for other in work.codings.proposals(seat.viewpoint, [layer], source=spot.source):
            if (other.range, folded(other.label)) == (segment, folded(fit)):
                raise RefusedError(
                    f"You proposed “{other.label}” for these words already.",
                    hint="It waits until the lead decides; u takes the last step back.",
                )
        proposal = Proposal(
            new_id(),
            seat.coder.id,
            layer.id,
            spot.source.id,
            spot.revision.id,
            segment,
            fit,
            datetime.now(UTC),
        )
        work.changes.add_proposals([proposal])
    return proposal


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal with its first example: where it stands, its words, and whose it is.

    `who` is empty for one's own; in a sealed round it is a letter.
    """

    proposal: Proposal
    source: Source
    place: str
    words: str
    who: str


def proposals(project: Project, *, by: Coder) -> list[ProposalShown]:
    """List the proposals this person may see, in the order they were made."""
    with project.reading() as view:
        seen = {each.layer.id: each for each in view.rounds.layers_seen(Viewpoint(by))}
        found = view.codings.proposals(Viewpoint(by), [each.layer for each in seen.values()])
        sources = view.sources.by_id({each.source for each in found if each.source})
        people = view.people.by_id()
        shown = []
        for each in found:
            if each.source is None or each.revision is None:
                continue
            passage = view.sources.passage(each.revision, each.range)
            who = whose(seen[each.layer].round, people[each.coder], people, by=by)
            source = sources[each.source]
            shown.append(ProposalShown(each, source, passage.place, passage.words, who))
        return shown
