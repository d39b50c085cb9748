"""Who proposed a code stands in its entry, for those who may know."""

from textual.widgets import Static

from qualcode.domain.restructuring import Place
from qualcode.services import closing, coding, proposals, rounds, verdicts
from qualcode.services.codebook_changes import Draft
from qualcode.tui.screens.pages import PageScreen

from .conftest import Sit, Sitting, Study


def _page(desk: Sitting) -> str:
    assert isinstance(desk.app.screen, PageScreen)
    return str(desk.app.screen.query_one(Static).content)


def _accept_tea(study: Study) -> None:
    """Make a code of what Ada proposed in the blind round."""
    seat = coding.take_seat(study.project, study.ada)
    proposals.propose_code(study.project, Draft("Tea", "TEA", "1z"), seat=seat)
    (waits,) = proposals.proposals(study.project, by=study.lead)
    verdicts.accept(study.project, [waits.name], by=study.lead, at=Place(part=1))


async def test_an_entry_says_who_proposed_its_code_to_those_who_may_know(
    study: Study, sit: Sit
) -> None:
    _accept_tea(study)
    for coder, said in (
        (study.ada, "Proposed by: ada"),
        (study.ben, ""),
        (study.lead, "Proposed by: a coder of round r1"),
    ):
        async with sit(coder, into=False) as desk:
            await desk.press("B", "slash", *"tea", "enter")
            assert said in desk.entry
            assert ("Proposed by" in desk.entry) is bool(said)
            await desk.press("d")
            assert said in _page(desk)


async def test_a_page_of_an_entry_is_whole_however_fast_it_is_asked_for(
    study: Study, sit: Sit
) -> None:
    _accept_tea(study)
    async with sit(into=False, size=(80, 24)) as desk:
        await desk.press("B", "slash", *"tea", "enter", "d")
        assert "Proposed by: ada" in _page(desk)


async def test_an_entry_follows_what_becomes_known_of_who_proposed_it(
    study: Study, sit: Sit
) -> None:
    _accept_tea(study)
    async with sit(study.ben, into=False) as desk:
        await desk.press("B", "slash", *"tea", "enter")
        assert "Proposed by" not in desk.entry
        rounds.freeze(study.project, "r1", by=study.lead)
        closing.close(study.project, "r1", by=study.lead)
        desk.codebook.look_for_changes()
        await desk.settle()
        assert "Proposed by: ada" in desk.entry
