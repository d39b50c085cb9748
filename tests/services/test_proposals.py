"""Proposals: in vivo or by another label, seen where their layer is."""

from uuid import UUID

import pytest

from qualcode.domain.codebook import Code, Origin
from qualcode.domain.errors import AlreadyThereError, NotFoundError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.proposals import Proposal
from qualcode.domain.quotations import quotation_id
from qualcode.services import codebook_changes, codebooks, history, verdicts
from qualcode.services.codebook_changes import Draft
from qualcode.services.proposals import (
    called,
    proposals,
    propose,
    propose_code,
    propose_wording,
    short_names,
)
from tests.services.conftest import Choir

WORDS = "the low notes in the old hall"


def labels(choir: Choir, who: str) -> list[tuple[str, str]]:
    found = proposals(choir.project, by=choir.coder(who))
    return [(each.proposal.label, each.who) for each in found]


def test_the_words_are_the_label_and_the_passage_the_first_example(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:6", WORDS)
    made = propose(at_desk.project, spot, seat=seat)
    assert (made.label, made.range, made.coder) == (WORDS, spot.range, seat.coder.id)
    assert at_desk.desk(seat).proposals == (made,)
    place = f"ANNA:{spot.range.start}-{spot.range.end}"
    (shown,) = proposals(at_desk.project, by=seat.coder)
    assert (shown.proposal, shown.source, shown.place) == (made, spot.source, place)
    assert (shown.words, shown.who, shown.verdict) == (WORDS, "", None)
    assert at_desk.is_sound()


def test_a_label_fits_on_a_line_of_eighty(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    long = propose(at_desk.project, at_desk.spot("ANNA:2"), seat=seat)
    assert len(long.label) <= 80
    assert long.label.endswith("…")
    typed = propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label="  tea,\n and fear ")
    assert typed.label == "tea, and fear"


def test_the_same_label_on_the_same_words_is_refused(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:6", WORDS)
    propose(at_desk.project, spot, seat=seat)
    before = at_desk.entries()
    with pytest.raises(RefusedError, match=WORDS):
        propose(at_desk.project, spot, seat=seat)
    with pytest.raises(RefusedError):
        propose(at_desk.project, spot, seat=seat, label=WORDS.upper())
    assert at_desk.entries() == before
    propose(at_desk.project, spot, seat=seat, label="halls")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label=WORDS)
    history.undo(at_desk.project, by=seat.coder)
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label=WORDS)


def test_proposals_are_of_participants_words(at_desk: Choir) -> None:
    for place in ("ANNA:1", "ANNA:3"):
        with pytest.raises(RefusedError):
            propose(at_desk.project, at_desk.spot(place), seat=at_desk.seat("a"))


def test_in_a_blind_round_a_proposal_is_ones_own_and_to_the_lead_a_coders(at_desk: Choir) -> None:
    propose(at_desk.project, at_desk.spot("ANNA:6"), seat=at_desk.seat("b"), label="halls")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=at_desk.seat("a"), label="tea")
    assert labels(at_desk, "a") == [("tea", "")]
    assert labels(at_desk, "b") == [("halls", "")]
    assert labels(at_desk, "lead") == [("halls", "a coder"), ("tea", "a coder")]
    at_desk.turn_to("closed")
    assert labels(at_desk, "a") == [("halls", "b"), ("tea", "")]


def test_a_proposal_undone_is_gone(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=seat, label="tea")
    history.undo(at_desk.project, by=seat.coder)
    assert labels(at_desk, "a") == []
    history.redo(at_desk.project, by=seat.coder)
    assert labels(at_desk, "a") == [("tea", "")]


WORDING: dict[str, object] = {
    "description": "How people first came.",
    "include": ("First evenings.", "Auditions."),
}


def current(choir: Choir, label: str) -> Code:
    return codebooks.codebook(choir.project).any_code(label)


def reworded(choir: Choir, wording: dict[str, object], who: str = "a") -> Proposal:
    return propose_wording(choir.project, current(choir, "CH1A"), wording, seat=choir.seat(who))


def test_a_worded_new_code_keeps_its_fields_with_and_without_a_passage(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:6", WORDS)
    wording = {"origin": Origin.INDUCTIVE, "exclude": (" not this ", ""), "description": "x "}
    draft = Draft(" Cold\n halls ", "CH2X", "2x", wording)
    made = propose_code(at_desk.project, draft, seat=seat, spot=spot, reason=" said often ")
    assert (made.label, made.range, made.reason) == ("Cold halls", spot.range, "said often")
    assert made.wording == (
        ("description", "x"),
        ("exclude", ("not this",)),
        ("key", "2x"),
        ("label", "CH2X"),
        ("origin", "inductive"),
    )
    bare = propose_code(at_desk.project, Draft("Tea"), seat=seat)
    assert (bare.source, bare.revision, bare.wording) == (None, None, ())
    shown = proposals(at_desk.project, by=seat.coder)
    assert [each.proposal for each in shown] == [made, bare]
    assert [each.title for each in shown] == ["“Cold halls”", "“Tea”"]
    assert (shown[1].place, shown[1].words, shown[1].quotation) == ("", "", "")
    assert shown[0].quotation.startswith("Q")
    assert at_desk.is_sound()


def test_a_new_code_without_a_name_or_twice_without_a_passage_is_refused(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    with pytest.raises(RefusedError, match="needs a name"):
        propose_code(at_desk.project, Draft(" \n"), seat=seat)
    propose_code(at_desk.project, Draft("Tea"), seat=seat)
    with pytest.raises(RefusedError, match="“Tea” already"):
        propose_code(at_desk.project, Draft("TEA"), seat=seat)
    propose_code(at_desk.project, Draft("Tea"), seat=at_desk.seat("b"))
    propose(at_desk.project, at_desk.spot("ANNA:6"), seat=seat, label="Tea")


@pytest.mark.parametrize("name", ["place AND time", "ch2a", "2a", "Where and when", "Hours"])
def test_a_name_the_codebook_has_or_had_points_to_that_code(at_desk: Choir, name: str) -> None:
    lead = at_desk.coder("lead")
    codebook_changes.rename(at_desk.project, current(at_desk, "CH2A"), by=lead, name="Hours")
    codebook_changes.rename(
        at_desk.project, current(at_desk, "CH2A"), by=lead, name="Where and when"
    )
    before = at_desk.entries()
    with pytest.raises(AlreadyThereError, match="CH2A Where and when") as refused:
        propose_code(at_desk.project, Draft(name), seat=at_desk.seat("a"))
    assert "Did you mean CH2A Where and when?" in refused.value.hint
    with pytest.raises(AlreadyThereError):
        propose(at_desk.project, at_desk.spot("ANNA:6"), seat=at_desk.seat("a"), label=name)
    assert at_desk.entries() == before


def test_a_wording_says_which_fields_read_otherwise_and_changes_no_codebook(
    at_desk: Choir,
) -> None:
    before = codebooks.codebook(at_desk.project)
    code = before.code("CH1A")
    same = {**WORDING, "exclude": code.exclude}
    made = propose_wording(
        at_desk.project, code, same, seat=at_desk.seat("a"), reason=" it is narrow "
    )
    assert made.rewords
    assert (made.code, made.wording) == (code.id, tuple(sorted(WORDING.items())))
    assert (made.reason, made.source, made.label) == ("it is narrow", None, "")
    assert made.against == before.version
    (shown,) = proposals(at_desk.project, by=at_desk.coder("a"))
    assert (shown.proposal, shown.code) == (made, code)
    assert shown.title == "another wording of CH1A Ways in"
    assert codebooks.codebook(at_desk.project) == before
    assert at_desk.is_sound()


def test_a_wording_that_reads_so_already_or_is_proposed_twice_is_refused(at_desk: Choir) -> None:
    code = at_desk.code("CH1A")
    with pytest.raises(RefusedError, match="reads just so already"):
        reworded(at_desk, {"description": f" {code.description} ", "include": code.include})
    reworded(at_desk, WORDING)
    before = at_desk.entries()
    with pytest.raises(RefusedError, match="proposed this wording of CH1A Ways in already"):
        reworded(at_desk, {"exclude": code.exclude, **WORDING})
    assert at_desk.entries() == before
    reworded(at_desk, WORDING, "b")
    reworded(at_desk, {"description": "How people came."})


def test_only_quotations_one_can_look_at_are_proposed_as_examples(at_desk: Choir) -> None:
    a, spot = at_desk.seat("a"), at_desk.spot("ANNA:6", WORDS)
    at_desk.apply(at_desk.seat("b"), spot, "CH1B")
    words, turn = spot.range.of(spot.revision.text), 6
    coded = quotation_id(spot.source.id, turn, words)
    before = at_desk.entries()
    for named in ("QQQQQQQQ", coded):
        with pytest.raises(NotFoundError, match=f"There is no quotation “{named}” that you can"):
            reworded(at_desk, {"examples": ("Her own words.", f" {named} ")})
        with pytest.raises(NotFoundError):
            propose_code(at_desk.project, Draft("Tea", wording={"examples": (named,)}), seat=a)
    assert at_desk.entries() == before
    reworded(at_desk, {"examples": ("Her own words.", coded)}, "b")
    propose(at_desk.project, at_desk.spot("ANNA:4"), seat=a, label="tea")
    (mine,) = proposals(at_desk.project, by=a.coder)
    reworded(at_desk, {"examples": (mine.quotation,)})
    at_desk.apply(a, spot, "CH1A")
    reworded(at_desk, {"examples": (coded,)})


def test_an_example_the_entry_has_already_is_not_asked_for(at_desk: Choir) -> None:
    known = (at_desk.example_once("CH1A"),)
    made = reworded(at_desk, {"examples": (*known, "Her own words.")})
    assert made.wording == (("examples", (*known, "Her own words.")),)


def test_what_was_rejected_may_be_proposed_again(at_desk: Choir) -> None:
    first = reworded(at_desk, WORDING)
    lead = at_desk.coder("lead")
    verdicts.reject(at_desk.project, [f"p{first.id.hex[-4:]}"], by=lead, reason="too long")
    assert reworded(at_desk, WORDING).id != first.id


@pytest.mark.parametrize("field", ["name", "label", "key", "proposed_by", "part", "nonsense"])
def test_names_and_places_are_no_wording(at_desk: Choir, field: str) -> None:
    with pytest.raises(RefusedError, match=f"“{field}” is not a field"):
        reworded(at_desk, {field: "x"})


def test_a_code_that_is_gone_is_not_reworded(at_desk: Choir) -> None:
    lead, code, other = at_desk.coder("lead"), at_desk.code("CH1A"), at_desk.code("CH1B")
    seat = at_desk.seat("a")
    codebook_changes.merge(at_desk.project, [code], into=other, by=lead, reason="the same")
    with pytest.raises(NotFoundError, match="was merged into CH1B") as refused:
        propose_wording(at_desk.project, code, WORDING, seat=seat)
    assert "--reword CH1B" in refused.value.hint
    codebook_changes.retire(at_desk.project, current(at_desk, "CH1B"), by=lead, reason="no")
    with pytest.raises(NotFoundError, match="CH1B Reasons to stay is retired"):
        propose_wording(at_desk.project, other, WORDING, seat=seat)


def test_undo_says_what_was_proposed(at_desk: Choir) -> None:
    reworded(at_desk, WORDING)
    a = at_desk.coder("a")
    assert history.undo(at_desk.project, by=a).words == ("proposed another wording of CH1A Ways in")
    assert proposals(at_desk.project, by=a) == []
    history.redo(at_desk.project, by=a)
    assert len(proposals(at_desk.project, by=a)) == 1
    assert at_desk.is_sound()


def test_a_wording_needs_a_round_that_is_open(at_desk: Choir) -> None:
    seat, code = at_desk.seat("a"), at_desk.code("CH1A")
    at_desk.turn_to("frozen")
    with pytest.raises(RefusedError, match="frozen"):
        propose_wording(at_desk.project, code, WORDING, seat=seat)


def ending(signs: str) -> UUID:
    return UUID(new_id().hex[: -len(signs)] + signs)


def test_short_names_are_the_ends_of_ids_and_longer_where_two_share_them() -> None:
    alone, one, other = ending("00aaaa"), ending("11bbbb"), ending("22bbbb")
    assert short_names([alone, one, other]) == {alone: "paaaa", one: "p1bbbb", other: "p2bbbb"}
    assert short_names([one]) == {one: "pbbbb"}
    assert short_names([]) == {}


def test_a_short_name_finds_its_proposal_and_no_other(at_desk: Choir) -> None:
    made = [reworded(at_desk, {"description": f"{number}."}) for number in range(3)]
    shown = proposals(at_desk.project, by=at_desk.coder("a"))
    for one, each in zip(made, shown, strict=True):
        for name in (each.name, each.name.upper(), one.id.hex[-9:]):
            assert called(shown, name).proposal == one
    with pytest.raises(NotFoundError):
        called(shown, "p")
    with pytest.raises(NotFoundError):
        called(shown, shown[0].name[:-1])
    doubled = [shown[0], shown[0]]
    with pytest.raises(RefusedError, match="could be"):
        called(doubled, shown[0].name)
