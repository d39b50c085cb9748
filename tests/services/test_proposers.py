"""Who proposed a code is known to those who may know it, and is never lost."""

from qualcode.domain.proposals import Proposal
from qualcode.services import verdicts
from qualcode.services.codebook_changes import Draft
from qualcode.services.proposals import propose_code
from qualcode.services.proposers import proposers
from tests.services.conftest import Choir
from tests.services.proposed import accept, current, name_of, named, reword


def who(choir: Choir, name: str, by: str) -> tuple[str, ...]:
    return proposers(choir.project, named(choir, name), by=choir.coder(by))


def test_who_proposed_is_a_coder_of_the_round_until_that_is_closed(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    accept(at_desk, *two_names, draft=Draft("Cold rooms"))
    assert who(at_desk, "Cold rooms", "lead") == ("a coder of round r1",)
    assert who(at_desk, "Cold rooms", "a") == ("a",)
    assert who(at_desk, "Cold rooms", "b") == ("b",)
    at_desk.turn_to("closed")
    assert who(at_desk, "Cold rooms", "lead") == ("a", "b")
    assert who(at_desk, "Cold rooms", "b") == ("a", "b")
    assert named(at_desk, "Cold rooms").proposed_by == ""


def test_the_entry_names_those_whose_round_is_open_to_view(at_desk: Choir) -> None:
    free = propose_code(at_desk.project, Draft("Tea"), seat=at_desk.seat("a", "free"))
    sealed = propose_code(at_desk.project, Draft("Teas"), seat=at_desk.seat("b"))
    accept(at_desk, sealed, free, draft=Draft("Tea"))
    assert named(at_desk, "Tea").proposed_by == "a"
    assert set(who(at_desk, "Tea", "lead")) == {"a", "a coder of round r1"}
    assert who(at_desk, "Tea", "a") == ("a",)


def test_a_code_that_was_there_was_proposed_by_nobody_who_reworded_it(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    reword(at_desk, two_wordings[0])
    code = current(at_desk, "CH2A")
    assert proposers(at_desk.project, code, by=at_desk.coder("lead")) == ()


def test_what_is_rejected_or_waits_made_no_code(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead = at_desk.coder("lead")
    accept(at_desk, two_names[0])
    verdicts.reject(at_desk.project, [name_of(at_desk, two_names[1])], by=lead, reason="Same.")
    assert who(at_desk, "Cold halls", "lead") == ("a coder of round r1",)
