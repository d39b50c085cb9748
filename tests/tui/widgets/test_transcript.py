import html
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar
from uuid import UUID

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Desk, ReadMark
from qualcode.domain.sources import Revision, Turn, TurnRole
from qualcode.domain.text import Range, text_hash, words_hash
from qualcode.tui.geometry.units import Size
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
HARMFUL = (
    "[/] [laughter] end [/ [@click=app.stop]press[/] "
    "\x1b]52;c;aGk=\x07\x1b[2J \u202egip\u2069 \x9b6n"
)


def interview(turns: Sequence[tuple[str, str]] = GARDEN, header: str = "Interview 3") -> Revision:
    """Write turns below each other, each with its label."""
    text, found = header + "\n\n", list[Turn]()
    for speaker, words in turns:
        text += f"{speaker}: "
        role = ROLES.get(speaker, TurnRole.PARTICIPANT)
        found.append(Turn(len(found) + 1, speaker, role, len(text), len(text) + len(words)))
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


async def test_a_transcript_shows_number_speaker_and_words() -> None:
    async with reading() as on:
        assert on.rows[:9] == [
            "             Interview 3",
            "",
            "  1 INT      How did the garden begin?",
            "",
            "▌ 2 Ana      We ran a garden. Nobody asked. It grew behind the library, bed",
            "▌            after bed of it.",
            "",
            "  3 INT      And then?",
            "",
        ]


async def test_the_first_participants_turn_is_entered_and_told_of() -> None:
    async with reading() as on:
        assert on.number == 2
        assert on.transcript.selected == on.app.revision.turns[1].range
        assert [type(message) for message in on.app.heard] == [
            Transcript.TurnEntered,
            Transcript.SelectionChanged,
        ]


async def test_turns_are_walked_through_without_the_prompts() -> None:
    async with reading() as on:
        await on.press("j", "j")
        assert on.number == 6
        await on.press("k")
        assert on.number == 4
        await on.press("up", "k")
        assert on.number == 2
        entered = [each for each in on.app.heard if isinstance(each, Transcript.TurnEntered)]
        assert [each.turn.number for each in entered] == [2, 4, 6, 4, 2]


async def test_a_sentence_is_selected_and_pushed_further() -> None:
    async with reading() as on:
        await on.press("s", "l")
        assert on.selected == on.reversed == "Nobody asked."
        await on.press("L")
        assert on.selected == "Nobody asked. It grew behind the library, bed after bed of it."
        await on.press("H", "w", "shift+left")
        assert on.selected == on.reversed == "Nobody"
        last = on.app.heard[-1]
        assert isinstance(last, Transcript.SelectionChanged)
        assert (last.range, last.turn.number) == (on.transcript.selected, 2)


async def test_the_other_edge_can_be_made_live() -> None:
    async with reading() as on:
        await on.press("s", "L", "o", "L")
        assert on.selected == "Nobody asked."


async def test_sentences_may_become_known_later() -> None:
    revision = interview()
    async with reading(revision) as on:
        on.transcript.show(revision, Desk(), CODEBOOK)
        await on.press("s")
        assert on.transcript.selected == revision.turns[1].range
        on.transcript.know_sentences(sentences_of(revision))
        await on.press("t", "s")
        assert on.selected == "We ran a garden."


async def test_escape_goes_back_to_the_whole_turn_and_then_to_the_screen() -> None:
    async with reading() as on:
        await on.press("w", "L", "escape")
        assert on.transcript.selected == on.app.revision.turns[1].range
        assert on.reversed == ""
        assert not on.app.left
        await on.press("escape")
        assert on.app.left


async def test_a_whole_turn_is_shown_by_its_bar_alone() -> None:
    async with reading() as on:
        assert on.current == [4, 5]
        assert on.reversed == ""


async def test_codings_are_shown_by_lanes_underlines_and_notes() -> None:
    revision = interview()
    whole = coding(revision, "1a", revision.turns[1].range, number=1)
    part = coding(revision, "2b", stretch(revision, "Nobody asked."), number=2)
    async with reading(revision, Desk((whole, part))) as on:
        assert on.rows[4:9] == [
            "▌ 2 Ana ╻╺   We ran a garden. Nobody asked. It grew behind the library, bed",
            "▌       ╹    after bed of it.",
            "▌ 1a         ├────────────────────── whole turn",
            "▌ 2b         ├──── “Nobody asked.”",
            "",
        ]
        underlined = [words for words, style, _ in on.strips[4] if style and style.underline]
        assert underlined == ["Nobody asked."]


async def test_a_new_coding_is_shown_and_the_turn_stays_where_it_was() -> None:
    revision = interview()
    async with reading(revision) as on:
        await on.press("j")
        row = on.current[0]
        above = coding(revision, "1b", revision.turns[1].range)
        on.transcript.refresh_desk(Desk((above,)))
        await on.pilot.pause()
        assert any("1b" in text for text in on.rows)
        assert on.current[0] == row + 1
        assert on.number == 4


async def test_a_coding_far_above_does_not_move_what_is_read() -> None:
    revision = interview(GARDEN * 20)
    async with reading(revision) as on:
        on.transcript.go_to_turn(66)
        on.transcript.go_to_turn(64)
        await on.pilot.pause()
        assert 4 < on.current[0] < 20
        before = on.rows
        on.transcript.refresh_desk(Desk((coding(revision, "1b", revision.turns[1].range),)))
        await on.pilot.pause()
        assert on.rows == before


async def test_another_code_on_the_same_words_repaints_their_rows_only() -> None:
    revision = interview()
    one = coding(revision, "1a", revision.turns[1].range, number=1)
    other = coding(revision, "2a", revision.turns[1].range, number=2)
    async with reading(revision, Desk((one,))) as on:
        before = on.rows
        on.transcript.painted.clear()
        on.transcript.refresh_desk(Desk((one, other)))
        await on.pilot.pause()
        assert sorted(set(on.transcript.painted)) == [4, 5, 6]
        changed = [
            row for row, (old, new) in enumerate(zip(before, on.rows, strict=True)) if old != new
        ]
        assert changed == [4, 5, 6]
        assert on.rows[6].startswith("▌ 1a 2a")


async def test_a_move_repaints_the_rows_concerned_only() -> None:
    async with reading() as on:
        await on.press("s")
        on.transcript.painted.clear()
        await on.press("l")
        assert sorted(set(on.transcript.painted)) == [4]
        on.transcript.painted.clear()
        await on.press("j")
        assert sorted(set(on.transcript.painted)) == [4, 5, 9]


async def test_the_next_uncoded_turn_is_found_until_all_are_dealt_with() -> None:
    revision = interview()
    coded = coding(revision, "1a", stretch(revision, "rain"))
    read = ReadMark(UUID(int=9), NOBODY, NOBODY, NOBODY, revision.turns[5].range)
    async with reading(revision, Desk((coded,))) as on:
        assert on.transcript.go_to_next_uncoded()
        assert on.number == 6
        assert on.transcript.go_to_previous_uncoded()
        assert on.number == 2
        whole = coding(revision, "1a", revision.turns[1].range, number=2)
        on.transcript.refresh_desk(Desk((whole, coded), (read,)))
        assert not on.transcript.go_to_next_uncoded()
        assert not on.transcript.go_to_previous_uncoded()
        assert on.number == 2


async def test_any_turn_is_entered_by_its_number() -> None:
    async with reading() as on:
        on.transcript.go_to_turn(3)
        assert on.number == 3
        on.transcript.go_to_turn(99)
        assert on.number == 3


async def test_a_hit_is_selected_in_its_turn() -> None:
    async with reading() as on:
        on.transcript.go_to(stretch(on.app.revision, "rain"))
        await on.pilot.pause()
        assert (on.number, on.selected, on.reversed) == (4, "rain", "rain")
        on.transcript.go_to(Range(0, 3))
        assert on.selected == "rain"


async def test_prompts_fold_to_one_row() -> None:
    revision = interview((("INT", "And what then? " * 20), ("Ana", "Rain.")))
    async with reading(revision) as on:
        await on.press("j")
        before = on.current[0]
        on.transcript.folded = True
        await on.pilot.pause()
        assert on.current[0] < before
        assert on.rows[2].endswith("…")
        assert sum("what then" in row for row in on.rows) == 1


async def test_paging_takes_the_selection_along() -> None:
    async with reading(interview(GARDEN * 20)) as on:
        await on.press("space")
        first = on.number
        assert first
        assert first > 6
        assert on.current
        await on.press("pagedown", "pageup", "pageup", "pageup")
        assert on.number == 2
        await on.press("end")
        assert on.number == 120
        assert on.current
        await on.press("home")
        assert on.number == 2
        assert on.rows[0].strip() == "Interview 3"


async def test_a_turn_longer_than_the_screen_is_read_page_by_page() -> None:
    revision = interview((("Ana", "Rain. " * 1000), ("Bo", "Yes.")))
    async with reading(revision) as on:
        await on.press("space")
        assert on.number == 1
        assert len(on.current) == 24
        await on.press("s", *["l"] * 3)
        assert on.reversed.strip() == "Rain."


async def test_what_is_selected_is_always_in_view() -> None:
    async with reading(interview(GARDEN * 20), size=(60, 10)) as on:
        for key in "jjjjjkkjslllllLLtjjwllll":
            await on.pilot.press(key)
            assert on.current
            if on.transcript.selection and on.transcript.selection.size is not Size.TURN:
                assert on.reversed


async def test_a_prompt_is_shown_with_the_turn_that_answers_it() -> None:
    async with reading(interview(GARDEN * 20), size=(80, 12)) as on:
        await on.press("end")
        for _ in range(10):
            await on.press("k")
            prompt = on.rows[on.current[0] - 2] if on.current[0] > 1 else ""
            assert "INT" in prompt or "Part two" in prompt


async def test_after_a_resize_the_turn_is_still_in_view() -> None:
    async with reading(interview(GARDEN * 20)) as on:
        on.transcript.go_to_turn(64)
        await on.pilot.resize_terminal(44, 12)
        await on.pilot.pause()
        assert on.number == 64
        assert on.current
        assert {strip.cell_length for strip in on.strips} == {on.width}
        await on.pilot.resize_terminal(120, 40)
        await on.pilot.pause()
        assert on.current


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (12, 5), (20, 8), (40, 24), (200, 60)])
async def test_every_size_of_terminal_will_do(size: tuple[int, int]) -> None:
    revision = interview((*GARDEN, ("漢字の名前", "字👩‍👩‍👧\t🇫🇷e\u0301 " * 9)))
    whole = coding(revision, "1a", revision.turns[6].range)
    async with reading(revision, Desk((whole,)), size=size) as on:
        await on.press("j", "j", "j", "w", "L", "space", "end", "home", "s", "l")
        assert {strip.cell_length for strip in on.strips} == {on.width or size[0]}


async def test_without_colour_all_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    revision = interview()
    part = coding(revision, "2b", stretch(revision, "Nobody asked."))
    async with reading(revision, Desk((part,))) as on:
        await on.press("s")
        assert on.app.no_color
        assert on.reversed == "We ran a garden."
        assert on.rows[4].startswith("▌ 2 Ana ╺")
        assert on.rows[6].startswith("▌ 2b")


async def test_an_empty_source_shows_nothing_and_does_nothing() -> None:
    async with reading(Revision(NOBODY, NOBODY, 1, "", text_hash(""), ())) as on:
        await on.press(*"jklhLHotsw", "space", "pageup", "home", "end", "escape")
        assert on.transcript.turn is None
        assert on.transcript.selected == Range(0, 0)
        assert not on.transcript.go_to_next_uncoded()
        assert on.app.heard == []


async def test_another_revision_takes_the_place_of_the_first() -> None:
    async with reading() as on:
        await on.press("j", "s")
        other = interview((("Di", "Something else."),), header="Interview 4")
        on.transcript.show(other, Desk(), CODEBOOK)
        await on.pilot.pause()
        assert [row.strip() for row in on.rows if row] == [
            "Interview 4",
            "▌ 1 Di      Something else.",
        ]
        assert on.transcript.selected == other.turns[0].range


async def test_words_are_selected_by_dragging_across_them() -> None:
    revision = interview((("Ana", "👩‍👩‍👧 ran a garden."), ("Bo", "Yes.")))
    async with reading(revision) as on:
        left = on.rows[2].index("👩")
        await on.pilot.mouse_down(Transcript, offset=(left + 3, 2))
        await on.pilot.hover(Transcript, offset=(left + 7, 2))
        await on.pilot.pause()
        assert on.selected == on.reversed == "ran a"
        await on.pilot.hover(Transcript, offset=(left + 3, 4))
        await on.pilot.mouse_up(Transcript, offset=(left + 3, 4))
        await on.pilot.pause()
        assert on.selected == "ran a garden."
        await on.pilot.hover(Transcript, offset=(left, 2))
        assert on.selected == "ran a garden."
        assert on.app.mouse_captured is None


async def test_a_click_enters_a_participants_turn_and_no_other() -> None:
    async with reading() as on:
        await on.pilot.click(Transcript, offset=(20, 9))
        assert on.number == 4
        await on.pilot.click(Transcript, offset=(20, 7))
        await on.pilot.click(Transcript, offset=(20, 0))
        await on.pilot.click(Transcript, offset=(20, 23))
        assert on.number == 4


async def test_a_double_click_selects_a_word() -> None:
    async with reading() as on:
        await on.pilot.double_click(Transcript, offset=(15, 9))
        assert on.selected == "Yes"


def harmful() -> tuple[Revision, Desk, Codebook]:
    """Put what might act wherever words of others are shown."""
    revision = interview(((HARMFUL[:4], HARMFUL), ("\x1b[31m", HARMFUL * 3)), header=HARMFUL)
    code = Code(UUID(int=1000), "TC", "\x1b[1m[/]", "n", 1, 0)
    start = revision.turns[0].start
    coded = coding(revision, "1a", Range(start, start + 14))
    return revision, Desk((coded,)), Codebook(1, codes=(code,))


async def test_nothing_in_a_text_acts_on_the_terminal() -> None:
    revision, desk, codebook = harmful()
    async with reading(revision) as on:
        on.transcript.show(revision, desk, codebook)
        await on.press("s", "w", "L")
        painted: list[Segment] = [segment for strip in on.strips for segment in strip]
        text = "".join(segment.text for segment in painted)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert not any(segment.control for segment in painted)
        assert not any(
            segment.style and (segment.style.meta or segment.style.link) for segment in painted
        )
        for verbatim in (
            "[/] [laughter] end [/ [@click=app.stop]press[/]",
            "␛]52;c;aGk=␇␛[2J",
            "⟦gip⟧",
        ):
            assert verbatim in " ".join(row.strip() for row in on.rows)
        assert any("␛[1m[/]" in row for row in on.rows)


async def test_nothing_in_a_text_acts_as_markup_on_the_picture() -> None:
    revision, desk, codebook = harmful()
    async with reading(revision, size=(120, 24)) as on:
        on.transcript.show(revision, desk, codebook)
        await on.pilot.pause()
        picture = html.unescape(on.app.export_screenshot()).replace("\xa0", " ")
        assert "[/] " in picture
        assert "[laughter]" in picture
        assert "[@click=app.stop]press[/]" in picture
        assert "\x1b" not in picture


async def test_a_click_on_a_written_action_does_not_run_it() -> None:
    async with reading(interview((("Ana", HARMFUL),))) as on:
        column = on.rows[2].index("press")
        await on.pilot.click(Transcript, offset=(column + 1, 2))
        await on.pilot.pause()
        assert not on.app.stopped
