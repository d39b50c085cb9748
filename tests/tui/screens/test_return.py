"""Coming back: where one left, and what happened since."""

from pathlib import Path

from qualcode.interchange.ready_codebooks import ready
from qualcode.services import closing, codebooks, coding, places, rounds, sources
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.sources import SourcesScreen

from .conftest import Sit, Study

WEATHER = b"""
      - {code: TC9Z, key: 9z, label: Weather, description: Rain.}
"""


async def test_the_program_opens_where_one_left(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "n", "s", "1", "b")
    async with sit(into=False) as desk:
        assert isinstance(desk.app.screen, CodingScreen)
        assert "Kitchen · turn 5 of 5" in desk.head
        assert desk.said.startswith("Welcome back: where you left Kitchen, today at")


async def test_a_narrow_terminal_opens_without_the_codebook(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("q")
    async with sit(size=(80, 24), into=False) as desk:
        assert not desk.coding.codebook_pane.display


async def test_the_place_is_kept_when_one_leaves_without_coding(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "q")
    assert desk.app.return_code == 0
    async with sit(into=False) as desk:
        assert "turn 3 of 5" in desk.head


async def test_each_source_is_opened_where_one_left_in_it(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "1", "b", "S", "j", "enter", "1", "c", "S", "k", "enter")
        assert desk.head.startswith("Kitchen · turn 3")


async def test_what_happened_since_is_said_in_at_most_three_lines(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "q")
    seat = coding.take_seat(study.project, study.ada)
    spot = sources.find(study.project, "Kitchen:3")
    coding.apply(study.project, spot, [seat.codebook.code("1c")], seat=seat)
    async with sit(into=False) as desk:
        since = desk.coding.query_one("#since")
        assert since.display
        lines = str(since.render()).splitlines()
        assert 1 <= len(lines) <= 3
        await desk.press("j")
        assert not since.display


async def test_a_colleagues_work_in_a_blind_round_is_not_among_it(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "q")
    seat = coding.take_seat(study.project, study.ben)
    spot = sources.find(study.project, "Kitchen:3")
    coding.apply(study.project, spot, [seat.codebook.code("1c")], seat=seat)
    async with sit(into=False) as desk:
        assert not desk.coding.query_one("#since").display


async def test_who_is_new_begins_in_the_list_of_sources(study: Study, sit: Sit) -> None:
    async with sit(study.ben, into=False) as desk:
        assert isinstance(desk.app.screen, SourcesScreen)


async def test_a_new_codebook_is_taken_up_by_an_open_screen(
    study: Study, sit: Sit, tmp_path: Path
) -> None:
    longer = tmp_path / "longer.yaml"
    longer.write_bytes(ready("osspc").data + WEATHER)
    closing.close(study.project, "r1", by=study.lead)
    async with sit(study.lead) as desk:
        version = desk.coding.seat.codebook.version
        codebooks.load(study.project, str(longer), by=study.lead)
        desk.coding.look_for_changes()
        await desk.settle()
        assert desk.said == f"The codebook is at version {version + 1} now."
        await desk.press("c", *"weather", "enter")
        assert desk.said == "+ TC9Z Weather"


async def test_a_coding_that_another_process_took_off_cannot_be_changed(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "tab")
        seat = coding.take_seat(study.project, study.ada)
        spot = sources.find(study.project, "Kitchen:2")
        coding.remove(study.project, spot, [], seat=seat)
        await desk.press("e", "H", "enter")
        assert "no longer" in desk.said
        desk.coding.look_for_changes()
        await desk.settle()
        assert desk.coding.transcript.picked is None
    assert study.labels("Kitchen", study.ada) == []


async def test_a_round_frozen_meanwhile_stays_on_the_screen(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b")
        rounds.freeze(study.project, "r1", by=study.lead)
        desk.coding.look_for_changes()
        await desk.settle()
        await desk.press("n", "1", "b")
        assert desk.said.startswith("Round r1 is frozen")
    assert len(study.labels("Kitchen", study.ada)) == 1


async def test_places_are_each_coders_own(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "q")
    seat = coding.take_seat(study.project, study.ben)
    assert places.left(study.project, seat=seat) is None
