"""A line as typed, cut into words; quotation marks keep words together."""

import re
from dataclasses import dataclass

from qualcode.domain.errors import QualcodeError

_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_WORD = re.compile(r"\S+")
_END_OF_WORD = re.compile(r'[\s"“„«]')


class NotUnderstoodError(QualcodeError):
    """A line was typed that means nothing here, or more than one thing."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, or several that stand in quotation marks; where it begins and ends."""

    text: str
    start: int
    end: int
    quoted: bool = False


def cut(line: str) -> list[Word]:
    """Cut a line into words. An apostrophe is part of a word; a mark that is not closed too."""
    found: list[Word] = []
    at = 0
    while (begun := _WORD.search(line, at)) is not None:
        start = begun.start()
        word = _quoted(line, start) or _plain(line, start)
        found.append(word)
        at = word.end
    return found


def _plain(line: str, start: int) -> Word:
    end = _END_OF_WORD.search(line, start + 1)
    stop = end.start() if end else len(line)
    return Word(line[start:stop], start, stop)


def _quoted(line: str, start: int) -> Word | None:
    """Read what stands between quotation marks, if it does."""
    closing = _MARKS.get(line[start], "")
    end = next((at for at in range(start + 1, len(line)) if line[at] in closing), None)
    return None if end is None else Word(line[start + 1 : end], start, end + 1, quoted=True)


def opens_a_quotation(word: str) -> bool:
    """Say whether the word begins with a quotation mark that nothing closes."""
    return word[:1] in _MARKS


def not_closed() -> NotUnderstoodError:
    """Say that a quotation has no end."""
    return NotUnderstoodError(
        "A quotation mark is not closed.", hint="Nothing was done; type the line again."
    )


class Line:
    """The words of a line, taken one after another."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = cut(text)
        self._at = 0

    @property
    def next(self) -> Word | None:
        """The word that comes next; None at the end."""
        return self._words[self._at] if self._at < len(self._words) else None

    @property
    def bare(self) -> str:
        """The next word if it is not quoted; empty where it is, and at the end."""
        return self.next.text if self.next is not None and not self.next.quoted else ""

    def coming(self, number: int) -> str:
        """Give the next words joined by blanks; empty where there are fewer, or quoted ones."""
        words = self._words[self._at : self._at + number]
        if len(words) < number or any(word.quoted for word in words):
            return ""
        return " ".join(word.text for word in words)

    def take(self, number: int = 1) -> Word:
        """Take words, and give the last of them."""
        self._at += number
        return self._words[self._at - 1]

    def parted(self, sign: str) -> str:
        """Part a sign from what was typed right behind it: `=1b` is `= 1b`. Give the sign."""
        word = self._words[self._at]
        middle = word.start + len(sign)
        behind = Word(word.text[len(sign) :], middle, word.end)
        parts = [Word(sign, word.start, middle), *([behind] if behind.text else [])]
        self._words[self._at : self._at + 1] = parts
        return sign

    def rest(self) -> str:
        """Take all that is left as it was typed, from behind the word taken last."""
        start = self._words[self._at - 1].end if self._at else 0
        self._at = len(self._words)
        return self._text[start:].strip()
