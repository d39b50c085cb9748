"""The themes on the screen: their claims, their passages by code, and whole sources."""

import pytest
from textual.widgets import OptionList

from qualcode.services import coding, sources, themes
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.screens.themes import ThemesScreen
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.row_list import RowList

from .conftest import Sit, Sitting, Study

CLAIM = "Nobody [/] comes."


@pytest.fixture
def coded(study: Study) -> Study:
    """Let Ada code three turns, and set up two themes of hers."""
    seat = coding.take_seat(study.project, study.ada)
    for place, key in (("Kitchen:2", "1b"), ("Kitchen:3", "1c"), ("Garden:2", "1b")):
        spot = sources.find(study.project, place)
        coding.apply(study.project, spot, [seat.codebook.code(key)], seat=seat)
    codes = [seat.codebook.code("1b"), seat.codebook.code("1c")]
    themes.new(study.project, "Calls", by=study.ada, claim=CLAIM, codes=codes)
    themes.new(study.project, "Beans", by=study.ada)
    return study


def screen(desk: Sitting) -> ThemesScreen:
    assert isinstance(desk.app.screen, ThemesScreen)
    return desk.app.screen


def rows(desk: Sitting) -> list[str]:
    return [row.words for row in screen(desk).query_one(RowList).rows]


def stood_on(desk: Sitting) -> str:
    listing = screen(desk).query_one(RowList)
    return listing.rows[listing.at].words


def offered(desk: Sitting) -> str:
    return screen(desk).query_one(Foot).offered


def mine(study: Study) -> list[str]:
    return [one.theme.name for one in themes.themes(study.project, by=study.ada) if not one.who]


async def test_t_lists_the_themes_and_q_leaves_them(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T")
        assert rows(desk) == [f"1 Calls · {CLAIM}", "2 Beans · no claim recorded"]
        assert screen(desk).query_one(RowList).rows[0].right == "3 in 2"
        await desk.press("q")
        assert isinstance(desk.app.screen, SourcesScreen)


async def test_enter_shows_passages_by_code_and_then_the_source(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "enter")
        assert [row.split(" “")[0] for row in rows(desk)] == [
            "TC1B Negatives",
            "▸ Kitchen:2 R1",
            "▸ Garden:2 R3",
            "TC1C Positives",
            "▸ Kitchen:3 R2",
        ]
        await desk.press("j", "j", "j")
        assert stood_on(desk).startswith("▸ Kitchen:3")
        assert desk.said == "There is no passage after this."
        await desk.press("enter")
        assert desk.head.startswith("Calls in Kitchen")
        assert stood_on(desk).startswith("▸ TC1C Positives")
        assert "  Then I stopped ringing." in rows(desk)
        await desk.press("N")
        assert stood_on(desk).startswith("▸ TC1B Negatives")
        await desk.press("q")
        assert stood_on(desk).startswith("▸ Kitchen:2")
        await desk.press("escape")
        assert stood_on(desk).startswith("1 Calls")


async def test_s_goes_through_any_source(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "s", *"gard", "enter")
        assert desk.head.startswith("Calls in Garden")
        assert rows(desk)[0] == "1 INT"
        await desk.press("n")
        assert stood_on(desk).startswith("▸ TC1B")


async def test_c_holds_a_passage_against_the_theme_or_no_longer(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "enter", "n", "c")
        assert stood_on(desk).startswith("≠ Garden:2")
        assert "speaks against “Calls”" in desk.said
        await desk.press("c")
        assert stood_on(desk).startswith("▸ Garden:2")
        await desk.press("u")
        assert stood_on(desk).startswith("≠ Garden:2")


async def test_claims_names_and_codes_are_written_here(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "plus", *"Tea", "enter")
        assert stood_on(desk) == "3 Tea · no claim recorded"
        await desk.press("e", *"It matters", "enter")
        assert stood_on(desk) == "3 Tea · It matters"
        await desk.press("a", *"positives", "enter", "escape")
        assert screen(desk).query_one(RowList).rows[2].right == "1 in 1"
        await desk.press("a", *"positives", "enter", "escape", "r", "s", "enter", "K")
        assert rows(desk)[1:] == ["2 Teas · It matters", "3 Beans · no claim recorded"]
        assert screen(desk).query_one(RowList).rows[1].right == "0 in 0"
        await desk.press("x")
    assert mine(coded) == ["Calls", "Beans"]


async def test_the_foot_offers_only_what_is_possible(coded: Study, sit: Sit) -> None:
    themes.new(coded.project, "Others", by=coded.lead)
    async with sit(into=False, size=(80, 24)) as desk:
        await desk.press("T")
        assert "e claim" in offered(desk)
        assert "counter" not in offered(desk)
        await desk.press("j", "j")
        assert stood_on(desk).startswith("1 Others · lead")
        assert "e claim" not in offered(desk)
        await desk.press("e")
        assert desk.said == "This theme is lead's; only its owner changes it."
        await desk.press("enter", "c")
        assert "u undo" in offered(desk)


async def test_what_a_command_did_appears(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "j")
        themes.reword(coded.project, "Beans", by=coded.ada, claim="They like the wall.")
        screen(desk).look_for_changes()
        await desk.settle()
        assert stood_on(desk) == "2 Beans · They like the wall."
        themes.retire(coded.project, "Beans", by=coded.ada)
        screen(desk).look_for_changes()
        await desk.settle()
        assert len(rows(desk)) == 1


async def test_without_a_theme_the_screen_says_how_to_begin(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "enter", "e")
        assert desk.said == "There is no theme here yet: + sets one up."
        assert offered(desk) == "+ new  q back  ? help"


async def test_what_cannot_be_done_says_why(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "plus", *"calls", "enter")
        assert desk.said.startswith("You have a theme “calls” already.")


async def test_a_source_is_wrapped_to_the_width(coded: Study, sit: Sit) -> None:
    async with sit(into=False, size=(50, 24)) as desk:
        await desk.press("T", "enter", "enter")
        long = [row for row in rows(desk) if row.startswith("  ")]
        assert max(map(len, long)) <= 48
        assert "  With the kettle. It never worked. Then the" in long
        await desk.pilot.resize_terminal(110, 34)
        await desk.settle()
        assert "  With the kettle. It never worked. Then the light went as well." in rows(desk)


async def test_the_codes_open_again_on_the_row_chosen(coded: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("T", "a", "down", "down", "down", "enter")
        options = screen(desk).query_one(OptionList)
        assert options.highlighted == 3
        assert "✓" in str(options.get_option_at_index(3).prompt)
        await desk.press("enter")
        assert "✓" not in str(options.get_option_at_index(3).prompt)


async def test_a_capital_u_brings_back_what_u_took_back(coded: Study, sit: Sit) -> None:
    async with sit(into=False, size=(140, 24)) as desk:
        await desk.press("T", "U")
        assert desk.said == "There is nothing in your themes to bring back."
        await desk.press("j", "x", "u")
        assert desk.said == "Undone: “Beans” as before."
        assert "U redo" in offered(desk)
        await desk.press("U")
        assert desk.said == "Brought back: “Beans” is retired."
        assert mine(coded) == ["Calls"]
        await desk.press("u", "u")
        assert desk.said == "Undone: “Beans” is gone."
        await desk.press("U")
        assert desk.said == "Brought back: “Beans” again."
    assert mine(coded) == ["Calls", "Beans"]
