"""Who proposed a code, as far as a person may know."""

from collections.abc import Sequence

from qualcode.domain.codebook import Code
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Viewpoint
from qualcode.services.proposals import ProposalShown, fit_label
from qualcode.services.signing import SOMEBODY, whose
from qualcode.store.project import Project, View


def proposers(project: Project, code: Code, *, by: Coder) -> tuple[str, ...]:
    """Name who proposed a code as a new one, in the order they did, each once.

    Who is in a sealed round is a coder of that round to the lead, and left out to others. Of
    a code that came into the codebook otherwise it names nobody. `card()` takes them as its
    `proposers` and leaves out those whom the entry names itself.
    """
    with project.reading() as view:
        answered = {one.proposal for one in view.verdicts.all().values() if one.code == code.id}
        if not answered:
            return ()
        seen = {each.layer.id: each for each in view.rounds.layers_seen(Viewpoint(by))}
        found = view.codings.proposals(Viewpoint(by), [each.layer for each in seen.values()])
        people = view.people.by_id()
        named: dict[str, None] = {}
        for one in found:
            if one.id in answered and not one.rewords:
                within = seen[one.layer].round
                who = whose(within, people[one.coder], by=by) or by.name
                named[f"{who} of round {within.name}" if who == SOMEBODY else who] = None
        return tuple(named)


def known_to_all(view: View, chosen: Sequence[ProposalShown]) -> tuple[str, ...]:
    """Name who made proposals, each once, but for those whose round is sealed by now.

    What is written in the codebook stays, and everybody reads it.
    """
    people = view.people.by_id()
    names = [
        people[each.proposal.coder].name
        for each in chosen
        if not view.rounds.of_layer(each.proposal.layer).sealed_from_view
    ]
    return tuple(dict.fromkeys(names))


def names_for_all(view: View, chosen: Sequence[ProposalShown]) -> list[str]:
    """List the names proposed that everybody may read.

    While a round is sealed, the words of a passage that somebody marked in it are left out.
    """
    return [
        each.proposal.label
        for each in chosen
        if not view.rounds.of_layer(each.proposal.layer).sealed_from_view
        or not each.words
        or fit_label(each.words) != each.proposal.label
    ]


def reasons_for_all(view: View, chosen: Sequence[ProposalShown]) -> str:
    """Give the reasons for proposals that everybody may read, each once.

    Those of a round that is sealed by now stay with the lead, who gives a reason of their own.
    """
    reasons = [
        each.proposal.reason
        for each in chosen
        if each.proposal.reason and not view.rounds.of_layer(each.proposal.layer).sealed_from_view
    ]
    return "; ".join(dict.fromkeys(reasons))
