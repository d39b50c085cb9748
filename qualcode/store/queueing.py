"""Who waits to write to a file on this machine: the first come is the first served.

SQLite lets any of those who wait go first, most often who has just written and is still awake.
So each who has to wait leaves an empty file in a folder of the user's own, not beside the study,
and keeps it fresh. This is a courtesy and no lock: where the folder cannot be used, or somebody
dies or falls asleep, others go on without it.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import SystemRandom

_STALE = 1.0
"""After so many seconds without a sign of life somebody is overtaken."""
_PAUSE, _LONGEST_PAUSE = 0.001, 0.02
"""So many seconds the next in turn pauses, more or less, and at most anybody."""
_CHANCE = SystemRandom()


class Waiting:
    """One's place among those who wait; one that need not wait leaves no trace."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._name = f"{time.monotonic_ns():020d}-{os.getpid()}-{_CHANCE.getrandbits(32):08x}"
        self._joined = False
        self._ahead = 0

    def is_next(self) -> bool:
        """Say whether nobody waits who came before."""
        if self._folder is None:
            return True
        try:
            if self._joined:
                self._show_up(self._folder)
            self._ahead = sum(self._is_ahead(self._folder, each) for each in _in(self._folder))
        except OSError:
            self._folder = None
            return True
        return self._ahead == 0

    def pause(self) -> None:
        """Wait a moment: the longer, the more others come before."""
        self._joined = True
        pause = min((2 * self._ahead + 1) * _PAUSE, _LONGEST_PAUSE)
        time.sleep(_CHANCE.uniform(0.5, 1.5) * pause)

    def leave(self) -> None:
        """Wait no longer."""
        if self._folder is not None and self._joined:
            with suppress(OSError):
                (self._folder / self._name).unlink()
                self._folder.rmdir()

    def _show_up(self, folder: Path) -> None:
        place = folder / self._name
        try:
            os.utime(place)
        except FileNotFoundError:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o600))

    def _is_ahead(self, folder: Path, name: str) -> bool:
        """Say whether another came before and still lives; forget one that does not."""
        if name == self._name:
            return False
        place = folder / name
        try:
            fresh = abs(time.time() - place.stat().st_mtime) < _STALE
        except FileNotFoundError:
            return False
        if not fresh:
            place.unlink(missing_ok=True)
        return fresh and name < self._name


def _in(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except FileNotFoundError:
        return []


@contextmanager
def waiting_for(file: str | None) -> Iterator[Waiting]:
    """Take one's place among those who wait to write to a file."""
    place = Waiting(_folder_of(file))
    try:
        yield place
    finally:
        place.leave()


def _folder_of(file: str | None) -> Path | None:
    """Name the folder in which those leave a sign who wait for a file; none if it is not safe."""
    if not file or file == ":memory:":
        return None
    user = getattr(os, "getuid", int)()
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"qualcode-{user}"
    try:
        identity = Path(file).stat()
        own.mkdir(mode=0o700, exist_ok=True)
        if own.is_symlink() or own.stat().st_uid != user:
            return None
    except OSError:
        return None
    return own / f"{identity.st_dev:x}-{identity.st_ino:x}"
