"""Invented interviews and what coders made of them: the same seed, the same study.

Every word is put together from syllables; how often each occurs falls with its rank, as in
a language. Nothing here was said by anybody.
"""

import random
from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from qualcode.domain.text import Range

WORDS_EACH = 8_000
CODINGS_EACH = 150
CODES = 40
_VOCABULARY = 6_000
_FALL = 1.05
_SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u")]
_KEPT, _SAME_CODE = 0.72, 0.85
_SHIFT = 6
_SHORTEST, _LONGEST = 5, 60
_GROUP = ("Moderator", "P1", "P2", "P3", "P4", "P5", "P6", "Unknown", "Unknown 2")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a study is: transcripts of about 8,000 words, and coders who code them all."""

    name: str
    transcripts: int
    coders: int

    @property
    def codings(self) -> int:
        """How many codings all coders make together, give or take a few."""
        return self.transcripts * self.coders * CODINGS_EACH


SIZES = {
    "S": Size("S", 20, 3),
    "M": Size("M", 200, 3),
    "L": Size("L", 2_000, 4),
}


class Mark(NamedTuple):
    """What a coder left on a stretch: a code by its number from 0, or None for read."""

    range: Range
    code: int | None


@dataclass(frozen=True, slots=True)
class Interview:
    """A transcript, and where the words of each participant's turn start and end."""

    name: str
    text: str
    starts: tuple["array[int]", ...]
    ends: tuple["array[int]", ...]

    def stretch(self, turn: int, first: int, last: int) -> Range:
        """Give the stretch from one word of a turn to another, both counted from 0."""
        return Range(self.starts[turn][first], self.ends[turn][last])


class Generator:
    """Makes interviews and codings; each follows from the seed and its number alone."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        rng = random.Random(seed)  # noqa: S311 - nothing here is a secret
        self._words = _vocabulary(rng)
        self._falling = _falling(len(self._words), _FALL)
        self._codes = _falling(CODES, 0.9)

    def interview(self, number: int, words: int = WORDS_EACH) -> Interview:
        """Make the transcript of an interview of about so many words."""
        rng = self._rng("interview", number)
        written = _Transcript()
        while written.spoken < words:
            for speaker, shortest, longest in (("Interviewer", 6, 45), ("Participant", 20, 200)):
                said = self._speech(rng, rng.randint(shortest, longest))
                written.add(speaker, said, asks=speaker == "Interviewer")
        return written.as_interview(f"interview-{number:04}")

    def focus_group(self, number: int, words: int, turns: int) -> Interview:
        """Make the transcript of nine speakers: short turns mostly, a few of them long."""
        rng = self._rng("focus group", number)
        written = _Transcript()
        speaker = ""
        for _ in range(turns):
            speaker = rng.choice([name for name in _GROUP if name != speaker])
            said = self._speech(rng, 1 + int(rng.expovariate(1 / (words / turns - 0.5))))
            written.add(speaker, said, asks=speaker == _GROUP[0])
        return written.as_interview(f"fg{number}")

    def _speech(self, rng: random.Random, count: int) -> list[str]:
        """Say so many words in sentences of 5 to 25 words."""
        said = rng.choices(self._words, cum_weights=self._falling, k=count)
        start = 0
        while start < count:
            end = min(count, start + rng.randint(5, 25))
            said[start] = said[start].capitalize()
            said[end - 1] += "."
            start = end
        return said

    def marks(
        self,
        interview: Interview,
        number: int,
        coders: int,
        *,
        each: int = CODINGS_EACH,
        read: float = 1,
    ) -> list[list[Mark]]:
        """Code an interview, each coder the same mostly, with other edges and other codes.

        Coders have read so much of it, from 0 to 1: turns without a coding are marked up to there.
        """
        rng = self._rng("marks", number)
        first = [self._span(rng, interview) for _ in range(each)]
        others = [[self._again(rng, interview, span) for span in first] for _ in range(coders - 1)]
        return [_with_reading(interview, spans, read) for spans in (first, *others)]

    def _span(self, rng: random.Random, interview: Interview) -> "_Span":
        turn = rng.randrange(len(interview.starts))
        words = len(interview.starts[turn])
        first = rng.randrange(words)
        last = min(words - 1, first + rng.randint(_SHORTEST, _LONGEST))
        return _Span(turn, first, last, self._code(rng))

    def _again(self, rng: random.Random, interview: Interview, span: "_Span") -> "_Span":
        if rng.random() > _KEPT:
            return self._span(rng, interview)
        most = len(interview.starts[span.turn]) - 1
        first = min(most, max(0, span.first + rng.randint(-_SHIFT, _SHIFT)))
        last = min(most, max(first, span.last + rng.randint(-_SHIFT, _SHIFT)))
        code = span.code if rng.random() < _SAME_CODE else self._code(rng)
        return _Span(span.turn, first, last, code)

    def _code(self, rng: random.Random) -> int:
        return rng.choices(range(CODES), cum_weights=self._codes)[0]

    def _rng(self, what: str, number: int) -> random.Random:
        return random.Random(f"{self._seed} {what} {number}")  # noqa: S311 - as above


class _Transcript:
    """A transcript while it is being written, turn after turn."""

    def __init__(self) -> None:
        self.spoken = 0
        self._pieces: list[str] = []
        self._starts: list[array[int]] = []
        self._ends: list[array[int]] = []
        self._length = 0

    def add(self, speaker: str, said: list[str], *, asks: bool) -> None:
        """Write a turn; where its words are is kept unless its speaker asks the questions."""
        label = f"{speaker}: "
        if not asks:
            starts, ends = _bounds(said, self._length + len(label))
            self._starts.append(starts)
            self._ends.append(ends)
        turn = f"{label}{' '.join(said)}\n\n"
        self._pieces.append(turn)
        self._length += len(turn)
        self.spoken += len(said)

    def as_interview(self, name: str) -> Interview:
        """Give what was written."""
        return Interview(name, "".join(self._pieces), tuple(self._starts), tuple(self._ends))


class _Span(NamedTuple):
    turn: int
    first: int
    last: int
    code: int


def _vocabulary(rng: random.Random) -> list[str]:
    """Make up words, the short ones first: they will be the frequent ones."""
    words = dict.fromkeys(
        "".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(2 * _VOCABULARY)
    )
    return sorted(words, key=len)[:_VOCABULARY]


def _falling(count: int, power: float) -> list[float]:
    """Give cumulative weights that fall with the rank (Zipf)."""
    return list(accumulate(1 / (rank + 1) ** power for rank in range(count)))


def _bounds(said: list[str], start: int) -> tuple["array[int]", "array[int]"]:
    starts, ends = array("I"), array("I")
    for word in said:
        starts.append(start)
        start += len(word)
        ends.append(start)
        start += 1
    return starts, ends


def _with_reading(interview: Interview, spans: list[_Span], read: float) -> list[Mark]:
    """Turn spans into marks, each once; a turn without any is marked as read, up to there."""
    marks = dict.fromkeys(
        Mark(interview.stretch(span.turn, span.first, span.last), span.code) for span in spans
    )
    coded = {span.turn for span in spans}
    upto = round(read * len(interview.starts))
    others = (turn for turn in range(upto) if turn not in coded)
    return [*marks, *(_read(interview, turn) for turn in others)]


def _read(interview: Interview, turn: int) -> Mark:
    return Mark(interview.stretch(turn, 0, len(interview.starts[turn]) - 1), None)


def code_label(number: int) -> str:
    """Name a code by its number from 0: the first is the most frequent."""
    return f"C{number + 1:02}"


def codebook_yaml() -> str:
    """Write the codebook of 40 codes in four parts."""
    lines = ["schema: qualcode-codebook/1", "codebook:", "  id: bench", "  title: Made up"]
    lines += ["  version: 1", "  language: en", "parts:"]
    for number in range(CODES):
        if number % 10 == 0:
            lines += [f"  - part: {number // 10 + 1}", f"    theme: Part {number // 10 + 1}"]
            lines += ["    origin: a priori", "    codes:"]
        label = code_label(number)
        key = f"{number // 10 + 1}{'abcdefghij'[number % 10]}"
        lines += [f"      - code: {label}", f"        key: {key}"]
        lines += [f"        label: Code {number + 1}", "        description: Made up."]
    return "\n".join(lines) + "\n"


def coding_table(interviews: list[tuple[str, list[Mark]]]) -> str:
    """Write one coder's marks as a coding table: source, start, end, codes."""
    lines = ["source,start,end,codes"]
    for name, marks in interviews:
        for (start, end), code in marks:
            what = "-" if code is None else code_label(code)
            lines.append(f"{name},{start},{end},{what}")
    return "\n".join(lines) + "\n"
