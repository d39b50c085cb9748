"""Parts of a turn as they are named in the line mode: "words", s2, s2-3, w5-9."""

import re

from qualcode.cli.plain.meanings import Extent, Numbered, Quoted, Unit
from qualcode.cli.plain.typed import Line, not_closed, opens_a_quotation

_NUMBERED = re.compile(r"([sw])(\d{1,6})(?:[-–]\1?(\d{1,6}))?")


def numbered(word: str) -> Numbered | None:
    """Read sentences or words by their numbers."""
    found = _NUMBERED.fullmatch(word)
    if found is None:
        return None
    first = int(found[2])
    return Numbered(Unit(found[1]), first, int(found[3] or first))


def part_named(line: Line) -> Extent | None:
    """Read which part of the turn is meant, if the next word says so."""
    word = line.next
    if word is not None and word.quoted:
        line.take()
        return Quoted(word.text)
    if opens_a_quotation(line.bare):
        raise not_closed()
    found = numbered(line.bare)
    if found is not None:
        line.take()
    return found


def names_a_part(word: str) -> bool:
    """Say whether the word names a part of the turn, or begins to quote one."""
    return opens_a_quotation(word) or numbered(word) is not None
