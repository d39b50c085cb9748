"""Versions of the codebook as they are kept."""

from dataclasses import replace

import pytest

from qualcode.domain.codebook import Codebook, Part
from qualcode.domain.errors import NotFoundError
from qualcode.domain.ids import new_id
from tests.store.conftest import Study, codebook_of


def added(study: Study, codebook: Codebook) -> Codebook:
    with study.project.work("codebook load", by=study.lead) as work:
        return work.codebooks.add(codebook, reason="a better one")


def test_a_codebook_comes_back_as_it_was_loaded(study: Study) -> None:
    with study.project.reading() as view:
        assert view.codebooks.current() == view.codebooks.version(1) == study.codebook


def test_the_first_codebook_is_none_at_all(study: Study) -> None:
    with study.project.reading() as view:
        assert view.codebooks.version(0) == Codebook(0)
        with pytest.raises(NotFoundError):
            view.codebooks.version(2)


def test_an_earlier_version_stays_as_it_was(study: Study) -> None:
    codes = list(study.codebook.codes)
    codes[1] = replace(codes[1], name="Another name", examples=("“So.”",))
    another = replace(codebook_of("TC9").codes[0], id=new_id(), position=4)
    second = added(study, replace(study.codebook, codes=(*codes, another)))
    with study.project.reading() as view:
        assert view.codebooks.version(1) == study.codebook
        assert view.codebooks.current() == second
    assert second.version == 2
    assert study.findings() == []


def test_parts_belong_to_their_version(study: Study) -> None:
    third = Part(3, "Leaving")
    second = added(study, replace(study.codebook, parts=(third, *study.codebook.parts)))
    added(study, replace(second, parts=study.codebook.parts))
    with study.project.reading() as view:
        titles = [[part.title for part in view.codebooks.version(one).parts] for one in (1, 2, 3)]
    assert titles == [["Waiting"], ["Waiting", "Leaving"], ["Waiting"]]
    assert study.findings() == []
