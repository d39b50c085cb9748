"""Stability of a coder: passages of an earlier round come again, unmarked among new ones."""

from dataclasses import dataclass

from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, Viewpoint
from qualcode.domain.sampling import Passage, draw
from qualcode.services.assigning import assignable
from qualcode.services.people import lead_only
from qualcode.services.sampling import Strata, must_be_a_share
from qualcode.store.allotments import KeptTurn
from qualcode.store.project import Project, View


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many passages each coder gets again, and from how many each were drawn."""

    round: Round
    before: Round
    coders: tuple[Coder, ...]
    given: tuple[int, ...]
    among: tuple[int, ...]


def repeat(
    project: Project, name: str, *, of: str, percent: float, seed: int, by: Coder
) -> Repeated:
    """Give each coder of a round a share of what they coded in an earlier one once more.

    Drawn within kinds of source from the turns they dealt with there; what they have in
    the round anyway is left out. Nothing tells the coder which passages these are.
    """
    lead_only(by, "give passages out again")
    must_be_a_share(percent)
    with project.work("round repeat", by=by) as work:
        within, before = assignable(work, name), work.rounds.named(of)
        if within.id == before.id:
            raise RefusedError(
                "A round cannot repeat itself.", hint="Name an earlier one: --of ROUND"
            )
        people = work.people.by_id()
        coders = [people[one] for one in within.coders if before.has(people[one])]
        given, among = [], []
        for coder in coders:
            turns = _dealt_with(work, before, coder, by=by)
            theirs = work.rounds.assigned(within, coder.id)
            fresh = {p: turn for p, turn in turns.items() if theirs.part(turn.source) is not None}
            drawn = draw(fresh, percent=percent, seed=seed) if fresh else []
            again = [fresh[each.passage] for each in drawn]
            given.append(work.allotments.give_turns(within, coder.id, again))
            among.append(len(fresh))
        if not any(given):
            raise RefusedError(
                f"Nobody in round {within.name} coded anything in round {before.name} "
                "that they do not have again as it is.",
                hint="See who has what: qualcode round assign",
            )
        work.note("round", str(within.id))
        return Repeated(within, before, tuple(coders), tuple(given), tuple(among))


def _dealt_with(view: View, before: Round, coder: Coder, *, by: Coder) -> dict[Passage, KeptTurn]:
    """Give the turns a coder coded or marked as read in a round."""
    layer = view.rounds.layer(before, coder)
    assigned = view.rounds.assigned(before, coder.id)
    sources = [one for one in view.sources.all() if assigned.has(one.id)]
    found: dict[Passage, KeptTurn] = {}
    for source in sources:
        desk = view.codings.desk(Viewpoint(by), layer, source)
        text = assigned.read(view.sources.revision(source))
        for ordinal, turn in enumerate(text.turns):
            if turn.codable and desk.deals_with(turn.range):
                stratum = Strata.KIND.of(source)
                passage = Passage(source.id, turn.number, text.text_hash, stratum, source.name)
                found[passage] = KeptTurn(source.id, text.id, ordinal)
    return found
