"""Flags are set and taken away by the same key, on just these words."""

import pytest

from qualcode.domain.codings import FlagKind
from qualcode.domain.errors import PlaceError, RefusedError
from qualcode.domain.text import Range
from qualcode.services import coding, flags
from qualcode.services.sources import Spot
from tests.services.conftest import Choir


@pytest.mark.parametrize("kind", FlagKind)
def test_a_flag_pressed_again_goes_away(at_desk: Choir, kind: FlagKind) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:4")
    assert flags.toggle(at_desk.project, spot, kind, seat=seat)
    (flag,) = at_desk.desk(seat).flags
    assert (flag.kind, flag.range, flag.layer) == (kind, spot.range, flag.layer)
    assert not flags.toggle(at_desk.project, spot, kind, seat=seat)
    assert at_desk.desk(seat).flags == ()
    assert flags.toggle(at_desk.project, spot, kind, seat=seat)
    assert at_desk.is_sound()


def test_only_the_same_kind_on_the_same_words_goes_away(at_desk: Choir) -> None:
    seat, whole = at_desk.seat("a"), at_desk.spot("ANNA:4")
    part = at_desk.spot("ANNA:4", "terrified")
    assert flags.toggle(at_desk.project, whole, FlagKind.TEAM, seat=seat)
    assert flags.toggle(at_desk.project, whole, FlagKind.QUOTABLE, seat=seat)
    assert flags.toggle(at_desk.project, part, FlagKind.TEAM, seat=seat)
    assert not flags.toggle(at_desk.project, whole, FlagKind.TEAM, seat=seat)
    left = {(flag.kind, flag.range) for flag in at_desk.desk(seat).flags}
    assert left == {(FlagKind.QUOTABLE, whole.range), (FlagKind.TEAM, part.range)}


def test_white_space_at_the_edges_makes_no_other_flag(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:4")
    wider = Spot(spot.source, spot.revision, Range(spot.range.start, spot.range.end + 1))
    flags.toggle(at_desk.project, spot, FlagKind.TEAM, seat=seat)
    assert not flags.toggle(at_desk.project, wider, FlagKind.TEAM, seat=seat)


def test_the_team_is_pointed_to_any_words_and_participants_are_quoted(at_desk: Choir) -> None:
    seat, prompt = at_desk.seat("a"), at_desk.spot("ANNA:1")
    assert flags.toggle(at_desk.project, prompt, FlagKind.TEAM, seat=seat)
    with pytest.raises(RefusedError):
        flags.toggle(at_desk.project, prompt, FlagKind.QUOTABLE, seat=seat)
    nothing = Spot(prompt.source, prompt.revision, Range(prompt.range.end, prompt.range.end + 1))
    with pytest.raises(PlaceError):
        flags.toggle(at_desk.project, nothing, FlagKind.TEAM, seat=seat)


def test_a_flagged_turn_is_still_to_be_coded(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    first = coding.next_uncoded(at_desk.project, seat=seat)
    assert first is not None
    for kind in FlagKind:
        flags.toggle(at_desk.project, first, kind, seat=seat)
    assert coding.next_uncoded(at_desk.project, seat=seat) == first


@pytest.mark.parametrize("state", ["frozen", "closed"])
def test_no_flag_is_set_in_a_stopped_round(at_desk: Choir, state: str) -> None:
    at_desk.turn_to(state)
    with pytest.raises(RefusedError):
        flags.toggle(at_desk.project, at_desk.spot("ANNA:4"), FlagKind.TEAM, seat=at_desk.seat("a"))
