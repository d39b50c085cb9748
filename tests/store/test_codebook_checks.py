"""Checking the codebook's story, and the answers to proposals, against the journal."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from qualcode.domain.codebook import Codebook
from qualcode.domain.ids import new_id
from qualcode.domain.proposals import Answer, Verdict
from qualcode.domain.restructuring import Place, merge, move, rename, retire
from tests.store.conftest import Study, tampered

Step = Callable[[Codebook], Codebook]


def change(study: Study, step: Step) -> None:
    """Let the lead change the codebook."""
    with study.project.work("codebook change", by=study.lead) as work:
        work.codebooks.add(step(work.codebooks.current()), reason="why")


def merge_two(book: Codebook) -> Codebook:
    return merge(book, [book.code("TC1A")], book.code("TC1B"))


STEPS: list[Step] = [
    lambda book: rename(book, book.code("TC2A"), key="2z"),
    merge_two,
    lambda book: move(book, book.code("TC2A"), Place(before="TC1B")),
    lambda book: retire(book, book.code("TC1AB")),
]


@pytest.fixture
def lived(study: Study) -> Study:
    """Let the codebook change, a coder propose and the lead answer."""
    for step in STEPS:
        change(study, step)
    proposal = study.proposal(study.ada, study.turn(6), "The timetable again")
    study.add(study.ada, proposal)
    for answer in (Answer.REJECTED, Answer.ACCEPTED):
        verdict = Verdict(
            new_id(),
            proposal.id,
            answer,
            "Said twice.",
            None,
            None,
            study.lead.id,
            datetime.now(UTC),
        )
        with study.project.work("codebook accept", by=study.lead) as work:
            work.verdicts.add([verdict])
        if answer is Answer.REJECTED:
            with study.project.work("codebook undo", by=study.lead) as work:
                work.verdicts.take_back([study.entries()[-1].id])
    assert study.findings() == []
    study.project.close()
    return study


def found_after(study: Study, *statements: str) -> set[tuple[str, str]]:
    tampered(study.place, *statements)
    study.reopen()
    return {(each.kind, each.sentence) for each in study.findings()}


def test_a_story_that_was_told_right_has_no_findings(study: Study) -> None:
    for step in STEPS:
        change(study, step)
    assert study.findings() == []


@pytest.mark.parametrize("field", ["state", "key", "part", "position", "parent", "successors"])
def test_a_version_that_its_changes_do_not_lead_to_is_named(study: Study, field: str) -> None:
    change(study, STEPS[0])
    with study.project.work("codebook merge", by=study.lead) as work:
        book = work.codebooks.current()
        work.codebooks.add(
            merge_two(move(book, book.code("TC1AB"), Place(under="TC1B"))), reason=""
        )
        note = cast("dict[str, Any]", work.ledger.touched["codebook"])
        noted = [code for code in note["changes"].values() if field in code]
        if field in {"key", "part"}:
            note["changes"][str(book.codes[1].id)] = {field: [None, "x"]}
        else:
            assert noted
            del noted[0][field]
    change(study, STEPS[3])
    assert [(each.kind, each.sentence) for each in study.findings()] == [
        ("codebook", "Version 3 of the codebook is not what its changes make of it.")
    ]


TAMPERED = {
    "a state": (
        "UPDATE code_entry SET state = 'in use' WHERE label = 'TC1A' AND state = 'retired'",
        "Version 3 of the codebook was altered.",
    ),
    "where codings go": (
        "UPDATE code_entry SET successors = '[]' WHERE label = 'TC1A' AND state = 'retired'",
        "Version 3 of the codebook is not what its changes make of it.",
    ),
    "an answer": (
        "UPDATE verdict SET outcome = 'joined' WHERE outcome = 'accepted'",
        "An answer to a proposal was altered.",
    ),
    "an answer taken back": (
        "UPDATE verdict SET retired_in = NULL WHERE retired_in IS NOT NULL",
        "An answer to a proposal was altered.",
    ),
    "an answer that stood": (
        "UPDATE verdict SET retired_in = added_in WHERE retired_in IS NULL",
        "An answer to a proposal was altered.",
    ),
    "an answer added": (
        (
            "INSERT INTO verdict SELECT randomblob(16), proposal_id, outcome, '', code_id, version,"
            " decided_by, decided_at, added_in, retired_in FROM verdict LIMIT 1"
        ),
        "An answer to a proposal was altered.",
    ),
    "an answer deleted": (
        "DELETE FROM verdict WHERE outcome = 'accepted'",
        "An answer to a proposal is gone.",
    ),
    "why it was answered so": (
        "UPDATE verdict SET reason = 'x'",
        "The words of a verdict were altered.",
    ),
    "what was proposed": (
        'UPDATE proposal SET wording = \'{"description":"x"}\'',
        "The words of a wording were altered.",
    ),
    "why it was proposed": (
        "UPDATE proposal SET reason = 'x'",
        "The words of a wording were altered.",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_altered_beside_the_program_is_found(lived: Study, what: str) -> None:
    statement, sentence = TAMPERED[what]
    kinds = {sentence: kind for kind, sentence in found_after(lived, statement)}
    assert sentence in kinds
