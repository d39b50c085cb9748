"""Who speaks where: a text cut into turns, ranges over words that stay untouched."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualcode.domain.display import shortened
from qualcode.domain.findings import Finding
from qualcode.domain.sources import SourceKind, Turn, TurnRole
from qualcode.domain.text import Range, trimmed
from qualcode.interchange import labels
from qualcode.interchange.labels import Label, Line, Style

_ENOUGH = 0.2
_SOME = 0.05
_MOST = 0.6
_NEARLY_ALL = 0.8
_THRICE = 3
_LISTED = 5
_SHOWN = 40
_ADDED = "[added]"
_FOCUS_GROUP = re.compile(r"fg(?=\d|[ _-]|$)", re.IGNORECASE)
_KIND_LINE = re.compile(r"#+\s*+kind\s*+:\s*+(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a word processor shows beyond the words, as ranges and starts in the text.

    `paragraphs` are the positions where its paragraphs start, `bold` the bold beginnings
    of lines; headings and notes are whole lines.
    """

    paragraphs: frozenset[int] = frozenset()
    headings: tuple[Range, ...] = ()
    notes: tuple[Range, ...] = ()
    bold: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A text's turns in order, whether it names speakers, and what is odd about them."""

    turns: tuple[Turn, ...]
    labelled: bool
    findings: tuple[Finding, ...] = ()


class _Known(NamedTuple):
    """The labels by line, their style, and those that were left among the words."""

    labels: dict[int, Label]
    style: Style
    marks: Marks
    left: list[Label]

    @property
    def unlabelled_speak(self) -> bool:
        """Are there no labels but interviewers', so that all other words are participants'?"""
        return all(labels.asks(each.name) for each in self.labels.values())

    def silent_lines(self, rows: Sequence[Line]) -> dict[int, TurnRole]:
        """Give the starts of the lines that nobody speaks."""
        silent = {
            row.start: TurnRole.HEADING
            for number, row in enumerate(rows)
            if row.is_heading and number not in self.labels
        }
        silent |= {stretch.start: TurnRole.HEADING for stretch in self.marks.headings}
        return silent | {stretch.start: TurnRole.NOTE for stretch in self.marks.notes}

    def is_a_paragraph_each(self, rows: Sequence[Line]) -> bool:
        """Tell whether each label shares a word processor's paragraph with all its words."""
        return (
            self.style is Style.TIMED
            and bool(self.marks.paragraphs)
            and not any(rows[number + 1].opens_paragraph for number in self.labels)
        )


class _Block(NamedTuple):
    """Where a turn is cut off from the one before, and what is known of it."""

    cut: int
    words: int
    speaker: str
    role: TurnRole
    started_ms: int | None = None
    ended_ms: int | None = None


def talk(text: str, marks: Marks | None = None) -> Talk:
    """Cut a stored text into turns; heading and note lines belong to nobody.

    Without any speaker's label each paragraph is a participant's turn, speaker unknown.
    """
    marks = marks or Marks()
    apart = {stretch.start for stretch in (*marks.headings, *marks.notes)}
    rows = [
        row._replace(is_heading=row.is_heading or row.start in apart)
        for row in labels.lines(text, header(text).end, marks.paragraphs)
    ]
    known = _known(text, rows, marks)
    turns = tuple(_numbered(text, list(_blocks(rows, known))))
    return Talk(turns, bool(known.labels), tuple(_findings(text, rows, known, turns)))


def header(text: str) -> Range:
    """Find the lines at the top that open with one `#`: they belong to no turn."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        is_header = text.startswith("#", start) and not text.startswith("##", start)
        if start < end and not is_header and not text[start:end].isspace():
            break
        start = end + 1
    return Range(0, min(start, len(text)))


def kind(name: str, text: str, *, labelled: bool) -> SourceKind:
    """Tell what a source is by its header, its name, and whether it names speakers."""
    head = header(text).of(text)
    for line in head.split("\n"):
        said = _KIND_LINE.fullmatch(line.strip())
        if said and (wanted := said[1].strip().lower().replace("_", " ")) in list(SourceKind):
            return SourceKind(wanted)
    if "focus group" in head.lower() or _FOCUS_GROUP.match(name):
        return SourceKind.FOCUS_GROUP
    return SourceKind.INTERVIEW if labelled else SourceKind.DOCUMENT


def accepted(found: Sequence[Label], rows: Sequence[Line]) -> list[Label]:
    """Keep the labels written with a colon that recur, cover the text or look like speakers."""
    counts = Counter(label.key for label in found)
    firm = {label.key for label in found if labels.names_a_part(label.name)}
    named = {label.key for label in found if labels.identifies(label.name)}
    held = [label for label in found if label.key in firm | named]
    if firm or _cover(held, rows) >= _ENOUGH or any(label.line == 0 for label in held):
        firm |= named
    elif _cover(held, rows) >= _SOME:
        firm |= {key for key in named if counts[key] > 1}
    again = {label.key for label in found if _recurs(label, counts)}
    if _cover([label for label in found if label.key in firm | again], rows) >= _ENOUGH:
        firm |= again
    answers = [label for label in found if label.key in firm and not labels.asks(label.name)]
    return _with_singles(found, firm) if answers else _nearly_all(found, rows, firm)


def _nearly_all(found: Sequence[Label], rows: Sequence[Line], firm: set[str]) -> list[Label]:
    """Take every name for a speaker where nearly all lines, or paragraphs, open with one."""
    may = [label for label in found if label.key in firm or labels.may_name(label.name)]
    opening = [label for label in may if rows[label.line].opens_paragraph]
    for kept, all_of_them in zip((may, opening), _countable(rows), strict=True):
        if len(kept) > 1 and len(kept) >= _NEARLY_ALL * all_of_them:
            return kept
    return [label for label in found if label.key in firm]


def _recurs(label: Label, counts: Counter[str]) -> bool:
    if counts[label.key] > 1 and labels.may_name(label.name):
        return True
    one_word = " " not in label.name and labels.may_name(label.name.title())
    return counts[label.key] >= _THRICE and one_word


def _with_singles(found: Sequence[Label], firm: set[str]) -> list[Label]:
    """Add names that occur once, not in a preamble, and are shaped like a name that is firm."""
    kept = [label for label in found if label.key in firm]
    shapes = {labels.shape(one.name) for one in kept if not labels.names_a_part(one.name)}
    return (
        [
            label
            for label in found
            if label.key in firm
            or (
                labels.may_name(label.name)
                and (label.line > kept[0].line or label.line == 0)
                and labels.shape(label.name) in shapes
            )
        ]
        if kept
        else []
    )


def _known(text: str, rows: Sequence[Line], marks: Marks) -> _Known:
    """Find the style of label that explains most of the text, and its labels by line."""
    found = labels.candidates(text, rows)
    found[Style.BOLD] = labels.bold(text, rows, marks.bold)
    best: list[Label] = []
    chosen = Style.COLON
    for style, these in found.items():
        here = [
            label for label in these if style is Style.HEADED or not rows[label.line].is_heading
        ]
        kept = _kept(style, here, rows)
        if len(kept) > len(best):
            best, chosen = kept, style
    by_line = {label.line: label for label in best}
    left = [label for label in found[Style.COLON] if label.line not in by_line]
    return _Known(by_line, chosen, marks, left if chosen is Style.COLON else [])


def _kept(style: Style, found: list[Label], rows: Sequence[Line]) -> list[Label]:
    """Keep the labels of one style for which there is enough to go by."""
    if style is Style.COLON:
        return accepted(found, rows)
    named = [label for label in found if _may_speak(label.name)]
    counts = Counter(label.key for label in named)
    firm = {
        label.key for label in named if labels.names_a_part(label.name) or _recurs(label, counts)
    }
    if style is Style.TIMED:
        return named if firm or len(named) > 1 else []
    if style is Style.SPAN:
        return named if firm else []
    if firm or style not in (Style.STAMPED, Style.HEADED):
        firm |= {label.key for label in named if labels.identifies(label.name)}
    kept = _with_singles(named, firm)
    if style in (Style.STAMPED, Style.HEADED):
        return kept
    share = _ENOUGH if style is Style.BOLD else _MOST
    several = len({label.key for label in kept}) > 1
    return kept if several and _cover(kept, rows) >= share else []


def _may_speak(name: str) -> bool:
    return labels.may_name(name) or _surely_speaks(name)


def _surely_speaks(name: str) -> bool:
    return labels.names_a_part(name) or labels.identifies(name)


def _cover(found: Sequence[Label], rows: Sequence[Line]) -> float:
    """Say what share of the paragraphs, or else of the lines, these labels open."""
    opening = sum(rows[label.line].opens_paragraph for label in found)
    every, paragraphs = _countable(rows)
    if 2 * opening > len(found) and paragraphs > 1:
        return opening / paragraphs
    return len(found) / max(1, every)


def _countable(rows: Sequence[Line]) -> tuple[int, int]:
    """Count the lines that are no headings, and the paragraphs they open."""
    spoken = [row for row in rows if not row.is_heading]
    return len(spoken), sum(row.opens_paragraph for row in spoken)


def _blocks(rows: Sequence[Line], known: _Known) -> Iterator[_Block]:
    """Open a block wherever another voice begins."""
    silent = known.silent_lines(rows)
    apart = known.is_a_paragraph_each(rows)
    names: dict[str, str] = {}
    voice: _Block | None = None
    resumes = False
    for number, row in enumerate(rows):
        label = known.labels.get(number)
        if label is not None:
            name = names.setdefault(label.key, label.name)
            role = labels.role_of(name)
            voice = _Block(label.cut, label.words, name, role, label.started_ms, label.ended_ms)
            yield voice
        elif row.start in silent:
            yield _Block(row.start, row.start, "", silent[row.start])
        elif (
            (row.opens_paragraph or resumes) and known.unlabelled_speak and _has_begun(voice, known)
        ):
            voice = _Block(row.start, row.start, "", TurnRole.PARTICIPANT)
            yield voice
        elif voice is None or (row.opens_paragraph and apart):
            if row.opens_paragraph or resumes:
                yield _Block(row.start, row.start, "", TurnRole.NOTE)
        elif resumes:
            yield _Block(row.start, row.start, voice.speaker, voice.role)
        resumes = row.start in silent


def _has_begun(voice: _Block | None, known: _Known) -> bool:
    """Has anybody been named yet, in a text that names anybody?"""
    return voice is not None or not known.labels


def _numbered(text: str, blocks: Sequence[_Block]) -> Iterator[Turn]:
    """Make turns of the blocks that hold words; headings and notes get number 0."""
    number = 0
    ends = [*(block.cut for block in blocks), len(text)][1:]
    for block, end in zip(blocks, ends, strict=True):
        words = trimmed(text, Range(block.words, max(block.words, end)))
        if words.length == 0:
            continue
        role = block.role
        spoken = role not in (TurnRole.HEADING, TurnRole.NOTE)
        number += spoken
        if text.startswith(_ADDED, words.start):
            role = TurnRole.ADDED if spoken else role
        yield Turn(
            number if spoken else 0,
            block.speaker,
            role,
            *words,
            block.started_ms,
            block.ended_ms,
        )


def _findings(
    text: str, rows: Sequence[Line], known: _Known, turns: Sequence[Turn]
) -> Iterator[Finding]:
    """Name the labels that could be judged otherwise, the first few of each kind."""
    counts = Counter(label.key for label in known.labels.values())
    once = [label for label in known.labels.values() if counts[label.key] == 1]
    doubtful = [label for label in once if not _surely_speaks(label.name)]
    left = [
        label
        for label in known.left
        if known.labels and rows[label.line].opens_paragraph and _may_speak(label.name)
    ]
    for label in doubtful[:_LISTED]:
        name, place = shortened(label.name, to=_SHOWN), _line_of(text, rows, label)
        yield Finding("speaker", f"“{name}” was taken for a speaker who speaks once.", place)
    for label in left[:_LISTED]:
        name, place = shortened(label.name, to=_SHOWN), _line_of(text, rows, label)
        yield Finding("speaker", f"“{name}:” was taken for words, not for a speaker.", place)
    more = max(0, len(doubtful) - _LISTED) + max(0, len(left) - _LISTED)
    if more:
        yield Finding("speaker", f"{more} more labels could be judged otherwise.")
    if known.labels and any(turn.codable and not turn.speaker for turn in turns):
        yield Finding(
            "speaker", "Only interviewers are labelled; other paragraphs count as participants'."
        )


def _line_of(text: str, rows: Sequence[Line], label: Label) -> str:
    return f"line {text.count(chr(10), 0, rows[label.line].start) + 1}"
