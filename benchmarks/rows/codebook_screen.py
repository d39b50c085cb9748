"""The codebook's screen over 1,000 codes in five levels; 100 ms are allowed for each key."""

import asyncio
import gc
import shutil
import statistics
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.generator import SIZES, Generator
from benchmarks.sitting import before_screen, desk_copy
from benchmarks.studies import Studies
from benchmarks.timing import Row, Targets
from qualcode.domain.code_tree import in_tree_order
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.ids import new_id
from qualcode.services import codebook_changes, people, projects
from qualcode.tui.app import QualcodeApp
from qualcode.tui.screens.codebook import CodebookScreen

_LEVELS = (80, 160, 320, 400)
"""How many codes stand in each level below the 40 at the top."""
_ALLOWED = 0.1
_ROUNDS = 9
_LONGEST = 12
_KEYS = {
    "the next row": "j",
    "all folded": "z",
    "unfolded again": "z",
    "the filter opened": "slash",
    "filter, first letter": "c",
    "filter, second letter": "o",
    "filter, third letter": "d",
    "the filter given up": "escape",
    "the last row": "end",
}
_OPENED = "open the codebook, until its codes are painted"
_FIRST = "Code 1"
_JOBS = (_OPENED, "filter, first letter", "filter, third letter", "the next row")


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure the keys, the median of nine times each."""
    path = desk_copy(large(studies), "codebook")
    taken = apart(keys, path)
    for job in _JOBS:
        yield Row(job, "1,000 codes", taken[job], _ALLOWED, "100 ms allowed", Targets(must=1))


def large(studies: Studies) -> Path:
    """Give the study of size S, coded, its codebook grown to 1,000 codes in five levels."""
    path = studies.folder / "large-codebook.qualcode"
    if not path.exists():
        part = Path(shutil.copy(studies.coded(SIZES["S"]), path.with_suffix(".part")))
        project = projects.open_at(str(part))
        lead = people.lead(project)
        codebook_changes.changed(project, "grow", _grown, by=lead, reason="to be measured")
        project.close()
        part.rename(path)
    return path


def _grown(before: Codebook) -> Codebook:
    """Put codes under those there are, level under level."""
    words = Generator().interview(0).text.split()
    above, codes = list(before.codes), list(before.codes)
    for level, count in enumerate(_LEVELS, 1):
        here = [_code(level, at, above[at % len(above)], words) for at in range(count)]
        codes += here
        above = here
    return in_tree_order(replace(before, codes=tuple(codes)))


def _code(level: int, at: int, above: Code, words: list[str]) -> Code:
    start = (level * 997 + at * 31) % (len(words) - 100)
    said = [" ".join(words[start + first : start + first + _LONGEST]) for first in range(0, 60, 12)]
    return Code(
        new_id(),
        f"L{level}N{at}",
        f"{level}n{at}",
        " ".join(words[start : start + 3]),
        above.part,
        0,
        description=said[0],
        full_definition=said[1],
        include=(said[2],),
        exclude=(said[3],),
        examples=(said[4],),
        parent=above.label,
    )


def keys(path: str) -> dict[str, float]:
    """Give the median seconds of each key."""
    return asyncio.run(_keys(Path(path)))


async def _keys(path: Path) -> dict[str, float]:
    """Open the codebook and press the keys, again and again; the first time does not count."""
    project = projects.open_at(str(path))
    lead = people.lead(project)
    app = QualcodeApp(project, projects.summary(project), lead, lambda _coder: str)
    times: dict[str, list[float]] = {job: [] for job in (_OPENED, *_KEYS)}
    async with before_screen(app) as sitting:
        for turn in range(_ROUNDS + 1):
            gc.collect()
            taken = await sitting.press_until("B", _FIRST)
            times[_OPENED] += [taken] if turn else []
            for job, key in _KEYS.items():
                taken = await sitting.press(key)
                times[job] += [taken] if turn else []
            if not isinstance(app.screen, CodebookScreen):
                raise TypeError("B was pressed, and the codebook did not open.")
            await sitting.press("q")
    project.close()
    return {job: statistics.median(each) for job, each in times.items()}
