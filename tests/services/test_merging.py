"""Codes merged and split in mid-project, and what becomes of codings."""

from collections.abc import Iterator

import pytest

from qualcode.domain.errors import (
    RefusedError,
    RetiredCodeError,
    RoundNotOpenError,
)
from qualcode.services import (
    agreement,
    coding,
    comparison,
    memos,
    projects,
    quotations,
    recents,
    rounds,
)
from tests.conftest import Qualcode
from tests.services.conftest import Choir
from tests.services.leading import Lead


@pytest.fixture
def lead(at_desk: Choir) -> Lead:
    """Lead the choir study, begun and not yet coded."""
    return Lead(at_desk)


@pytest.fixture
def late(coded: Qualcode) -> Iterator[Lead]:
    """Lead the choir study once a and b have coded it."""
    project = projects.open_at(coded.at)
    yield Lead(Choir(project))
    project.close()


def counted(lead: Lead, within: str, who: str = "a") -> dict[str, int]:
    seat = lead.choir.seat(who, within)
    found = coding.counts(lead.choir.project, seat=seat)
    return {code.label: number for code, number in found.items()}


def test_a_passage_counts_once_under_the_merged_code(lead: Lead) -> None:
    choir = lead.choir
    seat, spot = choir.seat("a", "free"), choir.spot("ANNA:2")
    choir.apply(seat, spot, "CH1A", "CH1B")
    choir.apply(seat, choir.spot("ANNA:4"), "CH1A")
    lead.merge("CH1A", into="CH1B")
    assert counted(lead, "free") == {"CH1B": 2}
    seat = choir.seat("a", "free")
    (shown,) = choir.exactly_on(seat, spot)
    assert shown.code == lead.code("CH1B").id
    (other,) = choir.exactly_on(seat, choir.spot("ANNA:4"))
    assert (other.code, other.made_under) == (lead.code("CH1B").id, lead.code("CH1A").id)
    assert choir.is_sound()


def test_a_code_merged_in_is_there_already(lead: Lead) -> None:
    choir = lead.choir
    choir.apply(choir.seat("a", "free"), choir.spot("ANNA:2"), "CH1A")
    lead.merge("CH1A", into="CH1B")
    seat = choir.seat("a", "free")
    done = coding.apply(choir.project, choir.spot("ANNA:2"), [lead.code("CH1B")], seat=seat)
    assert [code.label for code in done.already] == ["CH1B"]
    assert done.added == ()


def test_taking_a_merged_coding_off_takes_its_twin_off_and_undo_brings_both_back(
    lead: Lead,
) -> None:
    choir, spot = lead.choir, lead.choir.spot("ANNA:2")
    first = choir.apply(choir.seat("a", "free"), spot, "CH1A", "CH1B")
    lead.merge("CH1A", into="CH1B")
    seat = choir.seat("a", "free")
    gone = coding.take_off(choir.project, choir.exactly_on(seat, spot), seat=seat)
    assert {each.id for each in gone} == {each.id for each in first}
    assert choir.exactly_on(seat, spot) == []
    lead.undo()
    assert choir.exactly_on(choir.seat("a", "free"), spot) == []


def test_another_extent_moves_both_twins_and_the_memos_of_both(lead: Lead) -> None:
    choir, spot = lead.choir, lead.choir.spot("ANNA:2")
    codings = choir.apply(choir.seat("a", "free"), spot, "CH1A", "CH1B")
    for each in codings:
        memos.write(choir.project, "Why?", seat=choir.seat("a", "free"), on=each)
    lead.merge("CH1A", into="CH1B")
    seat, there = choir.seat("a", "free"), choir.spot("ANNA:4")
    (shown,) = choir.exactly_on(seat, spot)
    coding.adjust(choir.project, shown, there, seat=seat)
    assert choir.exactly_on(seat, spot) == []
    (moved,) = choir.exactly_on(seat, there)
    assert [each.coding for each in choir.desk(seat).memos] == [moved.root] * 2
    assert choir.is_sound()


def test_quotations_of_the_merged_code_are_those_of_both_each_passage_once(lead: Lead) -> None:
    choir = lead.choir
    seat = choir.seat("a", "free")
    choir.apply(seat, choir.spot("ANNA:2"), "CH1A", "CH1B", "CH2A")
    choir.apply(seat, choir.spot("ANNA:4"), "CH1A")
    lead.merge("CH1A", into="CH1B")
    code, found = quotations.quotations(
        choir.project, "CH1B", layer_name="a", by=lead.by, round_name="free"
    )
    assert (code.label, [each.turn for each in found]) == ("CH1B", [2, 4])
    assert found[0].also_under == ("CH2A",)
    assert [(each.made_under, each.codebook_version) for each in found] == [("CH1A", 1)] * 2
    with pytest.raises(RetiredCodeError):
        quotations.quotations(choir.project, "1a", layer_name="a", by=lead.by, round_name="free")
    report = quotations.report(choir.project, layer_name="a", by=lead.by, round_name="free")
    shown = {
        section.code.label: len(section.quotations)
        for chapter in report.chapters
        for section in chapter.sections
    }
    assert shown == {"CH1B": 2, "CH2A": 1, "Low notes": 0}
    assert (report.stored, len(report.left_out)) == (4, 1)


def test_comparison_and_recent_codes_read_the_merged_code(lead: Lead) -> None:
    choir = lead.choir
    seat = choir.seat("a", "free")
    choir.apply(seat, choir.spot("ANNA:4"), "CH2A")
    choir.apply(seat, choir.spot("ANNA:2"), "CH1A")
    lead.merge("CH1A", into="CH1B")
    lead.retire("CH2A")
    seat = choir.seat("a", "free")
    others = comparison.others_under(choir.project, lead.code("CH1B"), seat=seat)
    assert [each.place for each in others] == ["ANNA:2"]
    found = recents.recents(choir.project, seat=seat)
    assert [code.label for code in found.codes] == ["CH1B"]


def alphas(lead: Lead, round_name: str) -> dict[str, object]:
    report = agreement.measure(lead.choir.project, round_name, by=lead.by)
    return {each.code.label: (each.counts, each.observed, each.alpha) for each in report.codes}


def test_a_closed_round_reads_as_it_did_and_a_later_one_counts_the_merged_code(
    late: Lead,
) -> None:
    choir = late.choir
    choir.turn_to("closed")
    before = alphas(late, "r1")
    rounds.new(choir.project, "r2", coders=["a", "b"], by=late.by)
    for who in "ab":
        seat = choir.seat(who, "r2")
        choir.apply(seat, choir.spot("Fay:1"), "CH1A" if who == "a" else "CH1B")
    changed = late.merge("CH1A", into="CH1B")
    assert [each.name for each in changed.behind] == ["r2"]
    assert set(counted(late, "r2")) == {"CH1A"}
    rounds.take_up(choir.project, "r2", by=late.by, reason="From now on.")
    assert counted(late, "r2") == counted(late, "r2", "b") == {"CH1B": 1}
    assert alphas(late, "r1") == before
    assert {"CH1A", "CH1B"} <= set(before)
    assert "CH1A" not in alphas(late, "r2")
    late.undo()
    rounds.take_up(choir.project, "r2", by=late.by)
    assert counted(late, "r2") == {"CH1A": 1}
    assert counted(late, "r2", "b") == {"CH1B": 1}
    assert choir.is_sound()


def test_two_coders_agree_where_their_codes_were_merged(lead: Lead) -> None:
    choir, project = lead.choir, lead.choir.project
    for who, label in (("a", "CH1A"), ("b", "CH1B")):
        seat = choir.seat(who)
        choir.apply(seat, choir.spot("Fay:1"), label)
    before = agreement.measure(project, "r1", by=lead.by)
    lead.merge("CH1A", into="CH1B")
    assert agreement.measure(project, "r1", by=lead.by) == before
    rounds.take_up(project, "r1", by=lead.by)
    after = {each.code.label: each for each in agreement.measure(project, "r1", by=lead.by).codes}
    assert after["CH1B"].observed.value == 1.0


def test_only_an_open_round_takes_another_version_up(lead: Lead) -> None:
    project = lead.choir.project
    with pytest.raises(RefusedError, match="already"):
        rounds.take_up(project, "r1", by=lead.by)
    lead.retire("Low notes")
    with pytest.raises(RefusedError, match="always"):
        rounds.take_up(project, "free", by=lead.by)
    with pytest.raises(RefusedError, match="Only the lead"):
        rounds.take_up(project, "r1", by=lead.choir.coder("a"))
    lead.choir.turn_to("frozen")
    with pytest.raises(RoundNotOpenError):
        rounds.take_up(project, "r1", by=lead.by)


def test_a_split_moves_nobodys_codings(late: Lead) -> None:
    choir, project = late.choir, late.choir.project
    stored = choir.desk(choir.seat("a"))
    late.split("CH1A", "By friends", "By notice")
    rounds.take_up(project, "r1", by=late.by)
    seat = choir.seat("a")
    assert choir.desk(seat) == stored
    with pytest.raises(RetiredCodeError) as mishap:
        seat.codebook.code("1a")
    assert mishap.value.hint == "Use CH1C By friends or CH1D By notice."
    assert late.book.successors(late.code("CH1A")) == [late.code("CH1C"), late.code("CH1D")]
