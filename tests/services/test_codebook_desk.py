"""The codebook as it lies before one person."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from qualcode.domain.codebook import Codebook
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebook_desk, codebooks, people, projects, rounds
from qualcode.services.codebook_changes import Draft
from qualcode.store.project import Project
from tests.conftest import Qualcode


@pytest.fixture
def project(qualcode: Qualcode) -> Iterator[Project]:
    with closing(projects.begin(qualcode.at, name="S", lead="lead")) as begun:
        codebooks.load(begun, "osspc", by=people.lead(begun))
        yield begun


def test_it_says_what_can_be_taken_back_and_which_rounds_are_behind(project: Project) -> None:
    lead = people.lead(project)
    ada = people.add(project, "ada", by=lead)
    rounds.new(project, "r1", coders=["ada"], by=lead)
    codebook_changes.add(project, Draft("Phone"), Place(part=1), by=lead, reason="new")
    desk = codebook_desk.lay_out(project, by=lead)
    assert desk.codebook.version == 2
    assert desk.undo is not None
    assert desk.undo.reason == "new"
    assert [one.name for one in desk.behind] == ["r1"]
    assert codebook_desk.lay_out(project, by=ada).undo is None


def test_a_version_that_is_known_is_not_read_again(project: Project) -> None:
    lead = people.lead(project)
    known = codebooks.codebook(project)
    assert codebook_desk.lay_out(project, by=lead, known=known).codebook is known
    codebook_changes.add_part(project, "Odds", by=lead)
    assert codebook_desk.lay_out(project, by=lead, known=known).codebook.version == 2
    assert codebook_desk.lay_out(project, by=lead, known=Codebook(0)).codebook.version == 2


def test_versions_of_one_code_are_those_that_changed_it(project: Project) -> None:
    lead = people.lead(project)
    code = codebooks.codebook(project).code("1b")
    codebook_changes.add_part(project, "Odds", by=lead)
    codebook_changes.rename(project, code, name="Worse", by=lead)
    numbers = [made.version.number for made in codebook_desk.versions_of(project, code)]
    assert numbers == [3, 1]
    assert [made.who for made in codebook_desk.versions(project)] == ["lead"] * 3
