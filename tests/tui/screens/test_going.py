"""Keys that go somewhere: hunts, hits, a turn by number, letters."""

from qualcode.domain.codings import Via
from qualcode.services import coding, sources

from .conftest import Sit, Study


async def test_n_goes_through_the_hits_of_a_search_and_round_again(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("slash", *"STOPPED", "enter")
        assert "turn 5 of 5" in desk.head
        assert desk.said.startswith("hit 1 of 1 for “STOPPED”")
        await desk.press("home", "slash", *"and", "enter")
        assert "turn 3 of 5" in desk.head
        await desk.press("n")
        assert desk.said.startswith("hit 2 of 2")
        await desk.press("n")
        assert desk.said.startswith("hit 1 of 2")
        await desk.press("N")
        assert desk.said.startswith("hit 2 of 2")


async def test_words_that_do_not_occur_are_said_and_n_hunts_on(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("slash", *"zebra", "enter")
        assert desk.said == "“zebra” does not occur in Kitchen."
        await desk.press("n")
        assert "turn 3 of 5" in desk.head


async def test_escape_ends_the_search(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("slash", *"stopped", "enter", "escape", "escape", "n")
        assert "turn 2 of 5" in desk.head


async def test_hits_are_coded_one_by_one_after_each_was_seen(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("slash", *"th", "enter", "y", *"2d", "enter")
        assert desk.said.startswith("hit 1 of ")
        await desk.press("n", "y", "escape")
    codings = study.desk("Kitchen", study.ada).codings
    assert [one.via for one in codings] == [Via.SEARCH]
    assert [label for label, _ in study.labels("Kitchen", study.ada)] == ["TC2D"]


async def test_nothing_is_coded_when_no_hit_is_said_yes_to(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("slash", *"stopped", "enter", "y", *"2d", "enter", "n")
        assert desk.said == "0 hits coded, 1 not."
    assert study.labels("Kitchen", study.ada) == []


async def test_a_turn_is_gone_to_by_its_number_and_back(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("g", "5", "enter")
        assert "turn 5 of 5" in desk.head
        await desk.press("g", "l")
        assert "turn 2 of 5" in desk.head


async def test_a_number_that_is_no_turn_is_said(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("g", "7", "7", "enter")
        assert desk.said == "There is no turn 77; the last is 5."
        assert "turn 2 of 5" in desk.head


async def test_g_shows_only_where_one_can_go(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("g")
        assert "f  flagged" not in str(desk.coding.choice_box.query_one(".choices").render())
        await desk.press("escape", "exclamation_mark", "n", "g")
        assert "f  flagged: 1" in str(desk.coding.choice_box.query_one(".choices").render())
        await desk.press("f")
        assert "turn 2 of 5" in desk.head


async def test_memos_are_gone_to(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "m", *"ask.", "enter", "n", "g", "m")
        assert "turn 3 of 5" in desk.head


async def test_a_letter_goes_to_what_it_stands_on(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("J")
        letters = {target.turn: words for target, words in desk.coding.transcript.letters.items()}
        await desk.press(letters[5])
        assert "turn 5 of 5" in desk.head
        assert not desk.coding.transcript.letters


async def test_a_letter_on_a_note_picks_its_coding(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "n", "J")
        found = desk.coding.transcript.letters.items()
        letters = next(words for target, words in found if target.codings)
        await desk.press(*letters, "x")
        assert desk.said == "− TC1B Negatives"
    assert study.labels("Kitchen", study.ada) == []


async def test_the_last_turn_done_needs_no_second_n(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    source, revision = sources.read(study.project, "Kitchen")
    left = coding.turns_left(study.project, source, revision, seat=seat)
    coding.mark_read(study.project, left[:-1], seat=seat)
    async with sit() as desk:
        await desk.press(*"1bn")
        assert desk.said.startswith("Kitchen done: 3 of 3 turns.")


async def test_everything_done_is_said_so(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press(*["minus", "n"] * 3, "enter", *["minus", "n"] * 2)
        assert (
            desk.said
            == "Garden done: 2 of 2 turns. That was the last of yours: all done. q leaves."
        )


async def test_the_turn_before_that_is_left_is_gone_to(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("n", "n", "N")
        assert "turn 3 of 5" in desk.head


async def test_escape_lets_go_of_one_thing_after_another(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("f", "s", "2", "slash", *"kettle", "enter", "1", "b", "tab", "equals_sign")
        await desk.press("escape")
        assert desk.coding.transcript.selection is not None
        for held in ("picked", "comparing", "searching", "filtered"):
            standing = desk.coding.standing
            assert {
                "picked": standing.picked is not None,
                "comparing": standing.comparing,
                "searching": standing.hits > 0,
                "filtered": standing.filtered,
            }[held], held
            await desk.press("escape")
        assert not desk.coding.standing.filtered


async def test_hits_that_a_filter_hides_are_neither_shown_nor_coded(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("f", "s", "3", "slash", *"and", "enter", "y", *"2d", "enter", "y")
        assert desk.said == "1 hit coded, 0 not."
    assert [words for _, words in study.labels("Kitchen", study.ada)] == [
        "I rang them twice [laughter] and nobody came."
    ]


async def test_n_says_when_a_filter_hides_what_is_left(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("f", "s", "3", "minus", "n")
        assert desk.said == "Nothing is left among the turns shown. F shows all."


async def test_an_offer_is_taken_by_enter_only_and_only_at_once(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press(*["minus", "n"] * 3, "k", "enter")
        assert desk.head.startswith("Kitchen")
        assert desk.coding.code_box.is_open


async def test_a_turn_that_is_filtered_out_is_not_gone_to(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("f", "s", "2", "g", "3", "enter")
        assert desk.said == "Turn 3 is not among the turns shown. F shows all."


async def test_a_very_long_number_is_cut(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("g", *"9" * 60, "enter")
        assert desk.said.startswith("There is no turn 999999999;")
