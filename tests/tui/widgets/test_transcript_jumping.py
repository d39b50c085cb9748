import pytest

from qualcode.domain.codings import Desk, ReadMark
from qualcode.tui.geometry.page import Kind
from qualcode.tui.widgets.transcript import Target, Transcript
from tests.tui.widgets.transcript_reading import (
    GARDEN,
    NOBODY,
    coding,
    interview,
    reading,
    stretch,
)


def place(target: Target) -> tuple[int, Kind, int]:
    return target.turn, target.kind, target.within


async def test_turns_and_notes_in_view_can_be_jumped_to() -> None:
    revision = interview()
    whole = coding(revision, "1a", revision.turns[1].range, number=1)
    part = coding(revision, "2b", stretch(revision, "Nobody asked."), number=2)
    read = ReadMark(NOBODY, NOBODY, NOBODY, NOBODY, revision.turns[3].range)
    async with reading(revision, Desk((whole, part), (read,))) as on:
        targets = on.transcript.targets()
        assert [place(target) for target in targets] == [
            (1, Kind.WORDS, 0),
            (2, Kind.WORDS, 0),
            (2, Kind.NOTE, 0),
            (2, Kind.NOTE, 1),
            (3, Kind.WORDS, 0),
            (4, Kind.WORDS, 0),
            (4, Kind.NOTE, 0),
            (5, Kind.WORDS, 0),
        ]
        assert [target.codings for target in targets][1:4] == [(), (whole,), (part,)]
        assert [target.range for target in targets][1:4] == [
            revision.turns[1].range,
            whole.extent,
            part.extent,
        ]


async def test_letters_stand_at_the_left_of_what_they_lead_to() -> None:
    revision = interview()
    desk = Desk((coding(revision, "1a", revision.turns[1].range),))
    async with reading(revision, desk) as on:
        before = on.rows
        targets = on.transcript.targets()
        on.transcript.letters = dict(zip(targets, ("a", "b", "xy", "d"), strict=False))
        await on.pilot.pause()
        assert on.rows[2] == "a" + before[2][1:]
        assert on.rows[4] == "b" + before[4][1:]
        assert on.rows[6] == "xy" + before[6][2:]
        assert on.painted("bold reverse") == ["a", "b", "xy", "d"]
        assert {strip.cell_length for strip in on.strips} == {on.width}
        on.transcript.letters = {}
        await on.pilot.pause()
        assert on.rows == before


async def test_a_turn_that_begins_above_the_view_has_its_letter_in_view() -> None:
    async with reading(interview((("Ana", "Rain. " * 1000),))) as on:
        await on.press("space")
        (target,) = on.transcript.targets()
        assert target.within > 0
        on.transcript.letters = {target: "a"}
        await on.pilot.pause()
        assert on.rows[0].startswith("a")


async def test_letters_do_nothing_but_show() -> None:
    async with reading() as on:
        on.transcript.letters = {on.transcript.targets()[0]: "\x1b["}
        await on.pilot.pause()
        assert on.rows[2].startswith("␛[")


@pytest.mark.parametrize("number", [1, 2])
async def test_a_click_on_a_note_tells_of_its_codings(number: int) -> None:
    revision = interview()
    one = coding(revision, "1a", revision.turns[number - 1].range, number=1)
    other = coding(revision, "2a", revision.turns[number - 1].range, number=2)
    async with reading(revision, Desk((one, other))) as on:
        row = next(at for at, words in enumerate(on.rows) if "1a 2a" in words)
        await on.pilot.click(Transcript, offset=(20, row))
        await on.pilot.pause()
        clicked = [each for each in on.app.heard if isinstance(each, Transcript.NoteClicked)]
        assert [each.codings for each in clicked] == [(one, other)]
        assert on.number == 2


async def test_a_click_on_a_read_mark_tells_nothing() -> None:
    revision = interview()
    read = ReadMark(NOBODY, NOBODY, NOBODY, NOBODY, revision.turns[3].range)
    async with reading(revision, Desk((), (read,))) as on:
        row = next(at for at, words in enumerate(on.rows) if "read, no code" in words)
        await on.pilot.click(Transcript, offset=(20, row))
        await on.pilot.pause()
        assert on.number == 4
        assert not any(isinstance(each, Transcript.NoteClicked) for each in on.app.heard)


async def test_twenty_screens_of_moves_keep_no_more_strips_than_two_thousand() -> None:
    async with reading(interview(GARDEN * 60)) as on:
        for _ in range(120):
            on.transcript.action_next_turn()
            for size in ("word", "sentence", "turn"):
                on.transcript.action_size(size)
                on.transcript.action_push_edge()
                assert on.strips
        assert len(on.transcript._strips) <= 2000
