"""Finding words in a text, whatever their case, accents and line breaks."""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

from qualcode.domain.text import Range

_QUOTES = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}


class _Folds(dict[int, str]):
    """Gives what a code point is compared by: for a combining mark, nothing."""

    def __missing__(self, point: int) -> str:
        bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(point)).casefold())
        kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
        return self.setdefault(point, kept)


_FOLDS = _Folds(_QUOTES)


def hits(text: str, words: str) -> list[Range]:
    """List where words occur, in order; hits never overlap.

    Case, accents and the shape of quotation marks make no difference, and any run of white
    space stands for any other. A hit covers whole signs: accents that follow a letter belong
    to it. The time it takes grows with the text and no faster.
    """
    pieces = [re.escape(piece) for piece in words.translate(_FOLDS).split()]
    if not pieces:
        return []
    wanted = re.compile(r"\s++".join(pieces))
    found = [Range(*hit.span()) for hit in wanted.finditer(text.translate(_FOLDS))]
    if not found or all(len(_FOLDS[ord(sign)]) == 1 for sign in set(text)):
        return found
    return _unfolded(text, found)


def _unfolded(text: str, found: list[Range]) -> list[Range]:
    """Give stretches of the folded text as stretches of the text itself."""
    ends = list(accumulate(len(_FOLDS[ord(sign)]) for sign in text))
    whole: list[Range] = []
    for hit in found:
        last = bisect_right(ends, hit.end - 1)
        stretch = Range(bisect_right(ends, hit.start), bisect_right(ends, ends[last]))
        if not whole or whole[-1].end <= stretch.start:
            whole.append(stretch)
    return whole
