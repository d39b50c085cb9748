"""Coders who go by another name, leave, or come back: what they did stays theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import ascii_uppercase

from qualcode.domain.codebook import folded
from qualcode.domain.errors import RefusedError
from qualcode.domain.journal import Json
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState, Viewpoint
from qualcode.domain.sources import Source
from qualcode.services.people import fit_name, lead_only
from qualcode.store import roles
from qualcode.store.pool import LEAVING, give_back, lacking, returned_facts
from qualcode.store.project import Project, View, Work


@dataclass(frozen=True, slots=True)
class Left:
    """Under which name a coder's work stays, and which sources go back to the pool, by round."""

    coder: Coder
    was: str
    returned: tuple[tuple[Round, tuple[Source, ...]], ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A source in the pool of a round, and how many coders it lacks."""

    source: Source
    lacks: int


def rename(project: Project, name: str, *, to: str, by: Coder) -> Coder:
    """Let a coder go by another name; what they did, also in bundles to come, stays theirs."""
    _lead_of_the_study(project, by, "rename coders")
    fit = fit_name(to, "coder")
    with project.work("coder rename", by=by) as work:
        coder = work.people.named(name)
        return _called(work, coder, fit)


def _called(work: Work, coder: Coder, name: str, *, left: bool | None = None) -> Coder:
    """Keep a coder's name, and whether they are there; the names stand beside the journal."""
    now = replace(coder, name=name, left=coder.left if left is None else left)
    work.people.replace(now)
    work.note("coder", str(coder.id))
    work.ledger.say("was", coder.name)
    work.ledger.say("name", now.name)
    return now


def leave(project: Project, name: str, *, by: Coder, as_name: str = "") -> Left:
    """Let a coder leave: their layers stay, under a name they choose or a letter.

    Sources that they have not finished in open rounds go back to the pool, and they sign in to
    a database no more.
    """
    _lead_of_the_study(project, by, "let coders leave")
    with project.work(LEAVING, by=by) as work:
        coder = work.people.named(name)
        if coder.leads:
            raise RefusedError(
                f"{coder.name} leads the study and cannot leave it.", hint="Nothing was changed."
            )
        if coder.left:
            raise RefusedError(f"{coder.name} has left already.", hint="See: qualcode coder list")
        fit = fit_name(as_name, "coder") if as_name else _letter(work, coder)
        returned = [(within, _unfinished(work, within, coder)) for within in _mine(work, coder)]
        if coder.login:
            roles.let_out(work.session, coder)
        noted: list[Json] = []
        for within, sources in returned:
            noted += give_back(work.session, within, coder.id, [one.id for one in sources])
        work.note_all(returned_facts(noted))
        now = _called(work, coder, fit, left=True)
        return Left(now, coder.name, tuple((within, some) for within, some in returned if some))


def come_back(project: Project, name: str, *, by: Coder) -> Coder:
    """Let a coder who had left add to the study again; sources are given to them anew."""
    _lead_of_the_study(project, by, "let coders come back")
    with project.work("coder return", by=by) as work:
        coder = work.people.named(name)
        if not coder.left:
            raise RefusedError(f"{coder.name} has not left.", hint="See: qualcode coder list")
        return _called(work, coder, coder.name, left=False)


def pool(project: Project, name: str) -> tuple[Round, list[Pooled]]:
    """List the sources of a round that nobody has, or fewer than had them before one left."""
    with project.reading() as view:
        within = view.rounds.named(name)
        return within, pool_of(view, within)


def pool_of(view: View, within: Round) -> list[Pooled]:
    """List the sources in the pool of a round; in the free one everybody has all of them."""
    if within.free or within.state is not RoundState.OPEN:
        return []
    missing = lacking(view.session, within)
    return [Pooled(one, missing[one.id]) for one in view.sources.all() if one.id in missing]


def _lead_of_the_study(project: Project, by: Coder, what: str) -> None:
    lead_only(by, what)
    with project.reading() as view:
        if view.journal.owner() is not None:
            raise RefusedError(
                "This is a coder's share; names are the study's.",
                hint="Let the lead do it in the study itself.",
            )


def _mine(view: View, coder: Coder) -> Iterator[Round]:
    for within in view.rounds.all():
        if within.state is RoundState.OPEN and not within.free and within.has(coder):
            yield within


def _unfinished(view: View, within: Round, coder: Coder) -> tuple[Source, ...]:
    """List the sources a coder has in a round and has not finished."""
    layer = view.rounds.layer(within, coder)
    assigned = view.rounds.assigned(within, coder.id)
    rows = view.codings.progress(Viewpoint(coder), layer, assigned)
    return tuple(row.source for row in rows if not row.finished)


def _letter(view: View, coder: Coder) -> str:
    """Call a coder who leaves by the letter of their place among the coders, or the next free."""
    everybody = [each for each in view.people.all() if not each.leads]
    taken = {folded(each.name) for each in everybody}
    place = [each.id for each in everybody].index(coder.id)
    letters = ascii_uppercase[place % 26 :] + ascii_uppercase[: place % 26]
    names = [f"Coder {letter}" for letter in letters]
    names += [f"Coder {number}" for number in range(27, 1000)]
    return next(each for each in names if folded(each) not in taken)
