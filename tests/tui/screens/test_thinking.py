"""Memos: in one breath, on whatever one thinks about."""

import pytest

from qualcode.domain.codings import MemoOn
from qualcode.services import memos, rounds
from qualcode.tui.widgets.memo_box import MemoLines
from qualcode.tui.widgets.transcript import Transcript

from .conftest import Sit, Study

WORDS = "“With the kettle. It never worked. Then the light…”"


@pytest.mark.parametrize(
    ("tabs", "hook", "said"),
    [
        (0, MemoOn.CODING, f"TC1B Negatives on {WORDS}"),
        (1, MemoOn.SEGMENT, "turn 2"),
        (2, MemoOn.SOURCE, "the source Kitchen"),
        (3, MemoOn.CODE, "the code TC1B Negatives"),
        (4, MemoOn.PROJECT, "the whole project"),
        (5, MemoOn.CODING, f"TC1B Negatives on {WORDS}"),
    ],
)
async def test_tab_hangs_a_memo_on_something_else_and_the_foot_says_on_what(
    study: Study, sit: Sit, tabs: int, hook: MemoOn, said: str
) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "m", *["tab"] * tabs, *"why not.", "enter")
        assert desk.said == f"Memo kept on {said}."
    found = memos.memos(study.project, by=study.ada)
    assert [(one.memo.on, one.memo.body) for one in found] == [(hook, "why not.")]


async def test_a_memo_where_nothing_is_coded_hangs_on_the_turn(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"hm.", "enter")
    assert [memo.on for memo in study.desk("Kitchen", study.ada).memos] == [MemoOn.SEGMENT]


async def test_memos_that_are_there_are_shown_while_writing(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"first thought.", "enter", "m")
        assert "first thought." in str(desk.coding.memo_box.query_one(".there").render())


async def test_a_memo_of_a_picked_coding_hangs_on_that_one(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "2", "c", "tab", "m", *"this.", "enter")
    on_desk = study.desk("Kitchen", study.ada)
    labels = {
        one.id: label
        for one, (label, _) in zip(on_desk.codings, study.labels("Kitchen", study.ada), strict=True)
    }
    assert [labels[memo.coding] for memo in on_desk.memos if memo.coding] == ["TC1B"]


async def test_a_memo_that_is_refused_is_given_back(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"precious words")
        rounds.freeze(study.project, "r1", by=study.lead)
        await desk.press("full_stop", "enter")
        assert desk.said.startswith("Round r1 is frozen")
        assert desk.coding.memo_box.query_one(MemoLines).text == "precious words."
        assert desk.said.endswith("Kept again, it is a note for the next round.")
        assert study.desk("Kitchen", study.ada).memos == ()
        await desk.press("enter")
        assert desk.said == "Note for the next round kept on turn 2."
    assert [memo.body for memo in study.desk("Kitchen", study.ada).memos] == ["precious words."]


async def test_the_keys_stay_with_a_memo_wherever_the_mouse_clicks(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"one ")
        await desk.pilot.click(Transcript, offset=(30, 4))
        await desk.press(*"two.", "enter")
    assert [memo.body for memo in study.desk("Kitchen", study.ada).memos] == ["one two."]


async def test_a_memo_on_some_words_says_how_many_and_of_which_turn(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("w", "m", *"hm.", "enter")
        assert desk.said == "Memo kept on 1 word of turn 2."
        await desk.press("L", "m", *"hm.", "enter")
        assert desk.said == "Memo kept on 2 words of turn 2."


async def test_what_was_said_of_one_turn_is_not_said_on_the_next(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"hm.", "enter", "s", "l")
        assert desk.said == "Memo kept on turn 2."
        await desk.press("j")
        assert desk.said == ""
        await desk.press("1", "b", "k")
        assert desk.said == ""
        await desk.press("slash", *"nobody", "enter")
        assert desk.said.startswith("hit 1 of 1")


async def test_what_holds_on_every_turn_is_said_on_the_next_as_well(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        rounds.freeze(study.project, "r1", by=study.lead)
        desk.coding.look_for_changes()
        await desk.settle()
        await desk.press("j")
        assert desk.said == "Round r1 is frozen now."
