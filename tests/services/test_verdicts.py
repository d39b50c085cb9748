"""What the lead makes of proposals, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.people import Coder, Role
from qualcode.domain.proposals import Answer, Proposal
from qualcode.services import (
    codebook_changes,
    codebook_undo,
    codebooks,
    history,
    people,
    verdicts,
)
from qualcode.services.codebook_changes import Draft
from qualcode.services.proposals import proposals, propose_wording
from tests.services.conftest import OTHER_WHEN, WHEN, Choir
from tests.services.proposed import (
    LAST,
    accept,
    book,
    current,
    name_of,
    named,
    reword,
    seen,
    waiting,
)


def test_two_wordings_made_apart_stand_side_by_side_with_the_text_in_force(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    before = book(at_desk)
    (group,) = waiting(at_desk)
    one, other = (name_of(at_desk, each) for each in two_wordings)
    assert group.code == before.code("CH2A")
    assert [each.who for each in group.proposals] == ["a coder", "a coder"]
    fields = {each.field: (each.now, each.proposed) for each in group.fields}
    assert fields == {
        "description": ("Hall, bus, hours, weather.", ((other, "How people get there."),)),
        "include": ((), ((one, WHEN["include"]), (other, OTHER_WHEN["include"]))),
    }
    assert book(at_desk) == before


def test_a_wording_that_is_picked_reads_so_in_the_next_version(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    before, (one, other) = book(at_desk), two_wordings
    made = reword(at_desk, other)
    assert made.codebook.version == before.version + 1
    assert current(at_desk, "CH2A") == replace(before.code("CH2A"), **OTHER_WHEN)  # type: ignore[arg-type]
    verdict = seen(at_desk, "b")[0].verdict
    assert verdict is not None
    assert (verdict.answer, verdict.reason) == (Answer.ACCEPTED, "agreed")
    assert (verdict.code, verdict.version) == (other.code, made.codebook.version)
    (still,) = waiting(at_desk)
    assert [each.proposal for each in still.proposals] == [one]
    assert at_desk.is_sound()


def test_wordings_that_differ_are_joined_by_what_the_lead_says(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    with pytest.raises(RefusedError, match="differ on “when to use”"):
        reword(at_desk, *two_wordings)
    both = ("Talk of the bus.", "Any way home.")
    made = reword(at_desk, *two_wordings, include=both)
    code = current(at_desk, "CH2A")
    assert (code.include, code.description) == (both, OTHER_WHEN["description"])
    answers = {each.verdict.answer for each in seen(at_desk, "lead") if each.verdict}
    assert answers == {Answer.JOINED}
    assert made.codebook.version == book(at_desk).version
    assert waiting(at_desk) == []


def test_all_texts_remain_when_proposals_are_answered(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    reword(at_desk, *two_wordings, include=("Any way home.",))
    assert [each.proposal for each in seen(at_desk, "lead")] == list(two_wordings)
    assert proposals(at_desk.project, by=at_desk.coder("lead")) == []
    versions = [codebooks.codebook(at_desk.project, number).code("CH2A") for number in (1, 2)]
    assert [code.include for code in versions] == [(), ("Any way home.",)]


def test_a_wording_written_before_the_last_change_says_so(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    assert waiting(at_desk)[0].hints == ()
    name = name_of(at_desk, two_wordings[1])
    reword(at_desk, two_wordings[0])
    (hint,) = waiting(at_desk)[0].hints
    title = current(at_desk, "CH2A").title
    assert hint == f"{name} was written against version 1; {title} has changed since."


def test_rewording_a_retired_code_can_only_be_rejected(
    at_desk: Choir, two_wordings: tuple[Proposal, Proposal]
) -> None:
    lead, code = at_desk.coder("lead"), current(at_desk, "CH2A")
    codebook_changes.merge(
        at_desk.project, [code], into=current(at_desk, "CH1A"), by=lead, reason="the same"
    )
    (group,) = waiting(at_desk)
    into = current(at_desk, "CH1A").title
    assert set(group.hints) == {f"{code.title} is retired; {into} took its place."}
    with pytest.raises(NotFoundError, match="retired"):
        reword(at_desk, two_wordings[0])
    names = [each.name for each in group.proposals]
    verdicts.reject(at_desk.project, names, by=lead, reason="merged")
    assert waiting(at_desk) == []


def test_undoing_lets_the_proposals_wait_again_and_redoing_answers_them(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead = at_desk.coder("lead")
    accept(at_desk, *two_names, draft=Draft("Cold rooms"))
    assert waiting(at_desk) == []
    codebook_undo.undo(at_desk.project, by=lead)
    (group,) = waiting(at_desk)
    assert [each.proposal for each in group.proposals] == list(two_names)
    codebook_undo.redo(at_desk.project, by=lead)
    assert waiting(at_desk) == []
    assert {each.verdict.version for each in seen(at_desk, "a") if each.verdict} == {4}
    assert at_desk.is_sound()


def test_what_was_answered_otherwise_since_cannot_be_brought_back(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead = at_desk.coder("lead")
    accept(at_desk, two_names[0])
    codebook_undo.undo(at_desk.project, by=lead)
    name = name_of(at_desk, two_names[0])
    verdicts.reject(at_desk.project, [name], by=lead, reason="no")
    with pytest.raises(RefusedError, match="another answer by now"):
        codebook_undo.redo(at_desk.project, by=lead)
    verdicts.reconsider(at_desk.project, [name], by=lead)
    codebook_undo.redo(at_desk.project, by=lead)
    assert named(at_desk, "Cold halls").in_use


def test_a_rejection_gives_its_reason_to_the_coder_and_changes_no_codebook(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead, before = at_desk.coder("lead"), book(at_desk)
    names = [name_of(at_desk, each) for each in two_names]
    with pytest.raises(RefusedError, match="needs a reason"):
        verdicts.reject(at_desk.project, names, by=lead, reason=" ")
    verdicts.reject(at_desk.project, names, by=lead, reason="Place and time covers it.")
    assert book(at_desk) == before
    (mine,) = seen(at_desk, "a")
    assert mine.verdict is not None
    assert (mine.verdict.answer, mine.verdict.reason) == (
        Answer.REJECTED,
        "Place and time covers it.",
    )
    assert (mine.verdict.version, mine.answered_by) == (None, "lead")
    assert proposals(at_desk.project, by=at_desk.coder("a")) == []
    assert at_desk.is_sound()


def test_an_answer_thought_over_lets_the_proposal_wait_again(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead, name = at_desk.coder("lead"), name_of(at_desk, two_names[0])
    with pytest.raises(RefusedError, match="no answer yet"):
        verdicts.reconsider(at_desk.project, [name], by=lead)
    verdicts.reject(at_desk.project, [name], by=lead, reason="no")
    verdicts.reconsider(at_desk.project, [name], by=lead)
    (group,) = waiting(at_desk)
    assert [each.proposal for each in group.proposals] == list(two_names)
    accept(at_desk, two_names[0])
    with pytest.raises(RefusedError, match="version 2"):
        verdicts.reconsider(at_desk.project, [name], by=lead)
    assert at_desk.is_sound()


ANSWERS: dict[str, Callable[[Choir, str, Coder], object]] = {
    "accepted": lambda choir, name, by: verdicts.accept(choir.project, [name], by=by, at=LAST),
    "rejected": lambda choir, name, by: verdicts.reject(choir.project, [name], by=by, reason="no"),
}


@pytest.mark.parametrize("first", ANSWERS)
@pytest.mark.parametrize("second", ANSWERS)
def test_a_second_lead_hears_who_answered_and_when(
    at_desk: Choir, two_names: tuple[Proposal, Proposal], first: str, second: str
) -> None:
    lead = at_desk.coder("lead")
    other = people.add(at_desk.project, "eve", role=Role.LEAD, by=lead)
    name = name_of(at_desk, two_names[0])
    ANSWERS[first](at_desk, name, other)
    before = at_desk.entries()
    with pytest.raises(RefusedError, match=rf"“Cold halls” was {first} by eve on \d{{4}}-"):
        ANSWERS[second](at_desk, name, lead)
    assert at_desk.entries() == before


def test_only_the_lead_answers(at_desk: Choir, two_names: tuple[Proposal, Proposal]) -> None:
    a, name = at_desk.coder("a"), name_of(at_desk, two_names[0])
    for answer in ANSWERS.values():
        with pytest.raises(RefusedError, match="Only the lead"):
            answer(at_desk, name, a)
    with pytest.raises(RefusedError, match="Only the lead"):
        verdicts.waiting(at_desk.project, by=a)
    with pytest.raises(RefusedError, match="Only the lead"):
        verdicts.reconsider(at_desk.project, [name], by=a)


def test_the_lead_adds_only_examples_that_stand_or_were_named_before(at_desk: Choir) -> None:
    gone = at_desk.example_once("CH2A")
    made = propose_wording(
        at_desk.project, current(at_desk, "CH2A"), OTHER_WHEN, seat=at_desk.seat("a")
    )
    with pytest.raises(NotFoundError, match="no quotation “QQQQQQQQ”"):
        reword(at_desk, made, examples=(gone, "QQQQQQQQ"))
    reword(at_desk, made, examples=(gone, "The hall."))
    assert current(at_desk, "CH2A").examples == (gone, "The hall.")


def test_proposals_about_different_things_are_not_joined(
    at_desk: Choir, two_names: tuple[Proposal, Proposal], two_wordings: tuple[Proposal, Proposal]
) -> None:
    with pytest.raises(RefusedError, match="not about the same"):
        reword(at_desk, two_names[0], two_wordings[0])
    with pytest.raises(RefusedError, match="keeps its name and its place"):
        accept(at_desk, two_wordings[0], draft=Draft("Ways"))
    with pytest.raises(RefusedError, match="No proposal is named"):
        reword(at_desk)
    with pytest.raises(NotFoundError, match="no proposal “pffff”"):
        verdicts.reject(at_desk.project, ["pffff"], by=at_desk.coder("lead"), reason="no")


def test_in_a_blind_round_an_answer_is_seen_only_by_the_proposer(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead, name = at_desk.coder("lead"), name_of(at_desk, two_names[1])
    before = len(history.history(at_desk.project, by=at_desk.coder("a"), newest=100))
    verdicts.reject(at_desk.project, [name], by=lead, reason="no")
    verdicts.reconsider(at_desk.project, [name], by=lead)
    after = history.history(at_desk.project, by=at_desk.coder("a"), newest=100)
    assert len(after) == before
    newest = history.history(at_desk.project, by=at_desk.coder("b"), newest=2)
    assert [(each.who, each.words) for each in newest] == [
        ("lead", "let wait again what was proposed: “The hall is cold”"),
        ("lead", "rejected what was proposed: “The hall is cold”"),
    ]


def test_an_answered_proposal_is_not_taken_back(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead, a = at_desk.coder("lead"), at_desk.coder("a")
    assert history.waiting(at_desk.project, by=a).undo
    accept(at_desk, two_names[0])
    assert history.waiting(at_desk.project, by=a).undo == ""
    with pytest.raises(RefusedError, match="the lead has answered"):
        history.undo(at_desk.project, by=a)
    codebook_undo.undo(at_desk.project, by=lead)
    history.undo(at_desk.project, by=a)
    (group,) = waiting(at_desk)
    assert [each.proposal for each in group.proposals] == [two_names[1]]
    assert at_desk.is_sound()
