"""The line mode at a real terminal: a prompt, plain letters, and a clean way out."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import Qualcode

from .conftest import content

_PATIENCE = 30.0
_TIMES = 10


def _listen_to_keys() -> None:
    """Heed Ctrl+C as in a terminal, even where the tests run in a background that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Desk:
    """The line mode in a terminal of its own."""

    def __init__(self, study: Qualcode, *words: str) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qualcode", "-p", study.place, *words, "--plain"],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "dumb"},
            start_new_session=True,
            preexec_fn=_listen_to_keys,  # noqa: PLW1509 - it sets a signal and takes no lock
        )
        os.close(slave)
        self.painted = b""
        self._news = b""

    def wait_for(self, words: str) -> None:
        """Read until the words stand there."""
        assert self._reads(words, within=_PATIENCE), self.painted.decode("utf-8", "replace")

    def _reads(self, words: str, *, within: float) -> bool:
        """Read until the words stand there, for so many seconds at most."""
        deadline = time.monotonic() + within
        while words not in self._news.decode("utf-8", "replace"):
            if time.monotonic() > deadline:
                return False
            if select.select([self._master], [], [], 0.2)[0]:
                self._news += os.read(self._master, 65536)
        self.painted += self._news
        self._news = b""
        return True

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._master, keys.encode())

    def interrupt(self, until: str = "All is kept.") -> None:
        """Do what Ctrl+C does; again where the line was not listened to yet, as people do."""
        for _ in range(_TIMES):
            self.process.send_signal(signal.SIGINT)
            if self._reads(until, within=_PATIENCE / _TIMES):
                return
        self.wait_for(until)

    def leave(self) -> None:
        """Press Ctrl+D."""
        self.type("\x04")
        self.wait_for("All is kept.")

    def end(self) -> int:
        """Wait for the end; give the exit status."""
        status = self.process.wait(timeout=_PATIENCE)
        os.close(self._master)
        return status


@pytest.fixture
def desk(study: Qualcode) -> Iterator[Callable[..., Desk]]:
    """Start the line mode in a terminal; what still runs at the end is killed."""
    started: list[Desk] = []

    def start(*words: str) -> Desk:
        started.append(Desk(study, *words))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.send_signal(signal.SIGKILL)
            each.process.wait()


def test_it_asks_who_is_there_and_prompts_with_the_place(
    study: Qualcode, desk: Callable[..., Desk]
) -> None:
    talk = desk()
    talk.wait_for("your name> ")
    talk.type("nobody\n")
    talk.wait_for("your name> ")
    talk.type("a\n")
    talk.wait_for("ANNA:2> ")
    talk.type("1b n\n")
    talk.wait_for("ANNA:4> ")
    talk.type("q\n")
    talk.wait_for("All is kept.")
    assert talk.end() == 0
    assert "There is no coder “nobody”." in talk.painted.decode()
    assert b"\x1b" not in talk.painted
    assert [row[2] for row in content(study.place, "a")] == ["CH1B"]


@pytest.mark.parametrize("leave", [Desk.interrupt, Desk.leave], ids=["Ctrl+C", "Ctrl+D"])
def test_it_is_left_at_any_time_and_all_is_kept(
    study: Qualcode, desk: Callable[..., Desk], leave: Callable[[Desk], None]
) -> None:
    talk = desk("--as", "a")
    talk.wait_for("ANNA:2> ")
    talk.type("1b\n")
    talk.wait_for("ANNA:2> ")
    talk.type("1z\n")
    talk.wait_for("ANNA:2> ")
    leave(talk)
    assert talk.end() == 0
    assert [row[2] for row in content(study.place, "a")] == ["CH1B"]


def test_a_memo_half_written_is_kept_when_it_is_interrupted(
    study: Qualcode, desk: Callable[..., Desk]
) -> None:
    talk = desk("--as", "a")
    talk.wait_for("ANNA:2> ")
    talk.type("m\n")
    talk.wait_for("memo> ")
    talk.type("half a thought\n")
    talk.wait_for("memo> ")
    talk.interrupt(until="ANNA:2> ")
    talk.interrupt()
    assert talk.end() == 0
    assert [row[3] for row in content(study.place, "a")] == ["half a thought"]
