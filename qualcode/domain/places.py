"""Places as they are typed: `FG2`, `FG2:4`, `FG2:120-180`."""

import re
from dataclasses import dataclass

from qualcode.domain.errors import PlaceError
from qualcode.domain.sources import Revision
from qualcode.domain.text import Range, trimmed

_PLACE = re.compile(r"(?P<source>.+?)(?::(?P<first>\d{1,12})(?:-(?P<last>\d{1,12}))?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A source, one of its turns, or a range of code points in its text."""

    source: str
    turn: int | None = None
    range: Range | None = None


def parse_place(words: str) -> Place:
    """Read a place as typed; a name that ends in digits after a colon is not a name."""
    found = _PLACE.fullmatch(words.strip())
    if found is None:
        raise PlaceError("No place was given.", hint="Write it as FG2, FG2:4 or FG2:120-180.")
    source, first, last = found["source"], found["first"], found["last"]
    if first is None:
        return Place(source)
    if last is None:
        return Place(source, turn=int(first))
    return Place(source, range=Range(int(first), int(last)))


def located(place: Place, revision: Revision) -> Range:
    """Find the stretch of words a place names, without white space at its edges."""
    if place.range is not None:
        return _inside(place.range, revision, place.source)
    if place.turn is None:
        raise PlaceError(
            f"“{place.source}” names a whole source.",
            hint=f"Name a turn ({place.source}:4) or code points ({place.source}:120-180).",
        )
    turn = revision.turn(place.turn)
    if turn is None:
        raise PlaceError(
            f"{place.source} has no turn {place.turn}.",
            hint=f"Its turns run from 1 to {revision.last_turn}.",
        )
    return trimmed(revision.text, turn.range)


def _inside(stretch: Range, revision: Revision, name: str) -> Range:
    if not 0 <= stretch.start < stretch.end <= len(revision.text):
        raise PlaceError(
            f"{stretch.start}-{stretch.end} lies outside the text of {name}.",
            hint=f"It runs from 0 to {len(revision.text)}; a start is smaller than its end.",
        )
    words = trimmed(revision.text, stretch)
    if words.length == 0:
        raise PlaceError(
            f"{name}:{stretch.start}-{stretch.end} holds white space only.",
            hint="Name a stretch with words in it.",
        )
    return words


def written(source: str, stretch: Range, revision: Revision) -> str:
    """Write a place the way it can be typed again: the turn where it is a whole one."""
    turn = revision.turn_at(stretch.start)
    if turn is not None and turn.number and trimmed(revision.text, turn.range) == stretch:
        return f"{source}:{turn.number}"
    return f"{source}:{stretch.start}-{stretch.end}"
