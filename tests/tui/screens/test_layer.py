"""Keys that change the layer: picking, extents, flags, proposals, recent codes."""

from textual.widgets import Static

from qualcode.domain.codings import FlagKind
from qualcode.services import rounds
from qualcode.tui.widgets.codebook_pane import CodebookPane

from .conftest import Sit, Study

FIRST = "With the kettle. It never worked. Then the light went as well."
SECOND = "I rang them twice [laughter] and nobody came."


async def test_two_extents_of_a_turn_stand_side_by_side_and_either_comes_off(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("2", "b", "s", "l", "1", "b", "t", "tab", "tab", "x")
        assert desk.said == "− TC1B Negatives"
    assert study.labels("Kitchen", study.ada) == [("TC2B", FIRST)]


async def test_tab_reaches_each_overlapping_coding_and_then_none(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("2", "b", "s", "l", "1", "b", "t", "tab")
        assert desk.said.startswith("1 of 2: TC2B Masculinities on “With")
        await desk.press("tab")
        assert desk.said.startswith("2 of 2: TC1B Negatives on “It never worked.”")
        await desk.press("tab")
        assert desk.said == "None is picked now."


async def test_the_same_code_on_two_overlapping_extents_is_told_apart(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "s", "l", "1", "b", "t", "x")
        assert desk.said.startswith("+ TC1B")
        await desk.press("2")
        assert desk.said == "− TC1B Negatives"
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_a_picked_coding_gets_another_extent(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("2", "b", "s", "l", "1", "b", "t", "tab", "tab", "e", "L", "enter")
    assert study.labels("Kitchen", study.ada) == [
        ("TC2B", FIRST),
        ("TC1B", "It never worked. Then"),
    ]


async def test_the_extent_of_a_whole_turn_is_pulled_in_from_either_edge(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "e", "H", "H", "o", "L", "enter")
    assert study.labels("Kitchen", study.ada) == [
        ("TC1B", "the kettle. It never worked. Then the light went")
    ]


async def test_escape_leaves_an_extent_as_it_was(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "e", "H", "H", "escape")
        assert desk.said == "The extent is as it was."
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_no_other_key_is_taken_while_an_extent_changes(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "e", "n", "x")
        assert "turn 2 of 5" in desk.head
        assert desk.said == "Enter keeps the new extent, Esc leaves it as it was."
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_a_memo_moves_with_the_coding_it_hangs_on(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "m", *"why.", "enter", "e", "H", "enter")
    coding = study.desk("Kitchen", study.ada).codings[0]
    assert [memo.coding for memo in study.desk("Kitchen", study.ada).memos] == [coding.root]
    assert coding.root != coding.id


async def test_single_letters_are_selected(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("w", "a", "l", "l", "L", "1", "d")
    assert study.labels("Kitchen", study.ada) == [("TC1D", "th")]


async def test_a_flag_is_set_and_taken_away_by_the_same_key(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("exclamation_mark")
        flags = study.desk("Kitchen", study.ada).flags
        assert [flag.kind for flag in flags] == [FlagKind.TEAM]
        await desk.press("exclamation_mark", "asterisk")
        flags = study.desk("Kitchen", study.ada).flags
        assert [flag.kind for flag in flags] == [FlagKind.QUOTABLE]


async def test_words_are_proposed_as_a_code_in_ones_own_layer(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s", "l", "i")
        assert desk.said.startswith("Proposed: “It never worked.”")
    assert [one.label for one in study.desk("Kitchen", study.ada).proposals] == ["It never worked."]
    assert study.desk("Kitchen", study.ben).proposals == ()


async def test_words_that_no_code_fits_can_be_proposed(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("enter", *"cobweb", "enter")
        assert desk.said.startswith("Proposed: “cobweb”")
    assert study.labels("Kitchen", study.ada) == []
    assert [one.label for one in study.desk("Kitchen", study.ada).proposals] == ["cobweb"]


async def test_recent_codes_are_chosen_by_number_the_newest_first(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "2", "c", "n", "R", "2")
        assert desk.said == "+ TC1B Negatives"
        await desk.press("R", "2")
        assert desk.said.startswith("+ TC2C")


async def test_the_last_codes_are_known_after_a_restart(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("c", *"1b", "space", *"2c", "enter")
    async with sit(into=False) as desk:
        await desk.press("n", "r")
    assert [label for label, _ in study.labels("Kitchen", study.ada)] == ["TC1B", "TC2C"] * 2


async def test_a_step_refused_leaves_the_layer_and_says_why(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b")
        rounds.freeze(study.project, "r1", by=study.lead)
        for key in ("u", "x", "minus", "i", "exclamation_mark", "asterisk"):
            await desk.press(key)
            assert "r1" in desk.said, key
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_counts_follow_each_stroke_without_counting_again(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        for keys, count in (("1b", "1"), ("n", "1"), ("1b", "2"), ("u", "1"), ("U", "2")):
            await desk.press(*keys)
            pane = str(desk.coding.query_one(CodebookPane).query_one("#codes", Static).content)
            line = next(line for line in pane.splitlines() if "1b" in line)
            assert line.split()[-1] == count, keys


async def test_an_extent_is_not_carried_into_another_turn(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "e")
        desk.coding.transcript.go_to_turn(3)
        await desk.press("enter")
        assert desk.said == "That is another turn. The extent is as it was."
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_undo_in_another_source_is_counted(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "S", "j", "enter", "u")
        assert desk.said.startswith("Undone: coded Kitchen turn 2")
        pane = str(desk.coding.query_one(CodebookPane).query_one("#codes", Static).content)
        line = next(line for line in pane.splitlines() if "1b" in line)
        assert line.split()[-1] == "·"


async def test_a_code_chosen_by_mouse_lets_go_of_the_keys(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("c")
        await desk.pilot.click("CodeBox OptionList", offset=(2, 1))
        await desk.settle()
        await desk.press("j")
        assert "turn 3 of 5" in desk.head
    assert [words for _, words in study.labels("Kitchen", study.ada)] == [FIRST]
