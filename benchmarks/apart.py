"""A measurement in a process of its own, whose memory holds nothing but what is measured."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent.parent
_CODE = "import json, sys; from {0} import {1}; said = {1}(*sys.argv[1:]); print(json.dumps(said))"


def apart(measured: Callable[..., Any], *words: object, beats: int = 120) -> Any:  # noqa: ANN401 - as measured
    """Have a function of a module measure in a new process; it is given the words as strings.

    What changes is painted at the next of so many beats a second, 120 as the program has it; with
    many more there is no waiting, and what is measured is work.
    """
    code = _CODE.format(measured.__module__, measured.__name__)
    settings = {**os.environ, "TEXTUAL_FPS": str(beats)}
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=_HERE, env=settings
    )
    return json.loads(done.stdout)
