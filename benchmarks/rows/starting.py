"""Starting the program, against a bare interpreter and the database library alone."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.generator import SIZES
from benchmarks.studies import Studies
from benchmarks.timing import Row, Targets, ready, side_by_side

_REPEATS = 15


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure the help, and the list of a small study's sources, each in a new process."""
    python = [sys.executable, "-c"]
    qualcode = [sys.executable, "-c", "from qualcode.cli import main; main()"]
    program = Path(sys.executable).with_name("qualcode")
    if program.exists():
        qualcode = [str(program)]
    place = ["-p", str(studies.coded(SIZES["S"]))]
    jobs = [
        [*python, "pass"],
        [*python, "import sqlalchemy"],
        [*python, "import sqlalchemy.orm"],
        [*qualcode, "--help"],
        [*qualcode, *place, "source", "list", "--as", "coder1"],
    ]
    sides = [ready(partial(_run, words)) for words in jobs]
    bare, library, mapper, helped, listed = side_by_side(sides, repeats=_REPEATS)
    wanted = Targets(must=6, ambitious=3)
    yield Row("qualcode --help", "process", helped, bare, "python -c pass", wanted)
    wanted = Targets(must=1.3, ambitious=1.1)
    against = 'python -c "import sqlalchemy"'
    yield Row("qualcode source list", "process", listed, library, against, wanted)
    against = 'python -c "import sqlalchemy.orm"'
    yield Row("qualcode source list", "process", listed, mapper, against)
    yield Row("qualcode source list", "process", listed, bare, "python -c pass")


def _run(words: Sequence[str]) -> None:
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=settings)
