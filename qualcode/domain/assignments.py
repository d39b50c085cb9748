"""What a coder is given in a round: whole sources, and single turns of others."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from qualcode.domain.sources import Revision, Source, TurnRole
from qualcode.domain.text import Range

Turns: TypeAlias = frozenset[int]
"""Turns of one revision by their ordinals: their places among all its turns, from 0."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The sources a coder has whole (None: all there are), and turns of others, by source."""

    whole: frozenset[UUID] | None = None
    turns: Mapping[UUID, Turns] = field(default_factory=dict)

    @property
    def sources(self) -> frozenset[UUID] | None:
        """The sources of which the coder has anything; None means all there are."""
        return None if self.whole is None else self.whole | self.turns.keys()

    def has(self, source: UUID) -> bool:
        """Say whether the coder has a source, or turns of it."""
        return self.whole is None or source in self.whole or source in self.turns

    def part(self, source: UUID) -> Turns | None:
        """Give the turns of a source that are the coder's; None where the whole source is."""
        if self.whole is None or source in self.whole:
            return None
        return self.turns.get(source, frozenset())

    def of(self, source: Source) -> Source:
        """Give a source as the coder has it: only their own turns count."""
        part = self.part(source.id)
        return source if part is None else replace(source, codable=len(part))

    def read(self, revision: Revision) -> Revision:
        """Give a text as the coder reads it: others' turns are there for the context only."""
        part = self.part(revision.source)
        if part is None:
            return revision
        turns = [
            replace(turn, role=TurnRole.CONTEXT) if turn.codable and at not in part else turn
            for at, turn in enumerate(revision.turns)
        ]
        return replace(revision, turns=tuple(turns))


@dataclass(frozen=True, slots=True)
class ToDeal:
    """A source to be given out: of a kind, and as long as it has participants' turns."""

    id: UUID
    kind: str
    name: str
    turns: int


def deal(
    sources: Sequence[ToDeal],
    coders: Sequence[UUID],
    *,
    readers: int,
    already: Mapping[UUID, Collection[UUID]] = MappingProxyType({}),
) -> dict[UUID, tuple[UUID, ...]]:
    """Give each source to some coders so that work, pairs and kinds are in balance.

    The longest sources of a kind go first. Each goes to the group of coders who share least of
    that kind with each other so far, then least of all kinds, then have least to do; ties go to
    whoever is named first. Loads are in turns. Who has a source `already` keeps it.
    Raises ValueError for fewer coders than readers.
    """
    if not 1 <= readers <= len(coders):
        raise ValueError(readers)
    groups = list(combinations(coders, readers))
    loads = _Loads()
    given: dict[UUID, tuple[UUID, ...]] = {}
    for source in sorted(sources, key=lambda one: (one.kind, -one.turns, one.name)):
        held = [coder for coder in coders if coder in already.get(source.id, ())]
        if len(held) >= readers:
            given[source.id] = tuple(held)
        else:
            fit = [group for group in groups if set(held) <= set(group)]
            given[source.id] = min(fit, key=lambda one: loads.burden(one, source.kind))
        loads.add(given[source.id], source)
    return given


class _Loads:
    """How many turns each coder, and each pair of coders, have so far: of a kind, and in all."""

    def __init__(self) -> None:
        self._turns: Counter[tuple[str, tuple[UUID, ...]]] = Counter()

    def add(self, group: tuple[UUID, ...], source: ToDeal) -> None:
        """Note that a group has a source."""
        for part in (*combinations(group, 2), *((coder,) for coder in group)):
            self._turns["", part] += source.turns
            self._turns[source.kind, part] += source.turns

    def burden(self, group: tuple[UUID, ...], kind: str) -> tuple[int, int, int]:
        """Say how much a group shares of a kind, how much in all, and how much it has to do."""
        pairs: list[tuple[UUID, ...]] = [*combinations(group, 2)] or [group]
        return (
            sum(self._turns[kind, pair] for pair in pairs),
            sum(self._turns["", pair] for pair in pairs),
            sum(self._turns["", (coder,)] for coder in group),
        )


def ordinals_in(revision: Revision, stretch: Range) -> list[int]:
    """Give the ordinals of the participants' turns that a stretch touches."""
    touched = {turn.start for turn in revision.turns_in(stretch) if turn.codable}
    return [at for at, turn in enumerate(revision.turns) if turn.start in touched]
