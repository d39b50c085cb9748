"""Memos: in one breath, on whatever one thinks about."""

import pytest

from qualcode.domain.codings import MemoOn
from qualcode.services import memos, rounds
from qualcode.tui.widgets.memo_box import MemoLines
from qualcode.tui.widgets.transcript import Transcript

from .conftest import Sit, Study


@pytest.mark.parametrize(
    ("tabs", "hook"),
    [
        (0, MemoOn.CODING),
        (1, MemoOn.SEGMENT),
        (2, MemoOn.SOURCE),
        (3, MemoOn.CODE),
        (4, MemoOn.PROJECT),
        (5, MemoOn.CODING),
    ],
)
async def test_tab_hangs_a_memo_on_something_else(
    study: Study, sit: Sit, tabs: int, hook: MemoOn
) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "m", *["tab"] * tabs, *"why not.", "enter")
        assert desk.said.startswith("Memo")
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
    assert study.desk("Kitchen", study.ada).memos == ()


async def test_the_keys_stay_with_a_memo_wherever_the_mouse_clicks(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"one ")
        await desk.pilot.click(Transcript, offset=(30, 4))
        await desk.press(*"two.", "enter")
    assert [memo.body for memo in study.desk("Kitchen", study.ada).memos] == ["one two."]
