"""Coding from an empty codebook: the lead makes codes, others propose them."""

from pathlib import Path

import pytest
from textual.widgets import OptionList

from qualcode.domain.settings import Settings
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebooks, people, projects, proposals, sources

from .conftest import KITCHEN, Sit, Sitting, Study

WHOLE = "With the kettle. It never worked. Then the light went as well."


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Give one invented source, no codebook, and two coders in the free round."""
    project = projects.begin(str(tmp_path / "study.qualcode"), name="Study", lead="lead")
    lead = people.lead(project)
    sources.take_in(project, Upload("Kitchen.txt", KITCHEN.encode()), wishes=Wishes(), by=lead)
    ada, ben = (people.add(project, name, by=lead) for name in ("ada", "ben"))
    return Study(project, lead, ada, ben)


def names(study: Study) -> list[tuple[str, str]]:
    return [(code.key, code.name) for code in codebooks.codebook(study.project).codes]


def offers(desk: Sitting) -> list[str]:
    options = desk.coding.code_box.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def test_the_lead_makes_a_code_and_puts_it_on_in_one(study: Study, sit: Sit) -> None:
    async with sit(study.lead) as desk:
        await desk.press("enter", *"cobweb")
        (offered,) = offers(desk)
        assert offered == "  create “cobweb”"
        await desk.press("enter")
        assert desk.said == (
            "+ C1A cobweb: a new code, 1a, in part “Codes” (codebook 1). "
            "u takes the coding off; the code stays: codebook undo."
        )
    assert study.labels("Kitchen", study.lead) == [("C1A", WHOLE)]
    assert names(study) == [("1a", "cobweb")]


async def test_words_stay_selected_while_codes_are_made_for_them(study: Study, sit: Sit) -> None:
    async with sit(study.lead) as desk:
        await desk.press("s", "l", "enter", *"cold", "enter", "enter", *"tea", "enter")
        await desk.press("l", "enter", *"light", "enter")
    assert study.labels("Kitchen", study.lead) == [
        ("C1A", "It never worked."),
        ("C1B", "It never worked."),
        ("C1C", "Then the light went as well."),
    ]


async def test_a_code_can_be_made_beside_those_that_fit(study: Study, sit: Sit) -> None:
    async with sit(study.lead, settings=Settings(instant=False)) as desk:
        await desk.press("enter", *"cold tea", "enter")
        await desk.press("enter", *"tea")
        assert offers(desk)[-1] == "  create “tea”"
        await desk.press("down", "enter")
        assert names(study) == [("1a", "cold tea"), ("1b", "tea")]
        await desk.press("enter", *"TEA")
        assert [line for line in offers(desk) if "create" in line] == []
        await desk.press("escape")
    assert len(names(study)) == 2


async def test_who_does_not_lead_proposes(study: Study, sit: Sit) -> None:
    async with sit(study.ada) as desk:
        await desk.press("enter", *"cobweb")
        assert offers(desk) == ["  propose “cobweb”"]
        await desk.press("enter")
        assert desk.said == "Proposed: “cobweb”."
    assert names(study) == []
    (shown,) = proposals.proposals(study.project, by=study.ada)
    assert shown.words == WHOLE


async def test_another_wording_is_proposed_on_the_command_line(study: Study, sit: Sit) -> None:
    async with sit(study.lead) as desk:
        await desk.press("enter", *"cobweb", "enter")
    typed = "codebook propose --reword 1a --set when=Webs"
    async with sit(study.ada) as desk:
        await desk.press("colon", *typed, "enter")
    (shown,) = proposals.proposals(study.project, by=study.ada)
    assert shown.proposal.wording == (("include", ("Webs",)),)
