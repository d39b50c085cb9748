from typing import NamedTuple
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.text import Range
from qualcode.tui.geometry.shelves import Shelves


class Thing(NamedTuple):
    id: UUID
    extent: Range


def extent_of(thing: Thing) -> Range:
    return thing.extent


THINGS = st.lists(
    st.builds(
        lambda start, length: Range(start, start + length),
        st.integers(0, 9000),
        st.sampled_from([0, 1, 2, 511, 512, 513, 1500, 5000, 40000]),
    ),
    max_size=30,
).map(lambda extents: [Thing(UUID(int=at), extent) for at, extent in enumerate(extents)])
STRETCHES = st.builds(
    lambda start, length: Range(start, start + length),
    st.integers(0, 50000),
    st.sampled_from([0, 1, 80, 600, 9000]),
)


def on(things: list[Thing], stretch: Range) -> list[Thing]:
    """Search from end to end."""
    return [thing for thing in things if stretch.length and thing.extent.overlaps(stretch)]


@given(THINGS, STRETCHES)
def test_shelves_hold_what_a_search_from_end_to_end_would_find(
    things: list[Thing], stretch: Range
) -> None:
    assert Shelves(things, at=extent_of).on(stretch) == on(things, stretch)


@given(THINGS, STRETCHES, st.data())
def test_what_has_gone_is_no_longer_found_and_what_has_come_is(
    things: list[Thing], stretch: Range, data: st.DataObject
) -> None:
    gone = data.draw(st.lists(st.sampled_from(things), unique=True)) if things else []
    come = [Thing(UUID(int=1000 + at), thing.extent) for at, thing in enumerate(gone[:2])]
    before = Shelves(things, at=extent_of)
    after = before.changed(gone=gone, come=come)
    left = [thing for thing in things if thing not in gone]
    assert after.on(stretch) == on([*left, *come], stretch)
    assert before.on(stretch) == on(things, stretch)
    assert set(after.held.values()) == {*left, *come}
