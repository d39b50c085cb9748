"""The notes below a turn: one row for the codings of one extent, read marks and memos too.

```
     1d      ├──────────── whole turn
     2c 3a   ├──── “more of a CBT … preferred model” ✎
     -       ├──────────── read, no code
     ✎       ├── “the police”
```
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, Memo, ReadMark
from qualcode.domain.display import visible_line
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.wrapping import row_cells, signs

MEMO_SIGN = "✎"
READ_KEY = "-"
WHOLE = "whole turn"
_NO_SUCH_CODE = "?"
_ROOM_TO_SAY_MORE = 24


class Key(NamedTuple):
    """What stands for a code in a note, and the code's place in the codebook, from 0."""

    words: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """A row below a turn: what stands on `range` of the turn's words.

    `whole` says that nothing but white space is left out; `beyond` that a coding reaches
    into other turns as well. `share` is the part of the turn's words, from 0 to 1.
    """

    keys: tuple[Key, ...]
    range: Range
    whole: bool
    share: float
    memo: bool = False
    read: bool = False
    beyond: bool = False


@dataclass(slots=True)
class _Lists:
    """What lies on one turn, while it is being dealt out."""

    codings: list[Coding] = field(default_factory=list)
    marks: list[ReadMark] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)


def dealt_out(desk: Desk, turns: Sequence[Turn]) -> dict[int, Desk]:
    """Deal what a desk holds out to the turns it touches, by turn number.

    A coding of several ranges touches the turns that its ranges touch, not those between.
    """
    starts, ends = [turn.start for turn in turns], [turn.end for turn in turns]
    lists: dict[int, _Lists] = {}

    def touched(stretches: Iterable[Range]) -> list[_Lists]:
        places = {
            at
            for stretch in stretches
            for at in range(bisect_right(ends, stretch.start), bisect_left(starts, stretch.end))
        }
        return [lists.setdefault(turns[at].number, _Lists()) for at in places]

    for coding in desk.codings:
        for on_turn in touched(coding.ranges):
            on_turn.codings.append(coding)
    for mark in desk.marks:
        for on_turn in touched((mark.range,)):
            on_turn.marks.append(mark)
    for memo in desk.memos:
        for on_turn in touched((memo.range,)):
            on_turn.memos.append(memo)
    return {
        number: Desk(tuple(each.codings), tuple(each.marks), tuple(each.memos))
        for number, each in lists.items()
    }


def notes_below(
    text: str, turn: Turn, on_turn: Desk, codes: Mapping[UUID, Code]
) -> tuple[Note, ...]:
    """List the notes of a turn, given what a desk has on it: in order of place, long first."""
    words = trimmed(text, turn.range)
    thought_about = {memo.coding for memo in on_turn.memos}
    groups: dict[tuple[Range, bool], list[Coding]] = {}
    for coding in on_turn.codings:
        beyond = not turn.range.holds(coding.extent)
        groups.setdefault((_part(words, coding), beyond), []).append(coding)
    notes = [
        _note(
            words,
            part,
            keys=sorted((_key(coding, codes) for coding in group), key=_order),
            memo=any(coding.id in thought_about for coding in group),
            beyond=beyond,
        )
        for (part, beyond), group in groups.items()
    ]
    notes += [
        _note(words, words.common(mark.range), keys=[Key(READ_KEY, None)], read=True)
        for mark in on_turn.marks
    ]
    notes += [
        _note(words, words.common(memo.range), keys=[Key(MEMO_SIGN, None)])
        for memo in on_turn.memos
        if memo.coding is None
    ]
    return tuple(sorted(notes, key=lambda note: (note.range.start, -note.range.end)))


def note_words(text: str, note: Note, room: int) -> str:
    """Say in at most `room` cells what a note is about: the whole turn, or which words."""
    if note.read:
        return "read, no code"
    after = f" {MEMO_SIGN}" if note.memo else ""
    if note.beyond and room >= _ROOM_TO_SAY_MORE:
        after = f", and beyond{after}"
    return (WHOLE if note.whole else quoted(text, note.range, room - len(after))) + after


def quoted(text: str, stretch: Range, room: int) -> str:
    """Quote a stretch on one line of at most `room` cells: `“first words … last words”`."""
    room = max(room - 2, 3)
    first = visible_line(text[stretch.start : min(stretch.end, stretch.start + 2 * room)])
    if stretch.length <= 2 * room and row_cells(first, Range(0, len(first))) <= room:
        return f"“{first}”"
    last = visible_line(text[max(stretch.start, stretch.end - 2 * room) : stretch.end])
    head = _beginning(first, (room - 2) * 2 // 3)
    tail = _ending(last, room - 3 - row_cells(head, Range(0, len(head))))
    return f"“{head} … {tail}”" if tail else f"“{head}…”"


def _note(
    words: Range,
    part: Range,
    *,
    keys: Sequence[Key],
    memo: bool = False,
    read: bool = False,
    beyond: bool = False,
) -> Note:
    """Put a note together."""
    share = part.length / words.length if words.length else 1.0
    return Note(tuple(keys), part, part.holds(words), share, memo, read, beyond)


def _part(words: Range, coding: Coding) -> Range:
    """Say which stretch of a turn's words a coding touches, first range to last."""
    parts = [words.common(stretch) for stretch in coding.ranges if words.overlaps(stretch)]
    return Range(parts[0].start, parts[-1].end) if parts else words.common(coding.extent)


def _key(coding: Coding, codes: Mapping[UUID, Code]) -> Key:
    """Name the code of a coding as coders type it."""
    code = codes.get(coding.code)
    if code is None:
        return Key(_NO_SUCH_CODE, None)
    return Key(visible_line(code.key or code.label), code.position)


def _order(key: Key) -> tuple[int, str]:
    """Order keys as the codebook does, unknown codes last."""
    return (2**31 if key.place is None else key.place, key.words)


def _beginning(line: str, room: int) -> str:
    """Cut a line to `room` cells at its end, between words where there are several."""
    kept = [sign for sign in signs(line, Range(0, len(line))) if sign.cell + sign.width <= room]
    cut = kept[-1].end if kept else 0
    blank = line.rfind(" ", 0, cut + 1)
    return line[: blank if blank > 0 else cut].rstrip()


def _ending(line: str, room: int) -> str:
    """Cut a line to `room` cells at its beginning, between words where there are several."""
    found = signs(line, Range(0, len(line)))
    end = found[-1].cell + found[-1].width if found else 0
    cut = next((sign.start for sign in found if end - sign.cell <= room), len(line))
    blank = line.find(" ", max(cut - 1, 0))
    return line[blank + 1 if 0 <= blank < len(line) - 1 else cut :].lstrip()
