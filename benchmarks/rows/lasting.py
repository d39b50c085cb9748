"""A long sitting: how much memory thousands of actions take, in a process of their own."""

import asyncio
import gc
import os
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.groups import SMALL, both
from benchmarks.sitting import Sitting, coder_before, desk_copy
from benchmarks.studies import Studies
from benchmarks.timing import Row, Targets

FEW, MANY = 1_000, 20_000
_WARM_UP = 500
_AT_ONCE = 10
_ALLOWED = 50
_MEGABYTE = 2**20
_MOVES = (*"jjjjkkllh", "pagedown", "pageup", "home", "end")
_SELECTIONS = ("wlL", "wllLLH", "sL", "slLo", "t")
_CODES = ("1b", "2c", "3a", "4j", "-")


def rows_once(studies: Studies, *, actions: int = FEW) -> Iterator[Row]:
    """Measure how far a process grows by moves, selections, codings and undoing, warmed up."""
    path = desk_copy(both(studies), "lasting")
    taken = apart(grown, path, actions)
    job = f"memory taken by {actions:,} actions"
    allowed = f"{_ALLOWED} MB allowed"
    yield Row(job, str(SMALL), taken, _ALLOWED, allowed, Targets(must=1), unit="MB")


def grown(path: str, actions: str) -> float:
    """Say by how many megabytes this process grows by so many actions, after a warm-up."""
    return asyncio.run(_grown(Path(path), int(actions)))


async def _grown(path: Path, actions: int) -> float:
    rng = random.Random(7)  # noqa: S311 - nothing here is a secret
    async with coder_before(path) as sitting:
        await _act(sitting, rng, _WARM_UP)
        before = _resident()
        await _act(sitting, rng, actions)
        return _resident() - before


async def _act(sitting: Sitting, rng: random.Random, actions: int) -> None:
    """Take so many actions, ten at once; what is coded is undone, so that the text stays as it is.

    A step is undone only where something was coded, for undoing goes on to earlier days.
    """
    for _ in range(0, actions, _AT_ONCE):
        move = rng.choices(_MOVES, k=_AT_ONCE - 3)
        select, code = rng.choice(_SELECTIONS), rng.choice(_CODES)
        await sitting.burst(["t", *move, *select])
        await sitting.burst([*code])
        if code != "-":
            await sitting.burst(["u"])


def _resident() -> float:
    """Say how many megabytes of memory this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
