"""The notes below a turn: one row for what stands on one extent, read marks and memos too.

```
     1d !    ├──────────── whole turn
     2c 3a   ├──── “more of a CBT … preferred model” ✎
     -       ├──────────── read, no code
     ✎       ├── “the police”
     i       ├── proposed: “cobweb of puzzle pieces”
     1a      ├──────────── whole turn · decide 1a anew: 1h 1i
```
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, FlagKind, Memo
from qualcode.domain.display import visible_line
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.geometry.signs import row_cells, signs

MEMO_SIGN = "✎"
READ_KEY = "-"
PROPOSAL_KEY = "i"
FLAG_KEYS = {FlagKind.TEAM: "!", FlagKind.QUOTABLE: "*"}
WHOLE = "whole turn"
_NO_SUCH_CODE = "?"
_ROOM_TO_SAY_MORE = 24
_IN_BRIEF = ("decide anew", "anew")


Doubt = Callable[[Coding], str]
"""Says of a coding that it is to be decided anew; nothing of one that is not."""


def no_doubt(_coding: Coding) -> str:
    """Find nothing to decide anew."""
    return ""


class Key(NamedTuple):
    """What stands for a code in a note, and the code's place in the codebook, from 0."""

    words: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Note:
    """A row below a turn: what stands on `range` of the turn's words.

    `whole` says that nothing but white space is left out; `beyond` that a coding reaches
    into other turns as well. `share` is the part of the turn's words, from 0 to 1;
    `label` that of a proposal; `doubt` says which codings are to be decided anew.
    """

    keys: tuple[Key, ...]
    range: Range
    whole: bool
    share: float
    memo: bool = False
    read: bool = False
    beyond: bool = False
    label: str = ""
    codings: tuple[Coding, ...] = ()
    doubt: str = ""


def notes_below(
    text: str,
    turn: Turn,
    on_turn: Desk,
    codes: Mapping[UUID, Code],
    doubt: Doubt = no_doubt,
) -> tuple[Note, ...]:
    """List the notes of a turn, given what a desk has on it: in order of place, long first.

    A memo on a coding that no longer stands has a note of its own on its words.
    """
    words = trimmed(text, turn.range)
    notes = [*_of_extents(words, turn, on_turn, codes, doubt)]
    notes += [
        Note((Key(READ_KEY, None),), *_place(words, mark.range), read=True)
        for mark in on_turn.marks
    ]
    notes += [
        Note((Key(MEMO_SIGN, None),), *_place(words, memo.range)) for memo in _memos_alone(on_turn)
    ]
    notes += [
        Note(
            (Key(PROPOSAL_KEY, None),),
            *_place(words, proposal.range),
            label=visible_line(proposal.label),
        )
        for proposal in on_turn.proposals
    ]
    return tuple(sorted(notes, key=lambda note: (note.range.start, -note.range.end)))


def note_count(text: str, turn: Turn, on_turn: Desk) -> int:
    """Count the notes of a turn without making them."""
    count = len(on_turn.marks) + len(on_turn.proposals)
    if on_turn.memos:
        count += len(_memos_alone(on_turn))
    if on_turn.codings or on_turn.flags:
        count += len(_extents(trimmed(text, turn.range), turn, on_turn))
    return count


def _memos_alone(on_turn: Desk) -> list[Memo]:
    """List the memos of a turn that no coding there carries."""
    stand = {coding.root for coding in on_turn.codings}
    return [memo for memo in on_turn.memos if memo.coding not in stand]


def _extents(
    words: Range, turn: Turn, on_turn: Desk
) -> dict[tuple[Range, bool], tuple[list[Coding], set[str]]]:
    """Group codings and flags by what they cover of a turn, and whether they go beyond it."""
    groups: dict[tuple[Range, bool], tuple[list[Coding], set[str]]] = {}
    start, end = turn.start, turn.end
    for coding in on_turn.codings:
        first, last = coding.extent
        over = first < start and end < last and len(coding.ranges) == 1
        place = (words if over else _part(words, coding), first < start or end < last)
        groups.setdefault(place, ([], set()))[0].append(coding)
    for flag in on_turn.flags:
        place = (words.common(flag.range), not turn.range.holds(flag.range))
        groups.setdefault(place, ([], set()))[1].add(FLAG_KEYS[flag.kind])
    return groups


def _of_extents(
    words: Range,
    turn: Turn,
    on_turn: Desk,
    codes: Mapping[UUID, Code],
    doubt: Doubt,
) -> Iterator[Note]:
    """Give a note for each extent that codings and flags stand on."""
    thought_about = {memo.coding for memo in on_turn.memos}
    for (part, beyond), (codings, flags) in _extents(words, turn, on_turn).items():
        codings.sort(key=lambda coding: (coding.extent, coding.id.int))
        keys = sorted((_key(coding, codes) for coding in codings), key=_order)
        yield Note(
            (*keys, *(Key(sign, None) for sign in sorted(flags))),
            *_place(words, part),
            memo=any(coding.root in thought_about for coding in codings),
            beyond=beyond,
            codings=tuple(codings),
            doubt="; ".join(said for each in codings if (said := visible_line(doubt(each)))),
        )


def note_words(text: str, note: Note, room: int) -> str:
    """Say in at most `room` cells what a note is about: the whole turn, or which words."""
    if note.read:
        return "read, no code"
    if note.label:
        told = "proposed: "
        return told + quoted(note.label, Range(0, len(note.label)), room - len(told))
    after = f" {MEMO_SIGN}" if note.memo else ""
    if note.beyond and room >= _ROOM_TO_SAY_MORE:
        after = f", and beyond{after}"
    if note.doubt:
        after += _doubtful(note.doubt, room - len(after) - len(WHOLE))
    return (WHOLE if note.whole else quoted(text, note.range, room - len(after))) + after


def _doubtful(doubt: str, room: int) -> str:
    """Say that a coding is to be decided anew, in few words where there is little room."""
    said = (f" · {words}" for words in (doubt, *_IN_BRIEF))
    return next((words for words in said if len(words) <= room), f" · {_IN_BRIEF[-1]}")


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


def _place(words: Range, stretch: Range) -> tuple[Range, bool, float]:
    """Say which part of a turn's words a stretch covers, if that is all, and what share."""
    part = words.common(stretch)
    return part, part.holds(words), part.length / words.length if words.length else 1.0


def _part(words: Range, coding: Coding) -> Range:
    """Say which stretch of a turn's words a coding touches, first range to last."""
    if len(coding.ranges) == 1:
        return words.common(coding.ranges[0])
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
