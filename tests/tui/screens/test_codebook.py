"""The codebook's screen, read: its tree, entries, versions, findings, and the way back."""

import pytest
from textual.widgets import Static

from qualcode.domain.codebook import Codebook
from qualcode.domain.restructuring import Place
from qualcode.domain.settings import Settings
from qualcode.services import codebook_changes, codebooks, coding, sources
from qualcode.services.codebook_changes import Draft
from qualcode.services.codebook_desk import CodebookDesk
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.screens.sources import SourcesScreen
from qualcode.tui.widgets.entry_pane import EntryPane

from .conftest import Sit, Sitting, Study


def _page(desk: Sitting) -> str:
    assert isinstance(desk.app.screen, PageScreen)
    return str(desk.app.screen.query_one(Static).content)


def _put_under(study: Study, name: str, under: str) -> None:
    codebook_changes.add(study.project, Draft(name), Place(under=under), by=study.lead)


async def test_the_list_of_sources_opens_the_codebook_and_gets_back(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B")
        assert desk.head.startswith("codebook ")
        assert "version 1 · 12 codes" in desk.head
        await desk.press("q")
        assert isinstance(desk.app.screen, SourcesScreen)


async def test_the_coding_desk_opens_it_at_the_code_on_the_turn(sit: Sit) -> None:
    async with sit() as desk:
        await desk.press("1", "b", "B")
        assert desk.stood_on == "1b Negatives"
        await desk.press("B")
        assert isinstance(desk.app.screen, CodingScreen)
        assert "turn 2 of 5" in desk.head


async def test_keys_pressed_before_the_codebook_is_read_are_obeyed(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "j", "j")
        assert desk.stood_on == "1c Positives"


async def test_the_tree_shows_keys_names_and_counts(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    spot = sources.find(study.project, "Kitchen:2")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    async with sit(into=False) as desk:
        await desk.press("B")
        assert desk.listed[1] == "1a What currently happens"
        assert desk.codebook.list.rows[2].right.split()[-2:] == ["1", "·"]


async def test_a_colleagues_codings_are_not_counted(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ben)
    spot = sources.find(study.project, "Kitchen:2")
    coding.apply(study.project, spot, [seat.codebook.code("1b")], seat=seat)
    async with sit(into=False) as desk:
        await desk.press("B")
        assert desk.codebook.list.rows[2].right.split()[-2:] == ["·", "·"]


async def test_the_entry_of_the_code_stands_beside_the_tree(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "j")
        assert desk.entry.startswith("Code: TC1B Negatives, key 1b Brief definition: Barriers")
        assert "Coded: 0 passages" in desk.entry


async def test_in_a_narrow_terminal_the_entry_has_a_page_of_its_own(sit: Sit) -> None:
    async with sit(into=False, size=(80, 24)) as desk:
        await desk.press("B", "j")
        assert not desk.app.screen.query_one(EntryPane).display
        await desk.press("enter")
        assert _page(desk).startswith("Code: TC1B Negatives, key 1b")
        await desk.press("escape")
        assert desk.stood_on == "1b Negatives"


async def test_d_opens_the_entry_too(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "d")
        assert _page(desk).startswith("Code: TC1A")


async def test_codes_fold_and_unfold(study: Study, sit: Sit) -> None:
    _put_under(study, "Phone", "TC1B")
    async with sit(into=False) as desk:
        await desk.press("B", "j", "h")
        assert desk.stood_on == "▸ 1b Negatives"
        assert "1h Phone" not in desk.listed
        await desk.press("l")
        assert "1h Phone" in desk.listed
        await desk.press("l")
        assert desk.stood_on == "1h Phone"
        await desk.press("left")
        assert desk.stood_on == "▾ 1b Negatives"


async def test_left_goes_up_to_the_part_and_folds_it(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "j", "h")
        assert desk.stood_on.startswith("▾ 1 ")
        await desk.press("h")
        assert desk.stood_on.startswith("▸ 1 ")
        assert "1a What currently happens" not in desk.listed
        await desk.press("enter")
        assert "1a What currently happens" in desk.listed


async def test_all_codes_are_folded_at_once(study: Study, sit: Sit) -> None:
    _put_under(study, "Phone", "TC1B")
    async with sit(into=False) as desk:
        await desk.press("B", "end", "z")
        assert "1h Phone" not in desk.listed
        await desk.press("z")
        assert "1h Phone" in desk.listed


async def test_a_filter_shows_what_fits_while_it_is_typed(study: Study, sit: Sit) -> None:
    _put_under(study, "Phone", "TC1B")
    async with sit(into=False) as desk:
        await desk.press("B", "slash", *"pho")
        assert desk.listed[1:] == ["▾ 1b Negatives", "1h Phone"]
        assert desk.stood_on == "1h Phone"
        await desk.press("backspace", "backspace", "backspace")
        assert len(desk.listed) == 16


async def test_down_moves_while_a_filter_is_typed(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "slash", *"typologies")
        first = desk.stood_on
        await desk.press("down")
        assert {first, desk.stood_on} == {
            "1e Typologies of Perpetrators",
            "1f Typologies of Victims",
        }
        await desk.press("enter")
        assert desk.said == "2 codes fit “typologies”. Esc shows all."
        assert "only “typologies”" in desk.head


async def test_escape_shows_all_codes_and_stays_on_the_one_found(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "slash", *"rural", "escape")
        assert desk.stood_on == "2a Rural DVA"
        assert len(desk.listed) == 15
        await desk.press("slash", *"covid", "enter", "escape")
        assert desk.stood_on == "2d COVID-19"
        assert len(desk.listed) == 15


async def test_a_filter_that_fits_nothing_says_so(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "slash", *"zzzz", "enter")
        assert desk.said.startswith("0 codes fit “zzzz”")
        assert desk.entry.startswith("No code fits.")


async def test_pages_and_ends(sit: Sit) -> None:
    async with sit(into=False, size=(100, 12)) as desk:
        await desk.press("B", "space", "end")
        assert desk.stood_on == "3a Noteworthy"
        assert desk.codebook.list.scroll_offset.y > 0
        await desk.press("pageup", "home")
        assert desk.codebook.list.at == 0
        assert desk.codebook.list.scroll_offset.y == 0


async def test_versions_are_listed_with_what_each_changed(study: Study, sit: Sit) -> None:
    codebook = codebooks.codebook(study.project)
    wording = {"description": "What people cook."}
    codebook_changes.reword(
        study.project, codebook.code("1b"), wording, by=study.lead, reason="too vague"
    )
    async with sit(into=False) as desk:
        await desk.press("B", "v")
        assert desk.listed == ["2 reword: too vague", "1 load: loaded from osspc.yaml"]
        assert "– TC1B Negatives: “brief definition” was reworded." in desk.entry
        await desk.press("enter")
        assert "BEFORE" in _page(desk)
        assert "What people cook." in _page(desk)
        await desk.press("escape", "escape")
        assert desk.stood_on == "1a What currently happens"


async def test_the_words_of_a_version_are_shown_in_a_narrow_terminal_too(
    study: Study, sit: Sit
) -> None:
    code = codebooks.codebook(study.project).code("1b")
    codebook_changes.rename(study.project, code, name="Worse", by=study.lead)
    async with sit(into=False, size=(80, 24)) as desk:
        await desk.press("B", "v", "enter")
        assert "TC1B Negatives is called TC1B Worse." in _page(desk)


async def test_only_the_versions_that_changed_one_code(study: Study, sit: Sit) -> None:
    _put_under(study, "Phone", "TC3A")
    code = codebooks.codebook(study.project).code("1b")
    codebook_changes.rename(study.project, code, name="Worse", by=study.lead, reason="clearer")
    async with sit(into=False) as desk:
        await desk.press("B", "j", "V")
        assert desk.listed == ["3 rename: clearer", "1 load: loaded from osspc.yaml"]


async def test_gaps_are_listed_and_lead_to_their_code(study: Study, sit: Sit) -> None:
    _put_under(study, "Phone", "TC1B")
    async with sit(into=False) as desk:
        await desk.press("B", "exclamation_mark")
        gaps = [row for row in desk.listed if "TC1H Phone has no" in row]
        assert len(gaps) == 1
        await desk.press(*"j" * desk.listed.index(gaps[0]))
        assert "TC1H Phone has no brief definition" in desk.entry
        await desk.press("enter")
        assert desk.stood_on == "1h Phone"


async def test_a_retired_code_stands_last_with_its_successor(study: Study, sit: Sit) -> None:
    codebook = codebooks.codebook(study.project)
    codebook_changes.merge(
        study.project,
        [codebook.code("1e")],
        into=codebook.code("1f"),
        by=study.lead,
        reason="one and the same",
    )
    async with sit(into=False) as desk:
        await desk.press("B", "end")
        assert desk.stood_on == "1e Typologies of Perpetrators → 1f"
        assert "retired; TC1F Typologies of Victims took its place" in desk.entry


async def test_what_a_colleague_changes_appears_and_the_place_is_kept(
    study: Study, sit: Sit
) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "j", "j")
        _put_under(study, "Phone", "TC1A")
        desk.codebook.look_for_changes()
        await desk.settle()
        assert "version 2 · 13 codes" in desk.head
        assert "1h Phone" in desk.listed
        assert desk.stood_on == "1c Positives"


async def test_the_coding_desk_knows_of_what_was_changed(study: Study, sit: Sit) -> None:
    async with sit(study.lead) as desk:
        await desk.press("B", "j", "r", "n", *"!", "enter", "enter", "q")
        assert isinstance(desk.app.screen, CodingScreen)
        pane = desk.coding.codebook_pane.query_one("#codes", Static)
        assert "1b  Negatives!" in str(pane.content)


async def test_the_foot_offers_what_is_possible_and_no_more(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B")
        assert "e reword" in desk.codebook.foot.offered
        assert "M merge" not in desk.codebook.foot.offered
        await desk.press("v")
        assert "t codes" in desk.codebook.foot.offered
        assert "reword" not in desk.codebook.foot.offered


async def test_help_says_what_is_possible_and_names_every_key(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "question_mark")
        page = _page(desk)
        assert "TC1A What currently happens" in page
        assert "Propose another wording of the entry." in page
        assert "Merge it into another code." in page.split("All keys")[1]
        assert "Merge it into another code." not in page.split("All keys")[0]


async def test_the_palette_finds_codes_and_commands(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "P", *"noteworthy", "enter")
        assert desk.stood_on == "3a Noteworthy"
        await desk.press("P", *"versions", "enter")
        assert desk.listed == ["1 load: loaded from osspc.yaml"]


async def test_commands_can_be_typed_here_as_well(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "colon", *"codebook", "space", *"show", "space", *"1b", "enter")
        assert "TC1B Negatives" in _page(desk)


async def test_own_keys_hold_here_too(sit: Sit) -> None:
    async with sit(into=False, settings=Settings(keys={"versions": "f6"})) as desk:
        await desk.press("B", "v")
        assert len(desk.listed) == 15
        await desk.press("f6")
        assert desk.listed == ["1 load: loaded from osspc.yaml"]


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_it_works_without_colour_at_any_size(
    sit: Sit, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(into=False, size=size) as desk:
        await desk.press("B", "j")
        strips = desk.app.screen._compositor.render_strips()
        lines = ["".join(part.text for part in strip) for strip in strips]
        assert desk.app.no_color
        stood_on = next(line for line in lines if line.startswith("▌"))
        assert stood_on.split()[1:3] == ["1b", "Negatives"]


async def test_a_click_goes_to_a_row(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B")
        await desk.pilot.click(desk.codebook.list, offset=(10, 4))
        await desk.settle()
        assert desk.stood_on == "1d Needs"


async def test_a_study_without_a_codebook_says_how_to_begin(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B")
        desk.codebook.show(CodebookDesk(Codebook(0), None, None, (), desk.codebook.desk.seen))
        await desk.settle()
        assert desk.entry.startswith("No codebook yet. a adds the first code")
        assert isinstance(desk.app.screen, CodebookScreen)


async def test_versions_made_meanwhile_are_listed_and_one_stays_where_one_was(
    study: Study, sit: Sit
) -> None:
    _put_under(study, "Phone", "TC1B")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "v", "j")
        assert desk.stood_on.startswith("1 ")
        _put_under(study, "Post", "TC1B")
        desk.codebook.look_for_changes()
        await desk.settle()
        assert [row.split()[0] for row in desk.listed] == ["3", "2", "1"]
        assert desk.stood_on.startswith("1 ")
        await desk.press("u")
        assert [row.split()[0] for row in desk.listed] == ["4", "3", "2", "1"]
        assert desk.listed[0].startswith("4 took back version 3")


async def test_gaps_are_looked_for_again_when_the_codebook_changes(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "exclamation_mark", "end")
        before, on = len(desk.listed), desk.stood_on
        _put_under(study, "Phone", "TC1B")
        desk.codebook.look_for_changes()
        await desk.settle()
        assert len(desk.listed) > before
        assert any("Phone has no" in row for row in desk.listed)
        assert desk.stood_on == on


async def test_one_code_fits(sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "slash", *"negatives", "enter")
        assert desk.said == "1 code fits “negatives”. Esc shows all."
