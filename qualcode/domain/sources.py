"""Sources, their revisions and their turns."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from qualcode.domain.text import Range


class SourceKind(StrEnum):
    """What a piece of data is."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus group"
    SURVEY = "survey"
    FIELD_NOTES = "field notes"
    DOCUMENT = "document"

    @property
    def plural(self) -> str:
        """Name several of them, as a count line does."""
        return {"survey": "survey respondents", "field notes": "field notes"}.get(self, f"{self}s")


class TurnRole(StrEnum):
    """Whose words a turn holds."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    ADDED = "added"
    HEADING = "heading"
    NOTE = "note"
    CONTEXT = "context"
    """A participant's words that are not given to the coder who reads them; never stored."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's talk: where its words stand, who spoke, and when.

    `number` counts the turns of the source from 1; headings and notes have number 0,
    for nobody speaks there. `start` and `end` bound the words
    without the speaker's label; times are milliseconds from the recording's start.
    """

    number: int
    speaker: str
    role: TurnRole
    start: int
    end: int
    started_ms: int | None = None
    ended_ms: int | None = None

    @property
    def range(self) -> Range:
        """Where the words of the turn stand."""
        return Range(self.start, self.end)

    @property
    def codable(self) -> bool:
        """Are these a participant's words?"""
        return self.role is TurnRole.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that never changes: a correction makes the next revision."""

    id: UUID
    source: UUID
    number: int
    text: str
    text_hash: str
    turns: tuple[Turn, ...] = field(repr=False)

    @property
    def last_turn(self) -> int:
        """The number of the last turn somebody speaks in."""
        return next((turn.number for turn in reversed(self.turns) if turn.number), 0)

    def turn(self, number: int) -> Turn | None:
        """Find a turn by its number."""
        return next((turn for turn in self.turns if 0 < turn.number == number), None)

    def turn_at(self, position: int) -> Turn | None:
        """Find the turn whose words hold the position."""
        at = bisect_right(self.turns, position, key=_start) - 1
        return self.turns[at] if at >= 0 and position < self.turns[at].end else None

    def turns_in(self, stretch: Range) -> list[Turn]:
        """List the turns whose words the stretch shares a code point with."""
        first = bisect_right(self.turns, stretch.start, key=_end)
        behind = bisect_left(self.turns, stretch.end, key=_start)
        return [turn for turn in self.turns[first:behind] if turn.range.overlaps(stretch)]


def _start(turn: Turn) -> int:
    return turn.start


def _end(turn: Turn) -> int:
    return turn.end


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of data: an interview, a focus group, a survey respondent, field notes."""

    id: UUID
    name: str
    kind: SourceKind
    position: int
    revision: UUID
    turns: int
    codable: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one layer has come with one source, in participants' turns and codings."""

    source: Source
    done: int
    codings: int

    @property
    def left(self) -> int:
        """How many participants' turns are neither coded nor marked as read."""
        return self.source.codable - self.done

    @property
    def finished(self) -> bool:
        """Is every participant's turn coded or marked as read?"""
        return self.left == 0
