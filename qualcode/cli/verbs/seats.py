"""What verbs of the coder at work share: their seat, the codes and the places they name."""

from qualcode.cli.here import Here
from qualcode.domain.codebook import Code, codes_named
from qualcode.domain.places import written
from qualcode.services import coding
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.project import Project


def seat_of(here: Here, project: Project, who: str | None, round_name: str | None) -> Seat:
    """Sit down as the coder named, in the round named."""
    return coding.take_seat(project, here.coding_actor(project, who), round_name)


def codes_of(seat: Seat, names: tuple[str, ...]) -> list[Code]:
    """Find the codes named."""
    return [code for words in names for code in codes_named(seat.codebook, words)]


def place_of(spot: Spot) -> str:
    """Write a place the way it can be typed again."""
    return written(spot.source.name, spot.range, spot.revision)
