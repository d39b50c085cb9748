"""Lets several people work on one study at random, some of them killed, and keeps their logs."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qualcode.services import codebooks, coding, people, rounds, sources, unblinding
from qualcode.store.project import Project
from tests.services.together.crowd import begin
from tests.services.together.history_check import Kept, Question, questions_in
from tests.services.together.history_coder import DECIDED, DISPUTED, TURNS
from tests.services.together.history_model import Fixed, State, beginning

_HOUSE = Path(__file__).parents[3]
_PROGRAM = "tests.services.together.history_coder"
_PATIENCE = 120
_PAIR = ("first", "second")


@dataclass(frozen=True)
class Plan:
    """Who works, one process each; how many are killed, with how many answers between.

    After the last one is killed, they go on for as many answers more.
    """

    crew: tuple[str, ...]
    kills: int
    between: int
    seed: int
    broken: str = ""


def study(place: str, coders: Sequence[str]) -> tuple[Project, State]:
    """Begin a study: a round to code in, and a frozen one to decide on.

    The one is blind to its coders; the lead sees each step in it, for the history is compared.
    """
    project = begin(place, coders)
    lead = people.lead(project)
    book = codebooks.codebook(project)
    for name in _PAIR:
        people.add(project, name, by=lead)
    unblinding.unblind(project, "r1", reason="every step is compared", by=lead)
    rounds.new(project, DECIDED, coders=_PAIR, blind=False, by=lead)
    for name, code in zip(_PAIR, book.codes, strict=False):
        seat = coding.take_seat(project, people.named(project, name), DECIDED)
        for turn in TURNS:
            coding.apply(project, sources.find(project, f"{DISPUTED}:{turn}"), [code], seat=seat)
        source, text = sources.read(project, DISPUTED)
        coding.mark_read(project, coding.turns_left(project, source, text, seat=seat), seat=seat)
    rounds.freeze(project, DECIDED, by=lead)
    texts = [sources.read(project, each.name) for each in sources.sources(project)]
    turns = {
        source.name: tuple((turn.start, turn.end) for turn in text.turns if turn.codable)
        for source, text in texts
    }
    labels = tuple(code.label for code in book.codes)
    fixed = Fixed(turns, labels, (labels[0], labels[1]))
    names = {code.label: code.name for code in book.codes}
    number = project.changes_seen()
    return project, beginning(fixed, number=number, names=names, people=coders)


class Crew:
    """People at work, each in a process."""

    def __init__(self, place: str, folder: Path, plan: Plan, said: int) -> None:
        self._place, self._folder, self._plan, self._said = place, folder, plan, said
        self._lives = [0] * len(plan.crew)
        self._running = [self._start(at) for at in range(len(plan.crew))]

    def _start(self, at: int) -> "subprocess.Popen[bytes]":
        log = self._folder / f"{at}-{self._plan.crew[at]}-{self._lives[at]}.log"
        seed = f"{self._plan.seed} {at} {self._lives[at]}"
        words = [self._place, self._plan.crew[at], str(log), seed, self._plan.broken]
        return subprocess.Popen(
            [sys.executable, "-m", _PROGRAM, *words],
            cwd=_HOUSE,
            stdin=subprocess.PIPE,
            stdout=self._said,
        )

    def kill(self, at: int) -> None:
        """Kill one in the middle of whatever it does, and let another take the place."""
        self._running[at].kill()
        self._close(at)
        self._lives[at] += 1
        self._running[at] = self._start(at)

    def stop(self) -> list[int]:
        """Let all finish what they do, and give their exit statuses."""
        for process in self._running:
            assert process.stdin is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
        return [self._close(at) for at in range(len(self._running))]

    def _close(self, at: int) -> int:
        process = self._running[at]
        status = process.wait(_PATIENCE)
        assert process.stdin is not None
        process.stdin.close()
        return status

    def end(self) -> None:
        """Leave nobody running."""
        for process in self._running:
            process.kill()
            process.wait()


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def work(place: str, folder: Path, plan: Plan) -> list[int]:
    """Let all work, killing one now and then; give the exit statuses of those who lived."""
    fate = random.Random(plan.seed)
    with _pipe() as (hearing, said):
        crew = Crew(place, folder, plan, said)
        try:
            for _kill in range(plan.kills):
                _hear(hearing, fate.randint(1, 2 * plan.between))
                crew.kill(fate.randrange(len(plan.crew)))
            _hear(hearing, plan.between)
            return crew.stop()
        finally:
            crew.end()


def _hear(hearing: int, answers: int) -> None:
    """Wait for so many answers, whoever gets them."""
    while answers > 0:
        answers -= len(os.read(hearing, answers))


def journal(project: Project) -> list[Kept]:
    """Read which entries there are."""
    with project.reading() as view:
        names = {one.id: one.name for one in view.people.all()}
        return [
            Kept(str(entry.id), entry.number, names[entry.who] if entry.who else "", entry.kind)
            for entry in view.journal.entries()
        ]


def questions(folder: Path) -> list[Question]:
    """Read all logs."""
    return [one for log in sorted(folder.glob("*.log")) for one in questions_in(log)]
