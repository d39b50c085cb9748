"""Proposals: in vivo or by another label, seen where their layer is."""

import pytest

from qualcode.domain.errors import RefusedError
from qualcode.services import history
from qualcode.services.proposals import ProposalShown, proposals, propose
from tests.services.conftest import Choir

WORDS = "the low notes in the old hall"


def labels(choir: Choir, who: str) -> list[tuple[str, str]]:
    found = proposals(choir.project, by=choir.coder(who))
    return [(each.proposal.label, each.who) for each in found]


def test_the_words_are_the_label_and_the_passage_the_first_example(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:6", WORDS)
    made = propose(at_desk.project, spot, seat=seat)
    assert (made.label, made.range, made.coder) == (WORDS, spot.range, seat.coder.id)
    assert at_desk.desk(seat).proposals == (made,)
    place = f"ANNA:{spot.range.start}-{spot.range.end}"
    assert proposals(at_desk.project, by=seat.coder) == [
        ProposalShown(made, spot.source, place, WORDS, "")
    ]
    assert at_desk.is_sound()


def test_a_label_fits_on_a_line_of_eighty(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    long = propose(at_desk.project, at_desk.spot("ANNA:2"), seat=seat)
    assert len(long.label) <= 80
    assert long.label.endswith("…")
    typed = propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label="  tea,\n and fear ")
    assert typed.label == "tea, and fear"


def test_the_same_label_on_the_same_words_is_refused(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:6", WORDS)
    propose(at_desk.project, spot, seat=seat)
    before = at_desk.entries()
    with pytest.raises(RefusedError, match=WORDS):
        propose(at_desk.project, spot, seat=seat)
    with pytest.raises(RefusedError):
        propose(at_desk.project, spot, seat=seat, label=WORDS.upper())
    assert at_desk.entries() == before
    propose(at_desk.project, spot, seat=seat, label="halls")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label=WORDS)
    history.undo(at_desk.project, by=seat.coder)
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label=WORDS)


def test_proposals_are_of_participants_words(at_desk: Choir) -> None:
    for place in ("ANNA:1", "ANNA:3"):
        with pytest.raises(RefusedError):
            propose(at_desk.project, at_desk.spot(place), seat=at_desk.seat("a"))


def test_in_a_blind_round_a_proposal_is_ones_own_and_to_the_lead_a_letters(at_desk: Choir) -> None:
    propose(at_desk.project, at_desk.spot("ANNA:6"), seat=at_desk.seat("b"), label="halls")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=at_desk.seat("a"), label="tea")
    assert labels(at_desk, "a") == [("tea", "")]
    assert labels(at_desk, "b") == [("halls", "")]
    assert labels(at_desk, "lead") == [("halls", "Coder B"), ("tea", "Coder A")]
    at_desk.turn_to("closed")
    assert labels(at_desk, "a") == [("halls", "b"), ("tea", "")]


def test_a_proposal_undone_is_gone(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label="tea")
    history.undo(at_desk.project, by=seat.coder)
    assert labels(at_desk, "a") == []
    history.redo(at_desk.project, by=seat.coder)
    assert labels(at_desk, "a") == [("tea", "")]
