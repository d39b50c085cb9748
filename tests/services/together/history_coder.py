"""Somebody who does now this, now that, and writes down every question and every answer.

Run as a program: PLACE PERSON LOG SEED SABOTAGE. Each line of the log is on the disk before the
next thing happens, so that it can be read after a kill. A byte to stdout tells of each answer;
a line on stdin ends it.
"""

import json
import os
import random
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qualcode.domain.codebook import Code
from qualcode.domain.decisions import Outcome
from qualcode.domain.errors import QualcodeError
from qualcode.domain.people import Coder
from qualcode.domain.text import Range
from qualcode.services import (
    code_counts,
    codebook_changes,
    codebooks,
    coding,
    history,
    people,
    projects,
    reconciliation,
    sources,
)
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.project import Project, Work
from tests.services.together import sabotage

CODED, DECIDED = "r1", "r0"
SOURCES = ("S0", "S1")
DISPUTED = "S4"
TURNS = (2, 4, 6, 8, 10)
NEWEST = 5

Told = dict[str, Any]
Act = Callable[["Person"], tuple[str, list[Any], Callable[[], Told]]]


class Log:
    """Lines that are on the disk once they are written."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def write(self, **what: object) -> None:
        """Write a line."""
        os.write(self._file, json.dumps(what).encode() + b"\n")
        os.fsync(self._file)


class Logged(Project):
    """A project that writes down which entry a step is going to be."""

    log: Log
    number = 0

    @contextmanager
    def work(self, kind: str, *, by: Coder | None) -> Iterator[Work]:
        """Change something, its entry written down before anything is kept."""
        with super().work(kind, by=by) as work:
            self.log.write(number=self.number, entry=str(work.ledger.entry))
            yield work


class Person:
    """Who does something, where they sit, and what they have seen of the codebook."""

    def __init__(self, project: Project, name: str, chance: random.Random) -> None:
        self.project = project
        self.chance = chance
        self.name = name
        self.coder = people.named(project, name)
        self.book = codebooks.codebook(project)
        self.seat: Seat | None = None
        if not self.coder.leads:
            self.seat = coding.take_seat(project, self.coder, CODED)

    @property
    def sitting(self) -> Seat:
        """The seat of a coder."""
        assert self.seat is not None
        return self.seat

    def spot(self, source: str, *, words: bool = True) -> Spot:
        """Choose a turn, or only the first word of it."""
        found = sources.find(self.project, f"{source}:{self.chance.choice(TURNS)}")
        if words and self.chance.random() < 0.3:
            start, said = found.range.start, found.range.of(found.revision.text)
            first = Range(start, start + said.index(" "))
            return Spot(found.source, found.revision, first)
        return found

    def code(self) -> Code:
        """Choose a code, as it was seen last."""
        return self.chance.choice(self.book.codes)


def apply(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Put a code or two on a segment."""
    spot = person.spot(person.chance.choice(SOURCES))
    codes = person.chance.sample(person.sitting.codebook.codes, person.chance.choice((1, 1, 2)))

    def asked() -> Told:
        done = coding.apply(person.project, spot, codes, seat=person.sitting)
        return {"added": sorted(each.label for each in done.added)}

    words = [person.name, spot.source.name, *spot.range, [each.label for each in codes]]
    return "apply", words, asked


def remove(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Take a code off a segment, or all codes."""
    spot = person.spot(person.chance.choice(SOURCES))
    codes = person.chance.choice(([], [person.code()]))

    def asked() -> Told:
        gone = coding.remove(person.project, spot, codes, seat=person.sitting)
        return {"removed": sorted([*each.extent] for each in gone)}

    words = [person.name, spot.source.name, *spot.range, [each.label for each in codes]]
    return "remove", words, asked


def mark(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Mark a turn as read."""
    spot = person.spot(person.chance.choice(SOURCES), words=False)

    def asked() -> Told:
        return {"marked": coding.mark_read(person.project, [spot], seat=person.sitting)}

    return "mark", [person.name, spot.source.name, *spot.range], asked


def undo(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Undo one's last step."""
    return "undo", [person.name], lambda: _step(history.undo, person)


def redo(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Redo it."""
    return "redo", [person.name], lambda: _step(history.redo, person)


def _step(how: Callable[..., history.Step], person: Person) -> Told:
    return {"step": how(person.project, by=person.coder).kind}


def decide(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Settle a passage."""
    spot = person.spot(DISPUTED, words=False)
    outcome = person.chance.choice(
        (Outcome.FIRST, Outcome.SECOND, Outcome.BOTH, Outcome.NEITHER, Outcome.OTHER)
    )
    chosen = (person.code(),) if outcome is Outcome.OTHER else ()

    def asked() -> Told:
        verdict = reconciliation.Verdict(outcome, codes=chosen)
        project, by = person.project, person.coder
        found = reconciliation.decide(project, spot, verdict, round_name=DECIDED, by=by)
        return {"now": found.decision.outcome.value if found.decision else ""}

    words = [person.name, spot.source.name, *spot.range, outcome.value]
    return "decide", [*words, [each.label for each in chosen]], asked


def rename(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Give a code another name, unless somebody else has done so since it was seen."""
    code, name = person.code(), f"name {time.monotonic_ns()}"

    def asked() -> Told:
        try:
            made = codebook_changes.rename(person.project, code, name=name, by=person.coder)
        finally:
            person.book = codebooks.codebook(person.project)
        return {"version": made.codebook.version}

    return "rename", [person.name, code.label, code.name, name], asked


def read_desk(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Read what one has on a source."""
    source, _revision = sources.read(person.project, person.chance.choice(SOURCES))

    def asked() -> Told:
        desk = coding.desk_of(person.project, source, seat=person.sitting)
        known = person.sitting.codebook.by_id()
        codings = sorted([*each.extent, known[each.code].label] for each in desk.codings)
        return {"codings": codings, "marks": sorted([*each.range] for each in desk.marks)}

    return "read desk", [person.name, source.name], asked


def read_progress(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Read how far one is."""

    def asked() -> Told:
        rows = coding.progress(person.project, seat=person.sitting)
        return {row.source.name: [row.done, row.codings] for row in rows}

    return "read progress", [person.name], asked


def read_counts(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Read how often each code stands, as far as one may see."""

    def asked() -> Told:
        found = code_counts.counts(person.project, by=person.coder, round_name=CODED)
        known = person.book.by_id()
        return {known[one].label: [count.own, count.sources] for one, count in found.items()}

    return "read counts", [person.name], asked


def read_codebook(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Read the newest version of the codebook."""

    def asked() -> Told:
        person.book = codebooks.codebook(person.project)
        names = {code.label: code.name for code in person.book.codes}
        return {"version": person.book.version, "names": names}

    return "read codebook", [], asked


def read_decisions(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Read what is decided."""

    def asked() -> Told:
        desk = reconciliation.desk(person.project, DECIDED, by=person.coder)
        made = [each for each in desk.disputes if each.decision]
        return {
            str(each.passage.range.start): each.decision.outcome.value
            for each in made
            if each.decision
        }

    return "read decisions", [], asked


def read_history(person: Person) -> tuple[str, list[Any], Callable[[], Told]]:
    """Read the newest entries of the journal."""

    def asked() -> Told:
        events = history.history(person.project, by=person.coder, newest=NEWEST)
        return {"numbers": [each.entry.number for each in events]}

    return "read history", [], asked


CODERS: tuple[Act, ...] = (
    *[apply] * 5,
    *[remove] * 5,
    *[mark] * 4,
    *[undo] * 2,
    redo,
    *[read_desk] * 4,
    read_progress,
    read_counts,
    read_codebook,
)
LEADS: tuple[Act, ...] = (
    *[decide] * 5,
    *[rename] * 3,
    undo,
    redo,
    *[read_decisions] * 2,
    read_counts,
    read_codebook,
    read_history,
)


def main(place: str, name: str, log: str, seed: str, broken: str) -> None:
    """Do one thing after another until a line comes."""
    opened = projects.open_at(place)
    project = Logged(place, opened._engine)
    project.log = Log(Path(log))
    sabotage.sabotage(broken, project)
    person = Person(project, name, random.Random(seed))
    acts = LEADS if person.coder.leads else CODERS
    while not select.select([sys.stdin], [], [], 0)[0]:
        project.number += 1
        what, words, asked = person.chance.choice(acts)(person)
        number = project.number
        project.log.write(number=number, asked=time.monotonic(), what=what, words=words)
        told: Told
        try:
            told = asked()
        except QualcodeError as mishap:
            told = {"refused": type(mishap).__name__, "sentence": mishap.sentence}
        project.log.write(number=number, answered=time.monotonic(), told=told)
        os.write(sys.stdout.fileno(), b".")
    project.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
