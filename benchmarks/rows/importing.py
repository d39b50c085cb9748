"""Transcripts taken in from text files, against reading, cutting turns and bare inserts."""

import re
import shutil
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path

from benchmarks.generator import Size
from benchmarks.studies import Studies, raw
from benchmarks.timing import Job, Row, Targets, side_by_side
from qualcode.domain.ids import new_id
from qualcode.interchange.importing import Wishes
from qualcode.services import people, projects
from qualcode.services.sources import take_in_files

_LABEL = re.compile(r"^(\w+): ", re.MULTILINE)
_SOURCE = "INSERT INTO source VALUES (?,?,?,?,?,?,?,?)"
_REVISION = "INSERT INTO revision VALUES (?,?,?,?,?,?,?)"
_TURN = "INSERT INTO turn VALUES (?,?,?,?,?,?,?,?,?)"
_numbers = count()


def rows(size: Size, studies: Studies) -> Iterator[Row]:
    """Measure all transcripts of a study, one file each."""
    files = _files(size, studies)
    blank = _blank(studies)
    ours, bare = side_by_side(
        [lambda: _ours(_copy(blank), files), lambda: _bare(_copy(blank), files)],
        repeats=5 if size.name == "S" else 3,
    )
    job = f"import {len(files):,} text files, each its own transaction"
    targets = Targets(promise=5, must=2, ambitious=1.3)
    yield Row(job, size.name, ours, bare, "read, turns, rows, one transaction", targets)


def _files(size: Size, studies: Studies) -> list[Path]:
    folder = studies.folder / f"{size.name}-files"
    folder.mkdir(exist_ok=True)
    for name, text in studies.texts(size).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def _blank(studies: Studies) -> Path:
    path = studies.folder / "blank.qualcode"
    if not path.exists():
        projects.begin(str(path), name="Blank", lead="lead").close()
    return path


def _copy(path: Path) -> Path:
    return Path(shutil.copy(path, path.with_name(f"import-{next(_numbers) % 4}.qualcode")))


def _ours(path: Path, files: Sequence[Path]) -> Job:
    project = projects.open_at(str(path))
    lead = people.lead(project)
    return lambda: take_in_files(project, files, wishes=Wishes(), by=lead)


def _bare(path: Path, files: Sequence[Path]) -> Job:
    connection = raw(path)
    entry = connection.execute("SELECT id FROM entry LIMIT 1").fetchone()[0]

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for place, file in enumerate(files):
            source, revision, text, turns = _read(file)
            spoken = len(turns)
            row = (source, file.stem, file.stem, "interview", place, revision, spoken, spoken)
            connection.execute(_SOURCE, row)
            seal = sha256(text.encode()).hexdigest()
            connection.execute(_REVISION, (revision, source, 1, seal, "utf-8", entry, text))
            connection.executemany(_TURN, turns)
        connection.execute("COMMIT")
        connection.close()

    return insert


def _read(file: Path) -> tuple[bytes, bytes, str, list[tuple[object, ...]]]:
    source, revision = new_id().bytes, new_id().bytes
    text = file.read_bytes().decode()
    found = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in found[1:]), len(text)]
    turns: list[tuple[object, ...]] = []
    for number, (label, end) in enumerate(zip(found, ends, strict=True)):
        last = label.end() + len(text[label.end() : end].rstrip())
        role = "interviewer" if label[1] == "Interviewer" else "participant"
        place = (revision, number, number + 1, label[1], role)
        turns.append((*place, label.end(), last, None, None))
    return source, revision, text, turns
