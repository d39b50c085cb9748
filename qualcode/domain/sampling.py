"""Samples for double coding: drawn by lot within strata, the same on every machine.

A lot is a hash of the seed and of the passage's own words and place, so a draw does not
depend on ids, names, the order of import or a library's generator; and whoever has the
words and the seed can draw it again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from operator import itemgetter
from uuid import UUID

from qualcode.domain.rounds import PAIR

DEFAULT_PERCENT, DEFAULT_SEED = 10.0, 7


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """What can be drawn: a turn of a source, in a stratum such as its kind.

    `text_hash` is of the source's whole text: with the turn's number it names the passage
    alike on every machine. Where two sources have the same words, the `name` tells them apart.
    """

    source: UUID
    turn: int
    text_hash: str
    stratum: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A passage of the sample, and why it is in: which lot, of how many drawn from how many."""

    passage: Passage
    place: int
    taken: int
    among: int

    @property
    def reason(self) -> str:
        """Say why the passage is in."""
        return f"{self.passage.stratum}: lot {self.place} of {self.taken} drawn from {self.among}"


def draw(passages: Iterable[Passage], *, percent: float, seed: int) -> list[Drawn]:
    """Draw a share of the passages, spread over the strata; in the order of the lots.

    Each stratum gives its share rounded down; what is missing to the rounded whole goes to
    the largest remainders, ties to the stratum first by name. A stratum that is not empty
    gives at least one passage, so the sample may be larger than the share.
    """
    strata: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        strata[passage.stratum].append(passage)
    taken = _shares({name: len(each) for name, each in strata.items()}, percent)
    drawn = []
    for name, among in strata.items():
        lots = sorted((_lot(passage, seed), passage.name, passage) for passage in among)
        drawn += [
            ((lot, called), Drawn(passage, place, taken[name], len(among)))
            for place, (lot, called, passage) in enumerate(lots[: taken[name]], start=1)
        ]
    return [each for _lot, each in sorted(drawn, key=itemgetter(0))]


def _shares(sizes: Mapping[str, int], percent: float) -> dict[str, int]:
    share = Fraction(str(percent)) / 100
    exact = {name: size * share for name, size in sizes.items()}
    taken = {name: int(part) for name, part in exact.items()}
    missing = round(sum(sizes.values()) * share) - sum(taken.values())
    by_remainder = sorted(exact, key=lambda name: (taken[name] - exact[name], name))
    for name in by_remainder[: max(0, missing)]:
        taken[name] += 1
    return {name: max(1, count) if sizes[name] else 0 for name, count in taken.items()}


def _lot(passage: Passage, seed: int) -> bytes:
    return sha256(f"{seed}:{passage.text_hash}:{passage.turn}".encode()).digest()


def second_readers(
    drawn: Sequence[Drawn], readers: Sequence[UUID], owners: Mapping[UUID, Sequence[UUID]]
) -> dict[Passage, UUID]:
    """Give each passage drawn a coder beside those who code its whole source, pairs in balance.

    Passages go, in the order of the lots, to whoever shares least with their owners so far, then
    are handed on as long as that evens the pairs out; ties go to the reader named first. A passage
    whose source two readers have whole has its pair already and is left out.
    """
    shared: Counter[frozenset[UUID]] = Counter()
    given: dict[Passage, UUID] = {}
    moved = True
    while moved:
        moved = False
        for each in (one.passage for one in drawn):
            theirs = owners.get(each.source, ())
            others = [reader for reader in readers if reader not in theirs]
            if not others or len(theirs) >= PAIR:
                continue
            before = given.get(each)
            if before is not None:
                shared.subtract(_pairs(before, theirs))
            given[each] = min(others, key=lambda one: _burden(shared, one, before, theirs))
            shared.update(_pairs(given[each], theirs))
            moved = moved or given[each] != before
    return given


def _burden(
    shared: Counter[frozenset[UUID]], reader: UUID, before: UUID | None, owners: Sequence[UUID]
) -> tuple[int, bool]:
    """Say how much a reader shares already; among equals, who has the passage keeps it."""
    return sum(shared[pair] for pair in _pairs(reader, owners)), reader != before


def _pairs(reader: UUID, owners: Sequence[UUID]) -> list[frozenset[UUID]]:
    return [frozenset((reader, owner)) for owner in owners]
