"""How often codes are used, alone and with all below them."""

from dataclasses import replace

import pytest

from qualcode.domain.ids import new_id
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks, coding
from qualcode.services.code_counts import Count, counts
from tests.services.conftest import Choir


def counted(choir: Choir, who: str, within: str | None = None) -> dict[str, tuple[int, int, int]]:
    codebook = codebooks.codebook(choir.project)
    found = counts(choir.project, by=choir.coder(who), round_name=within)
    every = (*codebook.codes, *codebook.retired)
    named = {code.label: found[code.id] for code in every if code.id in found}
    return {
        label: (one.own, one.with_below, one.sources)
        for label, one in named.items()
        if one != Count()
    }


def put_under(choir: Choir, label: str, above: str) -> None:
    code = codebooks.codebook(choir.project).code(label)
    codebook_changes.move(choir.project, code, Place(under=above), by=choir.coder("lead"))


def test_a_passage_under_a_code_and_one_below_it_counts_once(at_desk: Choir) -> None:
    seat = at_desk.seat("a", "free")
    at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A", "CH1B")
    at_desk.apply(seat, at_desk.spot("BEA:2"), "CH1B")
    at_desk.apply(seat, at_desk.spot("BEA:4"), "CH2A")
    flat = {"CH1A": (1, 1, 1), "CH1B": (2, 2, 2), "CH2A": (1, 1, 1)}
    assert counted(at_desk, "a") == flat
    put_under(at_desk, "CH1B", "CH1A")
    put_under(at_desk, "CH2A", "CH1B")
    assert counted(at_desk, "a") == {"CH1A": (1, 3, 2), "CH1B": (2, 3, 2), "CH2A": (1, 1, 1)}


def test_a_passage_counts_once_whoever_coded_it_and_in_whatever_round(at_desk: Choir) -> None:
    for who in "ab":
        at_desk.apply(at_desk.seat(who, "free"), at_desk.spot("ANNA:2"), "CH1A", "CH1B")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("b", "free"), at_desk.spot("ANNA:4"), "CH1A")
    flat = counted(at_desk, "lead")
    assert flat == {"CH1A": (2, 2, 1), "CH1B": (1, 1, 1)}
    put_under(at_desk, "CH1B", "CH1A")
    assert counted(at_desk, "lead") == flat


def test_a_merged_code_counts_with_the_one_it_went_into(at_desk: Choir) -> None:
    seat = at_desk.seat("a", "free")
    at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A", "CH1B")
    at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    codebook, lead = codebooks.codebook(at_desk.project), at_desk.coder("lead")
    codebook_changes.merge(
        at_desk.project,
        [codebook.code("CH1A")],
        into=codebook.code("CH1B"),
        by=lead,
        reason="The same.",
    )
    assert counted(at_desk, "a") == {"CH1B": (2, 2, 1)}
    codebook_changes.retire(
        at_desk.project,
        codebooks.codebook(at_desk.project).code("CH1B"),
        by=lead,
        reason="Too wide.",
    )
    assert counted(at_desk, "a") == {"CH1B": (2, 2, 1)}


def test_a_round_counts_by_its_own_version_of_the_codebook(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1B")
    at_desk.apply(at_desk.seat("a", "free"), at_desk.spot("ANNA:6"), "CH1B")
    put_under(at_desk, "CH1B", "CH1A")
    assert counted(at_desk, "a", "r1") == {"CH1A": (1, 1, 1), "CH1B": (1, 1, 1)}
    assert counted(at_desk, "a") == {"CH1A": (1, 3, 1), "CH1B": (2, 2, 1)}


def test_in_a_blind_round_only_ones_own_counts(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("b"), at_desk.spot("ANNA:4"), "CH1A", "CH1B")
    assert counted(at_desk, "a") == {"CH1A": (1, 1, 1)}
    put_under(at_desk, "CH1B", "CH1A")
    assert counted(at_desk, "a") == {"CH1A": (1, 1, 1)}
    assert counted(at_desk, "lead") == {"CH1A": (2, 2, 1), "CH1B": (1, 1, 1)}


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(), "nowhere yet"),
        (Count(1, 1, 1), "1 passage in 1 source"),
        (Count(3, 12, 5), "3 passages, 12 with the codes below, in 5 sources"),
        (Count(0, 2, 2), "0 passages, 2 with the codes below, in 2 sources"),
    ],
)
def test_a_count_reads_as_words(count: Count, words: str) -> None:
    assert count.words == words


def test_where_only_the_consensus_is_seen_it_counts(at_desk: Choir) -> None:
    seat, lead = at_desk.seat("a"), at_desk.coder("lead")
    (mine,) = at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A")
    with at_desk.project.work("decide", by=lead) as work:
        layer = work.rounds.own_layer(seat.round, None)
        work.in_layer(layer)
        work.changes.add_codings([replace(mine, id=new_id(), layer=layer.id)])
    assert counted(at_desk, "lead") == {"CH1A": (1, 1, 1)}
    coding.take_off(at_desk.project, [mine], seat=seat)
    assert counted(at_desk, "lead") == {"CH1A": (1, 1, 1)}
    assert counted(at_desk, "b") == {}
