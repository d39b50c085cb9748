"""Insisting on names before a blind round is closed, and what a report has to say of it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from qualcode.domain.errors import RefusedError
from qualcode.domain.journal import Entry
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState
from qualcode.domain.text import as_stored
from qualcode.services.people import lead_only
from qualcode.store.project import Project, View

_UNBLIND, _CLOSED, _OPENED = "round unblind", "round closed", "round open"


def unblind(project: Project, name: str, *, reason: str, by: Coder) -> Round:
    """Let the lead know whose layer is whose in a blind round, for a reason that is kept.

    It cannot be taken back: the round counts as unblinded from then on, and its reports say
    so. Its coders do not see each other for it.
    """
    lead_only(by, "unblind a round")
    if not reason.strip():
        raise RefusedError("Unblinding a round needs a reason.", hint='Say why: --because "…"')
    with project.work(_UNBLIND, by=by) as work:
        found = work.rounds.named(name)
        _must_hold_names_back(found)
        work.rounds.unblind(found)
        work.note("round", str(found.id))
        work.note("state", found.state.value)
        work.ledger.say("reason", as_stored(reason.strip()).text)
        return work.rounds.named(name)


def _must_hold_names_back(found: Round) -> None:
    if found.unblinded:
        raise RefusedError(
            f"Round {found.name} is unblinded already.", hint="See: qualcode round status"
        )
    if not found.sealed_from_view:
        raise RefusedError(
            f"Round {found.name} holds no names back.", hint="See: qualcode round status"
        )


@dataclass(frozen=True, slots=True)
class Unblinding:
    """When the lead insisted on names in a blind round, and why, as far as it is kept."""

    at: datetime
    reason: str


def unblinding(project: Project, name: str) -> Unblinding | None:
    """Say when and why a round was unblinded; None where it was not."""
    with project.reading() as view:
        return _unblinding(view, view.rounds.named(name))


def _unblinding(view: View, within: Round) -> Unblinding | None:
    made = _of_round(view, within, _UNBLIND)
    if not made:
        return None
    words, _salt = view.journal.words(made[-1].id)
    return Unblinding(made[-1].at, words.get("reason", ""))


def _of_round(view: View, within: Round, *kinds: str) -> list[Entry]:
    found = view.journal.of_kinds(*kinds)
    return [entry for entry in found if entry.touched.get("round") == str(within.id)]


def blinding_sentence(project: Project, name: str) -> str:
    """Say for a methods text how blind a round was, and what broke that."""
    with project.reading() as view:
        return blinding(view, view.rounds.named(name))


def blinding(view: View, within: Round) -> str:
    """Say for a methods text who could see what in a round, and what broke that."""
    name = within.name
    if not within.blind:
        return f"In round {name} coders could see each other's work."
    said = (
        f"In round {name} coders did not see each other's work until it was closed."
        if within.state is RoundState.CLOSED
        else f"In round {name} coders do not see each other's work until it is closed."
    )
    return f"{said} {_of_the_lead(view, within)}{_opened_again(view, within)}"


def _of_the_lead(view: View, within: Round) -> str:
    broken = _unblinding(view, within)
    if broken is None:
        return "Until then the lead compares it without names."
    words = " ".join(broken.reason.split())
    why = f": “{words}”." if words else "."
    when = broken.at.date().isoformat()
    return f"The lead was told whose codings are whose before that, on {when}{why}"


def _opened_again(view: View, within: Round) -> str:
    """Say that a round was open to view for a while, and coded in after that."""
    turns = [entry.kind for entry in _of_round(view, within, _CLOSED, _OPENED)]
    if (_CLOSED, _OPENED) not in pairwise(turns):
        return ""
    return " It was closed and opened again; what was coded after that was not blind."
