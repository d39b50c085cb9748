"""What the coding screen knows after a step: the same as if all were read anew."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codings import Coding, Desk, FlagKind, ReadMark
from qualcode.domain.ids import new_id
from qualcode.domain.sources import Revision, Turn, TurnRole
from qualcode.domain.text import Range
from qualcode.services import coding, flags, history, people, projects
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.project import Project
from qualcode.tui.desk.opened import Opened, after_step, dealt_now, open_source
from qualcode.tui.geometry.units import dealt_with
from tests.conftest import Qualcode

_LENGTH = 120
_HERE = (new_id(), new_id(), new_id())


@st.composite
def revisions(draw: st.DrawFn) -> Revision:
    """Draw a text of turns with gaps between, some of them an interviewer's."""
    bounds = sorted(draw(st.sets(st.integers(0, _LENGTH), min_size=2, max_size=24)))
    turns = [
        Turn(number, "P", draw(st.sampled_from([*TurnRole][:2])), start, end)
        for number, (start, end) in enumerate(zip(bounds[::2], bounds[1::2], strict=False), 1)
    ]
    return Revision(_HERE[2], _HERE[1], 1, "x" * _LENGTH, "", tuple(turns))


stretches = st.builds(
    lambda start, length: Range(start, min(start + length, _LENGTH)),
    st.integers(0, _LENGTH - 1),
    st.integers(1, 60),
)
parted = st.sets(st.integers(0, _LENGTH), min_size=4, max_size=4).map(
    lambda them: (Range(*sorted(them)[:2]), Range(*sorted(them)[2:]))
)
ranges = st.one_of(st.tuples(stretches), parted)
codings = st.builds(
    lambda them: Coding(new_id(), *_HERE, new_id(), 1, tuple(them), b""),
    ranges,
)
marks = st.builds(lambda stretch: ReadMark(new_id(), *_HERE, stretch), stretches)


def _desk(left: list[Coding], read: list[ReadMark]) -> Desk:
    return Desk(
        tuple(sorted(left, key=lambda each: (*each.extent, each.id))),
        tuple(sorted(read, key=lambda each: (*each.range, each.id))),
    )


@given(
    revisions(),
    st.lists(st.tuples(codings, st.booleans(), st.booleans()), max_size=8),
    st.lists(st.tuples(marks, st.booleans(), st.booleans()), max_size=8),
)
def test_turns_dealt_with_follow_from_what_came_and_went(
    revision: Revision,
    left: list[tuple[Coding, bool, bool]],
    read: list[tuple[ReadMark, bool, bool]],
) -> None:
    codable = [turn for turn in revision.turns if turn.codable]
    before = _desk([row for row, was, _ in left if was], [row for row, was, _ in read if was])
    now = _desk([row for row, _, stays in left if stays], [row for row, _, stays in read if stays])
    dealt = dealt_now(revision, dealt_with(codable, before), before, now)
    assert dealt == dealt_with(codable, now)


def test_a_turn_stays_dealt_with_by_the_second_range_of_a_coding() -> None:
    turns = tuple(Turn(n, "P", TurnRole.PARTICIPANT, 10 * n, 10 * n + 8) for n in range(1, 4))
    revision = Revision(_HERE[2], _HERE[1], 1, "x" * _LENGTH, "", turns)
    parted = Coding(new_id(), *_HERE, new_id(), 1, (Range(10, 12), Range(31, 33)), b"")
    mark = ReadMark(new_id(), *_HERE, Range(30, 38))
    before, now = _desk([parted], [mark]), _desk([parted], [])
    assert dealt_now(revision, frozenset({1, 3}), before, now) == {1, 3}


@pytest.fixture
def seated(study: Qualcode) -> Iterator[tuple[Project, Seat]]:
    """Sit down in the choir study."""
    project = projects.open_at(str(study.place))
    yield project, coding.take_seat(project, people.named(project, "a"), "r1")
    project.close()


def _turn(opened: Opened, place: int) -> Spot:
    """Give the participants' turn at a place among them."""
    turns = [turn for turn in opened.revision.turns if turn.codable]
    return Spot(opened.source, opened.revision, turns[place].range)


def test_after_each_step_all_is_as_if_read_anew(seated: tuple[Project, Seat]) -> None:
    project, seat = seated
    code, other = seat.codebook.codes[:2]
    opened = open_source(project, seat, "ANNA")
    first, second = _turn(opened, 0), _turn(opened, 1)
    wide = Spot(first.source, first.revision, Range(first.range.start, second.range.end))

    def stands() -> Coding:
        return coding.desk_of(project, opened.source, seat=seat).codings[0]

    def back() -> object:
        return history.undo(project, by=seat.coder)

    steps: list[Callable[[], object]] = [
        lambda: coding.mark_read(project, [first], seat=seat),
        lambda: coding.mark_read(project, [second], seat=seat),
        lambda: coding.apply(project, first, [code], seat=seat),
        lambda: coding.adjust(project, stands(), second, seat=seat),
        back,
        back,
        lambda: coding.apply(project, second, [code, other], seat=seat),
        lambda: coding.take_off(project, [stands()], seat=seat),
        lambda: flags.toggle(project, first, FlagKind.TEAM, seat=seat),
        *[back] * 4,
        *[lambda: history.redo(project, by=seat.coder)] * 4,
        lambda: coding.remove(project, wide, [], seat=seat),
    ]
    for step in steps:
        step()
        opened = after_step(project, opened)
        anew = open_source(project, seat, "ANNA")
        assert opened.desk == anew.desk
        assert opened.dealt == anew.dealt
        assert opened.waiting == anew.waiting
        assert opened.changes == anew.changes
        assert {code: count for code, count in opened.counts.items() if count} == anew.counts


def test_after_a_step_the_desk_before_is_taken_over(seated: tuple[Project, Seat]) -> None:
    project, seat = seated
    opened = open_source(project, seat, "ANNA")
    coding.apply(project, _turn(opened, 0), seat.codebook.codes[:1], seat=seat)
    opened = after_step(project, opened)
    flags.toggle(project, _turn(opened, 0), FlagKind.TEAM, seat=seat)
    again = after_step(project, opened)
    assert again.desk.codings is opened.desk.codings
