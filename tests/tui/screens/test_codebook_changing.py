"""The codebook's screen, where the lead changes it by keys."""

import pytest
from textual.widgets import Static

from qualcode.domain.codebook import Code, Codebook, Origin
from qualcode.domain.codebook_diff import ChangeKind
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebook_history, codebooks, rounds
from qualcode.services.codebook_changes import Draft

from .conftest import Sit, Study


def _book(study: Study) -> Codebook:
    return codebooks.codebook(study.project)


def _code(study: Study, name: str) -> Code:
    return _book(study).code(name)


def _reason(study: Study) -> str:
    return codebook_history.by_version(study.project)[0].version.reason


async def test_a_code_is_added_under_another_and_stood_on(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "a", *"phone", "enter", "u", *"new", "enter")
        assert desk.said.startswith("Version 2: TC1H phone (1h) is new.")
        assert desk.stood_on == "1h phone"
    assert _code(study, "1h").parent == "TC1B"
    assert _reason(study) == "new"


@pytest.mark.parametrize(
    ("place", "before"), [("a", "1b"), ("b", "1a"), ("1", "1g"), ("2", "2d"), ("3", "3a")]
)
async def test_a_code_is_added_beside_another_or_at_the_end_of_a_part(
    study: Study, sit: Sit, place: str, before: str
) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "a", *"phone", "enter", place, "enter")
    names = [code.name for code in _book(study).codes]
    assert names[names.index("phone") - 1] == _code(study, before).name


async def test_on_a_part_a_code_goes_to_its_end(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "k", "a", *"phone", "enter", "enter")
    assert _code(study, "1h").name == "phone"


async def test_a_code_without_a_name_is_not_added(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "a", "enter")
        assert desk.said == "A code needs a name. Nothing was added."
    assert _book(study).version == 1


async def test_a_part_is_added_and_given_another_title(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "A", *"Odds", "enter", "end")
        assert desk.stood_on.endswith("4 Odds")
        await desk.press("r", "backspace", *"d", "enter")
        assert desk.stood_on.endswith("4 Oddd")


@pytest.mark.parametrize(
    ("what", "typed", "field", "now"),
    [("n", "!", "name", "Negatives!"), ("k", "x", "key", "1bx"), ("l", "X", "label", "TC1BX")],
)
async def test_a_code_is_renamed(
    study: Study, sit: Sit, what: str, typed: str, field: str, now: str
) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "r", what, *typed, "enter", *"why", "enter")
    assert getattr(_code(study, now if field != "name" else "1b"), field) == now
    assert _reason(study) == "why"


async def test_a_name_that_is_taken_is_refused_with_the_way_out(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "r", "k", "backspace", "a", "enter", "enter")
        assert desk.said.startswith("“1a” is a name of TC1A What currently happens.")
        assert desk.stood_on == "1b Negatives"


async def test_a_definition_is_worded_anew_with_a_reason(study: Study, sit: Sit) -> None:
    before = _code(study, "1b").description
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "1", *"!", "enter", *"why", "enter")
        assert "was reworded" in desk.said
        assert before + "!" in desk.entry
    assert _code(study, "1b").description == before + "!"
    assert _reason(study) == "why"


async def test_a_rule_does_not_change_without_a_reason(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "1", *"!", "enter", "enter")
        assert desk.said == "That needs a reason. Nothing was changed."
    assert _book(study).version == 1


async def test_a_definition_left_as_it_was_makes_no_version(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "1", "enter")
        assert desk.said == "It reads so already."
    assert _book(study).version == 1


async def test_a_definition_of_several_lines_is_written_in_lines(study: Study, sit: Sit) -> None:
    code = _code(study, "1b")
    wording = {"full_definition": "One line"}
    codebook_changes.reword(study.project, code, wording, by=study.lead, reason="short")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "2", "enter", *"two:.", "enter", *"why", "enter")
    assert _code(study, "1b").full_definition == "One line\ntwo:."


async def test_rules_are_added_worded_anew_and_dropped_one_by_one(study: Study, sit: Sit) -> None:
    (rule,) = _code(study, "1b").include
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "3", "plus", *"a kettle", "enter", *"why", "enter")
        assert _code(study, "1b").include == (rule, "a kettle")
        await desk.press("e", "3", "2", *"s", "enter", *"why", "enter")
        assert _code(study, "1b").include == (rule, "a kettles")
        await desk.press("e", "3", "2", *["backspace"] * 9, "enter", *"why", "enter")
    assert _code(study, "1b").include == (rule,)


async def test_what_a_code_is_not_to_be_confused_with_is_chosen(study: Study, sit: Sit) -> None:
    before = _code(study, "1b").not_to_confuse_with
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "6", "plus", *"3a", "enter", *"why", "enter")
        assert _code(study, "1b").not_to_confuse_with == (*before, "TC3A")
        await desk.press("e", "6", "1", *"why", "enter")
    assert _code(study, "1b").not_to_confuse_with == (*before, "TC3A")[1:]


async def test_an_origin_is_chosen(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "8", "2", "enter")
    assert _code(study, "1b").origin is Origin.INDUCTIVE


async def test_a_code_is_moved_under_another(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "m", "u", *"3a", "enter", *"why", "enter")
        assert desk.said.startswith("Version 2: TC1B Negatives now stands under TC3A")
        assert desk.stood_on == "1b Negatives"
    assert _code(study, "1b").parent == "TC3A"


@pytest.mark.parametrize(("how", "neighbours"), [("b", ("2d", "1b")), ("a", ("3a", "1b"))])
async def test_a_code_is_moved_beside_another(
    study: Study, sit: Sit, how: str, neighbours: tuple[str, str]
) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "m", how, *"3a", "enter", "enter")
    keys = [code.key for code in _book(study).codes]
    assert keys.index(neighbours[0]) + 1 == keys.index(neighbours[1])


async def test_a_code_is_moved_to_the_end_of_a_part(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "m", "2", "enter")
    assert [code.key for code in _book(study).codes][-2:] == ["1b", "3a"]


async def test_a_code_moves_up_and_down_among_its_neighbours(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "J")
        assert [code.key for code in _book(study).codes][:3] == ["1a", "1c", "1b"]
        assert desk.stood_on == "1b Negatives"
        await desk.press("K", "K", "K")
        assert [code.key for code in _book(study).codes][:3] == ["1b", "1a", "1c"]
        assert desk.said == "TC1B Negatives is the first here already."


async def test_a_code_is_merged_into_another_which_is_stood_on_then(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "M", *"3a", "enter", *"same", "enter")
        assert desk.said.startswith("Version 2: TC1B Negatives was merged into TC3A Noteworthy.")
        assert desk.stood_on == "3a Noteworthy"
    assert [code.label for code in _book(study).retired] == ["TC1B"]
    assert _reason(study) == "same"


async def test_a_code_is_not_offered_to_be_merged_into_itself(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "M", *"negatives", "enter")
        assert desk.codebook.foot.offered.startswith("Enter apply")
        await desk.press("escape")
        assert desk.codebook.foot.offered.startswith("? help")
    assert _book(study).version == 1


async def test_a_merge_needs_a_reason(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "M", *"3a", "enter", "enter")
        assert desk.said == "That needs a reason. Nothing was changed."
    assert _book(study).version == 1


async def test_a_code_is_split_by_naming_its_parts(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "S", *"near", "enter", *"far", "enter", "enter")
        await desk.press(*"two", "enter")
        assert desk.said.startswith("Version 2: ")
        assert desk.stood_on == "1h near"
    retired = _book(study).retired[0]
    assert [one.name for one in _book(study).successors(retired)] == ["near", "far"]


async def test_a_split_into_one_changes_nothing(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "S", *"near", "enter", "enter")
        assert desk.said == "A split makes two codes or more. Nothing was changed."
    assert _book(study).version == 1


async def test_a_code_is_retired_and_stands_last(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "X", *"unused", "enter")
        assert desk.said.startswith("Version 2: TC1B Negatives is retired.")
        assert "1b Negatives" in desk.listed[-1]
    assert [code.label for code in _book(study).retired] == ["TC1B"]


async def test_a_change_is_taken_back_and_brought_back_named_beforehand(
    study: Study, sit: Sit
) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "X", *"unused", "enter")
        assert "u undo retire “unused”" in desk.codebook.foot.offered
        await desk.press("u")
        assert "TC1B Negatives is in use again." in desk.said
        assert _book(study).retired == ()
        assert "U redo retire “unused”" in desk.codebook.foot.offered
        await desk.press("U")
    assert [code.label for code in _book(study).retired] == ["TC1B"]


async def test_where_there_is_nothing_to_take_back_it_says_so(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "u")
        assert desk.said == "There is nothing in the codebook to take back."


async def test_a_round_takes_up_the_newest_version(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "R")
        assert desk.said == "Every open round goes by the newest version."
        await desk.press("A", *"Odds", "enter")
        assert "R rounds" in desk.codebook.foot.offered
        await desk.press("R", "1")
        assert desk.said == "Round r1 goes by version 2 now."
    assert {one.codebook_version for one in rounds.rounds(study.project) if not one.free} == {2}


async def test_what_was_changed_meanwhile_is_said_and_shown(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "e", "1", *"!", "enter")
        code = _code(study, "1b")
        wording = {"description": "Another."}
        codebook_changes.reword(study.project, code, wording, by=study.lead, reason="better")
        await desk.press(*"why", "enter")
        assert desk.said.startswith("TC1B Negatives was changed meanwhile by lead")
        assert "Brief definition: Another." in desk.entry
    assert _code(study, "1b").description == "Another."


async def test_a_part_that_was_renamed_meanwhile_says_so(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "home", "r", *"!")
        codebook_changes.rename_part(study.project, 1, to="Another", by=study.lead)
        await desk.press("enter")
        assert "was changed meanwhile by lead (codebook version 2)" in desk.said
        assert desk.entry.startswith("Part 1: Another")


async def test_a_coder_sees_no_key_that_changes_the_codebook(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        for key in "rmMSXAJKR":
            await desk.press(*(["B"] if key == "r" else []), key)
            assert desk.said == "Only the lead changes the codebook; a and e propose it."
    assert _book(study).version == 1


async def test_keys_in_one_burst_are_obeyed_in_order(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "X", *"x", "enter", "u", "j", "a", *"new", "enter", "u", "enter")
    assert _code(study, "1h").parent == "TC1C"
    assert _book(study).version == 4


async def test_a_code_that_is_withdrawn_leaves_one_where_it_was(study: Study, sit: Sit) -> None:
    codebook_changes.add(study.project, Draft("Phone"), Place(after="TC1B"), by=study.lead)
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "j", "j")
        assert desk.stood_on == "1h Phone"
        await desk.press("u")
        assert desk.stood_on == "1c Positives"


async def test_pasted_words_go_into_the_box_that_is_open(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "a")
        assert desk.codebook.take_words("a phone\x1b[2J")
        await desk.press("enter", "1", "enter")
        assert not desk.codebook.take_words("nowhere")
    added = codebook_history.by_version(study.project)[0].changes
    assert [one.kind for one in added] == [ChangeKind.ADDED]
    assert _code(study, "1h").name.startswith("a phone")


async def test_what_is_no_colour_is_refused_in_a_sentence(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False, size=(80, 24)) as desk:
        await desk.press("B", "j", "e")
        choices = str(desk.codebook.choice_box.query_one(".choices", Static).content)
        sign = next(line[0] for line in choices.splitlines() if "  colour: " in line)
        await desk.press(sign, *"reddish", "enter", "enter")
        assert desk.said == (
            "“reddish” is no colour. A colour is a # and six signs of 0-9 and a-f, such as #1f78b4."
        )
    assert codebooks.codebook(study.project).version == 1
