from uuid import UUID

import pytest

from qualcode.domain.codings import Desk, ReadMark
from qualcode.domain.sources import Revision
from qualcode.domain.text import Range, text_hash
from qualcode.tui.geometry.units import Size
from qualcode.tui.widgets.transcript import Transcript
from tests.tui.widgets.transcript_reading import (
    CODEBOOK,
    GARDEN,
    NOBODY,
    coding,
    interview,
    reading,
    sentences_of,
    stretch,
)


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
        assert on.number == 5
        await on.press("k")
        assert on.number == 4
        await on.press("up", "k")
        assert on.number == 2
        entered = [each for each in on.app.heard if isinstance(each, Transcript.TurnEntered)]
        assert [each.turn.number for each in entered] == [2, 4, 5, 4, 2]


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
    revision = interview(header="Interview 4")
    async with reading() as on:
        on.transcript.show(revision, Desk(), CODEBOOK)
        await on.press("s")
        assert on.transcript.selected == revision.turns[1].range
        on.transcript.know_sentences(sentences_of(revision))
        await on.press("t", "s")
        assert on.selected == "We ran a garden."


async def test_sentences_stay_known_when_the_same_text_is_shown_anew() -> None:
    revision = interview()
    async with reading(revision) as on:
        on.transcript.show(revision, Desk(), CODEBOOK)
        await on.press("s")
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


async def test_the_next_uncoded_turn_is_found_until_all_are_dealt_with() -> None:
    revision = interview()
    coded = coding(revision, "1a", stretch(revision, "rain"))
    read = ReadMark(UUID(int=9), NOBODY, NOBODY, NOBODY, revision.turns[5].range)
    async with reading(revision, Desk((coded,))) as on:
        assert on.transcript.go_to_next_uncoded()
        assert on.number == 5
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
        assert on.number == 100
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
