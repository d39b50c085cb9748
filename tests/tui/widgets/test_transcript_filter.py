import pytest

from qualcode.domain.codings import Desk
from qualcode.tui.geometry.units import Size
from tests.tui.widgets.transcript_reading import (
    CODEBOOK,
    GARDEN,
    coding,
    interview,
    reading,
    stretch,
)


async def test_turns_that_are_not_shown_become_a_row_that_counts_them() -> None:
    async with reading(interview(GARDEN * 3)) as on:
        on.transcript.only = frozenset({2, 9, 10})
        await on.pilot.pause()
        assert [row.strip() for row in on.rows if row] == [
            "Interview 3",
            "⋮ 1 turn",
            on.rows[4].strip(),
            on.rows[5].strip(),
            "⋮ 6 turns",
            "9 Bo       Yes, mostly. Then rain came.",
            "⋮",
            "10 Cy       No.",
            "⋮ 5 turns",
        ]
        on.transcript.only = None
        await on.pilot.pause()
        assert not any("⋮" in row for row in on.rows)


async def test_moves_pass_over_what_is_not_shown() -> None:
    async with reading(interview(GARDEN * 3)) as on:
        on.transcript.only = frozenset({1, 2, 9, 10, 14})
        await on.press("j")
        assert on.number == 9
        await on.press("s", "l", "l")
        assert (on.number, on.selected) == (10, "No.")
        await on.press("end")
        assert on.number == 14
        await on.press("home", "k")
        assert on.number == 2


async def test_the_selection_goes_to_the_nearest_turn_shown() -> None:
    async with reading(interview(GARDEN * 20)) as on:
        on.transcript.go_to_turn(50)
        on.transcript.only = frozenset({4, 47, 75})
        await on.pilot.pause()
        assert on.number == 47
        assert on.current
        on.transcript.only = frozenset({45, 47})
        assert on.number == 47
        on.transcript.only = None
        await on.pilot.pause()
        assert on.number == 47
        assert on.current


async def test_where_nothing_is_shown_nothing_is_selected_until_something_is() -> None:
    async with reading(interview(GARDEN * 3)) as on:
        on.transcript.go_to_turn(9)
        on.transcript.only = frozenset()
        await on.press(*"jklhLHotswa", "space", "home", "end")
        assert on.transcript.turn is None
        assert on.transcript.targets() == []
        on.transcript.only = None
        assert on.number == 9


async def test_where_only_prompts_are_shown_moves_lead_to_them() -> None:
    async with reading(interview(GARDEN * 3)) as on:
        on.transcript.only = frozenset({1, 3, 6})
        await on.press("home", "j", "j")
        assert on.number == 6


async def test_a_turn_that_is_not_shown_is_not_entered() -> None:
    revision = interview()
    async with reading(revision) as on:
        on.transcript.only = frozenset({2, 5})
        assert not on.transcript.go_to_turn(4)
        assert not on.transcript.go_to(stretch(revision, "rain"))
        assert not on.transcript.select_words(stretch(revision, "rain"))
        assert on.number == 2
        assert on.transcript.go_to_next_uncoded()
        assert on.number == 5


async def test_a_coding_on_a_turn_not_shown_is_there_when_it_is() -> None:
    revision = interview()
    async with reading(revision) as on:
        on.transcript.only = frozenset({5})
        on.transcript.refresh_desk(Desk((coding(revision, "1b", revision.turns[1].range),)))
        await on.pilot.pause()
        assert not any("1b" in row for row in on.rows)
        on.transcript.only = None
        await on.pilot.pause()
        assert any(" 1b" in row for row in on.rows)


async def test_a_filter_set_before_a_source_is_shown_holds() -> None:
    revision = interview()
    async with reading(revision) as on:
        on.transcript.only = frozenset({4})
        on.transcript.show(revision, Desk(), CODEBOOK)
        assert on.number == 4
        on.transcript.folded = True
        await on.pilot.pause()
        assert "⋮ 3 turns" in [row.strip() for row in on.rows]


async def test_every_heading_shows_its_own_words() -> None:
    turns = (("#", "Part one"), ("Ana", "Yes."), ("#", "Part two"), ("Bo", "No."))
    revision = interview(turns)
    async with reading(revision) as on:
        words = [row.strip() for row in on.rows if row.strip()]
        assert [row for row in words if row.startswith("Part")] == ["Part one", "Part two"]
        await on.press("j")
        assert on.number == 2
        assert on.transcript.go_to(stretch(revision, "two"))
        await on.pilot.pause()
        assert (on.number, on.reversed) == (0, "two")
        assert len(on.current) == 1
        await on.press("k")
        assert on.number == 1


async def test_words_are_selected_sign_by_sign() -> None:
    async with reading(interview((("Ana", "Cafe\u0301 👩‍👩‍👧 שלום"),))) as on:
        await on.press("a", "L", "L", "L")
        assert on.selected == on.reversed == "Cafe\u0301"
        await on.press("l", "l", "L")
        assert on.selected == on.reversed == "👩‍👩‍👧 "
        await on.press("l", "L")
        assert on.selected == "של"


async def test_a_whole_turn_is_selected_by_words_so_that_its_edges_move() -> None:
    revision = interview()
    async with reading(revision) as on:
        assert on.transcript.select_words(revision.turns[3].range)
        assert on.selected == "Yes, mostly. Then rain came."
        await on.press("H")
        assert on.selected == "Yes, mostly. Then rain"
        await on.press("o", "L", "L")
        assert on.selected == "Then rain"
        assert on.transcript.selection
        assert on.transcript.selection.size is Size.WORD


@pytest.mark.parametrize("size", [(1, 1), (12, 5), (40, 24)])
async def test_hidden_turns_fit_every_terminal(size: tuple[int, int]) -> None:
    async with reading(interview(GARDEN * 3), size=size) as on:
        on.transcript.only = frozenset({4, 9})
        await on.press("j", "end", "space", "home", "k", "w", "L")
        assert {strip.cell_length for strip in on.strips} == {on.width or size[0]}
