"""Whatever people do at once and whoever is killed: all that was told is so, and was so then."""

import os
import random
from pathlib import Path

import pytest

from qualcode.services import code_counts, codebooks, coding, people, sources
from qualcode.services.safekeeping import check
from qualcode.store.project import Project
from tests.services.together.history_check import Question, complaints
from tests.services.together.history_coder import CODED
from tests.services.together.history_model import READS, State
from tests.services.together.history_run import Plan, journal, questions, study, work
from tests.services.together.sabotage import SABOTAGES

SMALL = ("ada", "ada", "lead")
LARGE = ("ada", "ada", "ben", "cem", "lead", "lead")


def chosen_seed() -> int:
    """Choose a seed, or take the one that is to be run again."""
    return int(os.environ.get("QUALCODE_SEED") or random.randrange(10**6))


def told_against(place: str, folder: Path, plan: Plan) -> tuple[list[str], list[Question]]:
    """Let a crew work; give what does not agree with the model, and all that was asked."""
    coders = sorted(set(plan.crew) - {"lead"})
    project, start = study(place, coders)
    statuses = work(place, folder, plan)
    asked = questions(folder)
    wrong, end = complaints(start, journal(project), asked)
    wrong += [f"somebody stopped with exit status {one}" for one in statuses if one]
    wrong += [
        f"{one} — {one.told['sentence']}"
        for one in asked
        if one.told.get("refused") == "ProjectError"
    ]
    wrong += [finding.sentence for finding in check(project)]
    if not wrong:
        wrong += different(project, end, coders)
    project.close()
    return wrong, asked


def different(project: Project, end: State, coders: list[str]) -> list[str]:
    """Say in what a study differs from what the model makes of it."""
    book = codebooks.codebook(project)
    labels = {code.id: code.label for code in book.codes}
    names = {code.label: code.name for code in book.codes}
    said: list[tuple[str, list[str], object]] = [
        ("read codebook", [], {"version": book.version, "names": names})
    ]
    for name in coders:
        seat = coding.take_seat(project, people.named(project, name), CODED)
        counts = code_counts.counts(project, by=seat.coder, round_name=CODED).items()
        counted = {labels[one]: [count.own, count.sources] for one, count in counts}
        said.append(("read counts", [name], counted))
        for source in sources.sources(project):
            desk = coding.desk_of(project, source, seat=seat)
            codings = sorted([*each.extent, labels[each.code]] for each in desk.codings)
            marks = sorted([*each.range] for each in desk.marks)
            said.append(("read desk", [name, source.name], {"codings": codings, "marks": marks}))
    return [
        f"{what} {words}: {told}, expected {READS[what](end, words)}"
        for what, words, told in said
        if READS[what](end, words) != told
    ]


@pytest.mark.parametrize(
    ("crew", "kills", "between"),
    [(SMALL, 3, 25), pytest.param(LARGE, 20, 150, marks=pytest.mark.long)],
)
def test_all_that_was_told_is_so_and_was_so_then(
    place: str, tmp_path: Path, crew: tuple[str, ...], kills: int, between: int
) -> None:
    plan = Plan(crew, kills, between, chosen_seed())
    wrong, asked = told_against(place, tmp_path, plan)
    assert wrong == [], f"{plan}; logs in {tmp_path}"
    assert {one.by.split("-")[1] for one in asked if one.heard} == set(crew)


@pytest.mark.long
@pytest.mark.parametrize("broken", SABOTAGES)
def test_a_broken_store_is_noticed(place: str, tmp_path: Path, broken: str) -> None:
    plan = Plan(LARGE, 0, 2000, chosen_seed(), broken)
    wrong, _asked = told_against(place, tmp_path, plan)
    assert wrong, plan
