"""The terminal somebody sits at: whether there is one, and leaving with it when it goes."""

import os
import signal
import sys
import time
from threading import Thread

_LOOK_SECONDS = 2.0


def is_there() -> bool:
    """Say whether keys come from a terminal."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def leave_with_it() -> None:
    """End, from now on, when the terminal has gone, as a line that is hung up ends a program.

    All is saved by then. A terminal that goes without hanging up, as one whose program was
    killed, would leave the screens reading nothing for ever.
    """
    Thread(target=_watch, name="terminal", daemon=True).start()


def _watch() -> None:
    while is_there():
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), getattr(signal, "SIGHUP", signal.SIGTERM))
