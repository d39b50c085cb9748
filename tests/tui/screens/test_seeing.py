"""Keys that change what is seen: filters, comparison, palette, help, theme."""

from textual.widgets import Input, OptionList, Static

from qualcode.domain.quotations import quotation_id
from qualcode.domain.restructuring import Place
from qualcode.interchange.importing import Upload, Wishes
from qualcode.services import codebook_changes, coding, proposals, rounds, sources, verdicts
from qualcode.services.codebook_changes import Draft
from qualcode.tui.desk.commands import BY_NAME, COMMANDS
from qualcode.tui.widgets.foot import Foot

from .conftest import Sit, Sitting, Study


def _passages(desk: Sitting) -> str:
    return str(desk.coding.comparison.query_one(".passages", Static).content)


def _offered(desk: Sitting) -> str:
    return desk.coding.query_one(Foot).offered


async def test_one_speakers_turns_are_left_and_moves_keep_to_them(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("f", "s", "2", "j")
        assert "only R1" in desk.head
        assert "turn 5 of 5" in desk.head
        await desk.press("F", "k")
        assert "turn 3 of 5" in desk.head


async def test_what_one_coded_is_filtered_by_code_or_all(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "n", "2", "c", "f", "c", *"2c", "enter")
        assert desk.said == "1 turn shown. F shows all."
        assert desk.coding.transcript.only == frozenset({3})
        await desk.press("F", "f", "m")
        assert desk.coding.transcript.only == frozenset({2, 3})
        await desk.press("escape", "escape", "escape", "f", "u")
        assert desk.coding.transcript.only == frozenset({5})


async def test_a_filter_that_leaves_nothing_is_refused(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("f", "m")
        assert desk.said == "There is no such turn here."
        assert desk.coding.transcript.only is None


async def test_other_passages_stand_beside_the_turn_the_newest_first(
    study: Study, sit: Sit
) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "n", "1", "b", "n", "1", "b", "equals_sign")
        words = _passages(desk)
        assert words.index("I rang them twice") < words.index("With the kettle")
        assert "turn 5 of 5" in desk.head
        await desk.press("equals_sign")
        assert not desk.coding.comparison.is_open


async def test_a_passage_coded_in_two_rounds_is_one_and_each_names_its_round(
    study: Study, sit: Sit
) -> None:
    seat = coding.take_seat(study.project, study.ada, "free")
    spot = sources.find(study.project, "Kitchen:3")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    async with sit() as desk:
        await desk.press("n", "1", "b", "n", "1", "b", "equals_sign")
        title = str(desk.coding.comparison.query_one(".title", Static).content)
        assert title.endswith(": 1 other passage")
        assert "Kitchen:3 · round r1\n" in _passages(desk)
        assert "Kitchen:3 · round free\n" in _passages(desk)


async def test_a_colleagues_passages_are_not_compared_in_a_blind_round(
    study: Study, sit: Sit
) -> None:
    seat = coding.take_seat(study.project, study.ben)
    spot = sources.find(study.project, "Kitchen:3")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    async with sit() as desk:
        await desk.press("1", "b", "equals_sign")
        assert "I rang them" not in _passages(desk)


async def test_coding_with_the_pane_open_shows_what_else_is_under_the_new_code(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "2", "c", "equals_sign", "n", "2", "c")
        code = desk.coding.comparison.code
        assert code is not None
        assert code.label == "TC2C"
        assert "With the kettle" in _passages(desk)


async def test_the_foot_offers_only_what_is_possible_now(sit: Sit) -> None:
    async with sit(size=(200, 40)) as desk:
        assert " off" not in _offered(desk)
        assert "u undo" not in _offered(desk)
        await desk.press("1", "b")
        assert "x off" in _offered(desk)
        assert "u undo" in _offered(desk)
        await desk.press("u")
        assert "U redo" in _offered(desk)
        assert "x off" not in _offered(desk)


async def test_a_box_offers_its_own_keys(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("c")
        assert _offered(desk).startswith("Enter apply")
        await desk.press("escape", "g")
        assert _offered(desk).endswith("Esc leave")
        await desk.press("escape", "m")
        assert _offered(desk).startswith("a full stop and Enter")


async def test_help_says_what_one_stands_on(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "m", *"hm.", "enter", "question_mark")
        page = str(desk.app.screen.query_one(Static).content)
        assert "Kitchen, turn 2 of 5: R1, participant" in page
        assert "TC1B Negatives on “With the kettle" in page
        assert "memo: hm." in page
        assert "u would undo: wrote a memo" in page
        assert "# Keys" in page


async def test_the_palette_finds_codes_sources_and_commands(study: Study, sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("p", *"barriers", "enter")
        assert desk.said == "+ TC1B Negatives"
        await desk.press("p", *"garden", "enter")
        assert desk.head.startswith("Garden · turn 2")
        await desk.press("p", *"for the team", "enter")
        assert desk.said == "Flagged for the team."


async def test_the_theme_changes_between_dark_and_light(sit: Sit) -> None:
    async with sit() as desk:
        assert desk.app.current_theme.dark
        await desk.press("T")
        assert not desk.app.current_theme.dark


async def test_definitions_of_what_is_picked(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "2", "c", "tab", "d")
        page = str(desk.app.screen.query_one(Static).content)
        assert page.startswith("Code: TC1B Negatives, key 1b\nBrief definition: ")
        assert "\nWhen to use: " in page
        assert "Code: TC2C" not in page


async def test_a_definition_says_who_proposed_the_code(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    proposals.propose_code(study.project, Draft("Tea", "TEA", "1z"), seat=seat)
    (waits,) = proposals.proposals(study.project, by=study.lead)
    verdicts.accept(study.project, [waits.name], by=study.lead, at=Place(part=1))
    rounds.take_up(study.project, "r1", by=study.lead)
    async with sit() as desk:
        await desk.press("1", "z", "d")
        assert "\nProposed by: ada\n" in str(desk.app.screen.query_one(Static).content)


async def test_a_definition_gives_the_words_of_examples_one_may_see(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    spot = sources.find(study.project, "Kitchen:2")
    code = seat.codebook.code("1b")
    coding.apply(study.project, spot, [code], seat=seat)
    words = spot.range.of(spot.revision.text)
    named = quotation_id(spot.source.id, 2, words)
    codebook_changes.reword(study.project, code, {"examples": (named,)}, by=study.lead)
    rounds.take_up(study.project, "r1", by=study.lead)
    for coder, example in ((study.ada, f"{named} “{words}”"), (study.ben, named)):
        async with sit(coder) as desk:
            await desk.press("j", "1", "b", "d")
            page = str(desk.app.screen.query_one(Static).content)
            assert f"\nExample: {example}\n" in page
            await desk.press("d")
            assert desk.coding.transcript.turn is not None


async def test_prompts_are_folded_and_unfolded(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("z")
        assert desk.coding.transcript.folded
        await desk.press("z")
        assert not desk.coding.transcript.folded


def test_every_command_says_what_it_does() -> None:
    assert [one.name for one in COMMANDS if not one.about.endswith(".")] == []
    assert len(BY_NAME) == len(COMMANDS)


async def test_of_more_speakers_than_there_are_signs_one_is_found_by_name(
    study: Study, sit: Sit
) -> None:
    words = "\n\n".join(f"P{number:02}: Here." for number in range(1, 41))
    upload = Upload("Crowd.txt", words.encode())
    sources.take_in(study.project, upload, wishes=Wishes(), by=study.lead)
    async with sit(into=False, size=(160, 34)) as desk:
        await desk.press("j", "j", "enter", "f", "s")
        palette = desk.coding.palette
        assert palette.query_one(Input).placeholder.endswith("One of 40, found by its words")
        assert palette.query_one(OptionList).option_count == 40
        await desk.press(*"p39", "enter")
        assert "only P39" in desk.head
        assert desk.said == "1 turn shown. F shows all."
