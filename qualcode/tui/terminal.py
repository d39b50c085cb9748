"""The terminal somebody sits at: whether there is one, and leaving with it when it goes."""

import os
import sys
import time
from threading import Thread

HUNG_UP = 129
"""The exit status: what a shell says of a program that a hang-up ended."""
_LOOK_SECONDS = 2.0


def is_there() -> bool:
    """Say whether keys come from a terminal."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


def leave_with_it() -> None:
    """End, from now on, when the terminal has gone, as a line that is hung up ends a program.

    All is saved by then. Where no signal tells of it, or it is ignored, the screens would go on
    reading nothing for ever.
    """
    Thread(target=_watch, name="terminal", daemon=True).start()


def _watch() -> None:
    while is_there():
        time.sleep(_LOOK_SECONDS)
    os._exit(HUNG_UP)
