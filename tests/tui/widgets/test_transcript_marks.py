from datetime import UTC, datetime
from uuid import UUID

import pytest

from qualcode.domain.codings import Desk, Flag, FlagKind
from qualcode.domain.proposals import Proposal
from qualcode.domain.text import Range
from qualcode.tui.widgets.transcript_colours import ON_DARK, ON_LIGHT
from tests.tui.widgets.transcript_reading import (
    GARDEN,
    NOBODY,
    coding,
    interview,
    reading,
    stretch,
)


def flag(stretch: Range, kind: FlagKind, number: int) -> Flag:
    return Flag(UUID(int=number), NOBODY, NOBODY, NOBODY, stretch, kind)


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


async def test_flags_stand_under_the_number_with_what_they_flag() -> None:
    revision = interview()
    whole = coding(revision, "1a", revision.turns[1].range)
    words = stretch(revision, "rain")
    flags = (
        flag(revision.turns[1].range, FlagKind.TEAM, 1),
        flag(revision.turns[1].range, FlagKind.QUOTABLE, 2),
        flag(words, FlagKind.TEAM, 3),
    )
    async with reading(revision, Desk((whole,), flags=flags)) as on:
        assert on.rows[6].split() == [
            "▌",
            "1a",
            "!",
            "*",
            "├──────────────────────",
            "whole",
            "turn",
        ]
        on.transcript.refresh_desk(Desk((), flags=flags[2:]))
        await on.pilot.pause()
        assert [row.split()[0] for row in on.rows if "├" in row] == ["!"]
        assert any(row.endswith("“rain”") for row in on.rows)


async def test_a_proposal_is_noted_where_its_words_stand() -> None:
    revision = interview()
    label = "bed after bed [/] \x1b[2J"
    here = stretch(revision, "bed after bed")
    made = Proposal(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, here, label, datetime.now(UTC))
    async with reading(revision) as on:
        on.transcript.refresh_desk(Desk(proposals=(made,)))
        await on.pilot.pause()
        assert on.rows[6].startswith("▌ i ")
        assert on.rows[6].endswith("proposed: “bed after bed [/] ␛[2J”")


async def test_words_that_were_found_are_bold_and_underlined() -> None:
    revision = interview()
    async with reading(revision) as on:
        on.transcript.hits = (stretch(revision, "Interview"), stretch(revision, "garden begin?"))
        await on.pilot.pause()
        assert on.painted("bold underline") == ["Interview", "garden begin?"]
        on.transcript.hits = ()
        await on.pilot.pause()
        assert on.painted("bold underline") == []


async def test_the_picked_coding_is_marked_in_words_lane_and_note() -> None:
    revision = interview()
    one = coding(revision, "1a", stretch(revision, "Nobody asked."), number=1)
    other = coding(revision, "2b", stretch(revision, "bed after bed"), number=2)
    async with reading(revision, Desk((one, other))) as on:
        on.transcript.picked = other
        await on.pilot.pause()
        assert on.painted("bold italic underline") == ["bed ", "after bed"]
        assert [row[:5] for row in on.rows if "├" in row] == ["▌ 1a ", "▌▸2b "]
        assert len(on.painted("reverse")) == 2
        on.transcript.picked = None
        await on.pilot.pause()
        assert on.painted("italic") == on.painted("reverse") == []


async def test_on_a_light_ground_the_colours_of_codes_are_darker() -> None:
    revision = interview()
    desk = Desk((coding(revision, "1a", stretch(revision, "Nobody asked.")),))
    async with reading(revision, desk) as on:

        def colour() -> str:
            (key,) = (style for words, style, _ in on.strips[6] if words == " 1a" and style)
            return str(key.color.name) if key.color else ""

        assert colour() == ON_DARK[0].lower()
        on.app.theme = "textual-light"
        await on.pilot.pause()
        assert colour() == ON_LIGHT[0].lower()


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("palette", "ground"), [(ON_LIGHT, "#FFFFFF"), (ON_LIGHT, "#E0E0E0"), (ON_DARK, "#121212")]
)
def test_every_colour_has_a_contrast_of_three_to_one(palette: tuple[str, ...], ground: str) -> None:
    for colour in palette:
        dark, light = sorted((luminance(colour), luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 3
