"""Filters: which turns are shown."""

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Desk
from qualcode.domain.sources import Revision, Turn, TurnRole
from qualcode.tui.desk.opened import Opened
from qualcode.tui.geometry.units import dealt_with


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on turns, and how it is called at the head of the screen."""

    words: str
    keeps: Callable[[Turn], bool]

    def turns(self, revision: Revision) -> frozenset[int]:
        """Give the numbers of the turns that are shown."""
        return frozenset(turn.number for turn in revision.turns if self.keeps(turn))


def by_speaker(speaker: str) -> Filter:
    """Show one speaker's turns."""
    return Filter(speaker, lambda turn: turn.speaker == speaker and turn.number > 0)


def by_role(role: TurnRole) -> Filter:
    """Show the turns of one role."""
    return Filter(f"role {role.value}", lambda turn: turn.role is role)


def by_code(code: Code, opened: Opened) -> Filter:
    """Show the turns that one's codings of a code touch."""
    of_code = Desk(tuple(each for each in opened.desk.codings if each.code == code.id))
    return _touched(code.title, opened.revision, of_code)


def mine(opened: Opened) -> Filter:
    """Show the turns that one has coded."""
    return _touched("coded by you", opened.revision, Desk(opened.desk.codings))


def undone(opened: Opened) -> Filter:
    """Show the participants' turns with nothing of one's own on them."""
    return Filter("left to do", lambda turn: turn.codable and turn.number not in opened.dealt)


def _touched(words: str, revision: Revision, desk: Desk) -> Filter:
    touched = dealt_with(revision.turns, desk)
    return Filter(words, lambda turn: turn.number in touched)


def speakers(revision: Revision) -> list[tuple[str, int]]:
    """Name the speakers in order of appearance, each with the number of their turns."""
    counts: dict[str, int] = {}
    for turn in revision.turns:
        if turn.number:
            counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
    return list(counts.items())


def roles(revision: Revision) -> list[tuple[TurnRole, int]]:
    """Name the roles that occur, each with the number of its turns."""
    counts: dict[TurnRole, int] = {}
    for turn in revision.turns:
        counts[turn.role] = counts.get(turn.role, 0) + 1
    return list(counts.items())
