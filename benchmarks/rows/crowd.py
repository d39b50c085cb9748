"""Eight coders at once on the same five sources, against bare inserts by as many processes."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.generator import SIZES
from benchmarks.studies import ROUND, Studies, begin, coder_name, raw
from benchmarks.timing import Row, Targets
from qualcode.domain.ids import new_id
from qualcode.domain.text import Range, words_hash
from qualcode.services import coding, people, projects, sources
from qualcode.services.sources import Spot

_CODERS, _SOURCES, _EACH = 8, 5, 500
_ALLOWED = 5.0
_HERE = Path(__file__).resolve().parents[2]
_CODE = "import sys; from benchmarks.rows.crowd import {0}; {0}(*sys.argv[1:])"


class Waits(NamedTuple):
    """How long all took, and each step as its coder saw it, in seconds, the shortest first."""

    all: float
    steps: list[float]

    def percentile(self, part: float) -> float:
        """Give how long so many of a hundred steps took at most."""
        return self.steps[min(len(self.steps) - 1, int(part / 100 * len(self.steps)))]


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure throughput and waits, each side once: thousands of steps are in it."""
    path = _five(studies)
    bare = _together(Path(shutil.copy(path, path.with_name("crowd-bare.qualcode"))), insert)
    ours = _together(Path(shutil.copy(path, path.with_name("crowd-ours.qualcode"))), apply)
    size, against = f"{_CODERS} processes", f"INSERT, COMMIT, {_CODERS} processes"
    job = f"{_CODERS * _EACH:,} codings by {_CODERS} coders at once"
    yield Row(job, size, ours.all, bare.all, against)
    for part in (50, 95, 99):
        job = f"one of them, {part}th percentile"
        yield Row(job, size, ours.percentile(part), bare.percentile(part), against)
    longest = "one of them, the longest wait"
    yield Row(longest, size, ours.steps[-1], bare.steps[-1], against)
    yield Row(longest, size, ours.steps[-1], _ALLOWED, "5 s allowed", Targets(must=1))


def _five(studies: Studies) -> Path:
    """Give a study of five sources and eight coders, in which one coding stands already."""
    path = studies.folder / "crowd.qualcode"
    if not path.exists():
        texts = dict(islice(studies.texts(SIZES["S"]).items(), _SOURCES))
        begin(path, texts, coders=_CODERS)
        project = projects.open_at(str(path))
        seat = coding.take_seat(project, people.named(project, coder_name(0)), ROUND)
        spot = sources.find(project, f"{next(iter(texts))}:2")
        coding.apply(project, spot, [seat.codebook.codes[-1]], seat=seat)
        project.close()
    return path


def _together(path: Path, work: Callable[[str, str], None]) -> Waits:
    """Let processes work at once, from the moment at which all are ready."""
    with ExitStack() as stack:
        running = [stack.enter_context(_process(path, work, at)) for at in range(_CODERS)]
        pipes = [(one.stdin, one.stdout) for one in running if one.stdin and one.stdout]
        for _asked, told in pipes:
            told.readline()
        start = time.perf_counter()
        for asked, _told in pipes:
            asked.write("\n")
            asked.flush()
        steps = [json.loads(told.readline()) for _asked, told in pipes]
        took = time.perf_counter() - start
    return Waits(took, sorted(step for some in steps for step in some))


def _process(path: Path, work: Callable[[str, str], None], at: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _CODE.format(work.__name__), str(path), str(at)],
        cwd=_HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def apply(path: str, at: str) -> None:
    """Code as one of them does."""
    project = projects.open_at(path)
    seat = coding.take_seat(project, people.named(project, coder_name(int(at))), ROUND)
    texts = [sources.read(project, each.name) for each in sources.sources(project)]
    spots = (
        Spot(source, text, Range(turn.start + step, turn.end - step))
        for step in range(3, 20)
        for source, text in texts
        for turn in text.turns
        if turn.codable and turn.end - turn.start > 2 * step
    )
    code = seat.codebook.codes[0]
    _tell(lambda: coding.apply(project, next(spots), [code], seat=seat))
    project.close()


def insert(path: str, at: str) -> None:
    """Insert bare rows as one of as many."""
    connection = raw(Path(path))
    row = connection.execute("SELECT * FROM coding LIMIT 1").fetchone()
    places = iter(range(int(at) * 10**6, 10**9))
    statement = f"INSERT INTO coding VALUES ({','.join('?' * len(row))})"

    def step() -> None:
        start = next(places)
        new = (new_id().bytes, *row[1:6], start, start + 1, "", words_hash(str(start)), *row[10:])
        _begin(connection)
        connection.execute(statement, new)
        connection.execute("COMMIT")

    _tell(step)
    connection.close()


def _begin(connection: sqlite3.Connection) -> None:
    """Begin, however often half a minute of waiting was in vain."""
    while not connection.in_transaction:
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN IMMEDIATE")


def _tell(step: Callable[[], object]) -> None:
    """Take so many steps once a line comes, and print how long each took."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    took = []
    for _ in range(_EACH):
        start = time.perf_counter()
        step()
        took.append(time.perf_counter() - start)
    sys.stdout.write(json.dumps(took) + "\n")
    sys.stdout.flush()
