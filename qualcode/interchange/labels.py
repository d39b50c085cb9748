"""Speaker labels: what stands at the beginning of a line and may say who speaks.

A label is looked for in the first characters of each line only, so that a line of any
length takes the same time. What is found here are candidates; `speakers` decides.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from qualcode.domain.codebook import folded
from qualcode.domain.sources import TurnRole
from qualcode.domain.text import Range

_HEAD = 120
_LONGEST = 40
_MOST_WORDS = 5
_NAME = r"(?P<name>[^\W_][^:：\n\t\[\]{}<>?!;\"“”*=|]{0,39}?)"
_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,3})?"
_BEFORE = rf"(?:[\[(#]?(?P<before>{_CLOCK})[\])#]?[ \t–-]*+)?"
_INSIDE = rf"(?:[\[(](?P<inside>{_CLOCK})[\])])?"
_AFTER = rf"(?:[ \t]*+[\[(](?P<after>{_CLOCK})[\])])?"
_STARS = r"(?:\*\*|__)?+"
_COLON = re.compile(
    rf"{_BEFORE}(?:\d{{1,5}}[.)]?[ \t]++)?{_STARS}(?P<open>\[)?{_NAME}[ \t]*+(?(open)\])"
    rf"[ \t]*+{_STARS}[ \t]*+{_INSIDE}[ \t]*+"
    rf"(?::{_STARS}(?=[\s\[(“\"‘'*]|$)|：){_AFTER}"
)
_TIGHT = re.compile(rf"{_BEFORE}(?P<name>[A-Za-z]{{1,4}}\d{{1,3}}|[A-Z]{{1,3}}):(?=[^\s/\\\d:])")
_BRACKET = re.compile(rf"{_BEFORE}\[(?!added\]){_NAME}\](?=[ \t]|$){_AFTER}")
_BARE = re.compile(
    rf"{_BEFORE}(?P<name>(?:Q|A|R|P|M|F|INT|RES|MOD|FG)\d{{0,3}}[a-z]?)(?=[ \t]++\S)"
)
_TAB = re.compile(rf"{_BEFORE}{_NAME}\t(?=[ \t]*+\S)")
_TIMED = re.compile(
    rf"{_STARS}{_NAME}{_STARS}(?: {{2,}}+|\t| ?[\[(])(?P<after>{_CLOCK})[\])]?\s*+$"
)
_STAMPED = re.compile(rf"[\[(]?(?P<before>{_CLOCK})[\])]?[ \t]++{_NAME}\s*+$")
_HEADED = re.compile(rf"#{{2,6}} ++{_STARS}{_NAME}{_STARS}:?\s*+$")
_SPAN = re.compile(rf"(?P<before>{_CLOCK})[ \t]*+-->[ \t]*+(?P<until>{_CLOCK})\s*+$")
_STAMP = re.compile(rf"[\[(#]?(?P<before>{_CLOCK})[\])#]?\s*+$")
_HEADING = re.compile(r"#{1,6} ++\S")

_IDENTIFIER = re.compile(
    r"(?:[A-Z]{1,5}|[a-z]{1,3}|[A-Z][a-z]{0,5})[-_ ]?\d{1,4}[a-zA-Z]?|[A-Z]{1,4}"
)
_NO_SPEAKERS = frozenset(
    """
    author also and but conclusion contact covid-19 date duration example file finally first
    http https keywords length location monday tuesday wednesday thursday friday saturday sunday
    nb next note notes page place project ps re recording second so source study subject summary
    then third time title todo topic transcriber url venue version
    """.split()  # noqa: SIM905 - forty words read better as words
)
_ASKING = frozenset(
    """
    enqueteur entrevistador entrevistadora facilitator facilitators fragesteller interviewer
    interviewerin interviewers intervieweur intervistatore intervistatrice mod moderador
    moderadora moderateur moderator moderatorin moderators moderatore researcher researchers
    """.split()  # noqa: SIM905 - as above
)
_ASKING_SHORT = re.compile(r"(?:i|int|interv|mod|fac|facil|q|question|res)(?: ?\d{1,3})?")
_ANSWERING = frozenset(
    """
    answer befragte befragter client guest interviewee participant patient respondent
    speaker teilnehmer teilnehmerin unknown
    """.split()  # noqa: SIM905 - as above
)
_WORD = re.compile(r"[^\W\d_]+")


class Style(StrEnum):
    """How a transcript writes its labels; the earlier wins where two find as many."""

    TIMED = "name and time on a line"
    SPAN = "times, then a name"
    COLON = "colon"
    STAMPED = "time and name on a line"
    HEADED = "name as a heading"
    BRACKET = "brackets"
    TAB = "tab"
    BARE = "no colon"
    BOLD = "bold"


class Line(NamedTuple):
    """A line that is not empty: where it stands, and whether an empty one is before it.

    A heading opens with Markdown's signs for one.
    """

    start: int
    end: int
    opens_paragraph: bool
    is_heading: bool


class Label(NamedTuple):
    """A label on a line: the turn before ends at `cut`, its own words begin at `words`."""

    line: int
    cut: int
    words: int
    name: str
    started_ms: int | None = None
    ended_ms: int | None = None

    @property
    def key(self) -> str:
        """The name without case and accents: the same speaker, however typed."""
        return _key(self.name)


def lines(text: str, start: int, paragraphs: frozenset[int] = frozenset()) -> list[Line]:
    """List the lines that hold more than white space, from a position on.

    A paragraph opens after an empty line, or where a word processor says that one does.
    """
    found: list[Line] = []
    opens = True
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start == end or text[start:end].isspace():
            opens = True
        else:
            heading = text[start] == "#" and _HEADING.match(text, start, end) is not None
            found.append(Line(start, end, opens or start in paragraphs, heading))
            opens = False
        start = end + 1
    return found


def candidates(text: str, rows: Sequence[Line]) -> dict[Style, list[Label]]:
    """Find all that may be labels, style by style."""
    found: dict[Style, list[Label]] = {style: [] for style in Style}
    for number, row in enumerate(rows):
        for style, label in _on_line(text, rows, number, row):
            found[style].append(label)
    return found


def bold(text: str, rows: Sequence[Line], stretches: Sequence[Range]) -> list[Label]:
    """Take the bold beginnings of lines for labels."""
    starts = {row.start: number for number, row in enumerate(rows)}
    found = []
    for stretch in stretches:
        name = stretch.of(text).strip().removesuffix(":").strip()
        number = starts.get(stretch.start)
        if number is not None and stretch.end < rows[number].end and _may_be_name(name):
            found.append(Label(number, stretch.start, stretch.end, _clean(name)))
    return found


def clock_ms(clock: str) -> int:
    """Read `1:02:03.5`, `02:03` or `0:3` as milliseconds."""
    whole, _, fraction = clock.replace(",", ".").partition(".")
    seconds = 0
    for field in whole.split(":"):
        seconds = 60 * seconds + int(field)
    return 1000 * seconds + int(f"{fraction:0<3}"[:3])


def role_of(speaker: str) -> TurnRole:
    """Tell the interviewer's label from the participants'."""
    return TurnRole.INTERVIEWER if asks(speaker) else TurnRole.PARTICIPANT


@lru_cache(maxsize=4096)
def asks(speaker: str) -> bool:
    """Is it a label that interviewers, moderators or researchers go by?"""
    words = folded(speaker)
    return _ASKING_SHORT.fullmatch(words.split(" (")[0]) is not None or not _ASKING.isdisjoint(
        _WORD.findall(words)
    )


@lru_cache(maxsize=4096)
def names_a_part(speaker: str) -> bool:
    """Is it an interviewer's label, or `Participant 3`, `Speaker 1`, `Respondent`?"""
    return asks(speaker) or folded(speaker).rstrip(" 0123456789") in _ANSWERING


@lru_cache(maxsize=4096)
def identifies(speaker: str) -> bool:
    """Is it a short identifier such as FG4, P01, r5 or NM?"""
    return _IDENTIFIER.fullmatch(speaker) is not None and folded(speaker) not in _NO_SPEAKERS


@lru_cache(maxsize=4096)
def may_name(speaker: str) -> bool:
    """Could it be a person's name: capitals first, and none of the words that open a list?"""
    words = folded(speaker)
    first = words.split(" ")[0]
    return speaker[:1].upper() == speaker[:1] and not {words, first} & _NO_SPEAKERS


@lru_cache(maxsize=4096)
def shape(speaker: str) -> str:
    """Draw a label's shape: `P01` as A9, `Anna McLee` as Aa Aa."""
    words = _WORD.sub(lambda word: _word_shape(word[0]), speaker)
    return re.sub(r"\d+", "9", words)


def _word_shape(word: str) -> str:
    if word.isupper():
        return "A"
    return "Aa" if word[0].isupper() else "a"


def _on_line(
    text: str, rows: Sequence[Line], number: int, row: Line
) -> Iterator[tuple[Style, Label]]:
    head = _head(text, row)
    indent = len(head) - len(head.lstrip())
    for style, pattern in _PATTERNS:
        found = pattern.match(head, indent)
        if found is None or not _may_be_name(found["name"]):
            continue
        if style in _ALONE and not _speech_follows(text, rows, number, pattern):
            continue
        cut, above = _stamp_above(text, rows, number)
        clocks = [found[clock] for clock in _CLOCKS[pattern] if found[clock]]
        started = clock_ms(clocks[0]) if clocks else above
        yield style, Label(number, cut, row.start + found.end(), _clean(found["name"]), started)
    span = _SPAN.match(head, indent)
    if span is not None and number + 2 < len(rows):
        yield from _below_span(text, rows, number, span)


def _below_span(
    text: str, rows: Sequence[Line], number: int, span: re.Match[str]
) -> Iterator[tuple[Style, Label]]:
    below = rows[number + 1]
    name = _head(text, below)
    if _may_be_name(name):
        began, ended = clock_ms(span["before"]), clock_ms(span["until"])
        label = Label(number, rows[number].start, below.end, _clean(name), began, ended)
        yield Style.SPAN, label


def _stamp_above(text: str, rows: Sequence[Line], number: int) -> tuple[int, int | None]:
    """Let a time that has a line to itself belong to the label below it."""
    if number:
        stamp = _STAMP.match(_head(text, rows[number - 1]).lstrip())
        if stamp is not None:
            return rows[number - 1].start, clock_ms(stamp["before"])
    return rows[number].start, None


def _speech_follows(text: str, rows: Sequence[Line], number: int, pattern: re.Pattern[str]) -> bool:
    """Is the next line speech, and not another label of the kind?"""
    if number + 1 == len(rows):
        return False
    return pattern.match(_head(text, rows[number + 1]).lstrip()) is None


def _head(text: str, row: Line) -> str:
    return text[row.start : min(row.end, row.start + _HEAD)]


def _may_be_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and len(name) <= _LONGEST
        and any(sign.isalpha() for sign in name)
        and words[-1][-1] not in ",-–"
    )


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return folded(name)


def _clean(name: str) -> str:
    return " ".join(name.strip(" \t*_").split())


_PATTERNS = (
    (Style.COLON, _COLON),
    (Style.COLON, _TIGHT),
    (Style.TIMED, _TIMED),
    (Style.STAMPED, _STAMPED),
    (Style.HEADED, _HEADED),
    (Style.BRACKET, _BRACKET),
    (Style.TAB, _TAB),
    (Style.BARE, _BARE),
)
_ALONE = (Style.TIMED, Style.STAMPED, Style.HEADED)
_CLOCKS = {
    pattern: [name for name in ("before", "inside", "after") if name in pattern.groupindex]
    for _, pattern in _PATTERNS
}
