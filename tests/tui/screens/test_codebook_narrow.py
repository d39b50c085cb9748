"""The codebook's screen in a small terminal: what is cut says so, and all can be reached."""

from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList

from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks
from qualcode.services.codebook_changes import Draft
from qualcode.tui.widgets.line import cut

from .conftest import Sit, Sitting, Study

SMALL = (80, 24)


def painted(desk: Sitting) -> list[str]:
    """Read the rows of the terminal."""
    width, height = desk.app.size
    return [
        "".join(segment.text for segment in strip)[:width]
        for strip in desk.app.screen._compositor.render_strips()[:height]
    ]


def add_parts(study: Study, number: int) -> None:
    for at in range(number):
        codebook_changes.add_part(study.project, f"More {at}", by=study.lead)


async def test_the_head_says_first_which_list_it_is(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B")
        assert desk.head.startswith("codebook  version 1 · 12 codes · ")
        for key, name in (("v", "versions"), ("p", "proposals"), ("exclamation_mark", "gaps")):
            await desk.press(key)
            assert desk.head.startswith(f"codebook  {name} · version 1 · 12 codes")
        await desk.press("t", "slash", *"light")
        assert desk.head.startswith("codebook  only “light” · version 1")


async def test_a_head_that_does_not_fit_ends_in_an_ellipsis(sit: Sit) -> None:
    async with sit(into=False, size=(40, 24)) as desk:
        await desk.press("B")
        assert painted(desk)[0].rstrip().endswith("…")


async def test_a_sentence_longer_than_two_lines_ends_in_an_ellipsis(sit: Sit) -> None:
    async with sit(into=False, size=SMALL) as desk:
        await desk.press("B")
        desk.codebook.say("word " * 40)
        await desk.settle()
        assert painted(desk)[-2].rstrip().endswith("word…")
        desk.codebook.say("word " * 20)
        await desk.settle()
        assert painted(desk)[-2].split() == ["word"] * 5
        assert "…" not in painted(desk)[-3]
        assert desk.said == "word " * 20


async def test_a_long_line_shows_that_there_is_more_before(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B", "a", *"phone")
        box = desk.codebook.line_box
        assert "new code: phone" in " ".join(painted(desk)[-3].split())
        await desk.press(*("calls" * 20))
        assert box.has_class("longer")
        assert painted(desk)[-3].startswith(" new code: …")
        assert painted(desk)[-3].rstrip().endswith("callscalls")
        assert box.query_one(Input).value == f"phone{'calls' * 20}"


async def test_what_is_asked_leaves_room_for_the_answer(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B")
        desk.codebook.ask_line("long " * 40, lambda _line: None)
        await desk.press(*"why")
        assert "… why" in " ".join(painted(desk)[-3].split())


async def test_a_tenth_part_can_be_chosen(study: Study, sit: Sit) -> None:
    add_parts(study, 9)
    parts = codebooks.codebook(study.project).parts
    assert len(parts) > 9
    signs = "123456789cdefgh"
    last = signs[len(parts) - 1]
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B", "j", "a", *"phone", "enter", last, "enter")
        assert desk.stood_on.endswith("phone")
    assert codebooks.codebook(study.project).code("phone").part == parts[-1].number


async def test_of_more_than_there_are_signs_one_is_found_by_its_words(
    study: Study, sit: Sit
) -> None:
    add_parts(study, 40)
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B", "j", "m", "slash", *"part 43", "enter", "enter")
        book = codebooks.codebook(study.project)
        assert book.code("1b" if book.holds("1b") else "TC1B").part == book.parts[-1].number


async def test_choices_beyond_the_height_of_the_box_are_scrolled_to(study: Study, sit: Sit) -> None:
    add_parts(study, 25)
    last = "More 24"
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B", "j", "m")
        assert not any(last in row for row in painted(desk))
        assert "↓ ↑ more" in desk.codebook.foot.offered
        await desk.press(*(["down"] * 30))
        assert any(last in row for row in painted(desk))
        await desk.press(*(["up"] * 30))
        assert any("under another code" in row for row in painted(desk))
        assert desk.codebook.choice_box.query_one(VerticalScroll).scroll_offset.y == 0


async def test_long_names_in_a_box_are_cut_and_not_wrapped(study: Study, sit: Sit) -> None:
    name = "A name that goes on and on for much longer than a row"
    codebook_changes.add(study.project, Draft(name), Place(after="TC1A"), by=study.lead)
    async with sit(study.lead, into=False, size=SMALL) as desk:
        await desk.press("B", "m", "b", *"goes")
        options = desk.codebook.code_box.query_one(OptionList)
        assert options.virtual_size.height == options.option_count
        assert any("…" in row for row in painted(desk)[-12:])


def test_words_are_cut_by_cells() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "ab…"
    assert cut("漢字漢字", 5) == "漢字…"
    assert cut("abc", 0) == ""
