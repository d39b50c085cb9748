"""Holds what people asked and were told against the journal and the model."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from tests.services.together.history_model import READS, STEPS, State, Told

_NEVER = float("inf")


@dataclass(frozen=True)
class Kept:
    """An entry of the journal: its number, who made it, and what it is."""

    id: str
    number: int
    who: str
    kind: str


@dataclass
class Question:
    """What somebody asked, when, as which entry, and what they were told, if they lived to hear."""

    by: str
    what: str
    words: list[Any]
    asked: float
    entry: str = ""
    answered: float = _NEVER
    told: Told = field(default_factory=dict)

    @property
    def heard(self) -> bool:
        """Did they live to hear the answer?"""
        return self.answered < _NEVER

    def __str__(self) -> str:
        return f"{self.by} at {self.asked:.4f}: {self.what} {self.words} → {self.told}"


def questions_in(log: Path) -> list[Question]:
    """Read a log; a last line that a kill cut short was never written."""
    found: dict[int, Question] = {}
    for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
        if not line.endswith("\n"):
            continue
        said = json.loads(line)
        number = said["number"]
        if "asked" in said:
            found[number] = Question(log.stem, said["what"], said["words"], said["asked"])
        elif "entry" in said:
            found[number].entry = said["entry"]
        else:
            found[number].answered, found[number].told = said["answered"], said["told"]
    return list(found.values())


def complaints(
    start: State, journal: Sequence[Kept], questions: Iterable[Question]
) -> tuple[list[str], State]:
    """Replay all that was asked in the order of the journal.

    Give what does not agree, and what the study must be in the end.
    """
    asked = sorted(questions, key=lambda one: one.asked)
    by_entry = {one.entry: one for one in asked if one.entry}
    kept = [entry for entry in journal if entry.number > start.number]
    found = list(_numbering(start, kept, by_entry))
    if found:
        return found, start
    states, wrong = _replayed(start, kept, by_entry)
    moments = Moments(start.number, [by_entry[entry.id] for entry in kept])
    numbers = {entry.id for entry in kept}
    found += wrong
    found += moments.disorder()
    for one in asked:
        if one.heard and one.entry not in numbers:
            found += _not_so(one, states[moments.window(one)])
    return found, states[-1]


def _numbering(start: State, kept: Sequence[Kept], by_entry: dict[str, Question]) -> Iterator[str]:
    numbers = [entry.number for entry in kept]
    if numbers != list(range(start.number + 1, start.number + 1 + len(kept))):
        yield f"The journal's numbers have gaps: {numbers}"
    for entry in kept:
        if entry.id not in by_entry:
            yield f"Nobody asked for entry {entry}"


def _replayed(
    start: State, kept: Sequence[Kept], by_entry: dict[str, Question]
) -> tuple[list[State], list[str]]:
    """Give the states, one after each entry, and what the model expected otherwise."""
    states, wrong = [start], []
    for entry in kept:
        one, before = by_entry[entry.id], states[-1]
        if one.what not in STEPS:
            wrong.append(f"A reading left entry {entry}: {one}")
            states.append(replace(before, number=entry.number))
            continue
        now, told = STEPS[one.what](before, entry.id, one.words)
        if now is before:
            wrong.append(f"Entry {entry.number} changed what should have stayed: {one}")
        if one.heard and one.told != told:
            wrong.append(f"Entry {entry.number} should have been told as {told}: {one}")
        states.append(replace(now, number=entry.number))
    return states, wrong


class Moments:
    """When each entry can have been kept: after it was asked for, before it was told."""

    def __init__(self, first: int, writing: Sequence[Question]) -> None:
        self._first = first
        self._writing = writing
        told = {one.answered: at for at, one in enumerate(writing, start=1) if one.heard}
        self._told = sorted(told)
        self._kept_by: list[int] = []
        for moment in self._told:
            last = self._kept_by[-1] if self._kept_by else 0
            self._kept_by.append(max(last, told[moment]))
        self._all_asked = list(accumulate((one.asked for one in writing), max))

    def window(self, one: Question) -> slice:
        """Say which states somebody may have seen: by how many entries they can be told apart."""
        return slice(self._surely(one.asked), self._at_most(one.answered) + 1)

    def _surely(self, moment: float) -> int:
        """Say how many entries had been told of as kept at a moment, or lie before one."""
        at = bisect_left(self._told, moment)
        return self._kept_by[at - 1] if at else 0

    def _at_most(self, moment: float) -> int:
        """Say how many entries can have been kept by a moment: none after one not yet asked for."""
        return bisect_right(self._all_asked, moment)

    def disorder(self) -> Iterator[str]:
        """List entries that stand before one that was told of before they were asked for."""
        for at, one in enumerate(self._writing, start=1):
            if self._surely(one.asked) >= at:
                yield f"Entry {self._first + at} was asked for after a later one was told: {one}"


def _not_so(one: Question, seen: Sequence[State]) -> Iterator[str]:
    """Look for a moment at which what was told is so, and nothing had to change."""
    told = {key: value for key, value in one.told.items() if key != "sentence"}
    if one.what in READS:
        if not any(READS[one.what](state, one.words) == told for state in seen):
            expected = READS[one.what](seen[-1], one.words)
            yield f"No state was ever so; the last it can have seen is {expected}: {one}"
        return
    for state in seen:
        now, expected = STEPS[one.what](state, one.entry, one.words)
        if now is state and expected == told:
            return
    yield f"This was told, and the journal does not have it: {one}"
