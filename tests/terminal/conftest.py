"""A real terminal: the program on a pseudo-terminal, driven by keys, read as it paints."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, people, projects, sources

_PATIENCE = 30.0
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
TURNS = 60


class Terminal:
    """The program in a terminal."""

    rows, columns = 30, 100

    def __init__(self, *words: str, folder: Path) -> None:
        self._master, slave = pty.openpty()
        size = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        environment = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        environment |= {"LINES": str(self.rows), "COLUMNS": str(self.columns)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qualcode", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self._painted = b""

    @property
    def seen(self) -> str:
        """The words painted since the last wait, without what moves and colours them."""
        return _SEQUENCE.sub("", self._painted.decode("utf-8", "replace"))

    def press(self, keys: str) -> None:
        """Type keys."""
        os.write(self._master, keys.encode())

    def wait_for(self, words: str) -> None:
        """Read what is painted until the words stand there; then forget what was read."""
        deadline = time.monotonic() + _PATIENCE
        while words not in self.seen:
            if time.monotonic() > deadline:
                raise AssertionError(f"“{words}” did not appear in: {self.seen[-2000:]}")
            self._read(0.2)
        self._painted = b""

    def wait_for_anything(self) -> None:
        """Read until the first sign is sent, before anything stands on the screen."""
        deadline = time.monotonic() + _PATIENCE
        while not self._painted and time.monotonic() < deadline:
            self._read(0.2)

    def _read(self, seconds: float) -> None:
        if select.select([self._master], [], [], seconds)[0]:
            with contextlib.suppress(OSError):
                self._painted += os.read(self._master, 65536)

    def kill(self) -> None:
        """Kill the process as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def hang_up(self) -> int:
        """Take the terminal away; give the exit status of the program."""
        os.close(self._master)
        return self.process.wait(timeout=_PATIENCE)

    def wait(self) -> int:
        """Wait for the program to end by itself; give its exit status."""
        deadline = time.monotonic() + _PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read(0.2)
        os.close(self._master)
        return self.process.wait(timeout=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A study with one long invented interview and one coder beside the lead."""
    place = tmp_path / "study.qualcode"
    project = projects.begin(str(place), name="Study", lead="lead")
    lead = people.lead(project)
    turns = (f"INT: Question {n}?\n\nR1: Answer number {n}, so to speak." for n in range(TURNS))
    upload = Upload("Long.txt", "\n\n".join(turns).encode())
    sources.take_in(project, upload, wishes=Wishes(), by=lead)
    codebooks.load(project, "osspc", by=lead)
    people.add(project, "ada", by=lead)
    project.close()
    return place


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Start the program in a terminal; what still runs at the end is killed."""
    started: list[Terminal] = []

    def start(*words: str) -> Terminal:
        started.append(Terminal(*words, folder=tmp_path))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.kill()
