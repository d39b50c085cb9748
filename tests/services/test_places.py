"""Where a coder left, and what has changed since."""

from pathlib import Path

import pytest

from qualcode.domain.codings import FlagKind
from qualcode.interchange.importing import Wishes
from qualcode.services import codebooks, coding, flags, history, rounds, sources
from qualcode.services.places import Left, keep, left, since
from tests.conftest import CHOIR
from tests.services.conftest import Choir


def leave(choir: Choir, who: str = "a", place: str = "ANNA:4", within: str = "r1") -> Left:
    """Let a coder leave at a place."""
    seat = choir.seat(who, within)
    keep(choir.project, choir.spot(place), seat=seat)
    found = left(choir.project, seat=seat)
    assert found is not None
    return found


def news(choir: Choir, before: Left, who: str = "a", within: str = "r1") -> list[str]:
    return since(choir.project, seat=choir.seat(who, within), left=before)


def new_codebook(choir: Choir, folder: Path, *changes: tuple[str, str]) -> None:
    """Load the codebook as the next version, some words changed."""
    words = (CHOIR / "codebook.yaml").read_text()
    for old, new in changes:
        assert old in words
        words = words.replace(old, new, 1)
    file = folder / "codebook.yaml"
    file.write_text(words)
    codebooks.load(choir.project, str(file), by=choir.coder("lead"), reason="Clearer.")


def test_a_coder_comes_back_where_she_left(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("a"), at_desk.spot("ANNA:4", "terrified")
    assert left(at_desk.project, seat=seat) is None
    keep(at_desk.project, at_desk.spot("BEA:2"), seat=seat)
    keep(at_desk.project, at_desk.spot("ANNA:2"), seat=seat)
    keep(at_desk.project, spot, seat=seat)
    found = left(at_desk.project, seat=seat)
    assert found is not None
    assert (found.source, found.revision, found.range) == (
        spot.source,
        spot.revision.id,
        spot.range,
    )
    bea = at_desk.spot("BEA:2")
    there = left(at_desk.project, seat=seat, source=bea.source)
    assert there is not None
    assert there.range == bea.range
    assert there.at < found.at
    assert left(at_desk.project, seat=seat, source=at_desk.spot("FG1:2").source) is None


def test_a_place_is_ones_own_and_of_one_round(at_desk: Choir) -> None:
    leave(at_desk, "a")
    for who, within in (("b", "r1"), ("lead", "free"), ("a", "free")):
        assert left(at_desk.project, seat=at_desk.seat(who, within)) is None


def test_keeping_a_place_leaves_no_entry(at_desk: Choir) -> None:
    before = at_desk.entries()
    leave(at_desk)
    assert at_desk.entries() == before
    assert at_desk.is_sound()


def test_nothing_has_changed_at_once(at_desk: Choir) -> None:
    before = leave(at_desk)
    assert before.seen == at_desk.entries()
    assert news(at_desk, before) == []


def test_a_new_codebook_says_which_codes_read_otherwise(at_desk: Choir, tmp_path: Path) -> None:
    before = leave(at_desk)
    more = (
        "        include: [Use it for the first evenings too.]\n",
        "        include: [Use it for first evenings.]\n",
    )
    another = (
        "    codes:\n      - code: CH2A\n",
        (
            "    codes:\n      - code: CH2Z\n        key: 2z\n        label: Snow\n"
            "        description: What is said of snow.\n      - code: CH2A\n"
        ),
    )
    new_codebook(at_desk, tmp_path, more, another)
    assert news(at_desk, before) == ["codebook 2: CH1A reworded; CH2Z new"]


def test_new_sources_are_named_in_one_line(at_desk: Choir, tmp_path: Path) -> None:
    before = leave(at_desk)
    for name in ("EVA", "FAY2"):
        file = tmp_path / f"{name}.txt"
        file.write_text(f"INT: Well?\n\n{name}: It was quiet for {name}.\n")
        sources.take_in_files(at_desk.project, [file], wishes=Wishes(), by=at_desk.coder("lead"))
    assert news(at_desk, before) == ["2 sources added: EVA, FAY2"]


def test_of_a_round_its_last_turn_is_told(at_desk: Choir) -> None:
    before = leave(at_desk)
    at_desk.turn_to("frozen")
    assert news(at_desk, before) == ["round r1 frozen"]
    at_desk.turn_to("open")
    assert news(at_desk, before) == ["round r1 opened again"]
    rounds.new(at_desk.project, "r2", coders=["a"], by=at_desk.coder("lead"))
    assert news(at_desk, before) == ["round r2 opened", "round r1 opened again"]


def test_ones_own_steps_made_elsewhere_are_counted(at_desk: Choir) -> None:
    before = leave(at_desk)
    seat = at_desk.seat("a")
    at_desk.apply(seat, at_desk.spot("ANNA:4"), "CH1A")
    assert news(at_desk, before) == ["1 step of yours by command"]
    flags.toggle(at_desk.project, at_desk.spot("ANNA:4"), FlagKind.TEAM, seat=seat)
    history.undo(at_desk.project, by=seat.coder)
    assert news(at_desk, before) == ["3 steps of yours by command"]


def test_three_lines_are_said_at_most_and_the_newest_first(at_desk: Choir, tmp_path: Path) -> None:
    before = leave(at_desk)
    at_desk.apply(at_desk.seat("a"), at_desk.spot("ANNA:4"), "CH1A")
    new_codebook(at_desk, tmp_path, ("Singing together", "Singing on"))
    rounds.new(at_desk.project, "r2", coders=["a"], by=at_desk.coder("lead"))
    at_desk.turn_to("frozen")
    assert news(at_desk, before) == ["round r1 frozen", "round r2 opened", "codebook 2"]


def busy(choir: Choir, who: str, within: str) -> None:
    """Let a coder leave something of every sort."""
    from qualcode.services import memos, proposals

    seat, spot = choir.seat(who, within), choir.spot("ANNA:6")
    choir.apply(seat, spot, "CH1A", "CH1B")
    flags.toggle(choir.project, spot, FlagKind.TEAM, seat=seat)
    memos.write(choir.project, "Hm.", seat=seat)
    proposals.propose(choir.project, spot, seat=seat)
    coding.mark_read(choir.project, [choir.spot("ANNA:7")], seat=seat)


@pytest.mark.parametrize("who", ["a", "lead"])
def test_nothing_shows_of_anothers_layer_in_a_blind_round(at_desk: Choir, who: str) -> None:
    before = leave(at_desk, who)
    busy(at_desk, "b", "r1")
    assert news(at_desk, before, who) == []
    at_desk.turn_to("frozen")
    assert news(at_desk, before, who) == ["round r1 frozen"]
    at_desk.turn_to("closed")
    assert news(at_desk, before, who) == ["round r1 closed", "5 steps by colleagues"]


def test_where_the_round_is_open_to_view_colleagues_steps_are_counted(at_desk: Choir) -> None:
    before = leave(at_desk, within="free")
    busy(at_desk, "b", "free")
    busy(at_desk, "lead", "free")
    busy(at_desk, "b", "r1")
    assert news(at_desk, before, within="free") == ["10 steps by colleagues"]
