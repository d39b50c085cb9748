"""The codes a coder used last."""

import pytest

from qualcode.domain.codings import FlagKind
from qualcode.interchange.files import take
from qualcode.services import bulk_coding, coding, flags, history
from qualcode.services.recents import Recents, recents
from tests.services.conftest import Choir, MakeTable


def labels(choir: Choir, who: str = "a", within: str = "r1") -> tuple[list[str], list[str]]:
    found = recents(choir.project, seat=choir.seat(who, within))
    return [code.label for code in found.last], [code.label for code in found.codes]


def test_nobody_has_recent_codes_at_first(at_desk: Choir) -> None:
    assert recents(at_desk.project, seat=at_desk.seat("a")) == Recents((), ())


def test_the_last_step_is_given_whole_and_the_codes_once_each(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(seat, at_desk.spot("ANNA:4"), "Low notes")
    at_desk.apply(seat, at_desk.spot("ANNA:6"), "CH1B", "CH1A")
    assert labels(at_desk) == (["CH1B", "CH1A"], ["CH1B", "CH1A", "Low notes"])


def test_what_puts_no_code_on_changes_nothing(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    (made,) = at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A")
    flags.toggle(at_desk.project, at_desk.spot("ANNA:4"), FlagKind.TEAM, seat=seat)
    coding.mark_read(at_desk.project, [at_desk.spot("ANNA:4")], seat=seat)
    coding.adjust(at_desk.project, made, at_desk.spot("ANNA:6"), seat=seat)
    at_desk.apply(seat, at_desk.spot("ANNA:6"), "CH1A")
    assert labels(at_desk) == (["CH1A"], ["CH1A"])


def test_a_step_undone_does_not_count_until_it_is_redone(at_desk: Choir) -> None:
    seat = at_desk.seat("a")
    at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1B")
    history.undo(at_desk.project, by=seat.coder)
    assert labels(at_desk) == (["CH1A"], ["CH1A"])
    history.redo(at_desk.project, by=seat.coder)
    assert labels(at_desk) == (["CH1B"], ["CH1B", "CH1A"])


def test_recent_codes_are_ones_own_and_of_this_round(at_desk: Choir) -> None:
    at_desk.apply(at_desk.seat("b"), at_desk.spot("ANNA:2"), "CH1A")
    at_desk.apply(at_desk.seat("a", "free"), at_desk.spot("ANNA:2"), "CH2A")
    assert labels(at_desk) == ([], [])
    assert labels(at_desk, "b") == (["CH1A"], ["CH1A"])
    assert labels(at_desk, "a", "free") == (["CH2A"], ["CH2A"])


@pytest.mark.parametrize("length", [3, 40])
def test_a_table_makes_no_recent_codes(at_desk: Choir, table: MakeTable, length: int) -> None:
    seat = at_desk.seat("a")
    at_desk.apply(seat, at_desk.spot("ANNA:2"), "CH1A")
    start = at_desk.spot("BEA:2").range.start
    rows = [f"BEA,{start},{end},1b; 2a; 2b" for end in range(start + 1, start + 88) if end % 2]
    file = table("source,start,end,code", *rows[:length])
    done = bulk_coding.code_from_table(at_desk.project, take(file), seat=seat)
    assert (done.codings > 100) == (length > 30)
    assert labels(at_desk) == (["CH1A"], ["CH1A"])
