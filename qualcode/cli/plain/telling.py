"""A turn and what stands on it, told in sentences: nothing by colour, drawing or position."""

from collections.abc import Mapping
from uuid import UUID

from qualcode.cli.picking import memo_stands_on
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Desk, Flag, FlagKind, Memo
from qualcode.domain.redeciding import Doubts
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.tui.desk.opened import Opened
from qualcode.tui.geometry.notes import quoted

_CELLS = 60
_WHOLE = "the whole turn"
_ENDS = (".", "!", "?", "…")
_STEPS = {"+ ": "Put on ", "− ": "Taken off: ", "- ": "Taken off: ", "= ": "There already: "}


def told_turn(opened: Opened, turn: Turn) -> list[str]:
    """Tell a turn: where it is, who speaks, the words, and what stands on it."""
    text = opened.revision.text
    where = f"{opened.source.name}, turn {turn.number} of {opened.revision.last_turn}"
    return [
        f"{where}. {_speaker(turn)}. {opened.left} left.",
        turn.range.of(text),
        *_told_desk(text, turn, opened.desk, opened.seat.codebook, opened.doubts),
    ]


def told_prompt(turn: Turn, text: str) -> str:
    """Tell what was said or written before a participant's turn, in one line."""
    words = " ".join(turn.range.of(text).split())
    return f"Before it, {_speaker(turn)}: {words}"


def _speaker(turn: Turn) -> str:
    return f"{turn.speaker}, {turn.role.value}" if turn.speaker else turn.role.value


def _told_desk(text: str, turn: Turn, desk: Desk, codebook: Codebook, doubts: Doubts) -> list[str]:
    """Tell everything of the coder's own on a turn, one sentence each."""
    codes = codebook.by_id()
    codings = desk.on(turn.range)
    by_root = {each.root: each for each in desk.codings}
    lines = [told_coding(text, turn, each, codebook, doubts) for each in codings]
    if any(mark.range.overlaps(turn.range) for mark in desk.marks):
        lines.append("Read, nothing applies.")
    lines += [
        ended(f"Proposed as a code, “{each.label}”, on {part_words(text, turn, each.range)}")
        for each in desk.proposals
        if each.range.overlaps(turn.range)
    ]
    lines += [_flag(text, turn, each) for each in desk.flags if each.range.overlaps(turn.range)]
    lines += [
        _memo(text, turn, each, by_root, codes)
        for each in desk.thoughts
        if any(part.overlaps(turn.range) for part in memo_stands_on(each, by_root))
    ]
    return lines or ["Nothing of yours yet."]


def told_coding(text: str, turn: Turn, coding: Coding, codebook: Codebook, doubts: Doubts) -> str:
    """Tell a coding: its code, its words, what else it was made under, why to decide anew."""
    first = codebook.entry(coding.first_code) if coding.first_code else None
    made = f", made under {first.label}" if first else ""
    stands = f"{called(coding, codebook.by_id())} on {extent_words(text, turn, coding)}{made}"
    why = doubts.said(coding)
    return f"{ended(stands)} To be decided anew: {why}." if why else ended(stands)


def called(coding: Coding, codes: Mapping[UUID, Code]) -> str:
    """Name a coding by the key and the title of its code."""
    code = codes.get(coding.code)
    return named(code) if code else "A code that this version of the codebook does not hold"


def named(code: Code) -> str:
    """Name a code by what is typed for it, and its title."""
    return f"{code.key} {code.title}" if code.key else code.title


def extent_words(text: str, turn: Turn, coding: Coding) -> str:
    """Say on which words of the turn a coding stands."""
    ranges = [each.common(turn.range) for each in coding.ranges if each.overlaps(turn.range)]
    parts = " and ".join(part_words(text, turn, each) for each in ranges) or _WHOLE
    beyond = not turn.range.holds(coding.extent)
    return f"{parts}, and beyond this turn" if beyond else parts


def part_words(text: str, turn: Turn, stretch: Range) -> str:
    """Say which part of the turn a stretch is: all of it, or which words, by both ends."""
    whole = trimmed(text, turn.range)
    inside = stretch.common(whole)
    return _WHOLE if inside == whole else quoted(text, inside, _CELLS)


def _flag(text: str, turn: Turn, flag: Flag) -> str:
    said = "Flagged for the team" if flag.kind is FlagKind.TEAM else "Quotable"
    return ended(f"{said}: {part_words(text, turn, flag.range)}")


def _memo(
    text: str, turn: Turn, memo: Memo, codings: Mapping[UUID, Coding], codes: Mapping[UUID, Code]
) -> str:
    """Tell a memo with what it hangs on."""
    coding = codings.get(memo.coding) if memo.coding else None
    if coding is not None:
        return f"Memo on {called(coding, codes)}: {memo.told}"
    part = part_words(text, turn, memo.range)
    return f"Memo: {memo.told}" if part == _WHOLE else f"Memo on {part}: {memo.told}"


def in_words(sentence: str) -> str:
    """Say the sign at the beginning of a sentence in words: not every voice reads it."""
    for sign, words in _STEPS.items():
        if sentence.startswith(sign):
            return ended(words + sentence.removeprefix(sign))
    return sentence


def ended(sentence: str) -> str:
    """Give a sentence its full stop, where it does not end already, if only within quotes."""
    return sentence if sentence.rstrip("”")[-1:] in _ENDS else f"{sentence}."
