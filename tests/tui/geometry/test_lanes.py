from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.text import Range
from qualcode.tui.geometry.lanes import LANES, Lanes, lane_cells

Coded = Callable[..., Coding]
STRETCHES = st.lists(
    st.builds(
        lambda start, length: Range(start, start + length),
        st.integers(0, 3000),
        st.integers(1, 1500),
    ),
    max_size=30,
)


class Sketch(Protocol):
    text: str
    ranges: dict[str, Range]


def lanes(extents: dict[UUID, Range]) -> dict[UUID, int]:
    return dict(Lanes().changed(come=extents).of)


def lanes_of(sketch: Sketch) -> dict[str, int]:
    """Give the lanes of what is drawn, made in the order of the names."""
    ids = {name: UUID(int=at) for at, name in enumerate(sorted(sketch.ranges))}
    found = lanes({ids[name]: stretch for name, stretch in sketch.ranges.items()})
    return {name: found[coding] for name, coding in ids.items()}


def test_codings_that_overlap_stand_side_by_side(sketch: Sketch) -> None:
    """
       I never trusted the clinic after that.
    a  [-------------]
    b          [------------]
    c                   [---------]
    """
    assert lanes_of(sketch) == {"a": 0, "b": 1, "c": 0}


def test_codings_that_touch_share_a_lane(sketch: Sketch) -> None:
    """
       I never trusted the clinic after that.
    a  [-------------]
    b                 [-----]
    """
    assert lanes_of(sketch) == {"a": 0, "b": 0}


@given(STRETCHES)
def test_codings_of_one_lane_never_overlap(stretches: list[Range]) -> None:
    extents = {UUID(int=at): stretch for at, stretch in enumerate(stretches)}
    lane_of = lanes(extents)
    pairs = [(one, other) for one in extents for other in extents if one < other]
    assert not any(
        lane_of[one] == lane_of[other] and extents[one].overlaps(extents[other])
        for one, other in pairs
    )


@given(STRETCHES)
def test_a_coding_made_later_moves_none_that_was_there(stretches: list[Range]) -> None:
    extents = {UUID(int=at): stretch for at, stretch in enumerate(stretches)}
    before = dict(list(extents.items())[:-1])
    assert lanes(extents) | lanes(before) == lanes(extents)


@given(STRETCHES, st.data())
def test_kept_lanes_stay_when_a_coding_is_taken_off(
    stretches: list[Range], data: st.DataObject
) -> None:
    extents = {UUID(int=at): stretch for at, stretch in enumerate(stretches)}
    kept = Lanes().changed(come=extents)
    gone = data.draw(st.sets(st.sampled_from(sorted(extents)))) if extents else set()
    left = {each: lane for each, lane in kept.of.items() if each not in gone}
    off = kept.changed(gone=gone, come={})
    assert off.of == left
    again = off.changed(come={each: extents[each] for each in gone}).of
    assert dict(again) | left == again
    assert not any(
        again[one] == again[other] and extents[one].overlaps(extents[other])
        for one in extents
        for other in extents
        if one < other
    )


def test_more_codings_than_lanes_share_the_last_one() -> None:
    whole = {UUID(int=at): Range(0, 9) for at in range(LANES + 700)}
    full = Lanes().changed(come=whole)
    assert [full.of[coding] for coding in whole] == [*range(LANES), *[LANES] * 700]
    off = full.changed(gone=[UUID(int=3), UUID(int=LANES + 5)], come={})
    assert off.changed(come={UUID(int=9000): Range(4, 5)}).of[UUID(int=9000)] == 3


def test_a_bar_shows_where_a_coding_begins_and_ends(coded: Coded, codes: dict[str, Code]) -> None:
    drawn = coded(1, codes["1a"], Range(5, 25))
    rows = [Range(0, 10), Range(10, 20), Range(20, 30)]
    signs = [lane_cells(row, [drawn], {drawn.id: 0}, count=1)[0][0] for row in rows]
    assert signs == ["╻", "┃", "╹"]


def test_a_coding_within_one_row_points_to_it(coded: Coded, codes: dict[str, Code]) -> None:
    drawn = coded(1, codes["1a"], Range(10, 20))
    assert lane_cells(Range(10, 20), [drawn], {drawn.id: 1}, count=3) == [
        (" ", None),
        ("╺", drawn),
        (" ", None),
    ]


def test_the_gap_in_a_coding_of_two_ranges_is_dotted(coded: Coded, codes: dict[str, Code]) -> None:
    drawn = coded(1, codes["1a"], Range(0, 5), Range(25, 30))
    rows = [Range(0, 10), Range(10, 20), Range(20, 30)]
    signs = [lane_cells(row, [drawn], {drawn.id: 0}, count=1)[0][0] for row in rows]
    assert signs == ["╻", "┊", "╹"]


def test_codings_beyond_the_last_lane_are_told_of(coded: Coded, codes: dict[str, Code]) -> None:
    drawn = [coded(number, codes["1a"], Range(0, 30)) for number in range(3)]
    lane_of = {each.id: lane for lane, each in enumerate(drawn)}
    cells = lane_cells(Range(10, 20), drawn, lane_of, count=2)
    assert [sign for sign, _ in cells] == ["┃", "+"]
