"""Coders who are renamed, leave, and come back."""

from pathlib import Path

import pytest

from qualcode.domain.errors import AlreadyThereError, GoneError, RefusedError
from qualcode.services import (
    bundles,
    coding,
    history,
    leaving,
    memos,
    people,
    projects,
    readiness,
    sources,
)

from .conftest import Choir


def _finish(study: Choir, name: str, source: str) -> None:
    """Read one source to its end."""
    seat = study.seat(name)
    _source, revision = sources.read(study.project, source)
    for turn in revision.turns:
        if turn.codable:
            coding.mark_read(study.project, [study.spot(f"{source}:{turn.number}")], seat=seat)


def _pool(study: Choir) -> dict[str, int]:
    return {each.source.name: each.lacks for each in leaving.pool(study.project, "r1")[1]}


def test_a_renamed_coder_keeps_their_work(at_desk: Choir) -> None:
    lead, seat = at_desk.coder("lead"), at_desk.seat("b")
    at_desk.apply(seat, at_desk.spot("FG1:2"), "CH1A")
    renamed = leaving.rename(at_desk.project, "b", to="Bella", by=lead)
    assert (renamed.id, people.named(at_desk.project, "bella")) == (seat.coder.id, renamed)
    assert len(at_desk.desk(at_desk.seat("Bella"), "FG1").codings) == 1
    with pytest.raises(AlreadyThereError):
        leaving.rename(at_desk.project, "Bella", to="A", by=lead)
    history.undo(at_desk.project, by=renamed)
    assert at_desk.is_sound()


def test_a_bundle_under_the_old_name_comes_back_to_the_renamed(
    at_desk: Choir, tmp_path: Path
) -> None:
    lead = at_desk.coder("lead")
    bundles.give(at_desk.project, "b", tmp_path / "b.bundle", by=lead)
    bundles.begin(tmp_path / "b.bundle", str(tmp_path / "b.qualcode"))
    share = Choir(projects.open_at(str(tmp_path / "b.qualcode")))
    share.apply(share.seat("b"), share.spot("FG1:2"), "CH1A")
    leaving.rename(at_desk.project, "b", to="Bella", by=lead)
    bundles.send(share.project, tmp_path / "back.bundle")
    taken = bundles.take(at_desk.project, tmp_path / "back.bundle", by=lead)
    assert (taken.coder.name, taken.new) == ("Bella", True)
    assert len(at_desk.desk(at_desk.seat("Bella"), "FG1").codings) == 1
    leaving.leave(at_desk.project, "Bella", by=lead)
    share.apply(share.seat("b"), share.spot("FG1:2"), "CH1B")
    bundles.send(share.project, tmp_path / "late.bundle")
    for refuses in (bundles.plan, bundles.take):
        with pytest.raises(GoneError, match="Coder B has left the study"):
            refuses(at_desk.project, tmp_path / "late.bundle", by=lead)
    leaving.come_back(at_desk.project, "Coder B", by=lead)
    assert bundles.take(at_desk.project, tmp_path / "late.bundle", by=lead).new
    assert at_desk.is_sound()
    share.project.close()


def test_who_leaves_keeps_the_work_and_gives_back_what_is_not_finished(at_desk: Choir) -> None:
    lead, ben = at_desk.coder("lead"), at_desk.seat("b")
    _finish(at_desk, "b", "BEA")
    at_desk.apply(ben, at_desk.spot("FG1:2"), "CH1A")
    memos.write(at_desk.project, "Cold halls again.", seat=ben, on=at_desk.spot("FG1:2"))
    left = leaving.leave(at_desk.project, "b", by=lead)
    assert (left.was, left.coder.name, left.coder.left) == ("b", "Coder B", True)
    ((within, given),) = left.returned
    assert (within.name, "BEA" in [one.name for one in given]) == ("r1", False)
    assert _pool(at_desk) == {one.name: 1 for one in given}
    mine = at_desk.coder("Coder B")
    (standing,) = readiness.readiness(at_desk.project, "r1", by=mine).standings
    assert (standing.finished, standing.assigned) == (1, 1)
    desk = at_desk.desk(at_desk.seat("Coder B"), "FG1")
    assert [each.body for each in desk.memos] == ["Cold halls again."]
    assert at_desk.is_sound()


def test_a_source_given_to_somebody_else_is_in_the_pool_no_more(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    leaving.leave(at_desk.project, "b", by=lead)
    everything = _pool(at_desk)
    with at_desk.project.work("round assign", by=lead) as work:
        within, source = work.rounds.named("r1"), work.sources.named("FG1")
        work.rounds.assign(within, [lead.id], [source.id])
        work.note("round", str(within.id))
    assert _pool(at_desk) == {name: lacks for name, lacks in everything.items() if name != "FG1"}


def test_who_has_left_adds_nothing_until_they_come_back(at_desk: Choir) -> None:
    lead, seat = at_desk.coder("lead"), at_desk.seat("a", "free")
    code, spot = at_desk.code("CH1A"), at_desk.spot("FG1:2")
    leaving.leave(at_desk.project, "a", by=lead, as_name="Alto")
    with pytest.raises(GoneError, match="Alto has left the study"):
        coding.apply(at_desk.project, spot, [code], seat=seat)
    with pytest.raises(GoneError):
        bundles.give(at_desk.project, "Alto", Path(at_desk.project.place + ".bundle"), by=lead)
    with pytest.raises(RefusedError, match="has left already"):
        leaving.leave(at_desk.project, "Alto", by=lead)
    back = leaving.come_back(at_desk.project, "Alto", by=lead)
    assert (back.name, back.left) == ("Alto", False)
    coding.apply(at_desk.project, spot, [code], seat=at_desk.seat("Alto", "free"))
    assert at_desk.is_sound()


def test_names_are_the_leads_to_change(at_desk: Choir) -> None:
    lead, ada = at_desk.coder("lead"), at_desk.coder("a")
    with pytest.raises(RefusedError, match="Only the lead can rename coders"):
        leaving.rename(at_desk.project, "b", to="Bella", by=ada)
    with pytest.raises(RefusedError, match="leads the study and cannot leave it"):
        leaving.leave(at_desk.project, "lead", by=lead)
    with pytest.raises(RefusedError, match="has not left"):
        leaving.come_back(at_desk.project, "b", by=lead)


def test_a_letter_that_is_taken_is_passed_over(at_desk: Choir) -> None:
    lead = at_desk.coder("lead")
    people.add(at_desk.project, "coder b", by=lead)
    assert leaving.leave(at_desk.project, "b", by=lead).coder.name == "Coder C"
