"""Proposals in the choir study, and the lead who answers them."""

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.proposals import Proposal
from qualcode.domain.restructuring import Place
from qualcode.services import (
    codebook_changes,
    codebooks,
    verdicts,
)
from qualcode.services.codebook_changes import Draft
from qualcode.services.proposals import (
    ProposalShown,
    proposals,
)
from tests.services.conftest import Choir

LAST = Place(part=2)


def book(choir: Choir) -> Codebook:
    return codebooks.codebook(choir.project)


def current(choir: Choir, label: str) -> Code:
    return book(choir).any_code(label)


def named(choir: Choir, name: str) -> Code:
    return next(code for code in book(choir).codes if code.name == name)


def name_of(choir: Choir, proposal: Proposal) -> str:
    shown = proposals(choir.project, by=choir.coder("lead"), answered=True)
    return next(each.name for each in shown if each.proposal.id == proposal.id)


def waiting(choir: Choir) -> list[verdicts.ProposalGroup]:
    return verdicts.waiting(choir.project, by=choir.coder("lead"))


def accept(
    choir: Choir, *made: Proposal, draft: Draft | None = None, at: Place | None = LAST, **more: str
) -> codebook_changes.Changed:
    names = [name_of(choir, each) for each in made]
    return verdicts.accept(
        choir.project, names, by=choir.coder("lead"), draft=draft, at=at, reason=more.get("why", "")
    )


def reword(choir: Choir, *made: Proposal, **wording: object) -> codebook_changes.Changed:
    names = [name_of(choir, each) for each in made]
    lead = choir.coder("lead")
    return verdicts.accept(choir.project, names, by=lead, wording=wording, reason="agreed")


def seen(choir: Choir, who: str) -> list[ProposalShown]:
    return proposals(choir.project, by=choir.coder(who), answered=True)
