import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from qualcode.domain.rounds import Layer, Round, RoundState, Unit, Viewpoint

ADA, BEN = Coder(new_id(), "Ada", Role.CODER), Coder(new_id(), "Ben", Role.CODER)
LEAD = Coder(new_id(), "Lead", Role.LEAD)
OTHERS = [Coder(new_id(), role.value, role) for role in Role if role is not Role.LEAD]


def a_round(state: RoundState, *, blind: bool, free: bool = False) -> Round:
    return Round(new_id(), "r1", 1, state, blind, free, Unit.TURN, 1, (ADA.id, BEN.id))


def seen(who: Coder, owner: Coder | None, within: Round) -> bool:
    return Viewpoint(who).sees(Layer(new_id(), within.id, owner.id if owner else None), within)


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("blind", [True, False])
def test_ones_own_layer_is_always_seen(state: RoundState, blind: bool) -> None:
    assert seen(ADA, ADA, a_round(state, blind=blind))


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("owner", [ADA, None])
def test_the_lead_sees_every_layer(state: RoundState, blind: bool, owner: Coder | None) -> None:
    assert seen(LEAD, owner, a_round(state, blind=blind))


@pytest.mark.parametrize(
    ("state", "blind", "open_to_view"),
    [
        (RoundState.OPEN, True, False),
        (RoundState.FROZEN, True, False),
        (RoundState.CLOSED, True, True),
        (RoundState.OPEN, False, True),
        (RoundState.FROZEN, False, True),
        (RoundState.CLOSED, False, True),
    ],
)
@pytest.mark.parametrize("owner", [ADA, None])
@pytest.mark.parametrize("who", [BEN, *OTHERS])
def test_anothers_layer_is_seen_when_the_round_is_open_to_view(
    who: Coder, owner: Coder | None, state: RoundState, blind: bool, open_to_view: bool
) -> None:
    assert seen(who, owner, a_round(state, blind=blind)) == open_to_view


def test_a_layer_belongs_to_its_coder_and_the_consensus_to_the_lead() -> None:
    adas, consensus = Layer(new_id(), new_id(), ADA.id), Layer(new_id(), new_id(), None)
    assert [adas.belongs_to(who) for who in (ADA, BEN, LEAD)] == [True, False, False]
    assert [consensus.belongs_to(who) for who in (ADA, BEN, LEAD)] == [False, False, True]
    assert (adas.is_consensus, consensus.is_consensus) == (False, True)


def test_a_free_round_has_everybody() -> None:
    assert a_round(RoundState.OPEN, blind=False, free=True).has(LEAD)
    assert a_round(RoundState.OPEN, blind=False).has(ADA)
    assert not a_round(RoundState.OPEN, blind=False).has(LEAD)
