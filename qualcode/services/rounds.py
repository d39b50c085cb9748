"""Rounds: setting one up, stopping it, sealing it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from qualcode.domain.codebook import Codebook, Later
from qualcode.domain.errors import RefusedError, RoundNotOpenError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState, Unit
from qualcode.domain.text import as_stored
from qualcode.services.people import fit_name, lead_only, must_be_here
from qualcode.store.project import Project, View, Work


def new(  # noqa: PLR0913 - each is a setting of the round
    project: Project,
    name: str,
    *,
    coders: Sequence[str],
    by: Coder,
    blind: bool = True,
    unit: Unit = Unit.TURN,
    sources: Sequence[str] = (),
    version: int | None = None,
) -> Round:
    """Set up a round; each coder gets the sources named, or all.

    One of all sources takes in later ones too until coding in it begins. It goes by the newest
    version of the codebook, or by an earlier one.
    """
    lead_only(by, "set up a round")
    if not coders:
        raise RefusedError("A round needs coders.", hint="Name them: --coders a,b")
    fit = fit_name(name, "round")
    with project.work("round new", by=by) as work:
        people = _those_here(work, coders)
        made = Round(
            new_id(),
            fit,
            0,
            RoundState.OPEN,
            blind=blind,
            free=False,
            unit=unit,
            codebook_version=_version(work, version),
            coders=tuple(dict.fromkeys(person.id for person in people)),
        )
        _add(work, made, people, sources)
    return made


def _add(work: Work, made: Round, people: Sequence[Coder], sources: Sequence[str]) -> None:
    chosen = [work.sources.named(each).id for each in sources] if sources else None
    work.rounds.add(made, chosen)
    for coder in people:
        work.rounds.own_layer(made, coder)
    work.note("round", str(made.id))
    work.note("blind", made.blind)
    work.note("unit", made.unit.value)
    work.note("codebook version", made.codebook_version)


def _those_here(view: View, names: Sequence[str]) -> list[Coder]:
    """Find the people named; refuse who has left."""
    people = [view.people.named(each) for each in names]
    for person in people:
        must_be_here(person)
    return people


def _version(view: View, wanted: int | None) -> int:
    """Give the version of the codebook a round is to go by; refuse one there never was."""
    newest = view.codebooks.current().version
    if wanted is None:
        return newest
    if not 1 <= wanted <= newest:
        raise RefusedError(
            f"There is no version {wanted} of the codebook.",
            hint="See: qualcode codebook versions",
        )
    return wanted


def freeze(project: Project, name: str, *, by: Coder) -> Round:
    """Stop coding in a round; what is there can be compared."""
    with turned_to(project, name, RoundState.FROZEN, after=(RoundState.OPEN,), by=by) as (work, _):
        return work.rounds.named(name)


def reopen(project: Project, name: str, *, reason: str, by: Coder) -> Round:
    """Let coding go on in a round, for a reason that is kept."""
    if not reason.strip():
        raise RefusedError("Reopening a round needs a reason.", hint='Say why: --because "…"')
    before = (RoundState.FROZEN, RoundState.CLOSED)
    with turned_to(project, name, RoundState.OPEN, after=before, by=by) as (work, _was):
        work.ledger.say("reason", as_stored(reason).text)
        return work.rounds.named(name)


def take_up(project: Project, name: str, *, by: Coder, reason: str = "") -> Round:
    """Let an open round go on with the newest version of the codebook.

    What was coded stays; where a code is gone or reads otherwise, its coder decides anew.
    """
    lead_only(by, "give a round another codebook")
    with project.work("round codebook", by=by) as work:
        found = work.rounds.named(name)
        newest = work.codebooks.current().version
        if found.free:
            raise RefusedError(
                f"Round {found.name} always goes by the newest version.", hint="Nothing to do."
            )
        if found.state is not RoundState.OPEN:
            raise RoundNotOpenError(found.name, found.state.value)
        if found.codebook_version == newest:
            raise RefusedError(
                f"Round {found.name} goes by version {newest} already.",
                hint="See: qualcode codebook versions",
            )
        work.rounds.use_codebook(found, newest)
        work.note("round", str(found.id))
        work.note("was", found.codebook_version)
        work.note("codebook version", newest)
        if reason:
            work.ledger.say("reason", as_stored(reason).text)
        return work.rounds.named(name)


def let_rounds_begin(work: Work, before: Codebook, now: Codebook) -> None:
    """Give rounds that were set up before there was any code the first version that has some."""
    if before.codes or not now.codes:
        return
    for each in work.rounds.all():
        if not each.free and each.state is RoundState.OPEN and _without_codes(work, each):
            work.rounds.use_codebook(each, now.version)


def _without_codes(view: View, within: Round) -> bool:
    """Say whether a round's own version of the codebook never held any code."""
    if not within.codebook_version:
        return True
    own = view.codebooks.version(within.codebook_version)
    return not own.codes and not own.retired


@contextmanager
def turned_to(
    project: Project, name: str, state: RoundState, *, after: tuple[RoundState, ...], by: Coder
) -> Iterator[tuple[Work, Round]]:
    """Give a round another state, as one work with what else belongs to it; give it as it was."""
    lead_only(by, "change a round")
    with project.work(f"round {state.value}", by=by) as work:
        found = work.rounds.named(name)
        if found.state not in after or found.free:
            raise RefusedError(
                f"Round {found.name} is {found.state.value}; it cannot become {state.value}.",
                hint="See: qualcode round status",
            )
        work.rounds.set_state(found, state)
        work.note("round", str(found.id))
        work.note("was", found.state.value)
        yield work, found


def rounds(project: Project) -> list[Round]:
    """List the rounds."""
    with project.reading() as view:
        return view.rounds.all()


def reopenings(view: View, within: Round) -> tuple[str, ...]:
    """Give the reasons for which a round was opened again: every report repeats them."""
    return tuple(
        view.journal.words(entry.id)[0].get("reason", "(the reason was withdrawn)")
        for entry in view.journal.of_kinds("round open")
        if entry.touched.get("round") == str(within.id)
    )


def in_which(view: View, coder: Coder, name: str | None) -> Round:
    """Find the round a coder works in: the one named, or their newest, an open one first.

    Who has been in a round does not slip back into the free one when it is stopped.
    """
    if name is not None:
        return view.rounds.named(name)
    mine = [one for one in view.rounds.all() if one.has(coder)]
    return max(mine, key=lambda one: (not one.free, one.state is RoundState.OPEN, one.number))


def codebook_in(view: View, within: Round) -> Codebook:
    """Give the codebook a round is coded with: its own version, or the one in force."""
    if within.free or not within.codebook_version:
        return view.codebooks.current()
    return codebook_as_it_was(view, within.codebook_version, kept_by=within.name)


def codebook_as_it_was(view: View, version: int, *, kept_by: str = "") -> Codebook:
    """Give a version that knows what came later; `kept_by` names the round that goes by it."""
    book = view.codebooks.version(version)
    later = view.codebooks.after(version)
    return replace(book, later=Later(later, kept_by)) if later else book


def must_be_open(within: Round, coder: Coder) -> None:
    """Refuse coding in a round that is stopped, or not this coder's."""
    if within.state is not RoundState.OPEN:
        raise RoundNotOpenError(within.name, within.state.value)
    must_be_in(within, coder)


def must_be_in(within: Round, coder: Coder) -> None:
    """Refuse who does not code in a round."""
    if not within.has(coder):
        raise RefusedError(
            f"{coder.name} does not code in round {within.name}.",
            hint="See who does: qualcode round status",
        )
