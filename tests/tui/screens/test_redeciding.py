"""Deciding anew on the coding desk: seen without colour, hunted, decided by one key."""

import pytest
from textual.widgets import OptionList, Static

from qualcode.domain.codings import Coding
from qualcode.services import codebook_changes, codebooks, coding, rounds, sources
from qualcode.services.codebook_changes import Draft
from qualcode.tui.widgets.transcript import Transcript

from .conftest import Sit, Sitting, Study


def code(study: Study, place: str, *labels: str) -> None:
    """Code a turn as ada."""
    seat = coding.take_seat(study.project, study.ada)
    codes = [seat.codebook.code(label) for label in labels]
    coding.apply(study.project, sources.find(study.project, place), codes, seat=seat)


def split(study: Study, label: str = "TC1A", *new: str) -> None:
    """Let the lead split a code, and the round go on with it."""
    drafts = [
        Draft(name, name, wording={"description": f"Of {name} only."})
        for name in new or ("Response", "Referral")
    ]
    old = codebooks.codebook(study.project).code(label)
    codebook_changes.split(study.project, old, drafts, by=study.lead, reason="too wide")
    rounds.take_up(study.project, "r1", by=study.lead)


def reword(study: Study, label: str, rule: str) -> None:
    old = codebooks.codebook(study.project).code(label)
    wording = {"description": rule}
    codebook_changes.reword(study.project, old, wording, by=study.lead, reason="clearer")
    rounds.take_up(study.project, "r1", by=study.lead)


def note_rows(desk: Sitting) -> str:
    """Read what is painted of the transcript."""
    view = desk.coding.query_one(Transcript)
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.size.height))


def box(desk: Sitting) -> str:
    """Read the box of choices."""
    shown = desk.coding.choice_box.query(Static)
    return "\n".join(str(each.content) for each in shown)


@pytest.fixture
def two_to_decide(study: Study) -> Study:
    """Ada has TC1A on turns 2 and 5 of Kitchen and turn 2 of Garden; it is split by now."""
    for place in ("Kitchen:2", "Kitchen:5", "Garden:2"):
        code(study, place, "TC1A")
    split(study)
    return study


async def test_what_is_to_be_decided_anew_is_seen_without_colour(
    two_to_decide: Study, sit: Sit
) -> None:
    new = codebooks.codebook(two_to_decide.project)
    keys = f"{new.code('Response').key} {new.code('Referral').key}"
    async with sit() as desk:
        assert "2 to decide anew" in desk.head
        await desk.press("home")
        assert f"whole turn · decide 1a anew: {keys}" in note_rows(desk)


async def test_the_hunt_goes_through_all_there_is_to_decide_and_on_to_the_next_source(
    two_to_decide: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("g", "r")
        assert "turn 5 of 5" in desk.head
        assert desk.said == (
            "2 of 2 to decide anew: TC1A was split into Response, Referral. "
            "v decides, Esc ends the hunt."
        )
        await desk.press("n")
        assert "turn 2 of 5" in desk.head
        await desk.press("v", "a")
        assert desk.said == "Decided anew: Response in place of TC1A What currently happens."
        await desk.press("n", "v", "b", "n")
        assert desk.said == (
            "Nothing is left to decide anew in Kitchen. Next: Garden (1). "
            "Enter to go on, q to rest."
        )
        await desk.press("enter")
        assert desk.head.startswith("Garden · turn 2")
        await desk.press("n", "v", "a", "n")
        assert desk.said == "Nothing is left to decide anew. Esc ends the hunt."
        await desk.press("escape", "n")
        assert desk.head.startswith("Garden · turn 3")
    labels = [label for label, _ in two_to_decide.labels("Kitchen", two_to_decide.ada)]
    assert labels == ["Response", "Referral"]


async def test_the_box_shows_the_successors_with_their_definitions(
    two_to_decide: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("home", "v")
        shown = box(desk)
    assert shown.startswith("TC1A What currently happens on “With the kettle.")
    assert "TC1A was split into Response, Referral." in shown
    assert "Response: Of Response only." in shown
    assert "Referral: Of Referral only." in shown
    assert "keep" not in shown


async def test_a_digit_begins_any_other_code(two_to_decide: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("home", "v", "2", "c")
        assert two_to_decide.labels("Kitchen", two_to_decide.ada)[0][0] == "TC2C"
        assert desk.coding.standing.anew == ()
        await desk.press("u")
        assert "2 to decide anew" in desk.head


async def test_several_codes_can_take_the_place_of_one(two_to_decide: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("home", "v", "c", *"response referral", "enter")
        labels = [label for label, _ in two_to_decide.labels("Kitchen", two_to_decide.ada)]
        assert labels[:2] == ["Response", "Referral"]


async def test_off_takes_it_off(two_to_decide: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("home", "v", "x")
        assert desk.said == "− TC1A What currently happens"
    assert len(two_to_decide.labels("Kitchen", two_to_decide.ada)) == 1


async def test_tab_goes_to_the_next_of_several_codings(study: Study, sit: Sit) -> None:
    code(study, "Kitchen:2", "TC1A", "TC2B")
    split(study)
    reword(study, "TC2B", "Of the light only.")
    async with sit() as desk:
        await desk.press("home", "v")
        assert box(desk).startswith("1 of 2: TC1A")
        await desk.press("tab")
        shown = box(desk)
        assert shown.startswith("2 of 2: TC2B")
        assert "rule of TC2B reworded since version 1" in shown
        await desk.press("k")
        assert desk.said.startswith("Kept: TC2B")
        assert "1 to decide anew" in desk.head
    kept: list[Coding] = [
        each for each in study.desk("Kitchen", study.ada).codings if each.codebook_version > 1
    ]
    assert len(kept) == 1


async def test_a_kept_coding_shows_the_old_rule_beside_the_new(study: Study, sit: Sit) -> None:
    code(study, "Kitchen:2", "TC2B")
    then = codebooks.codebook(study.project).code("TC2B").description
    reword(study, "TC2B", "Of the light only.")
    async with sit() as desk:
        await desk.press("home", "v")
        assert "brief definition, now: Of the light only." in box(desk)
        assert f"brief definition, then: {then[:40]}" in box(desk)
        assert "when to use" not in box(desk)


async def test_a_kept_coding_shows_whatever_else_of_the_rule_reads_otherwise(
    study: Study, sit: Sit
) -> None:
    code(study, "Kitchen:2", "TC2B")
    old = codebooks.codebook(study.project).code("TC2B")
    wording = {"exclude": ("Never of lamps.",)}
    codebook_changes.reword(study.project, old, wording, by=study.lead, reason="clearer")
    rounds.take_up(study.project, "r1", by=study.lead)
    async with sit() as desk:
        await desk.press("home", "v")
        assert "when not to use, now: Never of lamps." in box(desk)
        assert "when not to use, then: " in box(desk)
        assert "brief definition, then" not in box(desk)


async def test_nothing_is_decided_where_nothing_is_to_be(study: Study, sit: Sit) -> None:
    code(study, "Kitchen:2", "TC1A")
    async with sit() as desk:
        await desk.press("home", "v")
        assert desk.said == "Nothing here is to be decided anew."
        assert "to decide anew" not in desk.head
        assert not desk.coding.opened.doubts.codes
        await desk.press("g")
        assert "anew" not in box(desk)


async def test_a_codebook_taken_up_under_ones_hands_marks_what_is_to_be_decided(
    study: Study, sit: Sit
) -> None:
    code(study, "Kitchen:2", "TC1A")
    async with sit() as desk:
        split(study)
        desk.coding.look_for_changes()
        await desk.settle()
        assert "1 to decide anew" in desk.head
        assert "decide 1a anew" in note_rows(desk)


async def test_the_page_of_help_says_which_code_a_coding_was_made_under(
    study: Study, sit: Sit
) -> None:
    code(study, "Kitchen:2", "TC1A")
    now = codebooks.codebook(study.project)
    codebook_changes.merge(
        study.project,
        [now.code("TC1A")],
        into=now.code("TC1B"),
        by=study.lead,
        reason="the same",
    )
    rounds.take_up(study.project, "r1", by=study.lead)
    async with sit() as desk:
        await desk.press("home", "question_mark")
        page = str(desk.app.screen.query_one(Static).content)
    assert "TC1B Negatives (made under TC1A) on “With the kettle." in page


async def test_the_key_of_a_retired_code_offers_what_took_its_place(
    two_to_decide: Study, sit: Sit
) -> None:
    before = two_to_decide.labels("Kitchen", two_to_decide.ada)
    async with sit() as desk:
        await desk.press("g", "3", "enter", "1", "a")
        listed = desk.coding.code_box.query_one(OptionList)
        assert listed.option_count == 2
        about = str(desk.coding.code_box.query_one(".about", Static).content)
        assert about.startswith("TC1A was split into Response, Referral.\n")
        await desk.press("escape")
        assert two_to_decide.labels("Kitchen", two_to_decide.ada) == before
