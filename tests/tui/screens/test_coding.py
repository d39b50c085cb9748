"""The coding screen, as a coder uses it."""

from textual.widgets import Static

from qualcode.domain.errors import QualcodeError
from qualcode.services import coding, memos, rounds, sources
from qualcode.tui.widgets.code_box import CodeBox
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.transcript import Transcript

from .conftest import Sit, Study

FIRST = "With the kettle. It never worked. Then the light went as well."
SECOND = "I rang them twice [laughter] and nobody came."
THIRD = "Then I stopped ringing."


async def test_two_strokes_code_the_turn_and_the_cursor_stays(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b")
        assert desk.said == "+ TC1B Negatives"
        assert "turn 2 of 5" in desk.head
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_keys_typed_in_one_burst_are_obeyed_in_order(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press(*"1bn2c")
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST), ("TC2C", SECOND)]


async def test_a_key_waits_for_what_the_keys_before_it_do(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press(*"1b1b2cx")
        assert desk.said.startswith("− TC2C")
    assert study.labels("Kitchen", study.ada) == []


async def test_keys_pressed_before_the_source_is_open_are_obeyed(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("enter", "1", "b")
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_a_blank_between_two_keys_does_not_move_on(study: Study, sit: Sit) -> None:
    async with sit(size=(80, 12)) as desk:
        await desk.press("1", "b", "space", "2", "c")
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST), ("TC2C", FIRST)]


async def test_a_word_of_the_description_finds_the_code(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("enter", *"barr")
        definition = desk.coding.code_box.query_one(".about", Static)
        assert str(definition.content).startswith("TC1B Negatives\nBarriers")
        await desk.press("enter")
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_escape_leaves_the_code_box_and_changes_nothing(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("c", *"barr", "escape")
        assert not desk.coding.query_one(CodeBox).is_open
    assert study.labels("Kitchen", study.ada) == []


async def test_escape_and_a_letter_in_one_burst_are_two_keys(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("enter", *"barr", "alt+n", "1", "b")
        assert not desk.coding.query_one(CodeBox).is_open
    assert study.labels("Kitchen", study.ada) == [("TC1B", SECOND)]


async def test_several_codes_are_typed_with_blanks(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("enter", *"1b", "space", *"2c", "enter")
    assert [label for label, _ in study.labels("Kitchen", study.ada)] == ["TC1B", "TC2C"]


async def test_a_code_chosen_again_comes_off(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "1", "b")
        assert desk.said == "− TC1B Negatives"
    assert study.labels("Kitchen", study.ada) == []


async def test_a_sentence_is_coded_apart_from_its_turn(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s", "l", "1", "d")
        assert desk.said == "+ TC1D Needs on 3 words"
    assert study.labels("Kitchen", study.ada) == [("TC1D", "It never worked.")]


async def test_words_are_selected_by_pushing_an_edge(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("w", "l", "L", "1", "d")
    assert study.labels("Kitchen", study.ada) == [("TC1D", "the kettle")]


async def test_the_last_codes_are_repeated_on_the_next_turn(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "n", "r")
    assert [words for _, words in study.labels("Kitchen", study.ada)] == [FIRST, SECOND]


async def test_read_without_code_is_a_mark_of_its_own(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("minus")
        assert desk.said == "Read, nothing applies."
        assert "2 left" in desk.head
    assert len(study.desk("Kitchen", study.ada).marks) == 1


async def test_a_memo_ends_with_a_full_stop_and_enter(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"why?", "enter", *"ask", "full_stop", "enter")
        assert desk.said == "Memo kept on turn 2."
        await desk.press("1", "b")
    assert [memo.body for memo in study.desk("Kitchen", study.ada).memos] == ["why?\nask."]
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_a_memo_without_words_is_not_kept(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", "escape", "1", "b")
    assert study.desk("Kitchen", study.ada).memos == ()
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_undo_and_redo_name_what_they_take_back(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "u")
        assert desk.said == "Undone: coded Kitchen turn 2: TC1B Negatives"
        assert study.labels("Kitchen", study.ada) == []
        await desk.press("U")
        assert desk.said == "Brought back: coded Kitchen turn 2: TC1B Negatives"
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_taking_off_asks_which_of_several(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "2", "c", "x")
        choices = desk.coding.choice_box.query_one(".choices", Static)
        assert str(choices.content).startswith("1  TC1B Negatives on “With the kettle")
        await desk.press("2")
    assert [label for label, _ in study.labels("Kitchen", study.ada)] == ["TC1B"]


async def test_the_interviewers_turns_are_passed_by(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "n")
        turn = desk.coding.query_one(Transcript).turn
        assert turn is not None
        assert turn.number == 5


async def test_a_finished_source_offers_the_next(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("minus", "n", "minus", "n", "minus", "n")
        assert desk.said.startswith("Kitchen done: 3 of 3 turns. Next of yours: Garden (2 turns).")
        await desk.press("enter")
        assert desk.head.startswith("Garden · turn 2")


async def test_the_codebook_counts_here_and_in_all(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "n", "1", "b")
        pane = str(desk.coding.query_one(CodebookPane).query_one("#codes", Static).content)
    line = next(line for line in pane.splitlines() if "1b" in line)
    assert line.split()[-2:] == ["1", "2"]


async def test_what_another_process_did_appears(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        seat = coding.take_seat(study.project, study.ada)
        spot = sources.find(study.project, "Kitchen:2")
        coding.apply(study.project, spot, [seat.codebook.code("1c")], seat=seat)
        desk.coding.look_for_changes()
        await desk.settle()
        await desk.press("x")
        assert desk.said == "− TC1C Positives"


async def test_a_frozen_round_refuses_and_says_why(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        rounds.freeze(study.project, "r1", by=study.lead)
        await desk.press("1", "b")
        assert desk.said.startswith("Round r1 is frozen: its codings no longer change.")
    assert study.labels("Kitchen", study.ada) == []


async def test_nothing_of_a_colleagues_is_seen_in_a_blind_round(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ben)
    spot = sources.find(study.project, "Kitchen:2")
    coding.apply(study.project, spot, [seat.codebook.code("1f")], seat=seat)
    memos.write(study.project, "marzipan", seat=seat, on=spot)
    async with sit() as desk:
        picture = desk.app.export_screenshot()
        assert "3&#160;left" in picture.replace("&#32;", "&#160;") or "3 left" in desk.head
        assert "marzipan" not in picture
        pane = str(desk.coding.query_one(CodebookPane).query_one("#codes", Static).content)
        line = next(line for line in pane.splitlines() if "1f" in line)
        assert line.split()[-2:] == ["·", "·"]


async def test_a_narrow_terminal_gives_its_room_to_the_words(study: Study, sit: Sit) -> None:
    async with sit(size=(80, 24)) as desk:
        assert not desk.coding.query_one(CodebookPane).display
        await desk.press("b")
        assert desk.coding.query_one(CodebookPane).display


async def test_help_lists_the_keys_and_goes_away(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("question_mark", "pagedown")
        assert "ten&#160;keys&#160;of&#160;the&#160;first&#160;day" in desk.app.export_screenshot()
        await desk.press("escape", "1", "b")
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]


async def test_leaving_goes_back_to_the_list_with_its_counts(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "S")
        assert desk.said == "4 turns left in 2 of 2 sources"


async def test_a_crash_leaves_without_a_word_of_the_transcript(study: Study, sit: Sit) -> None:
    class UnforeseenError(Exception):
        """Nobody has thought of this one."""

    def break_down() -> None:
        raise UnforeseenError(FIRST)

    caught: Exception | None = None
    try:
        async with sit() as desk:
            app = desk.app
            desk.coding.ask(break_down, lambda _: None)
            await desk.pilot.pause()
    except Exception as crash:  # noqa: BLE001 - the test driver hands it on
        caught = crash
    assert caught is not None
    assert app.crash is not None
    assert app._exit_renderables == []
    assert not isinstance(app.crash, QualcodeError)


async def test_keys_after_a_page_go_where_they_were_meant(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("question_mark", "escape", "colon", *"coder list", "enter")
        assert "ada" in str(desk.app.screen.query_one(Static).content)
        await desk.press("escape", "j", "1", "b", "d", "q", "j", "2", "c")
    assert [words for _, words in study.labels("Kitchen", study.ada)] == [SECOND, THIRD]


async def test_keys_after_a_memo_are_keys_again(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("m", *"ask her.", "enter", "j", "1", "b", "m", "escape", "j", "2", "c")
    assert [memo.body for memo in study.desk("Kitchen", study.ada).memos] == ["ask her."]
    assert [words for _, words in study.labels("Kitchen", study.ada)] == [SECOND, THIRD]


async def test_escape_goes_back_to_the_whole_turn(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("s", "l", "escape", "1", "b")
    assert study.labels("Kitchen", study.ada) == [("TC1B", FIRST)]
