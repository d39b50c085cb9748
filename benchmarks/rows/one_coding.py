"""One coding saved, in an empty and in a full project, against a bare insert and commit."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.generator import Size
from benchmarks.studies import ROUND, Studies, coder_name, raw
from benchmarks.timing import Job, Row, Targets, side_by_side
from qualcode.domain.ids import new_id
from qualcode.domain.text import Range, words_hash
from qualcode.services import coding, people, projects
from qualcode.services.sources import Spot

_SAVED = 150


def rows(size: Size, studies: Studies) -> Iterator[Row]:
    """Measure coders' single steps: the median of 150, taking turns with the bare insert."""
    targets = Targets(promise=3, must=4, ambitious=2)
    empty = _copy(studies.uncoded(size), "empty")
    full = _copy(studies.coded(size), "full")
    sides = [_steps(empty), _steps(full), bare_steps(_copy(studies.coded(size), "bare"))]
    in_empty, in_full, bare = side_by_side(sides, repeats=_SAVED)
    against = "INSERT, COMMIT, same settings"
    yield Row("one coding saved, empty project", size.name, in_empty, bare, against, targets)
    yield Row("one coding saved, full project", size.name, in_full, bare, against, targets)
    flat = Targets(must=1.5, ambitious=1.1)
    job = "one coding saved, full against empty"
    yield Row(job, size.name, in_full, in_empty, "ours, empty project", flat)


def _copy(path: Path, name: str) -> Path:
    return Path(shutil.copy(path, path.with_name(f"one-{name}.qualcode")))


def _steps(path: Path) -> Callable[[], Job]:
    """Give side after side: the next place in the text, and a job that codes it."""
    project = projects.open_at(str(path))
    coder = people.named(project, coder_name(0))
    seat = coding.take_seat(project, coder, ROUND)
    with project.reading() as view:
        source = view.sources.all()[0]
        revision = view.sources.revision(source)
    turns = [turn for turn in revision.turns if turn.codable]
    places = iter(
        Range(turn.start + step, turn.end - step) for step in range(3, 9) for turn in turns
    )

    def side() -> Job:
        spot = Spot(source, revision, next(places))
        return lambda: coding.apply(project, spot, [seat.codebook.codes[0]], seat=seat)

    return side


def bare_steps(path: Path) -> Callable[[], Job]:
    """Give side after side: a job that inserts a coding and commits, and does no more."""
    connection = raw(path)
    row = connection.execute("SELECT * FROM coding LIMIT 1").fetchone()
    numbers = iter(range(10**9))

    def side() -> Job:
        start = next(numbers)
        seal = words_hash(str(start))
        new = (new_id().bytes, *row[1:6], start, start + 1, "", seal, *row[10:])
        return lambda: _insert(connection, new)

    return side


def _insert(connection: sqlite3.Connection, row: tuple[object, ...]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO coding VALUES ({','.join('?' * len(row))})", row)
    connection.execute("COMMIT")
