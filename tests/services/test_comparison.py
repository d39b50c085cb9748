"""What else stands under a code."""

from qualcode.services import coding
from qualcode.services.comparison import others_under
from tests.services.conftest import Choir


def shown(choir: Choir, who: str, label: str = "CH1A", within: str = "r1") -> list[tuple[str, str]]:
    found = others_under(choir.project, choir.code(label), seat=choir.seat(who, within))
    return [(each.place, each.who) for each in found]


def test_the_newest_passage_comes_first(at_desk: Choir) -> None:
    seat, part = at_desk.seat("a"), at_desk.spot("ANNA:6", "low notes")
    at_desk.apply(seat, at_desk.spot("BEA:2"), "CH1A")
    at_desk.apply(seat, part, "CH1A", "CH1B")
    at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A")
    (gone,) = at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    coding.take_off(at_desk.project, [gone], seat=seat)
    place = f"ANNA:{part.range.start}-{part.range.end}"
    assert shown(at_desk, "a") == [("ANNA:2", ""), (place, ""), ("BEA:2", "")]
    found = others_under(at_desk.project, at_desk.code("CH1A"), seat=seat, first=2)
    assert [each.source.name for each in found] == ["ANNA", "ANNA"]
    assert found[1].words == "low notes"
    assert found[1].coding in at_desk.desk(seat).codings


def test_in_a_blind_round_there_are_ones_own_passages_only(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("b"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    assert shown(at_desk, "a") == [("ANNA:4", "")]
    assert shown(at_desk, "lead", within="free") == [("ANNA:2", "a coder"), ("ANNA:4", "a coder")]


def test_the_round_is_named_where_passages_of_several_are_shown(at_desk: Choir) -> None:
    for within in ("r1", "free"):
        at_desk.apply(at_desk.seat("a", within), at_desk.spot("ANNA:2"), "CH1A")
    mine, before = others_under(at_desk.project, at_desk.code("CH1A"), seat=at_desk.seat("a"))
    assert (mine.signed, before.signed) == ("ANNA:2 · round free", "ANNA:2 · round r1")
    assert mine.passage == before.passage
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1B")
    (only,) = others_under(at_desk.project, at_desk.code("CH1B"), seat=at_desk.seat("lead", "free"))
    assert (only.signed, only.round) == ("ANNA:4 · a coder", "r1")


def test_where_the_viewpoint_sees_them_others_passages_stand_beside(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("b", "free"), at_desk.spot("ANNA:6"), "CH1A")
    at_desk.apply(at_desk.seat("b"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    assert shown(at_desk, "a") == [("ANNA:4", ""), ("ANNA:6", "b")]
    at_desk.turn_to("closed")
    assert shown(at_desk, "a") == [("ANNA:4", ""), ("ANNA:2", "b"), ("ANNA:6", "b")]
