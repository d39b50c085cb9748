"""How often a code stands, beside its definition."""

from textual.widgets import Static

from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks, coding, rounds, sources

from .conftest import Sit, Study


async def test_a_definition_says_how_often_the_code_stands(study: Study, sit: Sit) -> None:
    code = codebooks.codebook(study.project).code("1c")
    codebook_changes.move(study.project, code, Place(under="1b"), by=study.lead)
    rounds.take_up(study.project, "r1", by=study.lead)
    for who, place, key in (
        (study.ada, "Kitchen:2", "1b"),
        (study.ada, "Kitchen:3", "1c"),
        (study.ben, "Garden:2", "1b"),
    ):
        seat = coding.take_seat(study.project, who)
        spot = sources.find(study.project, place)
        coding.apply(study.project, spot, [seat.codebook.code(key)], seat=seat)
    async with sit() as desk:
        await desk.press("home", "d")
        page = str(desk.app.screen.query_one(Static).content)
    assert "Used: 1 passage, 2 with the codes below, in 1 source" in page
