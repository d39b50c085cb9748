"""Where one stays when a list beside the codes is read anew: on what one stood on, by its name."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from qualcode.tui.codebook.standing import View
from qualcode.tui.codebook.waiting import Listed, listed

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

Names: TypeAlias = tuple[Hashable, ...]
"""What a row is known by whatever happens to the others, what says most first."""


def names(screen: "CodebookScreen") -> list[Names]:
    """Say by what each row of the list one is in is known."""
    if screen.view is View.VERSIONS:
        return [(made.version.number,) for made in screen.known.versions]
    if screen.view is View.PROPOSALS:
        return [_proposal(row) for row in listed(screen)]
    found = screen.known.findings or ()
    return [
        ((one.kind, one.place, one.sentence), (one.kind, one.place), one.place) for one in found
    ]


def _proposal(row: Listed) -> Names:
    """Know a proposal by its name, and a heading by those it stands above."""
    group = tuple(("together", one.name) for one in row.group.proposals)
    if row.shown is None:
        return group
    return (row.shown.name, *(group if len(group) == 1 else ()))


def place_of(rows: Sequence[Names], on: Names, otherwise: int) -> int:
    """Say which row is what one stood on; where none is, the one named otherwise."""
    places = (at for name in on for at, row in enumerate(rows) if name in row)
    return next(places, otherwise)
