"""What the lead does with the codebook: each change a version."""

from collections.abc import Callable

import pytest

from qualcode.domain.codebook import Origin
from qualcode.domain.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    RefusedError,
    RetiredCodeError,
)
from qualcode.domain.people import Role
from qualcode.domain.restructuring import Place
from qualcode.services import (
    codebook_changes,
    coding,
    people,
    projects,
    proposals,
    rounds,
)
from qualcode.services.codebook_changes import Draft
from tests.conftest import Qualcode
from tests.services.conftest import Choir
from tests.services.leading import Lead


@pytest.fixture
def lead(at_desk: Choir) -> Lead:
    """Lead the choir study, begun and not yet coded."""
    return Lead(at_desk)


def another_lead(lead: Lead) -> Lead:
    people.add(lead.choir.project, "ada", role=Role.LEAD, by=lead.by)
    return Lead(lead.choir, "ada")


# one change, one version


def test_every_change_is_a_version_with_its_reason_and_sentences(lead: Lead) -> None:
    project = lead.choir.project
    made = [
        codebook_changes.add(project, Draft("Tea"), Place(part=2), by=lead.by, reason="Heard."),
        codebook_changes.add_part(project, "After", by=lead.by),
        codebook_changes.rename_part(project, 3, to="Going home", by=lead.by),
        lead.reword("CH1A", description="First evenings."),
        lead.rename("CH1A", label="CH1Z"),
        codebook_changes.move(project, lead.code("CH1Z"), Place(part=3), by=lead.by),
        lead.merge("CH1B", into="CH2A"),
        lead.split("CH2A", "Place", "Time"),
        lead.retire("Low notes"),
    ]
    assert [each.codebook.version for each in made] == list(range(2, 11))
    assert all(each.changes for each in made)
    with project.reading() as view:
        versions = view.codebooks.versions()
    assert [each.reason for each in versions][1:] == [
        "Heard.",
        "",
        "",
        "Clearer.",
        "",
        "",
        "The same.",
        "Two things.",
        "Never used.",
    ]
    assert {each.who for each in versions} == {lead.by.id}
    assert made[-1].codebook == lead.book
    assert lead.choir.is_sound()


def test_what_reads_so_already_makes_no_version(lead: Lead) -> None:
    entries = lead.choir.entries()
    assert lead.rename("CH1A", name="Ways in").changes == ()
    assert lead.reword("CH1A", description="How somebody first came to the choir.").changes == ()
    assert (lead.versions(), lead.choir.entries()) == (1, entries)


def test_only_the_lead_changes_the_codebook(lead: Lead) -> None:
    with pytest.raises(RefusedError, match="Only the lead"):
        Lead(lead.choir, "a").rename("CH1A", name="x")
    assert lead.versions() == 1


def test_what_coders_go_by_wants_a_reason(lead: Lead) -> None:
    project, code, by = lead.choir.project, lead.code("CH1A"), lead.by
    other = lead.code("CH1B")
    steps: list[Callable[[], object]] = [
        lambda: codebook_changes.reword(project, code, {"include": ("x",)}, by=by),
        lambda: codebook_changes.merge(project, [code], into=other, by=by, reason=" "),
        lambda: codebook_changes.retire(project, code, by=by, reason=""),
        lambda: codebook_changes.split(
            project, code, [Draft("One"), Draft("Two")], by=by, reason=""
        ),
    ]
    for change in steps:
        with pytest.raises(RefusedError, match="needs a reason"):
            change()
    codebook_changes.reword(project, code, {"colour": "#123456"}, by=by)
    assert lead.versions() == 2


def test_a_new_code_takes_label_and_key_after_its_neighbours(lead: Lead) -> None:
    project = lead.choir.project
    draft = Draft(" Tea\nand cake ", wording={"description": " Drunk. ", "origin": "inductive"})
    codebook_changes.add(project, draft, Place(part=2), by=lead.by)
    code = lead.code("CH2B")
    assert (code.key, code.name, code.description) == ("2c", "Tea and cake", "Drunk.")
    assert code.origin is Origin.INDUCTIVE
    with pytest.raises(RefusedError, match="no origin"):
        codebook_changes.reword(project, code, {"origin": "hearsay"}, by=lead.by)


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g", "123456"])
def test_what_no_file_could_hold_as_a_colour_is_refused_everywhere(lead: Lead, colour: str) -> None:
    project, code, wording = lead.choir.project, lead.code("CH1A"), {"colour": colour}
    seat, draft = lead.choir.seat("a"), Draft("Tea", wording=wording)
    entries = lead.choir.entries()
    steps: list[Callable[[], object]] = [
        lambda: codebook_changes.reword(project, code, wording, by=lead.by),
        lambda: codebook_changes.add(project, draft, Place(part=2), by=lead.by),
        lambda: codebook_changes.split(
            project, code, [draft, Draft("Cake")], by=lead.by, reason="Two things."
        ),
        lambda: proposals.propose_wording(project, code, wording, seat=seat),
        lambda: proposals.propose_code(project, draft, seat=seat),
    ]
    for change in steps:
        with pytest.raises(RefusedError, match=f"“{colour}” is no colour.") as refused:
            change()
        assert "#1f78b4" in refused.value.hint
    assert lead.choir.entries() == entries


def test_a_colour_can_be_taken_out_again(lead: Lead) -> None:
    lead.reword("CH1A", colour=" #1F78b4 ")
    assert lead.code("CH1A").colour == "#1F78b4"
    lead.reword("CH1A", colour="")
    assert lead.code("CH1A").colour == ""


def test_the_codes_of_a_split_are_named_one_after_the_other(lead: Lead) -> None:
    lead.split("CH1A", "By friends", "By notice")
    assert [code.label for code in lead.book.codes] == ["CH1C", "CH1D", "CH1B", "CH2A", "Low notes"]
    drafts = [Draft("One", wording={"not_to_confuse_with": ("X2",)}), Draft("Two", label="X2")]
    codebook_changes.split(
        lead.choir.project, lead.code("CH1B"), drafts, by=lead.by, reason="Two things."
    )
    assert lead.code("CH1E").not_to_confuse_with == ("X2",)


def test_a_round_set_up_before_there_was_any_code_begins_with_the_first(
    qualcode: Qualcode,
) -> None:
    lead = Lead(Choir(projects.begin(qualcode.at, name="New", lead="lead")))
    project, by = lead.choir.project, lead.by
    rounds.new(project, "r1", coders=["lead"], by=by)
    assert codebook_changes.add_part(project, "One", by=by).behind == ()
    first = codebook_changes.add(project, Draft("Tea"), Place(part=1), by=by)
    assert first.behind == ()
    second = codebook_changes.add(project, Draft("Cake"), Place(part=1), by=by)
    assert [each.name for each in second.behind] == ["r1"]
    assert len(coding.take_seat(project, by, "r1").codebook.codes) == 1
    project.close()


# changed meanwhile


def test_a_code_that_was_reworded_meanwhile_is_not_reworded_again(lead: Lead) -> None:
    seen, ada = lead.code("CH1A"), another_lead(lead)
    ada.reword("CH1A", description="Ada's.")
    with pytest.raises(ChangedMeanwhileError, match=r"changed meanwhile by ada .*version 2"):
        codebook_changes.reword(
            lead.choir.project, seen, {"description": "Mine."}, by=lead.by, reason="x"
        )
    assert lead.code("CH1A").description == "Ada's."
    codebook_changes.reword(
        lead.choir.project, seen, {"exclude": ("Mine.",)}, by=lead.by, reason="x"
    )
    assert (lead.code("CH1A").description, lead.code("CH1A").exclude) == ("Ada's.", ("Mine.",))


def test_the_one_who_changed_these_fields_is_named_not_the_last_at_the_code(lead: Lead) -> None:
    seen, ada = lead.code("CH1B"), another_lead(lead)
    ada.rename("CH1B", name="Ada's")
    codebook_changes.move(lead.choir.project, lead.code("CH1B"), Place(before="CH1A"), by=lead.by)
    with pytest.raises(ChangedMeanwhileError, match=r"by ada .*version 2"):
        codebook_changes.rename(lead.choir.project, seen, name="Mine", by=lead.by)


def test_a_code_that_is_gone_meanwhile_is_not_changed(lead: Lead) -> None:
    seen = lead.code("CH1A")
    lead.merge("CH1A", into="CH1B")
    steps: list[Callable[[], object]] = [
        lambda: codebook_changes.rename(lead.choir.project, seen, name="x", by=lead.by),
        lambda: codebook_changes.move(lead.choir.project, seen, Place(part=2), by=lead.by),
        lambda: codebook_changes.retire(lead.choir.project, seen, by=lead.by, reason="x"),
        lambda: codebook_changes.merge(
            lead.choir.project, [lead.code("CH2A")], into=seen, by=lead.by, reason="x"
        ),
    ]
    for change in steps:
        with pytest.raises(ChangedMeanwhileError, match="by lead"):
            change()


def test_a_code_that_was_taken_back_meanwhile_is_not_changed(lead: Lead) -> None:
    codebook_changes.add(lead.choir.project, Draft("Tea"), Place(part=2), by=lead.by)
    seen = lead.code("CH2B")
    lead.undo()
    with pytest.raises(ChangedMeanwhileError, match="version 3"):
        codebook_changes.rename(lead.choir.project, seen, name="x", by=lead.by)


def test_a_part_that_was_renamed_meanwhile_is_not_renamed_again(lead: Lead) -> None:
    ada, project = another_lead(lead), lead.choir.project
    seen = lead.book.parts[0]
    codebook_changes.rename_part(project, 1, to="Ada's", by=ada.by)
    codebook_changes.rename_part(project, 2, to="Mine", by=lead.by)
    with pytest.raises(ChangedMeanwhileError, match=r"^Part 1 .* by ada .*version 2") as mishap:
        codebook_changes.rename_part(project, 1, to="Mine, too", by=lead.by, seen=seen)
    assert seen.title in mishap.value.sentence
    assert lead.book.parts[0].title == "Ada's"
    now = lead.book.parts[0]
    codebook_changes.rename_part(project, 1, to="Ways", by=lead.by, seen=now)
    assert lead.book.parts[0].title == "Ways"


def test_a_part_that_is_gone_meanwhile_is_not_renamed(lead: Lead) -> None:
    codebook_changes.add_part(lead.choir.project, "Odds", by=lead.by)
    seen = lead.book.parts[-1]
    lead.undo()
    with pytest.raises(ChangedMeanwhileError, match=r"Odds was changed .*version 3"):
        codebook_changes.rename_part(
            lead.choir.project, seen.number, to="Ends", by=lead.by, seen=seen
        )


def test_a_retired_code_is_refused_with_its_successor(lead: Lead) -> None:
    lead.merge("CH1A", into="CH1B")
    with pytest.raises(RetiredCodeError, match="CH1A is retired") as mishap:
        lead.rename("CH1A", name="x")
    assert mishap.value.hint == "Use CH1B Reasons to stay."


def test_a_retired_identifier_is_never_given_out_again(lead: Lead) -> None:
    lead.retire("CH1A")
    for draft in (Draft("x", label="CH1A"), Draft("x", key="1a"), Draft("x", label="1A")):
        with pytest.raises(AlreadyThereError, match="was a name of CH1A"):
            codebook_changes.add(lead.choir.project, draft, Place(part=1), by=lead.by)
