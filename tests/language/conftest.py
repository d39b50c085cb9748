"""Turns to cut, each test's own."""

from collections.abc import Sequence

from qualcode.domain.sources import Turn, TurnRole
from qualcode.language.sentences import sentences


def turn(start: int, end: int, role: TurnRole = TurnRole.PARTICIPANT) -> Turn:
    """Make a turn of one speaker."""
    return Turn(1, "Ada", role, start, end)


def cut(text: str, *, language: str = "en") -> list[str]:
    """Cut a text that is one participant's turn; give the words of each sentence."""
    return cut_turns(text, [turn(0, len(text))], language=language)


def cut_turns(text: str, turns: Sequence[Turn], *, language: str = "en") -> list[str]:
    """Cut a text of several turns; give the words of each sentence."""
    return [each.of(text) for each in sentences(text, turns, language=language)]
