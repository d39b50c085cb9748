"""What the coder stands on: from here it is known which keys can do something now."""

from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.services.history import Waiting


def in_order(coding: Coding) -> tuple[Range, UUID]:
    """Say where a coding comes among those of a turn: by place, then by when it was made."""
    return coding.extent, coding.id


@dataclass(frozen=True, slots=True)
class Standing:
    """The turn and the stretch one is on, what lies there, and what is going on.

    `whole` says that the whole turn is selected; `exact` are the codings on just the selected
    words, `codings` all that touch them; `codes` names the codes of these, each once. `left`
    counts the turns not dealt with.
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
