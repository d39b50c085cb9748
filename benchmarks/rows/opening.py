"""Opening a source on the screen, from the key to the paint with all codings on it."""

import asyncio
import gc
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.bare import BareApp
from benchmarks.groups import GROUPS, LARGE, SMALL, Group, both
from benchmarks.sitting import before_screen, coder_before, desk_copy
from benchmarks.studies import ROUND, Studies, coder_name, raw
from benchmarks.timing import Row, Targets

_TEXT = "SELECT body FROM revision JOIN source ON source.id = source_id WHERE source.name = ?"
_TURNS = f"SELECT * FROM turn WHERE revision_id = ({_TEXT.replace('body', 'revision.id')})"
_LAID = (
    "SELECT * FROM {} WHERE source_id = (SELECT id FROM source WHERE name = ?)"
    " AND retired_in IS NULL AND layer_id = (SELECT layer.id FROM layer"
    " JOIN coder ON coder.id = coder_id JOIN round ON round.id = round_id"
    " WHERE coder.name = ? AND round.name = ?)"
)
_ALLOWED = 1
_ROUNDS = 7
_LONG_ENOUGH = 40


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure both focus groups, the median of seven times, ours and the bare view in turn."""
    path = desk_copy(both(studies), "opening")
    small, large, bare_small, bare_large = apart(openings, path)
    job = "open a source"
    yield Row(job, str(SMALL), small, _ALLOWED, "1 s allowed", Targets(must=1))
    yield Row(job, str(LARGE), large, small, f"ours, {SMALL}", Targets(must=2.5))
    against = "SELECT, textwrap, bare ScrollView"
    yield Row(job, str(SMALL), small, bare_small, against)
    yield Row(job, str(LARGE), large, bare_large, against)


def openings(path: str) -> list[float]:
    """Give the median seconds for both focus groups: ours, then bare."""
    return asyncio.run(_openings(Path(path)))


async def _openings(path: Path) -> list[float]:
    """Open one and the other, again and again; the first time does not count."""
    connection = raw(path)
    read = [_reading(connection, group) for group in GROUPS]
    async with coder_before(path) as ours, before_screen(BareApp(*read)) as bare:
        times: list[list[float]] = [[] for _ in range(4)]
        await ours.press("S")
        begun = time.perf_counter()
        for turn in range(_ROUNDS + 1):
            for place, way in enumerate(("j", "k")):
                for side, sitting in enumerate((ours, bare)):
                    gc.collect()
                    taken = await sitting.press("enter")
                    if sitting is ours and not ours.codes:
                        raise RuntimeError("Enter was pressed on a source, and it did not open.")
                    times[place + 2 * side] += [taken] if turn else []
                    await sitting.press("S", way)
            if turn and time.perf_counter() - begun > _LONG_ENOUGH:
                break
    connection.close()
    return [statistics.median(each) for each in times]


def _reading(connection: sqlite3.Connection, group: Group) -> Callable[[], str]:
    return partial(_read, connection, f"fg{group.number}")


def _read(connection: sqlite3.Connection, name: str) -> str:
    """Read what the screen needs: text, turns, codings and read marks."""
    connection.execute(_TURNS, (name,)).fetchall()
    for table in ("coding", "read_mark"):
        connection.execute(_LAID.format(table), (name, coder_name(0), ROUND)).fetchall()
    text: str = connection.execute(_TEXT, (name,)).fetchone()[0]
    return text
