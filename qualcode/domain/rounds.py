"""Rounds of coding, the layers made in them, and who may look at what."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from qualcode.domain.people import Coder

PAIR = 2
"""How many have to read the same words before they can be compared."""


class RoundState(StrEnum):
    """How far a round is: coding goes on, is stopped, is sealed."""

    OPEN = "open"
    FROZEN = "frozen"
    CLOSED = "closed"


class Unit(StrEnum):
    """What agreement is counted over."""

    TURN = "turn"
    SENTENCE = "sentence"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch of coding with its own coders, unit, codebook version and blindness.

    A round that is `free` is open to every coder and every source; it holds the coding
    that a team does before, or without, setting up rounds. Once `unblinded`, the lead knows
    whose layer is whose although the round is blind; its coders do not.
    """

    id: UUID
    name: str
    number: int
    state: RoundState
    blind: bool
    free: bool
    unit: Unit
    codebook_version: int
    coders: tuple[UUID, ...] = ()
    unblinded: bool = False

    @property
    def sealed_from_view(self) -> bool:
        """Are coders kept from each other's layers for now?"""
        return self.blind and self.state is not RoundState.CLOSED

    def has(self, coder: Coder) -> bool:
        """Say whether this coder codes in the round."""
        return self.free or coder.id in self.coders


CONSENSUS = "consensus"
"""What the layer of the decisions is called where others are called by their coder."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Everything one coder did in one round; without a coder it is the round's consensus."""

    id: UUID
    round: UUID
    coder: UUID | None

    @property
    def is_consensus(self) -> bool:
        """Is this the layer of the decisions?"""
        return self.coder is None

    def belongs_to(self, coder: Coder) -> bool:
        """Is the layer this person's to write in? The consensus is the lead's."""
        return self.coder == coder.id or (self.is_consensus and coder.leads)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Who asks. Every read of codings takes one; blindness is decided from it alone."""

    coder: Coder

    def sees(self, layer: Layer, within: Round) -> bool:
        """May this person look at the layer?

        One's own layer always; another's when the round is open to view, or to the lead,
        who has to compare. The consensus follows the round's own rule.
        """
        return layer.coder == self.coder.id or self.coder.leads or not within.sealed_from_view

    def knows(self, owner: UUID | None, within: Round) -> bool:
        """May this person know whose a layer is, or what its coder did when?

        In a sealed round the lead compares layers without knowing whose they are, unless the
        lead insisted and unblinded it. The consensus is no secret to who sees it.
        """
        mine = owner is None or owner == self.coder.id
        return mine or not within.sealed_from_view or (self.coder.leads and within.unblinded)
