"""How a coder is named to whom: by name, or, where that is not to be known, by none."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Round, Viewpoint
from qualcode.domain.text import Range

SOMEBODY = "a coder"
_LETTERS = 26


def whose(within: Round, coder: Coder, *, by: Coder) -> str:
    """Name the coder of a layer: "" for one's own, a coder where names are not to be known.

    No letter is given: one that stayed would tell two coders apart from passage to passage.
    """
    if coder.id == by.id:
        return ""
    return coder.name if Viewpoint(by).knows(coder.id, within) else SOMEBODY


def letters(count: int) -> tuple[str, ...]:
    """Give the letters that stand for some coders: Coder A, Coder B."""
    return tuple(f"Coder {chr(ord('A') + place % _LETTERS)}" for place in range(count))


def names_open(within: Round, coders: Sequence[Coder], *, by: Coder) -> bool:
    """Say whether all these coders of a round may be named to a person."""
    return all(Viewpoint(by).knows(coder.id, within) for coder in coders)


def drawn(within: Round, source: UUID, stretch: Range, layers: Sequence[Layer | None]) -> list[int]:
    """Draw in which order the coders' sets on a passage are shown; give their places.

    In a blind round the order is drawn anew for each passage, from fingerprints that nobody
    chose, and stays as it is: what was first when it was decided on is first ever after. In
    a round open to view it is the order of the round.
    """
    places = list(range(len(layers)))
    if not within.blind:
        return places
    passage = f"{within.id}/{source}/{stretch.start}-{stretch.end}"

    def lot(place: int) -> bytes:
        layer = layers[place]
        return sha256(f"{passage}/{layer.id if layer else place}".encode()).digest()

    return sorted(places, key=lot)
