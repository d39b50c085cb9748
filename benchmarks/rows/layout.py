"""Laying out a transcript of 100,000 words for the screen: a bare time."""

import textwrap
from collections.abc import Iterator

from benchmarks.studies import Studies
from benchmarks.timing import Row, Targets, ready, side_by_side
from qualcode.interchange.speakers import talk
from qualcode.tui.geometry.page import laid_out

_WORDS = 100_000
_WIDTH = 100


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure wrapping all turns at 100 cells, beside the standard library's wrapping."""
    text = studies.generator.interview(0, _WORDS).text
    accented = text.replace("e", "é").replace("zu", "漢")
    turns, others = talk(text).turns, talk(accented).turns
    words = [turn.range.of(text) for turn in turns]
    plain, wide, library = side_by_side(
        [
            ready(lambda: laid_out(text, turns, _WIDTH)),
            ready(lambda: laid_out(accented, others, _WIDTH)),
            ready(lambda: [textwrap.wrap(each, _WIDTH) for each in words]),
        ],
        repeats=7,
    )
    against = "textwrap"
    size = f"{_WORDS:,} words"
    yield Row("lay out a transcript", size, plain, library, against, Targets(must=1))
    yield Row("lay out a transcript, wide signs and accents", size, wide, library, against)
