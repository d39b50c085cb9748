import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.errors import PlaceError
from qualcode.domain.ids import new_id
from qualcode.domain.places import Place, located, parse_place, written
from qualcode.domain.sources import Revision, Turn, TurnRole
from qualcode.domain.text import Range, text_hash, trimmed

TEXT = "THE QUAY\nP1:  Naïve 🙂 words. \nP2: More.\n"
TURNS = (
    Turn(0, "", TurnRole.HEADING, 0, 8),
    Turn(1, "P1", TurnRole.PARTICIPANT, 12, 29),
    Turn(2, "P2", TurnRole.PARTICIPANT, 34, 39),
)
REVISION = Revision(new_id(), new_id(), 1, TEXT, text_hash(TEXT), TURNS)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("FG2", Place("FG2")),
        (" FG2 ", Place("FG2")),
        ("FG2:4", Place("FG2", turn=4)),
        ("FG2:120-180", Place("FG2", range=Range(120, 180))),
        ("A: b:4", Place("A: b", turn=4)),
        ("A:3:4", Place("A:3", turn=4)),
        ("12:00", Place("12", turn=0)),
        ("FG2:", Place("FG2:")),
        ("FG2:4-", Place("FG2:4-")),
        ("FG2:" + "9" * 5000, Place("FG2:" + "9" * 5000)),
    ],
)
def test_a_place_is_read_as_typed(typed: str, place: Place) -> None:
    assert parse_place(typed) == place


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_is_no_place(typed: str) -> None:
    with pytest.raises(PlaceError) as mishap:
        parse_place(typed)
    assert mishap.value.hint


def test_a_turn_is_located_without_white_space() -> None:
    assert located(Place("FG2", turn=1), REVISION).of(TEXT) == "Naïve 🙂 words."


def test_code_points_are_located_without_white_space() -> None:
    assert located(Place("FG2", range=Range(12, 20)), REVISION).of(TEXT) == "Naïve"


@pytest.mark.parametrize(
    "place",
    [
        Place("FG2"),
        Place("FG2", turn=0),
        Place("FG2", turn=3),
        Place("FG2", range=Range(5, 5)),
        Place("FG2", range=Range(9, 3)),
        Place("FG2", range=Range(0, len(TEXT) + 1)),
        Place("FG2", range=Range(12, 14)),
    ],
)
def test_a_place_that_is_none_is_told_with_a_way_out(place: Place) -> None:
    with pytest.raises(PlaceError) as mishap:
        located(place, REVISION)
    assert "FG2" in mishap.value.sentence
    assert mishap.value.hint


def test_a_whole_turn_is_written_by_its_number() -> None:
    assert written("FG2", trimmed(TEXT, TURNS[1].range), REVISION) == "FG2:1"
    assert written("FG2", Range(14, 19), REVISION) == "FG2:14-19"


def test_a_heading_is_written_by_its_code_points() -> None:
    assert written("FG2", TURNS[0].range, REVISION) == "FG2:0-8"


@given(
    st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)), st.sampled_from(["FG2", "A:3", "a b"])
)
def test_a_place_as_written_is_found_again(start: int, length: int, name: str) -> None:
    stretch = trimmed(TEXT, Range(start, min(start + length, len(TEXT))))
    if stretch.length:
        again = parse_place(written(name, stretch, REVISION))
        assert again.source == name
        assert located(again, REVISION) == stretch


@given(st.integers(0, len(TEXT)))
def test_a_position_lies_in_the_turn_whose_words_hold_it(position: int) -> None:
    holding = [turn for turn in TURNS if turn.start <= position < turn.end]
    assert REVISION.turn_at(position) == (holding[0] if holding else None)


@given(st.integers(0, len(TEXT)), st.integers(1, len(TEXT)))
def test_a_stretch_reaches_the_turns_it_shares_words_with(start: int, length: int) -> None:
    stretch = Range(start, start + length)
    assert REVISION.turns_in(stretch) == [turn for turn in TURNS if turn.range.overlaps(stretch)]
