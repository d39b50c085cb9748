"""Shelves: what stands on a stretch of text, so that a row finds its own at once."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from qualcode.domain.text import Range

_LENGTHS = tuple(512 * 8**level for level in range(8))


class Kept(Protocol):
    """Anything that has an id."""

    @property
    def id(self) -> UUID:
        """What tells it from all others."""
        ...


K = TypeVar("K", bound=Kept)
_Lying = tuple[int, int, int, K]


class Shelves(Generic[K]):
    """Things by the shelves they touch, short ones on short shelves, long ones on long.

    `held` gives them by the number of their id.
    Nothing lies on more than two shelves, however long it is; a list with running ends
    would degrade as soon as one coding spans the source.
    """

    def __init__(self, things: Iterable[K], *, at: Callable[[K], Range]) -> None:
        self.held: dict[int, K] = {}
        self.at = at
        self._shelves: dict[tuple[int, int], tuple[_Lying[K], ...]] = {}
        self._lengths: tuple[int, ...] = ()
        self._next = 0
        self._put(things)

    def on(self, stretch: Range) -> list[K]:
        """List what shares a code point with the stretch, in the order it was given."""
        start, end = stretch
        if start >= end or not self.held:
            return []
        found = {
            order: thing
            for length in self._lengths
            for number in range(start // length, (end - 1) // length + 1)
            for order, begins, ends, thing in self._shelves.get((length, number), ())
            if begins < end and start < ends
        }
        return [found[order] for order in sorted(found)] if len(found) > 1 else [*found.values()]

    def changed(self, *, gone: Iterable[K], come: Iterable[K]) -> "Shelves[K]":
        """Give shelves without what has gone, and with what has come behind all others."""
        other = Shelves((), at=self.at)
        other.held, other._shelves = dict(self.held), dict(self._shelves)
        other._lengths, other._next = self._lengths, self._next
        for thing in gone:
            del other.held[thing.id.int]
            for place in self._places(thing):
                left = (each for each in other._shelves[place] if each[-1] is not thing)
                other._shelves[place] = tuple(left)
        other._put(come)
        return other

    def _put(self, things: Iterable[K]) -> None:
        """Put things on their shelves."""
        for thing in things:
            self.held[thing.id.int] = thing
            lying = (self._next, *self.at(thing), thing)
            for place in self._places(thing):
                self._shelves[place] = (*self._shelves.get(place, ()), lying)
                if place[0] not in self._lengths:
                    self._lengths = (*self._lengths, place[0])
            self._next += 1

    def _places(self, thing: K) -> Iterator[tuple[int, int]]:
        """Say on which one or two shelves a thing lies: their length, and which of them."""
        start, end = self.at(thing)
        length = next((each for each in _LENGTHS if each >= end - start), _LENGTHS[-1])
        for number in range(start // length, max(start, end - 1) // length + 1):
            yield length, number
