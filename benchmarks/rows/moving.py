"""A move to another turn, from the key to the paint: at both ends of a text, and bare."""

import asyncio
import gc
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.bare import BareApp
from benchmarks.generator import Generator
from benchmarks.groups import GROUPS, both
from benchmarks.sitting import Sitting, before_screen, coder_before, desk_copy
from benchmarks.studies import Studies
from benchmarks.timing import Row, Targets

_START, _END = ("home", "pagedown"), ("end", "pageup")
_MOVES = (*"jjjj", *"kkkk", *"llll")
_ROUNDS = 4
_BEATS = 1000
_LONG_ENOUGH = 40


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure the median of 48 moves at each place, the places and the bare view in turn."""
    flat = Targets(must=1.2)
    for place, group in enumerate(GROUPS):
        size = str(group)
        start, end, bare = apart(moves, desk_copy(both(studies), "moving"), place, beats=_BEATS)
        yield Row("a move at the end of a text", size, end, start, "ours at its start", flat)
        against = "bare ScrollView, a line highlighted"
        yield Row("a move to another turn", size, start, bare, against)


def moves(path: str, place: str) -> list[float]:
    """Give the median seconds of a move in a focus group: at its start, its end, and bare."""
    return asyncio.run(_moves(Path(path), int(place)))


async def _moves(path: Path, place: int) -> list[float]:
    text = GROUPS[place].transcript(Generator()).text
    at = coder_before(path, down=place)
    async with at as ours, before_screen(BareApp(lambda: text)) as bare:
        await bare.press("enter")
        visits = [(sitting, way) for sitting in (ours, bare) for way in (_START, _END)]
        times: list[list[float]] = [[] for _ in visits]
        begun = time.perf_counter()
        for _ in range(_ROUNDS):
            for taken, (sitting, way) in zip(times, visits, strict=True):
                taken.extend(await _visit(sitting, way))
            if time.perf_counter() - begun > _LONG_ENOUGH:
                break
        start, end, bare_start, bare_end = times
        return [statistics.median(taken) for taken in (start, end, bare_start + bare_end)]


async def _visit(sitting: Sitting, way: tuple[str, ...]) -> list[float]:
    """Go to a place in the text, and move about there; where it takes long, not so often."""
    await sitting.press(*way)
    gc.collect()
    begun = time.perf_counter()
    times = []
    for key in _MOVES:
        times.append(await sitting.press(key))
        if time.perf_counter() - begun > _LONG_ENOUGH / _ROUNDS:
            break
    return times
