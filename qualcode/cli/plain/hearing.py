"""Hearing a line: from a person at a terminal, with a prompt, or from a script, without one."""

import sys
from importlib.util import find_spec
from io import TextIOWrapper

from qualcode.domain.display import visible_line


def is_attended() -> bool:
    """Say whether a person types, rather than a script."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin.isatty()


def heard(prompt: str) -> str | None:
    """Ask for a line; None at the end of the input, and when the coder interrupts it."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.rstrip("\r\n") if line else None
    if find_spec("readline") is not None:
        import readline  # noqa: F401 - arrow keys edit the line and bring earlier ones back
    try:
        return input(visible_line(prompt))
    except (EOFError, KeyboardInterrupt):
        sys.stdout.write("\n")
        return None
