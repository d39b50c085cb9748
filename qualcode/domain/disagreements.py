"""Where coders differ: the passages of one source, each with every coder's codings there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from qualcode.domain.codings import Coding
from qualcode.domain.text import Range, united


class Kind(StrEnum):
    """In what coders differ on a passage, if they do."""

    AGREED = "agreed"
    BOUNDARY = "boundary"
    OMISSION = "omission"
    OTHER_CODE = "other code"


@dataclass(frozen=True, slots=True)
class Passage:
    """A connected stretch of overlapping codings, and who made which of them.

    `by_coder` holds the codings that stand there, an entry for each compared coder in the
    order they were given. A coding in distant places stands in more than one passage.
    """

    range: Range
    by_coder: tuple[tuple[Coding, ...], ...]

    @property
    def sets(self) -> tuple[frozenset[UUID], ...]:
        """Give each coder's set of codes."""
        return tuple(frozenset(coding.code for coding in codings) for codings in self.by_coder)

    @property
    def codes(self) -> frozenset[UUID]:
        """Give the codes that anyone applied."""
        return frozenset[UUID]().union(*self.sets)

    @property
    def shared(self) -> frozenset[UUID]:
        """Give the codes that every coder applied."""
        return self.codes.intersection(*self.sets)

    @property
    def contested(self) -> frozenset[UUID]:
        """Give the codes that some coders applied and others did not."""
        return self.codes - self.shared

    @property
    def silent(self) -> tuple[int, ...]:
        """Tell by their order which coders have no coding there."""
        return tuple(place for place, codings in enumerate(self.by_coder) if not codings)

    @property
    def kind(self) -> Kind:
        """Say in what the coders differ.

        An omission where one of them has no coding, other codes where their sets differ,
        a boundary where the same codes stand on other words.
        """
        if self.silent:
            return Kind.OMISSION
        if self.contested:
            return Kind.OTHER_CODE
        extents = [self._extents(codings) for codings in self.by_coder]
        alike = all(each == extents[0] for each in extents)
        return Kind.AGREED if alike else Kind.BOUNDARY

    def _extents(self, codings: Iterable[Coding]) -> dict[UUID, list[Range]]:
        """Tell for each code which words of the passage it stands on."""
        ranges: dict[UUID, list[Range]] = {}
        for coding in codings:
            there = [each for each in coding.ranges if each.overlaps(self.range)]
            ranges.setdefault(coding.code, []).extend(there)
        return {code: united(stretches) for code, stretches in ranges.items()}


def passages(by_coder: Sequence[Sequence[Coding]]) -> list[Passage]:
    """Part one source's codings into passages, in the order of the text.

    Each coder's codings come as one sequence. Codings that overlap, whoever made them and
    whatever the code, belong to one passage; codings that only touch do not.
    """
    placed = sorted(
        (stretch, coder, order)
        for coder, codings in enumerate(by_coder)
        for order, coding in enumerate(codings)
        for stretch in coding.ranges
        if stretch.length > 0
    )
    found: list[Passage] = []
    here: list[tuple[int, int]] = []
    whole = Range(0, 0)
    for stretch, coder, order in placed:
        if here and stretch.start >= whole.end:
            found.append(_passage(whole, here, by_coder))
            here = []
        whole = Range(whole.start, max(whole.end, stretch.end)) if here else stretch
        here.append((coder, order))
    return [*found, _passage(whole, here, by_coder)] if here else found


def _passage(
    whole: Range, here: Iterable[tuple[int, int]], by_coder: Sequence[Sequence[Coding]]
) -> Passage:
    orders = [
        dict.fromkeys(order for who, order in here if who == place)
        for place in range(len(by_coder))
    ]
    return Passage(
        whole,
        tuple(
            tuple(codings[order] for order in chosen)
            for codings, chosen in zip(by_coder, orders, strict=True)
        ),
    )


def disagreements(by_coder: Sequence[Sequence[Coding]]) -> list[Passage]:
    """List the passages on which the coders differ, in the order of the text."""
    return [each for each in passages(by_coder) if each.kind is not Kind.AGREED]
