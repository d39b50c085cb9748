"""Themes as they are kept."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.themes import Theme
from qualcode.store.checks import check
from qualcode.store.opening import open_project
from qualcode.store.themes import UNDO
from tests.store.conftest import Study, tampered

ADDED = """
    INSERT INTO theme_entry
    SELECT theme_id, 2, name, claim, position, codes, counter_examples, state, added_in
    FROM theme_entry
"""
SAID = "Nobody ever asks"


def kept(study: Study, theme: Theme, by: Coder, kind: str = "theme reword") -> Theme:
    with study.project.work(kind, by=by) as work:
        work.themes.keep([theme])
    return theme


def drafted(study: Study, by: Coder, name: str = SAID) -> Theme:
    code = study.codebook.code("TC1A").id
    return Theme(new_id(), by.id, name, "They wait.", (code,), ("Q0000000",), 1)


def test_a_theme_comes_back_as_it_was_kept(study: Study) -> None:
    first = kept(study, drafted(study, study.ada), study.ada)
    second = kept(study, replace(first, claim="They wait in vain."), study.ada)
    with study.project.reading() as view:
        assert view.themes.all() == [second]
        assert [one.theme for one in view.themes.history(second)] == [first, second]


def test_a_step_reads_back_as_it_was_before_it_and_a_new_theme_as_withdrawn(study: Study) -> None:
    first = kept(study, drafted(study, study.ada), study.ada)
    kept(study, replace(first, name="Chairs"), study.ada)
    kept(study, drafted(study, study.ben), study.ben)
    for expected in (first, None):
        with study.project.work(UNDO, by=study.ada) as work:
            work.themes.keep(work.themes.before(work.themes.steps(study.ada).done[-1], study.ada))
        with study.project.reading() as view:
            mine = [one for one in view.themes.all() if one.owner == study.ada.id]
            assert mine == ([expected] if expected else [])
    with study.project.reading() as view:
        steps = view.themes.steps(study.ada)
        assert (len(steps.done), len(steps.undone)) == (0, 2)
        assert len(view.themes.steps(study.ben).done) == 1


def test_the_words_of_a_theme_stand_beside_the_hashed_fields(study: Study) -> None:
    kept(study, drafted(study, study.ada), study.ada)
    with study.project.reading() as view:
        *_before, entry = view.journal.entries()
        assert SAID not in json.dumps(dict(entry.touched))
        assert SAID in view.journal.words(entry.id)[0].values()
    assert check(study.project) == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE theme_entry SET name = 'Somebody asks'",
        "UPDATE theme_entry SET claim = ''",
        "UPDATE theme_entry SET codes = '[]'",
        "UPDATE theme_entry SET counter_examples = '[\"Q0000001\"]'",
        "UPDATE theme_entry SET state = 'retired'",
        "UPDATE theme_entry SET position = 7",
        "DELETE FROM theme_entry",
        "UPDATE theme SET coder_id = (SELECT id FROM coder WHERE folded = 'ben')",
        "UPDATE theme_entry SET added_in = (SELECT id FROM entry WHERE number = 1)",
        ADDED,
    ],
)
def test_a_theme_changed_beside_the_program_is_found(file_study: Study, harm: str) -> None:
    kept(file_study, drafted(file_study, file_study.ada), file_study.ada)
    file_study.project.close()
    tampered(Path(file_study.place), harm)
    project = open_project(file_study.place)
    assert {one.kind for one in check(project)} == {"theme"}
    project.close()


def test_words_that_were_erased_are_no_finding(file_study: Study) -> None:
    kept(file_study, drafted(file_study, file_study.ada), file_study.ada)
    file_study.project.close()
    erase = "DELETE FROM entry_words WHERE entry_id IN (SELECT added_in FROM theme_entry)"
    tampered(Path(file_study.place), erase)
    project = open_project(file_study.place)
    assert check(project) == []
    project.close()
