"""What lies on a page: the lanes beside its words and the notes below its turns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Generic, TypeVar
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, Flag, Memo, ReadMark
from qualcode.domain.proposals import Proposal
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.tui.geometry.lanes import Lanes
from qualcode.tui.geometry.notes import Doubt, Note, no_doubt, note_count, notes_below
from qualcode.tui.geometry.page import Page
from qualcode.tui.geometry.shelves import Kept, Shelves
from qualcode.tui.geometry.turns import key_of

Codes = Mapping[UUID, Code]
K = TypeVar("K", bound=Kept)
_extent = attrgetter("extent")
_range = attrgetter("range")


@dataclass(frozen=True)
class Lying:
    """All that lies on a source, by place; memos only where no coding carries them."""

    codings: Shelves[Coding]
    marks: Shelves[ReadMark]
    memos: Shelves[Memo]
    flags: Shelves[Flag]
    proposals: Shelves[Proposal]
    carried: Mapping[UUID, tuple[Memo, ...]]

    def on(self, turn: Turn) -> Desk:
        """Gather what is on a turn; a memo on a coding is where the coding stands now."""
        stretch = turn.range
        codings = [
            coding
            for coding in self.codings.on(stretch)
            if len(coding.ranges) == 1 or any(each.overlaps(stretch) for each in coding.ranges)
        ]
        roots = dict.fromkeys(coding.root for coding in codings) if self.carried else ()
        return Desk(
            tuple(codings),
            tuple(self.marks.on(stretch)),
            (
                *self.memos.on(stretch),
                *(memo for root in roots for memo in self.carried.get(root, ())),
            ),
            tuple(self.flags.on(stretch)),
            tuple(self.proposals.on(stretch)),
        )


@dataclass(frozen=True)
class Marking:
    """A desk put on a page: how many notes each turn has, and each coding's lane.

    Turns go by their key. `dealt_with` are those that a coding or a read mark touches.
    """

    text: str = field(repr=False)
    codes: Codes = field(repr=False)
    doubt: Doubt = field(repr=False, compare=False)
    note_counts: Mapping[int, int]
    dealt_with: frozenset[int]
    lanes: Lanes
    lying: Lying

    @cached_property
    def _notes(self) -> dict[int, tuple[Note, ...]]:
        return {}

    @property
    def lane_of(self) -> Mapping[UUID, int]:
        """The lane of each coding, from 0."""
        return self.lanes.of

    def on(self, row: Range) -> list[Coding]:
        """List the codings whose extent touches a row."""
        return self.lying.codings.on(row)

    def notes(self, turn: Turn) -> tuple[Note, ...]:
        """List the notes of a turn; they are made when they are first asked for."""
        key = key_of(turn)
        if key not in self._notes:
            on_turn = self.lying.on(turn)
            self._notes[key] = notes_below(self.text, turn, on_turn, self.codes, self.doubt)
        return self._notes[key]


@dataclass(frozen=True)
class Remarking:
    """A marking after a change, and the keys of the turns that look otherwise now."""

    marking: Marking
    changed: frozenset[int]


def marked(page: Page, desk: Desk, codes: Codes, doubt: Doubt = no_doubt) -> Marking:
    """Put a desk on a page; codings that meet on a row get different lanes."""
    lying = Lying(
        Shelves((), at=_extent),
        Shelves((), at=_range),
        Shelves((), at=_range),
        Shelves((), at=_range),
        Shelves((), at=_range),
        {},
    )
    nothing = Marking(page.text, codes, doubt, {}, frozenset(), Lanes(), lying)
    return remarked(nothing, page, desk).marking


def remarked(before: Marking, page: Page, desk: Desk) -> Remarking:
    """Put a changed desk on the same page; codings that stay keep their lanes.

    What has not changed is compared, and not put there again.
    """
    was = before.lying
    codings = _compared(was.codings, desk.codings, same=_look_the_same)
    roots = {coding.root for coding in desk.codings} if desk.thoughts else set()
    carried = _carried(desk.thoughts, roots)
    placed = [memo for memo in desk.thoughts if memo.coding not in carried]
    others = (
        _compared(was.marks, desk.marks),
        _compared(was.memos, placed),
        _compared(was.flags, desk.flags),
        _compared(was.proposals, desk.proposals),
    )
    marks, memos, flags, proposals = others
    now = Lying(codings.now, marks.now, memos.now, flags.now, proposals.now, carried)
    other_roots = _unlike(was.carried, carried)
    retold = [coding for coding in desk.codings if other_roots and coding.root in other_roots]
    stretches = [coding.extent for coding in (*codings.gone, *codings.come, *retold)]
    stretches += [stretch for other in others for stretch in other.stretches]
    changed = {key_of(turn): turn for each in stretches for turn in page.turns.touched(each)}
    lanes = before.lanes.changed(
        gone=[coding.id for coding in codings.gone],
        come={coding.id: page.widened(coding.extent) for coding in codings.come},
    )
    counts, dealt_with = dict(before.note_counts), set(before.dealt_with)
    for key, turn in changed.items():
        on_turn = now.on(turn)
        counts[key] = note_count(page.text, turn, on_turn)
        (dealt_with.add if on_turn.codings or on_turn.marks else dealt_with.discard)(key)
    now_dealt_with = frozenset(dealt_with)
    marking = replace(before, note_counts=counts, dealt_with=now_dealt_with, lanes=lanes, lying=now)
    return Remarking(marking, frozenset(changed))


@dataclass(frozen=True)
class _Compared(Generic[K]):
    """What has gone from the shelves, what has come, and the shelves after it."""

    gone: Sequence[K]
    come: Sequence[K]
    now: Shelves[K]
    at: Callable[[K], Range]

    @property
    def stretches(self) -> list[Range]:
        """Where anything has gone or come."""
        return [self.at(each) for each in (*self.gone, *self.come)]


def _compared(
    before: Shelves[K], now: Iterable[K], *, same: Callable[[K, K], bool] | None = None
) -> _Compared[K]:
    """See by their ids which things are new on a desk, and which are no longer there.

    Where an id may come with another look, `same` compares the two.
    """
    things = {thing.id.int: thing for thing in now}
    held = before.held
    gone = [thing for key, thing in held.items() if key not in things]
    come = [thing for key, thing in things.items() if key not in held]
    if same is not None:
        other = [key for key in things if key in held and not same(held[key], things[key])]
        gone += [held[key] for key in other]
        come += [things[key] for key in other]
    if gone or come:
        return _Compared(gone, come, before.changed(gone=gone, come=come), before.at)
    return _Compared((), (), before, before.at)


def _look_the_same(one: Coding, other: Coding) -> bool:
    """Do two codings of one id look the same?"""
    return one is other or (
        (one.code, one.ranges, one.first) == (other.code, other.ranges, other.first)
    )


def _carried(memos: Iterable[Memo], roots: set[UUID]) -> dict[UUID, tuple[Memo, ...]]:
    """Give the memos of codings that stand, by the coding's root."""
    carried: dict[UUID, tuple[Memo, ...]] = {}
    for memo in memos:
        if memo.coding is not None and memo.coding in roots:
            carried[memo.coding] = (*carried.get(memo.coding, ()), memo)
    return carried


def _unlike(before: Mapping[UUID, Sequence[Memo]], now: Mapping[UUID, Sequence[Memo]]) -> set[UUID]:
    """Give the roots that carry memos on one side only: a second memo shows no second sign."""
    return set(before).symmetric_difference(now)
