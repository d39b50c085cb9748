"""Sources, texts and people as they are kept."""

from dataclasses import replace

import pytest

from qualcode.domain.errors import AlreadyThereError, UnknownCoderError, UnknownSourceError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from qualcode.domain.places import written
from qualcode.domain.sources import SourceKind, Turn, TurnRole
from qualcode.domain.text import Range
from tests.store.conftest import FERRY, Study, revision_of


def test_a_text_comes_back_code_point_by_code_point(study: Study) -> None:
    with study.project.reading() as view:
        revision = view.sources.revision(view.sources.named("fg1"))
    assert revision == study.texts[study.ferry.id]
    assert [turn.range.of(revision.text) for turn in revision.turns] == [
        words for _, words in FERRY
    ]


def test_sources_count_their_turns(study: Study) -> None:
    with study.project.reading() as view:
        sources = view.sources.all()
    assert [(each.name, each.turns, each.codable) for each in sources] == [
        ("FG1", 6, 4),
        ("FG2", 2, 1),
    ]


def test_a_source_is_found_by_its_text(study: Study) -> None:
    with study.project.reading() as view:
        assert view.sources.with_text(study.texts[study.market.id].text_hash) == study.market
        assert view.sources.with_text("0" * 64) is None


def test_two_sources_never_share_a_name(study: Study) -> None:
    text = revision_of([("P1", "Something else.")])
    with pytest.raises(AlreadyThereError), study.project.work("import", by=study.lead) as work:
        work.sources.add("fg1", SourceKind.INTERVIEW, text, encoding="utf-8", attributes={})
    with pytest.raises(UnknownSourceError), study.project.reading() as view:
        view.sources.named("FG3")


def test_what_is_known_of_a_source_is_kept(study: Study) -> None:
    text = revision_of([("P1", "Something else.")])
    known = {"age": "40", "Ort": "Köln; a='b'"}
    with study.project.work("import", by=study.lead) as work:
        made = work.sources.add("S1", SourceKind.SURVEY, text, encoding="utf-8", attributes=known)
    with study.project.reading() as view:
        assert view.sources.attributes() == {made.id: known}
    assert study.findings() == []


def test_people_are_found_whatever_the_case(study: Study) -> None:
    with study.project.reading() as view:
        assert view.people.named("ADA") == study.ada
        assert view.people.lead() == study.lead
        assert view.people.all() == [study.lead, study.ada, study.ben]
        with pytest.raises(UnknownCoderError):
            view.people.named("Eve")
    with pytest.raises(AlreadyThereError), study.project.work("coder add", by=study.lead) as work:
        work.people.add(Coder(new_id(), "àda", Role.CODER))


def test_a_passage_is_what_the_whole_text_says(study: Study) -> None:
    text = study.texts[study.ferry.id]
    heading = Turn(0, "", TurnRole.HEADING, 0, len(text.turns[0].speaker))
    new = replace(text, id=new_id(), source=new_id(), turns=(heading, *text.turns))
    with study.project.work("import", by=study.lead) as work:
        work.sources.add("FG3", SourceKind.INTERVIEW, new, encoding="utf-8", attributes={})
    turns = [turn.range for turn in new.turns]
    parts = [Range(each.start + 1, each.end) for each in turns]
    wider = [Range(each.start, each.end + 2) for each in turns]
    with study.project.reading() as view:
        for stretch in (*turns, *parts, *wider, Range(0, len(new.text))):
            passage = view.sources.passage(new.id, stretch)
            assert passage.words == stretch.of(new.text)
            assert passage.place == written("FG3", stretch, new)
            assert passage.source == "FG3"
