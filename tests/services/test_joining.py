"""What comes of new codes that are proposed: one code, that knows where it is from."""

import pytest

from qualcode.domain.codebook import Origin
from qualcode.domain.errors import AlreadyThereError, RefusedError
from qualcode.domain.proposals import Answer, Proposal
from qualcode.domain.quotations import quotation_id
from qualcode.domain.restructuring import Place
from qualcode.services import (
    codebook_changes,
    codebook_undo,
    projects,
)
from qualcode.services.codebook_changes import Draft
from qualcode.services.proposals import (
    propose,
    propose_code,
)
from tests.conftest import Qualcode
from tests.services.conftest import Choir
from tests.services.proposed import LAST, accept, book, current, named, seen, waiting


def test_the_same_new_code_twice_is_shown_once_with_what_is_shared(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    propose(at_desk.project, at_desk.spot("ANNA:2"), seat=at_desk.seat("a"), label="Tea")
    pair, alone = waiting(at_desk)
    assert [each.proposal for each in pair.proposals] == list(two_names)
    place = f"ANNA:{two_names[1].range.start}-{two_names[1].range.end}"
    assert (pair.shared_words, pair.shared_places) == (("Cold", "hall"), (place,))
    assert pair.hints == (
        f"They share a passage: {place}.",
        "They share words: “Cold”, “hall”.",
    )
    assert ([each.title for each in alone.proposals], alone.hints) == (["“Tea”"], ())


def test_joined_names_become_one_code_that_knows_them_all(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    with pytest.raises(RefusedError, match="needs a name"):
        accept(at_desk, *two_names)
    made = accept(at_desk, *two_names, draft=Draft("Cold rooms", key="2x"))
    code = book(at_desk).code("2x")
    assert (code.name, code.part, code.origin) == ("Cold rooms", 2, Origin.INDUCTIVE)
    assert code.earlier_names == ("Cold halls", "The hall is cold")
    assert book(at_desk).code("cold HALLS") == code
    text = at_desk.spot("ANNA:6").revision
    examples = [quotation_id(text.source, 6, each.range.of(text.text)) for each in two_names]
    assert code.examples == tuple(examples)
    assert code.proposed_by == ""
    assert code.proposed_on == two_names[0].written.date().isoformat()
    found = {each.verdict.answer for each in seen(at_desk, "lead") if each.verdict}
    assert found == {Answer.JOINED}
    assert made.codebook.version == 2
    assert at_desk.is_sound()


def test_words_marked_in_a_sealed_round_do_not_stay_as_a_name(at_desk: Choir) -> None:
    made = propose(at_desk.project, at_desk.spot("ANNA:2"), seat=at_desk.seat("a"))
    accept(at_desk, made, draft=Draft("Choirs", key="2x"), at=Place(part=2))
    assert book(at_desk).code("2x").earlier_names == ()
    at_desk.turn_to("closed")
    open_one = propose(at_desk.project, at_desk.spot("ANNA:4"), seat=at_desk.seat("b", "free"))
    accept(at_desk, open_one, draft=Draft("Halls", key="2y"), at=Place(part=2))
    assert book(at_desk).code("2y").earlier_names == (open_one.label,)


def test_a_worded_new_code_comes_as_it_was_worded(at_desk: Choir) -> None:
    draft = Draft("Tea", "CH2X", "2x", {"description": "Breaks.", "include": ("Cake, too.",)})
    made = propose_code(at_desk.project, draft, seat=at_desk.seat("a"), reason="they all say it")
    accept(at_desk, made)
    code = current(at_desk, "CH2X")
    assert (code.key, code.name, code.description) == ("2x", "Tea", "Breaks.")
    assert (code.include, code.examples, code.earlier_names) == (("Cake, too.",), (), ())
    assert code.origin is Origin.INDUCTIVE
    accepted = codebook_undo.undoable(at_desk.project, by=at_desk.coder("lead"))[0]
    assert accepted is not None
    assert accepted.reason == ""  # a sealed round's words stay with the lead


def test_a_new_code_keeps_the_origin_it_was_given(at_desk: Choir) -> None:
    draft = Draft("Tea", "CH2X", wording={"origin": Origin.OPEN})
    accept(at_desk, propose_code(at_desk.project, draft, seat=at_desk.seat("a")))
    assert current(at_desk, "CH2X").origin is Origin.OPEN


def test_a_new_code_needs_a_place_where_there_are_several_parts(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    with pytest.raises(RefusedError, match="not said where"):
        accept(at_desk, two_names[0], at=None)
    assert book(at_desk).version == 1
    accept(at_desk, two_names[0], at=Place(under="CH1A"))
    assert named(at_desk, "Cold halls").parent == "CH1A"


def test_a_name_that_came_meanwhile_is_not_given_twice(
    at_desk: Choir, two_names: tuple[Proposal, Proposal]
) -> None:
    lead = at_desk.coder("lead")
    codebook_changes.add(at_desk.project, Draft("Cold halls"), LAST, by=lead)
    with pytest.raises(AlreadyThereError, match="Cold halls"):
        accept(at_desk, two_names[0])
    accept(at_desk, two_names[0], draft=Draft("Cold rooms"))


def test_in_a_round_open_to_view_names_are_names(at_desk: Choir) -> None:
    mine = propose_code(at_desk.project, Draft("Tea"), seat=at_desk.seat("a", "free"))
    theirs = propose_code(at_desk.project, Draft("Teas"), seat=at_desk.seat("lead", "free"))
    accept(at_desk, mine, theirs, draft=Draft("Tea"))
    assert named(at_desk, "Tea").proposed_by == "a, lead"


def test_a_code_that_grows_from_nothing_begins_the_codebook(qualcode: Qualcode) -> None:
    qualcode.done("init", "--name", "Growing", "--lead", "lead")
    project = projects.open_at(qualcode.at)
    growing = Choir(project)
    made = propose_code(project, Draft("Tea"), seat=growing.seat("lead", "free"))
    accept(growing, made, at=None)
    (part,) = book(growing).parts
    assert (part.title, [code.name for code in book(growing).codes]) == ("Codes", ["Tea"])
    project.close()
