"""All that was decided on a proposal stays to be read, in order."""

from qualcode.domain.people import Role
from qualcode.domain.proposals import Proposal
from qualcode.services import codebook_undo, people, verdicts
from qualcode.services.codebook_changes import Draft
from tests.services.conftest import Choir
from tests.services.proposed import accept, name_of, seen, waiting


def told(choir: Choir, proposal: Proposal, who: str) -> list[str]:
    """Say what was decided on a proposal, without the minutes."""
    (shown,) = (each for each in seen(choir, who) if each.proposal.id == proposal.id)
    days = [f" on {one.at.astimezone():%Y-%m-%d %H:%M}" for one in shown.answers]
    assert all(day in one.sentence for day, one in zip(days, shown.answers, strict=True))
    return [one.sentence.replace(day, "") for day, one in zip(days, shown.answers, strict=True)]


def test_the_reason_of_an_earlier_rejection_can_still_be_read(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead = at_desk.coder("lead")
    eve = people.add(at_desk.project, "eve", role=Role.LEAD, by=lead)
    names = [name_of(at_desk, two_names[0])]
    assert told(at_desk, two_names[0], "a") == []
    verdicts.reject(at_desk.project, names, by=eve, reason="Place and time\ncovers it.")
    verdicts.reconsider(at_desk.project, names, by=lead, reason=" heard again ")
    rejected, again = (
        "rejected by eve: Place and time covers it.",
        "taken back by lead: heard again",
    )
    for who in ("a", "lead"):
        assert told(at_desk, two_names[0], who) == [rejected, again]
    (group,) = waiting(at_desk)
    assert [len(each.answers) for each in group.proposals] == [2, 0]
    verdicts.reject(at_desk.project, names, by=lead, reason="No.")
    verdicts.reconsider(at_desk.project, names, by=eve)
    assert told(at_desk, two_names[0], "a") == [
        rejected,
        again,
        "rejected by lead: No.",
        "taken back by eve",
    ]
    assert told(at_desk, two_names[1], "b") == []
    assert at_desk.is_sound()


def test_an_answer_names_the_version_by_which_it_is_in_force(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead = at_desk.coder("lead")
    accept(at_desk, *two_names, draft=Draft("Cold rooms"), why="one thing")
    codebook_undo.undo(at_desk.project, by=lead)
    joined = "joined with another by lead, codebook version 2: one thing"
    back = "taken back by lead, codebook version 3"
    assert told(at_desk, two_names[1], "b") == [joined, back]
    assert [each.verdict for each in seen(at_desk, "lead")] == [None, None]
    made = codebook_undo.redo(at_desk.project, by=lead)
    again = "brought back by lead, codebook version 4"
    assert told(at_desk, two_names[1], "b") == [joined, back, again]
    standing = [each.verdict for each in seen(at_desk, "lead")]
    assert {one.version for one in standing if one} == {made.codebook.version}
    codebook_undo.undo(at_desk.project, by=lead)
    codebook_undo.redo(at_desk.project, by=lead)
    standing = [each.verdict for each in seen(at_desk, "lead")]
    assert {one.version for one in standing if one} == {6}


def test_in_a_sealed_round_nobody_else_reads_what_was_decided(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    names = [name_of(at_desk, each) for each in two_names]
    verdicts.reject(at_desk.project, names, by=at_desk.coder("lead"), reason="No.")
    assert [each.proposal for each in seen(at_desk, "b")] == [two_names[1]]
