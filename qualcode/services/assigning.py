"""Who codes what in a round: dealing sources out in balance, or giving them by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.assignments import ToDeal, deal
from qualcode.domain.errors import RefusedError, RoundNotOpenError
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState
from qualcode.domain.sources import Source
from qualcode.services.leaving import Pooled, pool_of
from qualcode.services.people import lead_only, must_be_here
from qualcode.store.project import Project, View, Work


@dataclass(frozen=True, slots=True)
class Matrix:
    """Coders by sources: who has which source whole, and how many turns of others'.

    In the `pool` are the sources that nobody has, or fewer than had them before somebody left.
    `undrawn` says that a sample, drawn for who had what before, was let go.
    """

    round: Round
    coders: tuple[Coder, ...]
    rows: tuple["Row", ...]
    pool: tuple[Pooled, ...]
    undrawn: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One source: for each coder the turns given to them; all of them where it is theirs whole."""

    source: Source
    turns: tuple[int, ...]
    whole: tuple[bool, ...]


def matrix(project: Project, name: str, *, by: Coder) -> Matrix:
    """Lay out who has what in a round; the lead sees all of it."""
    lead_only(by, "look at who codes what")
    with project.reading() as view:
        return _matrix(view, view.rounds.named(name))


def _matrix(view: View, within: Round, *, undrawn: bool = False) -> Matrix:
    people = view.people.by_id()
    coders = tuple(people[one] for one in within.coders)
    assigned = [view.rounds.assigned(within, coder.id) for coder in coders]
    rows = tuple(
        Row(
            source,
            tuple(one.of(source).codable if one.has(source.id) else 0 for one in assigned),
            tuple(one.has(source.id) and one.part(source.id) is None for one in assigned),
        )
        for source in sources_of(view, within)
    )
    return Matrix(within, coders, rows, tuple(pool_of(view, within)), undrawn=undrawn)


def deal_out(project: Project, name: str, *, readers: int, by: Coder) -> Matrix:
    """Give each source to so many coders, pairs and work in balance.

    Once somebody has begun, nobody loses a source: only what lacks readers is dealt out.
    """
    lead_only(by, "give sources to coders")
    with project.work("round assign", by=by) as work:
        within = assignable(work, name)
        there = len(present(work, within))
        if not 1 <= readers <= there:
            raise RefusedError(
                f"Round {within.name} has {there} coders, not {readers}.",
                hint="Say how many of them read each source: --readers 1",
            )
        undrawn = _let_sample_go(work, within)
        deal_sources(work, within, readers)
        work.note("round", str(within.id))
        work.note("readers", readers)
        return _matrix(work, within, undrawn=undrawn)


def deal_sources(work: Work, within: Round, readers: int) -> None:
    """Deal the sources of a round out; who has begun keeps what they have."""
    coders = present(work, within)
    before = work.allotments.whole(within)
    begun = work.rounds.begun(within)
    sources = sources_of(work, within)
    dealt = deal(
        [ToDeal(one.id, one.kind.value, one.name, one.codable) for one in sources],
        coders,
        readers=readers,
        already=before if begun else {},
    )
    for coder in coders:
        theirs = {source for source, group in dealt.items() if coder in group}
        gone = {source for source, had in before.items() if coder in had} - theirs
        work.allotments.take(within, coder, gone)
        work.rounds.assign(within, [coder], sorted(theirs))


def present(view: View, within: Round) -> list[UUID]:
    """List the coders of a round who have not left."""
    people = view.people.by_id()
    return [coder for coder in within.coders if not people[coder].left]


def give(project: Project, name: str, *, to: str, sources: Sequence[str], by: Coder) -> Matrix:
    """Give sources to a coder by hand."""
    lead_only(by, "give sources to coders")
    with project.work("round assign", by=by) as work:
        within, coder, wanted = _meant(work, name, to, sources)
        must_be_here(coder)
        work.rounds.take_in(within, [one.id for one in wanted])
        work.rounds.assign(within, [coder.id], [one.id for one in wanted])
        _note(work, within, coder, wanted)
        return _matrix(work, within, undrawn=_let_sample_go(work, within))


def take_back(project: Project, name: str, *, of: str, sources: Sequence[str], by: Coder) -> Matrix:
    """Take sources from a coder by hand; what they have worked on stays theirs."""
    lead_only(by, "take sources from coders")
    with project.work("round assign", by=by) as work:
        within, coder, wanted = _meant(work, name, of, sources)
        layer = work.rounds.layer(within, coder)
        begun = work.allotments.worked_on(layer) if layer else set()
        for one in wanted:
            if one.id in begun:
                raise RefusedError(
                    f"{one.name} has been begun by its coder and stays theirs.",
                    hint="Give it to another as well: qualcode round assign … --to CODER",
                )
        work.allotments.take(within, coder.id, [one.id for one in wanted])
        _note(work, within, coder, wanted)
        return _matrix(work, within, undrawn=_let_sample_go(work, within))


def _let_sample_go(work: Work, within: Round) -> bool:
    """Let a sample go that was drawn for who had what before; once begun, it is fixed."""
    if work.rounds.begun(within) or work.allotments.sample(within) is None:
        return False
    work.allotments.drop_sample(within)
    return True


def _meant(
    work: Work, name: str, coder: str, sources: Sequence[str]
) -> tuple[Round, Coder, list[Source]]:
    within = assignable(work, name)
    found = work.people.named(coder)
    if not within.has(found):
        raise RefusedError(
            f"{found.name} does not code in round {within.name}.",
            hint="See who does: qualcode round status",
        )
    return within, found, [work.sources.named(each) for each in sources]


def _note(work: Work, within: Round, coder: Coder, sources: Collection[Source]) -> None:
    work.note("round", str(within.id))
    work.note("coder", str(coder.id))
    work.note("sources", [str(one.id) for one in sources])


def assignable(view: View, name: str) -> Round:
    """Find an open round in which sources are given out; in the free one everybody has all."""
    within = view.rounds.named(name)
    if within.free:
        raise RefusedError(
            f"In round {within.name} everybody has every source.",
            hint="Set up a round: qualcode round new NAME --coders …",
        )
    if within.state is not RoundState.OPEN:
        raise RoundNotOpenError(within.name, within.state.value)
    return within


def everything_is_everybodys(view: View, within: Round) -> bool:
    """Say whether every coder of a round has every source, as a new round begins."""
    whole = view.allotments.whole(within)
    every = set(present(view, within))
    return all(whole.get(source.id, set()) >= every for source in sources_of(view, within))


def sources_of(view: View, within: Round) -> list[Source]:
    """List the sources that are coded in a round, in the order they came."""
    held = view.rounds.sources(within)
    return [one for one in view.sources.all() if held is None or one.id in held]
