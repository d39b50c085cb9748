"""A transcript on a screen of its own, and talk made up for it."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar
from uuid import UUID

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Desk
from qualcode.domain.sources import Revision, Turn, TurnRole
from qualcode.domain.text import Range, text_hash, words_hash
from qualcode.tui.widgets.transcript import Transcript

NOBODY = UUID(int=0)
KEYS = ("1a", "1b", "2a", "2b")
CODEBOOK = Codebook(
    1,
    codes=tuple(
        Code(UUID(int=1000 + at), f"TC{key.upper()}", key, f"Name {key}", 1, at)
        for at, key in enumerate(KEYS)
    ),
)
ROLES = {"INT": TurnRole.INTERVIEWER, "ADD": TurnRole.ADDED, "#": TurnRole.HEADING}
GARDEN = (
    ("INT", "How did the garden begin?"),
    ("Ana", "We ran a garden. Nobody asked. It grew behind the library, bed after bed of it."),
    ("INT", "And then?"),
    ("Bo", "Yes, mostly. Then rain came."),
    ("#", "Part two"),
    ("Cy", "No."),
)


def interview(turns: Sequence[tuple[str, str]] = GARDEN, header: str = "Interview 3") -> Revision:
    """Write turns below each other, each with its label; a heading has no number."""
    text, found, number = header + "\n\n", list[Turn](), 0
    for speaker, words in turns:
        text += f"{speaker}: "
        role = ROLES.get(speaker, TurnRole.PARTICIPANT)
        number += role is not TurnRole.HEADING
        spoken = number if role is not TurnRole.HEADING else 0
        found.append(Turn(spoken, speaker, role, len(text), len(text) + len(words)))
        text += words + "\n\n"
    return Revision(NOBODY, NOBODY, 1, text, text_hash(text), tuple(found))


def sentences_of(revision: Revision) -> list[Range]:
    """End a sentence at each full stop."""
    return [
        Range(turn.start + found.start(), turn.start + found.end())
        for turn in revision.turns
        for found in re.finditer(r"[^.?]+[.?]\s*", turn.range.of(revision.text))
    ]


def coding(revision: Revision, key: str, *ranges: Range, number: int = 1) -> Coding:
    words = "".join(stretch.of(revision.text) for stretch in ranges)
    code = CODEBOOK.code(key)
    return Coding(
        UUID(int=number), NOBODY, NOBODY, NOBODY, code.id, 1, ranges, words_hash=words_hash(words)
    )


def stretch(revision: Revision, words: str) -> Range:
    start = revision.text.index(words)
    return Range(start, start + len(words))


class Watched(Transcript):
    """Remembers which rows of the screen were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().render_line(y)


class Reader(App[None]):
    """Shows one transcript, and keeps what it reports."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, revision: Revision, desk: Desk) -> None:
        super().__init__()
        self.revision = revision
        self.desk = desk
        self.heard: list[Message] = []
        self.stopped = False
        self.left = False

    def compose(self) -> ComposeResult:
        yield Watched()

    def on_mount(self) -> None:
        transcript = self.query_one(Transcript)
        transcript.show(self.revision, self.desk, CODEBOOK, sentences_of(self.revision))
        transcript.focus()

    def action_stop(self) -> None:
        self.stopped = True

    def action_leave(self) -> None:
        self.left = True

    def on_transcript_selection_changed(self, message: Transcript.SelectionChanged) -> None:
        self.heard.append(message)

    def on_transcript_turn_entered(self, message: Transcript.TurnEntered) -> None:
        self.heard.append(message)

    def on_transcript_note_clicked(self, message: Transcript.NoteClicked) -> None:
        self.heard.append(message)


class Reading:
    """A transcript on a screen, as a test looks at it."""

    def __init__(self, app: Reader, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.transcript = app.query_one(Watched)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def strips(self) -> list[Strip]:
        height = self.transcript.size.height
        return [self.transcript.render_line(row) for row in range(height)]

    @property
    def rows(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def width(self) -> int:
        return self.transcript.scrollable_content_region.width

    @property
    def reversed(self) -> str:
        """The words that are painted reversed."""
        painted = (segment for strip in self.strips for segment in strip)
        return "".join(words for words, style, _ in painted if style and style.reverse)

    def painted(self, style: str) -> list[str]:
        """The words that are painted in a style, a run each: `bold underline`."""
        wanted = set(style.split())
        return [
            words
            for strip in self.strips
            for words, drawn, _ in strip
            if drawn and wanted <= set(str(drawn.without_color).split()) and words.strip()
        ]

    @property
    def current(self) -> list[int]:
        """The rows that show the bar of the current turn."""
        return [number for number, row in enumerate(self.rows) if row.startswith("▌")]

    @property
    def selected(self) -> str:
        return self.transcript.selected.of(self.app.revision.text)

    @property
    def number(self) -> int | None:
        return self.transcript.turn.number if self.transcript.turn else None


@asynccontextmanager
async def reading(
    revision: Revision | None = None, desk: Desk | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Reading]:
    """Show a transcript in an app of this size."""
    app = Reader(revision or interview(), desk or Desk())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Reading(app, pilot)
