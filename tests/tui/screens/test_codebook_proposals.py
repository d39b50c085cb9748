"""Proposals on the codebook's screen: made by coders, answered by the lead."""

import re

from textual.widgets import Static

from qualcode.services import codebooks, coding, proposals, sources, verdicts
from qualcode.services.codebook_changes import Draft

from .conftest import Sit, Sitting, Study


def _reword(study: Study, who: str, words: str, reason: str = "") -> None:
    coder = {"ada": study.ada, "ben": study.ben}[who]
    seat = coding.take_seat(study.project, coder)
    code = codebooks.codebook(study.project).code("1b")
    proposals.propose_wording(study.project, code, {"description": words}, seat=seat, reason=reason)


def _new(study: Study, who: str, name: str) -> None:
    coder = {"ada": study.ada, "ben": study.ben}[who]
    seat = coding.take_seat(study.project, coder)
    spot = sources.find(study.project, "Kitchen:2")
    proposals.propose_code(study.project, Draft(name), seat=seat, spot=spot)


def _asked(desk: Sitting) -> str:
    return str(desk.codebook.line_box.query_one(".asked", Static).content)


def _waiting(study: Study) -> int:
    return len(proposals.proposals(study.project, by=study.lead))


async def test_a_coder_proposes_a_wording_and_nothing_changes(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "j", "e", "1", *"!", "enter", *"why", "enter")
        assert desk.said.startswith("Proposed for TC1B Negatives: brief definition.")
        assert desk.codebook.list.rows[2].right.split()[0] in {"?+1", "+1"}
    assert codebooks.codebook(study.project).version == 1
    (shown,) = proposals.proposals(study.project, by=study.ada)
    assert shown.proposal.reason == "why"


async def test_a_coder_proposes_a_code(study: Study, sit: Sit) -> None:
    async with sit(into=False) as desk:
        await desk.press("B", "a", *"phone", "enter", *"calls", "enter", "enter", "p")
        assert desk.listed == ["new: phone"]
        assert "brief definition: calls" in desk.entry
    (shown,) = proposals.proposals(study.project, by=study.ada)
    assert dict(shown.proposal.wording) == {"description": "calls"}


async def test_a_coder_reads_how_a_proposal_was_answered(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Mine.")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "x", *"too short", "enter")
        assert desk.said == "Rejected: another wording of TC1B Negatives."
    async with sit(into=False) as desk:
        await desk.press("B", "p")
        assert desk.listed == ["1b brief definition: Negatives · rejected"]
        assert re.search(r"rejected by lead on [\d-]+ [\d:]+: too short", desk.entry)
        await desk.press("a")
        assert desk.codebook.view == "proposals"


async def test_wordings_stand_beside_the_text_in_force(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Adas words.")
    _reword(study, "ben", "Bens words.")
    async with sit(study.lead, into=False, size=(160, 40)) as desk:
        await desk.press("B", "p")
        assert desk.listed[0] == "2 wordings of TC1B Negatives"
        for words in ("IN FORCE", "Barriers", "Adas words.", "Bens words."):
            assert words in desk.entry
    assert codebooks.codebook(study.project).version == 1


async def test_entries_of_a_list_are_told_apart(study: Study, sit: Sit) -> None:
    seat = coding.take_seat(study.project, study.ada)
    code = codebooks.codebook(study.project).code("1b")
    both = {"include": ("No fare.", "No bus, no train.")}
    proposals.propose_wording(study.project, code, both, seat=seat)
    async with sit(study.lead, into=False, size=(160, 40)) as desk:
        await desk.press("B", "p")
        for words in ("– No fare.", "– No bus, no train."):
            assert words in desk.entry


async def test_an_earlier_rejection_stays_to_be_read(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Mine.")
    (shown,) = proposals.proposals(study.project, by=study.lead)
    verdicts.reject(study.project, [shown.name], by=study.lead, reason="too short")
    verdicts.reconsider(study.project, [shown.name], by=study.lead)
    for who in (study.lead, study.ada):
        async with sit(who, into=False) as desk:
            await desk.press("B", "p")
            assert desk.listed == ["1b brief definition: Negatives"]
            assert re.search(r"rejected by lead on .*: too short taken back by", desk.entry)


async def test_the_lead_accepts_one_wording(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Adas words.", "clearer")
    _reword(study, "ben", "Bens words.")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "j", "a", *"clearer", "enter")
        assert desk.said.startswith("Version 2: TC1B Negatives: “brief definition” was reworded.")
    assert codebooks.codebook(study.project).code("1b").description == "Adas words."
    assert _waiting(study) == 1


async def test_the_lead_joins_wordings_and_says_how_it_reads(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Adas words.")
    _reword(study, "ben", "Bens words.")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "j", "plus", "plus")
        assert "a join 2" in desk.codebook.foot.offered
        await desk.press("a", "3", *"!", "enter", *"both", "enter")
    assert codebooks.codebook(study.project).code("1b").description == "Adas words. Bens words.!"
    assert _waiting(study) == 0


async def test_the_lead_joins_the_same_new_code_proposed_twice(study: Study, sit: Sit) -> None:
    _new(study, "ada", "GPs miss it")
    _new(study, "ben", "missed by GP")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p")
        assert desk.listed[0].startswith("2 new codes: They share a passage: Kitchen:2.")
        await desk.press("a", *"!", "enter", "3", *"both", "enter")
    book = codebooks.codebook(study.project)
    assert book.code("missed by GP") == book.code("GPs miss it") == book.codes[-1]
    assert book.codes[-1].name == "GPs miss it!"
    assert _waiting(study) == 0


async def test_an_answer_is_taken_back_with_its_version(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Adas words.", "clearer")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "a", "enter", "u")
        assert desk.listed == ["1b brief definition: Negatives"]
    assert codebooks.codebook(study.project).code("1b").description != "Adas words."
    assert _waiting(study) == 1


async def test_marks_are_let_go_of(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Adas words.")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "plus")
        assert desk.listed[0].startswith("[+]")
        await desk.press("escape")
        assert not desk.listed[0].startswith("[+]")
        await desk.press("escape")
        assert desk.stood_on == "1a What currently happens"


async def test_without_proposals_it_says_how_to_make_one(study: Study, sit: Sit) -> None:
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p")
        assert desk.entry.startswith("No proposals.")
        await desk.press("a", "x", "plus", "enter")
        assert desk.listed == []


async def test_a_proposal_that_comes_meanwhile_does_not_slide_under_ones_answer(
    study: Study, sit: Sit
) -> None:
    _reword(study, "ada", "Adas words.")
    _new(study, "ada", "Sent away")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "end")
        assert desk.stood_on == "new: Sent away"
        _reword(study, "ben", "Bens words.")
        desk.codebook.look_for_changes()
        await desk.settle()
        assert len(desk.listed) == 4
        assert desk.stood_on == "new: Sent away"
        await desk.press("x")
        assert _asked(desk).startswith("“Sent away” (p")
        assert _asked(desk).endswith(") rejected because:")
        await desk.press(*"no", "enter")
    left = [one.proposal.label for one in proposals.proposals(study.project, by=study.lead)]
    assert "Sent away" not in left
    assert len(left) == 2


async def test_a_heading_stays_stood_on_when_one_more_comes_under_it(
    study: Study, sit: Sit
) -> None:
    _new(study, "ada", "Alone")
    _reword(study, "ada", "Adas words.")
    _reword(study, "ben", "Bens words.")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p")
        heading = next(at for at, row in enumerate(desk.listed) if row.startswith("2 wordings"))
        await desk.press("home", *(["j"] * heading))
        _reword(study, "ada", "Adas other words.")
        _new(study, "ben", "Another")
        desk.codebook.look_for_changes()
        await desk.settle()
        assert desk.stood_on == "3 wordings of TC1B Negatives"


async def test_plus_on_a_heading_marks_all_below_it_and_stays_there(study: Study, sit: Sit) -> None:
    _reword(study, "ada", "Adas words.")
    _reword(study, "ben", "Bens words.")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B", "p", "plus")
        assert [row.startswith("[+]") for row in desk.listed] == [False, True, True]
        assert desk.stood_on == "2 wordings of TC1B Negatives"
        await desk.press("plus")
        assert not any(row.startswith("[+]") for row in desk.listed)


async def test_what_was_said_in_one_list_is_not_said_in_the_next(study: Study, sit: Sit) -> None:
    _new(study, "ada", "Sent away")
    async with sit(study.lead, into=False) as desk:
        await desk.press("B")
        for key in ("p", "v", "exclamation_mark", "t"):
            desk.codebook.say("Something was done.")
            await desk.press(key)
            assert desk.said == "", key
