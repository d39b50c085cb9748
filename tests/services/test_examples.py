"""Examples that are quotation ids are followed by their words, where these may be seen."""

import pytest

from qualcode.domain.quotations import quotation_id
from qualcode.services import codebook_changes, codebooks, proposals
from qualcode.services.examples import example_words
from qualcode.services.sources import Spot
from tests.services.conftest import Choir


def id_of(spot: Spot) -> str:
    turn = spot.revision.turn_at(spot.range.start)
    assert turn is not None
    return quotation_id(spot.source.id, turn.number, spot.range.of(spot.revision.text))


def exemplify(choir: Choir, label: str, *examples: str) -> None:
    code = codebooks.codebook(choir.project).code(label)
    lead = choir.coder("lead")
    codebook_changes.reword(choir.project, code, {"examples": examples}, by=lead)


def words(choir: Choir, label: str, who: str) -> dict[str, str]:
    code = codebooks.codebook(choir.project).any_code(label)
    return example_words(choir.project, code, by=choir.coder(who))


def test_a_coded_passage_gives_its_words(at_desk: Choir) -> None:
    spot = at_desk.spot("FG1:2", "in the bath")
    at_desk.apply(at_desk.seat("a"), spot, "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("FG1:5"), "CH1A")
    exemplify(at_desk, "CH1A", id_of(spot), "anything about a first evening")
    assert words(at_desk, "CH1A", "a") == {id_of(spot): "in the bath"}


def test_a_blind_colleagues_words_are_not_given(at_desk: Choir) -> None:
    spot = at_desk.spot("FG1:2", "in the bath")
    at_desk.apply(at_desk.seat("a"), spot, "CH1A")
    exemplify(at_desk, "CH1A", id_of(spot))
    assert words(at_desk, "CH1A", "b") == {}
    at_desk.turn_to("closed")
    assert words(at_desk, "CH1A", "b") == {id_of(spot): "in the bath"}


def test_a_proposed_passage_gives_its_words(at_desk: Choir) -> None:
    spot = at_desk.spot("FG1:2", "in the bath")
    proposals.propose(at_desk.project, spot, seat=at_desk.seat("a"))
    exemplify(at_desk, "CH1A", id_of(spot))
    assert words(at_desk, "CH1A", "lead") == {id_of(spot): "in the bath"}
    assert words(at_desk, "CH1A", "b") == {}


def test_after_a_merge_the_passages_of_both_codes_are_looked_at(at_desk: Choir) -> None:
    spot = at_desk.spot("FG1:2", "in the bath")
    at_desk.apply(at_desk.seat("a"), spot, "CH1B")
    exemplify(at_desk, "CH1A", id_of(spot))
    assert words(at_desk, "CH1A", "a") == {}
    book = codebooks.codebook(at_desk.project)
    codebook_changes.merge(
        at_desk.project,
        [book.code("CH1B")],
        into=book.code("CH1A"),
        by=at_desk.coder("lead"),
        reason="One idea.",
    )
    assert words(at_desk, "CH1A", "a") == {id_of(spot): "in the bath"}


def test_without_ids_among_the_examples_nothing_is_read(
    at_desk: Choir, monkeypatch: pytest.MonkeyPatch
) -> None:
    exemplify(at_desk, "CH1A", "anything about a first evening")
    code = codebooks.codebook(at_desk.project).code("CH1A")
    lead = at_desk.coder("lead")

    def read() -> None:
        raise AssertionError

    monkeypatch.setattr(type(at_desk.project), "reading", read)
    assert example_words(at_desk.project, code, by=lead) == {}
