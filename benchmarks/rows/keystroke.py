"""A coding keystroke, from the key through the disk to the paint; 100 ms are allowed.

The keystroke is the one that codes: `b` after `1`, which opened the box. Both together are
a row of their own.
"""

import asyncio
import gc
import statistics
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.bare import BareApp
from benchmarks.generator import Generator
from benchmarks.groups import GROUPS, SMALL, alone, among, both
from benchmarks.rows.one_coding import bare_steps
from benchmarks.sitting import Sitting, before_screen, coder_before, desk_copy
from benchmarks.studies import Studies, raw
from benchmarks.timing import Job, Row, Targets

_OPENS, _CODES = "1", "b"
_STROKES = 40
Stroke = tuple[float, float]
"""The seconds of the key that opens the box, and of the one that codes."""
_ALLOWED = 0.1


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure 40 strokes each, turn after turn, ours and the bare view taking turns."""
    allowed, against = Targets(must=1), "100 ms allowed"
    least = "INSERT, COMMIT, bare ScrollView"
    for place, group in enumerate(GROUPS):
        usual, slow, pair, bare = apart(beside_bare, desk_copy(both(studies), "stroke"), place)
        yield Row("a coding keystroke, median", str(group), usual, bare, least)
        job = "a coding keystroke, 95th percentile"
        yield Row(job, str(group), slow, _ALLOWED, against, allowed)
        yield Row("both keys of it, median", str(group), pair, bare, least)
    here, there = desk_copy(alone(studies), "alone"), desk_copy(among(studies), "among")
    empty, full = apart(beside_each_other, here, there)
    job = "a coding keystroke, 90,000 codings on other sources"
    flat = Targets(must=1.5, ambitious=1.1)
    yield Row(job, str(SMALL), full, empty, "ours without them", flat)


def beside_bare(path: str, place: str) -> list[float]:
    """Give seconds in one focus group: median, 95th percentile, of both keys, bare median."""
    ours, bare = asyncio.run(_beside_bare(Path(path), int(place)))
    coding = [codes for _opens, codes in ours]
    return [
        statistics.median(coding),
        statistics.quantiles(coding, n=20)[-1],
        statistics.median(map(sum, ours)),
        statistics.median(map(sum, bare)),
    ]


def beside_each_other(here: str, there: str) -> list[float]:
    """Give the median seconds in each of two studies, in their first source."""
    times = asyncio.run(_beside_each_other(Path(here), Path(there)))
    return [statistics.median(codes for _opens, codes in each) for each in times]


async def _beside_bare(path: Path, place: int) -> list[list[Stroke]]:
    text = GROUPS[place].transcript(Generator()).text
    steps = bare_steps(desk_copy(path, "bare"))
    bare_app = BareApp(lambda: text, keep=lambda: _keep(steps))
    async with _coding(path, place) as ours, before_screen(bare_app) as bare:
        await bare.press("enter")
        return await _strokes(ours, bare)


async def _beside_each_other(here: Path, there: Path) -> list[list[Stroke]]:
    async with _coding(here) as one, _coding(there) as other:
        return await _strokes(one, other)


@asynccontextmanager
async def _coding(path: Path, place: int = 0) -> AsyncIterator[Sitting]:
    """Sit before a source, and see afterwards that the keys have coded."""
    before = _codings(path)
    async with coder_before(path, down=place) as sitting:
        yield sitting
    if _codings(path) - before < _STROKES:
        raise RuntimeError(f"{path.name}: keys were pressed, and nothing was coded.")


async def _strokes(*sittings: Sitting) -> list[list[Stroke]]:
    """Code turn after turn, the sittings in turn; the first stroke does not count."""
    times: list[list[Stroke]] = [[] for _ in sittings]
    for turn in range(_STROKES + 1):
        for taken, sitting in zip(times, sittings, strict=True):
            stroke = await sitting.press(_OPENS), await sitting.press(_CODES)
            await sitting.press("j")
            if turn:
                taken.append(stroke)
        if not turn:
            gc.collect()
    return times


def _keep(steps: Callable[[], Job]) -> None:
    """Take one bare step."""
    steps()()


def _codings(path: Path) -> int:
    connection = raw(path)
    count: int = connection.execute("SELECT count(*) FROM coding").fetchone()[0]
    connection.close()
    return count
