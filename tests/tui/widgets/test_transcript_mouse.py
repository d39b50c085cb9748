from qualcode.tui.widgets.transcript import Transcript
from tests.tui.widgets.transcript_reading import interview, reading


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
