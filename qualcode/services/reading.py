"""Texts as a coder reads them: turns given to others are there for the context only."""

from qualcode.domain.places import Place, located
from qualcode.domain.sources import Revision, Source
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot, place_named
from qualcode.store.project import Project


def read(project: Project, name: str, *, seat: Seat) -> tuple[Source, Revision]:
    """Open a source at the text in force, as it is given to this coder in this round."""
    with project.reading() as view:
        source = view.sources.named(name)
        assigned = view.rounds.assigned(seat.round, seat.coder.id)
        revision = view.sources.revision(source)
        if not assigned.has(source.id):
            return source, revision
        return assigned.of(source), assigned.read(revision)


def find(project: Project, place: str | Place, *, seat: Seat) -> Spot:
    """Find the words a place names, in the text as this coder reads it."""
    named = place_named(project, place) if isinstance(place, str) else place
    source, revision = read(project, named.source, seat=seat)
    return Spot(source, revision, located(named, revision))
