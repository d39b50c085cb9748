"""The words of a text: all of a stretch, or the one next to a position, found from there."""

import re
import unicodedata
from collections.abc import Iterator

from qualcode.domain.text import Range
from qualcode.tui.geometry.signs import JOINER, fill_one_cell_each, sign_holding

_UNSPACED = "\u3040-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PARTS = "\\s\u2014\u2013\u2026/"
_RUN = re.compile(f"[{_UNSPACED}][\u3099\u309a]*|[^{_PARTS}{_UNSPACED}]+")
_BREAK = re.compile(f"[{_PARTS}{_UNSPACED}](?<!{JOINER}.)", re.DOTALL)
_PUNCTUATION = "!\"#%&'()*,-./:;?@[\\]_{}“”‘’«»…–—"
_LOOK = 64


def words(text: str, stretch: Range) -> list[Range]:
    """List the words of a stretch without the punctuation around them, in whole signs.

    Signs of scripts that are written without blanks are words of their own.
    """
    whole: list[Range] = []
    for run in _RUN.finditer(text, *stretch):
        word = _without_punctuation(text, Range(*run.span()))
        if not word.length:
            continue
        start, end = _in_whole_signs(text, stretch, word)
        if whole and start < whole[-1].end:
            whole[-1] = Range(whole[-1].start, max(end, whole[-1].end))
        else:
            whole.append(Range(start, end))
    return whole


def word_after(text: str, stretch: Range, position: int) -> Range | None:
    """Find the first word of a stretch that ends beyond a position."""
    start = _break_before(text, stretch, position)
    for end in _breaks_after(text, stretch, position):
        found = words(text, Range(start, end))
        word = next((word for word in found if word.end > position), None)
        if word is not None:
            return word
        start = end
    return None


def word_before(text: str, stretch: Range, position: int) -> Range | None:
    """Find the last word of a stretch that begins before a position."""
    end = next(_breaks_after(text, stretch, position))
    look = _LOOK
    while end > stretch.start:
        start = _break_before(text, stretch, min(end, position) - look)
        found = words(text, Range(start, end))
        word = next((word for word in reversed(found) if word.start < position), None)
        if word is not None:
            return word
        end, look = start, 2 * look
    return None


def _break_before(text: str, stretch: Range, position: int) -> int:
    """Find the nearest place at or before a position that no word reaches over."""
    end, look = min(position + 1, stretch.end), _LOOK
    while end > stretch.start:
        start = max(stretch.start, end - look)
        found = [match.start() for match in _BREAK.finditer(text, start, end)]
        if found:
            return found[-1]
        end, look = start, 2 * look
    return stretch.start


def _breaks_after(text: str, stretch: Range, position: int) -> Iterator[int]:
    """Give places beyond a position that no word reaches over, further and further on."""
    look = _LOOK
    while True:
        match = _BREAK.search(text, max(stretch.start, position + look), stretch.end)
        yield match.start() if match else stretch.end
        if match is None:
            return
        look *= 2


def _without_punctuation(text: str, run: Range) -> Range:
    """Leave out the punctuation at both edges; of punctuation alone nothing is left."""
    bare = run.of(text).lstrip(_PUNCTUATION)
    start, end = run.end - len(bare), run.end - len(bare) + len(bare.rstrip(_PUNCTUATION))
    while start < end and unicodedata.category(text[start]).startswith("P"):
        start += 1
    while start < end and unicodedata.category(text[end - 1]).startswith("P"):
        end -= 1
    return Range(start, end)


def _in_whole_signs(text: str, stretch: Range, word: Range) -> Range:
    """Widen a word to whole signs."""
    around = Range(max(word.start - 1, stretch.start), min(word.end + 1, stretch.end))
    if around.length < _LOOK and fill_one_cell_each(text, around):
        return word
    first = sign_holding(text, stretch, word.start)
    last = sign_holding(text, stretch, word.end - 1)
    return Range(first.start, last.end)
