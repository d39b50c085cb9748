"""What the coder stands on: from here it is known which keys can do something now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.services.history import Waiting

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


RECENT = 9
"""How many of the codes used last can be chosen by number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The turn and the stretch one is on, what lies there, and what is going on.

    `whole` says that the whole turn is selected; `exact` are the codings on just the selected
    words, `codings` all that touch them; `codes` names the codes of these, each once. `left`
    counts the turns not dealt with; `anew` are the codings here that are to be decided anew.
    """

    turn: Turn
    stretch: Range
    whole: bool
    codings: tuple[Coding, ...]
    exact: tuple[Coding, ...]
    codes: tuple[Code, ...]
    picked: Coding | None
    last: tuple[Code, ...]
    recent: tuple[Code, ...]
    waiting: Waiting
    left: int
    anew: tuple[Coding, ...] = ()
    marked_read: bool = False
    hits: int = 0
    filtered: bool = False
    comparing: bool = False

    @property
    def meant(self) -> Coding | None:
        """The coding that a key means: the picked one, else the last made on these words."""
        if self.picked is not None:
            return self.picked
        return max(self.exact, key=lambda coding: coding.id, default=None)


def standing_of(screen: "CodingScreen") -> Standing:
    """Say what one stands on now; there have to be words."""
    opened, stretch, turn = screen.opened, screen.spot.range, screen.transcript.turn
    if turn is None:
        raise LookupError
    here = screen.transcript.on_turn() or opened.desk
    codings = tuple(sorted(here.on(stretch), key=_in_order))
    return Standing(
        turn=turn,
        stretch=stretch,
        whole=stretch == trimmed(opened.revision.text, turn.range),
        codings=codings,
        exact=tuple(each for each in codings if each.ranges == (stretch,)),
        codes=tuple(screen.opened.codes_of(codings)),
        picked=screen.transcript.picked,
        last=screen.used or opened.recents.last,
        recent=tuple(dict.fromkeys((*screen.recent, *opened.recents.codes)))[:RECENT],
        waiting=opened.waiting,
        left=opened.left,
        anew=tuple(opened.doubts.among(codings)),
        marked_read=any(mark.range.overlaps(stretch) for mark in here.marks),
        hits=len(screen.search.hits),
        filtered=screen.filter is not None,
        comparing=screen.comparison.is_open,
    )


def _in_order(coding: Coding) -> tuple[Range, UUID]:
    """Say where a coding comes among those of a turn: by place, then by when it was made."""
    return coding.extent, coding.id
