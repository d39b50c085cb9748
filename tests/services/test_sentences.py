"""Sentences: cut once, kept with the revision, by rules or by a model that is installed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import spacy

from qualcode.domain.errors import QualcodeError
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import people, projects, sources
from qualcode.services.sentences import sentences_of
from qualcode.store.project import Project
from tests.conftest import Qualcode

TEXT = "INT: Well?\n\nR1: It rained. We stayed in… then we went."


@contextmanager
def _study(place: str, *, model: str = "") -> Iterator[Project]:
    with closing(projects.begin(place, name="Study", lead="lead", sentence_model=model)) as project:
        upload = Upload("Rain.txt", TEXT.encode())
        sources.take_in(project, upload, wishes=Wishes(), by=people.lead(project))
        yield project


def _words(project: Project) -> list[str]:
    _source, revision = sources.read(project, "Rain")
    return [stretch.of(revision.text) for stretch in sentences_of(project, revision)]


def test_an_ellipsis_ends_a_stretch_of_speech(qualcode: Qualcode) -> None:
    with _study(qualcode.at) as project:
        assert _words(project) == ["Well?", "It rained.", "We stayed in…", "then we went."]


def test_sentences_are_cut_once_and_kept(
    qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _study(qualcode.at) as project:
        before = _words(project)
        monkeypatch.setattr("qualcode.language.sentences.sentences", None)
        assert _words(project) == before


def test_an_installed_model_cuts_in_its_own_way(qualcode: Qualcode, tmp_path: Path) -> None:
    model = spacy.blank("en")
    model.add_pipe("sentencizer", config={"punct_chars": ["?"]})
    model.to_disk(tmp_path / "model")
    with _study(qualcode.at, model=str(tmp_path / "model")) as project:
        assert _words(project) != ["Well?", "It rained.", "We stayed in…", "then we went."]
        assert _words(project)[:1] == ["Well?"]


def test_a_model_that_is_missing_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    place = tmp_path / "study.qualcode"
    with pytest.raises(QualcodeError, match="not installed"), _study(str(place), model="no_such"):
        raise AssertionError
    assert not place.exists()
