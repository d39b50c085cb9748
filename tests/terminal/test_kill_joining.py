"""A process killed while it takes a bundle in leaves the whole bundle in the study, or nothing."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.services import bundles, coding, people, projects, safekeeping, sources
from qualcode.store.anchors import IN
from qualcode.store.project import Project

from .conftest import TURNS

_STEPS = 60


@pytest.fixture
def sent(place: Path, tmp_path: Path) -> Path:
    """A bundle with what ada did in many steps, come back to the study."""
    study = projects.open_at(str(place))
    bundles.give(study, "ada", tmp_path / "out.bundle", by=people.lead(study))
    study.close()
    bundles.begin(tmp_path / "out.bundle", str(tmp_path / "ada.qualcode"))
    share = projects.open_at(str(tmp_path / "ada.qualcode"))
    seat = coding.take_seat(share, people.named(share, "ada"))
    for number in range(_STEPS):
        codes = seat.codebook.codes[: 1 + number % 5]
        spot = sources.find(share, f"Long:{2 + 2 * (number % (TURNS - 1))}")
        coding.apply(share, spot, codes, seat=seat)
    bundles.send(share, tmp_path / "back.bundle")
    share.close()
    return tmp_path / "back.bundle"


def _joining(place: Path, bundle: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "qualcode", "-p", str(place), "bundle", "in", str(bundle)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.long)])
def test_a_bundle_is_in_whole_or_not_at_all_after_a_kill(
    place: Path, sent: Path, tmp_path: Path, kills: int
) -> None:
    fate, study = random.Random(7), tmp_path / "killed.qualcode"
    shutil.copy(place, study)
    begun = time.monotonic()
    assert _joining(study, sent).wait() == 0
    whole, needed = _content(study), time.monotonic() - begun
    nothing = _content(place)
    for _ in range(kills):
        shutil.copy(place, study)
        _killed(study, sent, after=fate.uniform(0.2, 1.05) * needed)
        assert _content(study) in (nothing, whole)
        assert _joining(study, sent).wait() == 0
        assert _content(study) == whole


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.long)])
def test_a_bundle_is_in_whole_or_not_at_all_after_a_kill_at_the_commit(
    place: Path, sent: Path, tmp_path: Path, kills: int
) -> None:
    fate, study = random.Random(11), tmp_path / "killed.qualcode"
    whole: set[str] | None = None
    nothing = _content(place)
    for _ in range(kills):
        shutil.copy(place, study)
        _killed_while_writing(study, sent, after=fate.uniform(0, 0.03))
        found = _content(study)
        assert _joining(study, sent).wait() == 0
        whole = whole or _content(study)
        assert _content(study) == whole
        assert found in (nothing, whole)


def _killed(study: Path, bundle: Path, *, after: float) -> None:
    """Kill a process that takes a bundle in, so many seconds after it began."""
    process = _joining(study, bundle)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _killed_while_writing(study: Path, bundle: Path, *, after: float) -> None:
    """Kill a process that takes a bundle in, so long after it began to write."""
    process = _joining(study, bundle)
    for _ in _until_written(study.with_name(f"{study.name}-journal"), process):
        pass
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _until_written(journal: Path, process: subprocess.Popen[bytes]) -> Iterator[None]:
    while process.poll() is None and not journal.exists():
        yield


def _content(study: Path) -> set[str]:
    """Give what a sound study holds of ada's, row by row, and which bundles were joined."""
    project = projects.open_at(str(study))
    try:
        assert safekeeping.check(project) == []
        return _rows(project)
    finally:
        project.close()


def _rows(project: Project) -> set[str]:
    with project.reading() as view:
        connection = view.session.connection()
        found: set[str] = set()
        for table in ("coding", "read_mark", "entry", "entry_words", "progress"):
            columns = {"entry": "hash, kind"}.get(table, "*")
            where = f" WHERE kind <> '{IN}'" if table == "entry" else ""
            rows = connection.exec_driver_sql(f"SELECT {columns} FROM {table}{where}")  # noqa: S608 - names are the test's
            found |= {f"{table} {row}" for row in rows}
        joined = len(view.journal.of_kinds(IN))
        return found | {f"joined {joined}"}
