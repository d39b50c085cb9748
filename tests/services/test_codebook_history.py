"""The versions of the codebook can be listed, compared, and taken up by a round."""

from qualcode.domain.codebook import Code
from qualcode.domain.codebook_diff import ChangeKind
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebook_undo, codebooks
from qualcode.services.codebook_changes import Draft
from qualcode.services.codebook_history import (
    by_version,
    compared,
    kept_by,
    passages_under,
    taken_up,
)
from tests.services.conftest import Choir


def code(choir: Choir, label: str) -> Code:
    return codebooks.codebook(choir.project).any_code(label)


def grown(choir: Choir) -> None:
    lead = choir.coder("lead")
    codebook_changes.add(choir.project, Draft("Nerves"), Place(1), by=lead, reason="Often.")
    codebook_undo.undo(choir.project, by=lead)


def test_versions_come_newest_first_with_what_each_changed(at_desk: Choir) -> None:
    grown(at_desk)
    third, second, first = by_version(at_desk.project)
    assert [one.version.number for one in (first, second, third)] == [1, 2, 3]
    assert [one.sentence for one in second.changes] == ["CH1C Nerves (1c) is new."]
    assert [one.sentence for one in third.changes] == ["CH1C Nerves is there no more."]
    assert (second.version.reason, second.who) == ("Often.", "lead")
    assert third.version.undoes == 2
    assert {one.kind for one in first.changes} == {ChangeKind.ADDED, ChangeKind.CODEBOOK}


def test_only_the_newest_are_listed_when_asked(at_desk: Choir) -> None:
    grown(at_desk)
    assert by_version(at_desk.project, newest=2) == by_version(at_desk.project)[:2]


def test_each_version_knows_the_rounds_that_go_by_it(at_desk: Choir) -> None:
    grown(at_desk)
    assert [[each.name for each in one.rounds] for one in by_version(at_desk.project)] == [
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


def test_passages_are_counted_once_and_in_open_rounds_only(at_desk: Choir) -> None:
    lead, spot = at_desk.coder("lead"), at_desk.spot("FG1:3")
    for who in ("a", "b"):
        at_desk.apply(at_desk.seat(who), spot, "CH1A", "CH1B")
    at_desk.apply(at_desk.seat("a", "free"), spot, "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("FG1:5"), "CH1B")
    both = [code(at_desk, "CH1A"), code(at_desk, "CH1B")]
    assert passages_under(at_desk.project, both, by=lead) == 2
    assert passages_under(at_desk.project, both, by=at_desk.coder("b")) == 1
    at_desk.turn_to("frozen")
    assert passages_under(at_desk.project, both, by=lead) == 1


def test_what_was_taken_back_did_not_come_later(at_desk: Choir) -> None:
    codebook_changes.add(at_desk.project, Draft("Nerves"), Place(1), by=at_desk.coder("lead"))
    later = at_desk.seat("a").codebook.later
    assert (2, "CH1C") in [(number, one.label) for number, one in later.entries]
    codebook_undo.undo(at_desk.project, by=at_desk.coder("lead"))
    later = at_desk.seat("a").codebook.later
    assert "CH1C" not in [one.label for _number, one in later.entries]


def test_a_coder_hears_only_of_open_rounds_of_their_own(at_desk: Choir) -> None:
    grown(at_desk)
    newest = codebooks.codebook(at_desk.project)

    def kept(name: str) -> list[str]:
        found = kept_by(at_desk.project, newest, by=at_desk.coder(name))
        return [one.name for one in found]

    assert (kept("a"), kept("lead")) == (["r1"], [])
    at_desk.turn_to("frozen")
    assert kept("a") == []
