"""Undo and redo: named beforehand, one's own only, and never in a stopped round."""

from collections.abc import Callable

import pytest

from qualcode.domain.codings import FlagKind
from qualcode.domain.errors import RefusedError
from qualcode.services import coding, flags, history, memos, proposals
from qualcode.services.coding import Seat
from qualcode.services.history import Waiting, waiting
from tests.services.conftest import Choir

Act = Callable[[Choir, Seat], object]


def adjusted(choir: Choir, seat: Seat) -> None:
    (made,) = choir.apply(seat, choir.spot("ANNA:4"), "CH1A")
    coding.adjust(choir.project, made, choir.spot("ANNA:6"), seat=seat)


def flag_taken_away(choir: Choir, seat: Seat) -> None:
    for _ in range(2):
        flags.toggle(choir.project, choir.spot("ANNA:4"), FlagKind.QUOTABLE, seat=seat)


ACTS: dict[str, Act] = {
    "coded ANNA turn 4: CH1A Ways in": lambda choir, seat: choir.apply(
        seat, choir.spot("ANNA:4"), "CH1A"
    ),
    "changed an extent on ANNA turn 6: CH1A Ways in": adjusted,
    "flagged ANNA turn 4: for the team": lambda choir, seat: flags.toggle(
        choir.project, choir.spot("ANNA:4"), FlagKind.TEAM, seat=seat
    ),
    "took the flag off ANNA turn 4: quotable": flag_taken_away,
    "proposed a code on ANNA turn 4: “tea”": lambda choir, seat: proposals.propose(
        choir.project, choir.spot("ANNA:4"), seat=seat, label="tea"
    ),
    "wrote a memo on ANNA": lambda choir, seat: memos.write(
        choir.project, "Hm.", seat=seat, on=choir.spot("ANNA:4").source
    ),
    "wrote a memo on CH1A Ways in": lambda choir, seat: memos.write(
        choir.project, "Hm.", seat=seat, on=choir.code("CH1A")
    ),
    "wrote a memo on the project": lambda choir, seat: memos.write(choir.project, "Hm.", seat=seat),
}


@pytest.mark.parametrize("words", ACTS)
def test_what_undo_and_redo_would_do_is_said_beforehand(at_desk: Choir, words: str) -> None:
    seat = at_desk.seat("a")
    assert waiting(at_desk.project, by=seat.coder) == Waiting("", "")
    ACTS[words](at_desk, seat)
    assert waiting(at_desk.project, by=seat.coder).undo == words
    after = at_desk.desk(seat)
    assert history.undo(at_desk.project, by=seat.coder).words == words
    assert waiting(at_desk.project, by=seat.coder).redo == words
    assert history.redo(at_desk.project, by=seat.coder).words == words
    assert at_desk.desk(seat) == after
    assert waiting(at_desk.project, by=seat.coder) == Waiting(words, "")
    assert at_desk.is_sound()


@pytest.mark.parametrize("words", ACTS)
def test_undo_and_redo_reach_no_other_layer(at_desk: Choir, words: str) -> None:
    theirs = at_desk.seat("b")
    ACTS[words](at_desk, theirs)
    before, mine = at_desk.desk(theirs), at_desk.coder("a")
    assert waiting(at_desk.project, by=mine) == Waiting("", "")
    for who in (mine, at_desk.coder("lead")):
        with pytest.raises(RefusedError):
            history.undo(at_desk.project, by=who)
    assert at_desk.desk(theirs) == before
    history.undo(at_desk.project, by=theirs.coder)
    with pytest.raises(RefusedError):
        history.redo(at_desk.project, by=mine)


@pytest.mark.parametrize("state", ["frozen", "closed"])
@pytest.mark.parametrize("words", ACTS)
def test_in_a_stopped_round_nothing_is_undone_or_redone(
    at_desk: Choir, words: str, state: str
) -> None:
    seat = at_desk.seat("a")
    ACTS[words](at_desk, seat)
    ACTS[words](at_desk, at_desk.seat("b"))
    history.undo(at_desk.project, by=at_desk.coder("b"))
    before = [at_desk.desk(at_desk.seat(who)) for who in ("a", "b")]
    at_desk.turn_to(state)
    assert waiting(at_desk.project, by=seat.coder).undo == ""
    assert waiting(at_desk.project, by=at_desk.coder("b")).redo == ""
    with pytest.raises(RefusedError, match=state):
        history.undo(at_desk.project, by=seat.coder)
    with pytest.raises(RefusedError, match=state):
        history.redo(at_desk.project, by=at_desk.coder("b"))
    assert [at_desk.desk(at_desk.seat(who)) for who in ("a", "b")] == before


def test_a_colleague_does_not_see_a_blind_step_in_the_history(at_desk: Choir) -> None:
    for act in ACTS.values():
        act(at_desk, at_desk.seat("b", "r1"))
        history.undo(at_desk.project, by=at_desk.coder("b"))
    seen = history.history(at_desk.project, by=at_desk.coder("a"), newest=100)
    assert not {"flag", "propose", "adjust", "memo", "code", "undo"} & {
        each.entry.kind for each in seen
    }
