"""How far a round is: for the lead as a whole, for a coder what is left and what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.people import Coder
from qualcode.domain.rounds import PAIR, Round, Viewpoint
from qualcode.domain.sources import Progress
from qualcode.services.leaving import Pooled, pool_of
from qualcode.services.rounds import reopenings
from qualcode.services.signing import names_open
from qualcode.store.project import Project, View


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one coder is in a round, by source and in all; turns are participants'."""

    coder: str
    sources: tuple[Progress, ...]

    @property
    def finished(self) -> int:
        """Count the sources finished."""
        return sum(row.finished for row in self.sources)

    @property
    def assigned(self) -> int:
        """Count the sources given."""
        return len(self.sources)

    @property
    def done(self) -> int:
        """Count the turns dealt with."""
        return sum(row.done for row in self.sources)

    @property
    def codable(self) -> int:
        """Count the turns to deal with."""
        return sum(row.source.codable for row in self.sources)

    @property
    def left(self) -> list[Progress]:
        """List the sources that are not finished."""
        return [row for row in self.sources if not row.finished]

    @property
    def ready(self) -> bool:
        """Has this coder finished all that was given?"""
        return bool(self.sources) and not self.left


@dataclass(frozen=True, slots=True)
class Whole:
    """How far all coders of a round are together; nothing in it is about one of them.

    Turns are counted once for each coder they were given to. Of the `paired` sources, which
    two or more coders have, `doubled` are finished by two or more.
    """

    coders: int
    ready: int
    done: int
    codable: int
    paired: int
    doubled: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a round is, as far as one person may know.

    `whole` is for who may look at all layers; `standings` hold the coders whom this person
    may tell apart, in a sealed round themselves at most. The `pool` holds, for the lead, the
    sources that lack coders; `reopened` are the reasons for which the round was opened again.
    """

    round: Round
    whole: Whole | None
    standings: tuple[Standing, ...]
    pool: tuple[Pooled, ...]
    reopened: tuple[str, ...]


def readiness(project: Project, name: str, *, by: Coder) -> Readiness:
    """Say how far a round is.

    In a share, and while the round is sealed, a coder hears only of their own sources; the lead
    hears how far all are together, and nothing by which one coder could be told from another.
    """
    with project.reading() as view:
        found = view.rounds.named(name)
        people = view.people.by_id()
        members = [people[one] for one in found.coders] or list(people.values())
        every = [_standing(view, found, coder) for coder in members]
        own = [one for one, coder in zip(every, members, strict=True) if coder.id == by.id]
        is_share = view.journal.owner() is not None
        sees_all = not is_share and (by.leads or not found.sealed_from_view)
        named = every if not is_share and names_open(found, members, by=by) else own
        return Readiness(
            found,
            _whole(every) if sees_all else None,
            tuple(named),
            tuple(pool_of(view, found)) if by.leads else (),
            reopenings(view, found),
        )


def _standing(view: View, within: Round, coder: Coder) -> Standing:
    layer = view.rounds.layer(within, coder)
    assigned = view.rounds.assigned(within, coder.id)
    return Standing(coder.name, tuple(view.codings.progress(Viewpoint(coder), layer, assigned)))


def _whole(every: Sequence[Standing]) -> Whole:
    given: dict[UUID, list[bool]] = {}
    for one in every:
        for row in one.sources:
            given.setdefault(row.source.id, []).append(row.finished)
    paired = [rows for rows in given.values() if len(rows) >= PAIR]
    return Whole(
        len(every),
        sum(one.ready for one in every),
        sum(one.done for one in every),
        sum(one.codable for one in every),
        len(paired),
        sum(sum(rows) >= PAIR for rows in paired),
    )
