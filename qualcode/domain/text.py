"""Text as it is stored, and stretches of it.

A source's text is kept exactly as decoded: every newline becomes LF, every control
character but tab and LF becomes U+FFFD one for one, and nothing else changes. No
Unicode normalisation is applied, for it would move the codings. Positions count
Unicode code points from 0; a range includes its start and excludes its end.
"""

import hashlib
import re
from typing import NamedTuple

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NEWLINE = re.compile("\r\n|\r")
_INK = re.compile(r"\S")
REPLACEMENT = "\ufffd"


class Range(NamedTuple):
    """A half-open stretch of one revision's text, in code points."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many code points the stretch holds."""
        return self.end - self.start

    def overlaps(self, other: "Range") -> bool:
        """Do the two share at least one code point?"""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Range") -> bool:
        """Say whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def common(self, other: "Range") -> "Range":
        """Give the shared stretch; it is empty where there is none."""
        start = max(self.start, other.start)
        return Range(start, max(start, min(self.end, other.end)))

    def of(self, text: str) -> str:
        """Give the words the range stands on."""
        return text[self.start : self.end]


class StoredText(NamedTuple):
    """A text as it will be stored, and how many control characters it lost."""

    text: str
    replaced: int


def as_stored(text: str) -> StoredText:
    """Fold newlines to LF and put U+FFFD for each control character or lone surrogate."""
    return StoredText(*_CONTROL.subn(REPLACEMENT, _NEWLINE.sub("\n", text)))


def trimmed(text: str, stretch: Range) -> Range:
    """Leave white space out at both edges; a stretch of white space only becomes empty."""
    start, end = stretch.start, min(stretch.end, len(text))
    if start < end and text[start].isspace():
        ink = _INK.search(text, start, end)
        start = ink.start() if ink else end
    if start < end and text[end - 1].isspace():
        end = start + len(text[start:end].rstrip())
    return Range(start, max(start, end))


def united(ranges: list[Range]) -> list[Range]:
    """Join overlapping and touching ranges; the result ascends and is disjoint."""
    joined: list[Range] = []
    for stretch in sorted(ranges):
        if joined and stretch.start <= joined[-1].end:
            joined[-1] = Range(joined[-1].start, max(joined[-1].end, stretch.end))
        elif stretch.length > 0:
            joined.append(stretch)
    return joined


def text_hash(text: str) -> str:
    """Fingerprint a whole text: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_hash(words: str) -> bytes:
    """Fingerprint the words a coding stands on: the first 16 bytes of their SHA-256."""
    return hashlib.sha256(words.encode()).digest()[:16]
