"""The versions of the codebook can be listed, compared, and taken up by a round."""

from qualcode.domain.codebook import Code
from qualcode.domain.codebook_diff import ChangeKind
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebook_undo, codebooks
from qualcode.services.codebook_changes import Draft
from qualcode.services.codebook_history import compared, passages_under, taken_up, versions
from tests.services.conftest import Choir


def code(choir: Choir, label: str) -> Code:
    return codebooks.codebook(choir.project).any_code(label)


def grown(choir: Choir) -> None:
    lead = choir.coder("lead")
    codebook_changes.add(choir.project, Draft("Nerves"), Place(1), by=lead, reason="Often.")
    codebook_undo.undo(choir.project, by=lead)


def test_versions_come_newest_first_with_what_each_changed(at_desk: Choir) -> None:
    grown(at_desk)
    third, second, first = versions(at_desk.project)
    assert [one.version.number for one in (first, second, third)] == [1, 2, 3]
    assert [one.sentence for one in second.changes] == ["CH1C Nerves (1c) is new."]
    assert [one.sentence for one in third.changes] == ["CH1C Nerves is there no more."]
    assert (second.version.reason, second.who) == ("Often.", "lead")
    assert third.version.undoes == 2
    assert {one.kind for one in first.changes} == {ChangeKind.ADDED, ChangeKind.CODEBOOK}


def test_only_the_newest_are_listed_when_asked(at_desk: Choir) -> None:
    grown(at_desk)
    assert versions(at_desk.project, newest=2) == versions(at_desk.project)[:2]


def test_each_version_knows_the_rounds_that_go_by_it(at_desk: Choir) -> None:
    grown(at_desk)
    assert [[each.name for each in one.rounds] for one in versions(at_desk.project)] == [
        [],
        [],
        ["r1"],
    ]


def test_two_versions_are_compared_either_way_and_with_the_one_in_force(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    renamed = codebook_changes.rename(
        at_desk.project, code(at_desk, "CH1A"), by=lead, name="Ways there"
    )
    was, now, found = compared(at_desk.project, 1)
    assert (was.version, now) == (1, renamed.codebook)
    assert [one.sentence for one in found] == ["CH1A Ways in is called CH1A Ways there."]
    back = compared(at_desk.project, 2, 1)[2]
    assert [one.sentence for one in back] == ["CH1A Ways there is called CH1A Ways in."]


def test_a_round_that_is_updated_says_what_it_took_up(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    codebook_changes.retire(at_desk.project, code(at_desk, "CH1A"), by=lead, reason="No.")
    found, before, changes = taken_up(at_desk.project, "r1", by=lead)
    assert (found.codebook_version, before) == (2, 1)
    assert [one.sentence for one in changes] == ["CH1A Ways in is retired."]


def test_passages_are_counted_once_a_coder_and_in_open_rounds_only(at_desk: Choir) -> None:
    lead, spot = at_desk.coder("lead"), at_desk.spot("FG1:3")
    for who in ("a", "b"):
        at_desk.apply(at_desk.seat(who), spot, "CH1A", "CH1B")
    at_desk.apply(at_desk.seat("a", "free"), spot, "CH1A")
    both = [code(at_desk, "CH1A"), code(at_desk, "CH1B")]
    assert passages_under(at_desk.project, both, by=lead) == 3
    assert passages_under(at_desk.project, both, by=at_desk.coder("b")) == 2
    at_desk.turn_to("frozen")
    assert passages_under(at_desk.project, both, by=lead) == 1
