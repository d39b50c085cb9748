"""The list of sources, and the question who sits there."""

import pytest
from textual.widgets import OptionList, Static

from qualcode.services import coding, people, sources
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.screens.who import WhoScreen

from .conftest import Sit, Sitting, Study


def _rows(options: OptionList) -> list[str]:
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


def _page(desk: Sitting) -> str:
    return str(desk.app.screen.query_one(Static).content)


async def test_the_list_shows_how_far_one_is(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    spot = sources.find(study.project, "Kitchen:2")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    async with sit(into=False) as desk:
        rows = _rows(desk.app.screen.query_one(OptionList))
        assert [row.split()[0] for row in rows] == ["Kitchen", "Garden"]
        assert "1/3" in rows[0]
        assert "0/2" in rows[1]
        assert "round r1 · you code as ada" in desk.head


async def test_a_colleagues_progress_is_not_shown(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ben)
    spot = sources.find(study.project, "Kitchen:2")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    async with sit(into=False) as desk:
        assert "0/3" in _rows(desk.app.screen.query_one(OptionList))[0]


async def test_what_a_command_did_appears_in_the_list(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        seat = coding.take_seat(study.project, study.ada)
        spot = sources.find(study.project, "Kitchen:2")
        coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
        assert isinstance(desk.app.screen, SourcesScreen)
        desk.app.screen.look_for_changes()
        await desk.settle()
        assert "1/3" in _rows(desk.app.screen.query_one(OptionList))[0]


async def test_a_list_that_is_covered_does_not_look(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        listing = desk.app.screen
        assert isinstance(listing, SourcesScreen)
        before = _rows(listing.query_one(OptionList))
        await desk.press("enter")
        seat = coding.take_seat(study.project, study.ada)
        spot = sources.find(study.project, "Kitchen:2")
        coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
        listing.look_for_changes()
        await desk.settle()
        assert _rows(listing.query_one(OptionList)) == before
        await desk.press("S")
        assert "1/3" in _rows(listing.query_one(OptionList))[0]


async def test_the_highlight_waits_on_the_first_source_with_turns_left(
    study: Study, sit: Sit
) -> None:
    seat = coding.take_seat(study.project, study.ada)
    source, revision = sources.read(study.project, "Kitchen")
    left = coding.turns_left(study.project, source, revision, seat=seat)
    coding.mark_read(study.project, left, seat=seat)
    async with sit(into=False) as desk:
        await desk.press("enter")
        assert desk.head.startswith("Garden")


async def test_n_goes_round_the_sources_with_turns_left(sit: Sit) -> None:
    async with sit(into=False) as desk:
        options = desk.app.screen.query_one(OptionList)
        await desk.press("n")
        assert options.highlighted == 1
        await desk.press("n")
        assert options.highlighted == 0


async def test_the_program_asks_who_sits_there(sit: Sit) -> None:
    async with sit(None) as desk:
        assert isinstance(desk.app.screen, WhoScreen)
        await desk.press("j", "enter")
        assert isinstance(desk.app.screen, SourcesScreen)
        assert "you code as ada" in desk.head


async def test_the_screens_work_without_colour(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(into=False) as desk:
        assert desk.app.no_color
        assert "you code as ada" in desk.head


async def test_leaving_the_list_ends_the_program(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("q")
    assert desk.app.return_code == 0


async def test_opening_a_source_shows_its_first_turn_left(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    spot = sources.find(study.project, "Kitchen:2")
    coding.mark_read(study.project, [spot], seat=seat)
    async with sit() as desk:
        assert isinstance(desk.app.screen, CodingScreen)
        assert "turn 3 of 5" in desk.head


async def test_any_command_can_be_typed_on_the_screen(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("colon", *"coder", "space", *"add", "space", *"cyd", "enter")
        assert "cyd joined as coder." in _page(desk)
    assert "cyd" in [coder.name for coder in people.coders(study.project)]


async def test_a_command_typed_while_coding_is_given_by_who_sits_there(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("colon", *"code", "space", *"Kitchen:3", "space", *"1c", "enter")
        assert "+ TC1C Positives on Kitchen:3" in _page(desk)
        await desk.press("escape", "1", "b")
    assert [label for label, _ in study.labels("Kitchen", study.ada)] == ["TC1B", "TC1C"]


async def test_a_command_that_is_refused_says_why(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("colon", *"agreement", "enter")
        assert "Round r1 is blind" in _page(desk)
