"""Copies of a project file: whole, checked, and never over another file."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from qualcode.domain.errors import AlreadyThereError, DamageError, ExportRefusedError


def copy_whole(path: Path, to: Path) -> Path:
    """Copy a project file as it is at one moment, while others may be writing to it.

    The copy is made by SQLite, checked, flushed to disk and only then given its name.
    """
    if to.exists():
        raise AlreadyThereError(f"{to} is there already.", hint="Name a new file.")
    part = to.with_name(f".{to.name}.part")
    part.unlink(missing_ok=True)
    try:
        _copy(path, part)
        part.replace(to)
    except (sqlite3.Error, OSError) as trouble:
        raise ExportRefusedError(
            f"The backup {to} could not be made: {trouble}.",
            hint="Free some space or name another folder; the project is as it was.",
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return to


def _copy(path: Path, part: Path) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    copy = sqlite3.connect(part)
    try:
        # A reader waits for its turn; a backup that finds the file locked sleeps and may miss it.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise DamageError(
                f"{path} is damaged; the copy did not pass its check.",
                hint="Restore the last good backup.",
            )
    finally:
        copy.close()
        source.close()
    with part.open("rb") as file:
        os.fsync(file.fileno())


def free_name(path: Path, why: str) -> Path:
    """Find a name for a backup beside the project: `study.before-upgrade-20300102-030405`."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    numbers = ("", *(f"-{number}" for number in range(2, 100)))
    names = [path.with_name(f"{path.stem}.{why}-{stamp}{one}{path.suffix}") for one in numbers]
    return next((name for name in names if not name.exists()), names[0])
