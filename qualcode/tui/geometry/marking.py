"""What lies on a page: the lanes beside its words and the notes below its turns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk
from qualcode.domain.text import Range
from qualcode.tui.geometry.lanes import Shelves, lanes
from qualcode.tui.geometry.notes import Note, dealt_out, notes_below
from qualcode.tui.geometry.page import Page

Codes = Mapping[UUID, Code]


@dataclass(frozen=True)
class Marking:
    """A desk put on a page: what is on each turn, by its number, and each coding's lane.

    `extents` are those of the codings, widened to the rows they touch.
    """

    desk: Desk
    on_turns: Mapping[int, Desk]
    notes: Mapping[int, tuple[Note, ...]]
    extents: Mapping[UUID, Range]
    lane_of: Mapping[UUID, int]
    codings: Shelves[Coding]

    @property
    def note_counts(self) -> dict[int, int]:
        """How many rows of notes each turn has, by its number."""
        return {number: len(notes) for number, notes in self.notes.items()}

    @property
    def dealt_with(self) -> frozenset[int]:
        """The numbers of the turns that a coding or a read mark touches."""
        return frozenset(number for number, on in self.on_turns.items() if on.codings or on.marks)

    def on(self, row: Range) -> list[Coding]:
        """List the codings whose extent touches a row, in order of place."""
        return self.codings.on(row)


@dataclass(frozen=True)
class Remarking:
    """A marking after a change, and the numbers of the turns that look otherwise now."""

    marking: Marking
    changed: frozenset[int]


def marked(page: Page, desk: Desk, codes: Codes) -> Marking:
    """Put a desk on a page; codings that meet on a row get different lanes."""
    nothing = Marking(Desk(), {}, {}, {}, {}, Shelves(()))
    return remarked(nothing, page, desk, codes).marking


def remarked(before: Marking, page: Page, desk: Desk, codes: Codes) -> Remarking:
    """Put a changed desk on the same page; codings that stay keep their lanes."""
    turns = [block.turn for block in page.blocks if block.turn]
    stay = _staying(before.desk, desk)
    changed = frozenset(dealt_out(_difference(before.desk, desk, stay), turns))
    on_turns = dealt_out(desk, turns)
    notes = {number: notes for number, notes in before.notes.items() if number not in changed}
    for turn in turns:
        if turn.number in changed and turn.number in on_turns:
            notes[turn.number] = notes_below(page.text, turn, on_turns[turn.number], codes)
    extents = {
        coding.id: before.extents[coding.id] if coding.id in stay else page.widened(coding.extent)
        for coding in desk.codings
    }
    lane_of = lanes(extents, kept={coding: before.lane_of[coding] for coding in stay})
    codings = Shelves(desk.codings)
    return Remarking(Marking(desk, on_turns, notes, extents, lane_of, codings), changed)


def _staying(before: Desk, now: Desk) -> set[UUID]:
    """Give the ids of the codings that look the same on both desks."""
    known = {coding.id: coding for coding in before.codings}
    return {
        coding.id
        for coding in now.codings
        if (old := known.get(coding.id)) is not None
        and (old.code, old.ranges) == (coding.code, coding.ranges)
    }


def _difference(before: Desk, now: Desk, stay: set[UUID]) -> Desk:
    """Gather what only one of two desks holds, codings with the gaps between their ranges."""
    return Desk(
        tuple(
            replace(coding, ranges=(coding.extent,))
            for coding in (*before.codings, *now.codings)
            if coding.id not in stay
        ),
        tuple(set(before.marks).symmetric_difference(now.marks)),
        tuple(set(before.memos).symmetric_difference(now.memos)),
    )
