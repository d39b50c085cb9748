"""Undo, redo, and what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from qualcode.domain.errors import RefusedError
from qualcode.domain.journal import Entry
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState
from qualcode.store.journal import NOTING
from qualcode.store.project import Project, View, Work


@dataclass(frozen=True, slots=True)
class Step:
    """A step in a coder's own layer: what kind it was, and what it did in words."""

    kind: str
    words: str
    at: datetime


def undo(project: Project, *, by: Coder) -> Step:
    """Undo the coder's last step that stands, whenever it was made."""
    with project.work("undo", by=by) as work:
        target = work.steps.to_undo(by.id)
        if target is None:
            raise RefusedError("There is nothing of yours to undo.", hint="See: qualcode history")
        entry = _in_open_round(work, work.journal.entry(target))
        work.changes.take_back(entry)
        work.steps.mark(entry.id, undone_in=work.ledger.entry)
        work.note("step", str(entry.id))
        return _step(work, entry)


def redo(project: Project, *, by: Coder) -> Step:
    """Bring back the step that was undone last, if nothing was done since."""
    with project.work("redo", by=by) as work:
        target = work.steps.to_redo(by.id)
        if target is None:
            raise RefusedError(
                "There is nothing of yours to redo.", hint="Only a step undone last comes back."
            )
        entry = _in_open_round(work, work.journal.entry(target))
        work.changes.bring_back(entry, undone_in=work.steps.undone_in(entry.id))
        work.steps.mark(entry.id, undone_in=None)
        work.note("step", str(entry.id))
        return _step(work, entry)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What undo and redo would do now, in words; nothing where they would be refused."""

    undo: str
    redo: str


def waiting(project: Project, *, by: Coder) -> Waiting:
    """Say what undo and redo would do now."""
    with project.reading() as view:
        return Waiting(
            _said(view, view.steps.to_undo(by.id)), _said(view, view.steps.to_redo(by.id))
        )


def _said(view: View, step: UUID | None) -> str:
    if step is None:
        return ""
    entry = view.journal.entry(step)
    if entry.layer is None or _stopped(view.rounds.of_layer(entry.layer), entry):
        return ""
    if _is_answered(view, entry):
        return ""
    return view.describe(entry)


def _stopped(within: Round, entry: Entry) -> bool:
    """Say whether a step lies in a round that is stopped; a frozen one waits for decisions.

    A note for the next round is no part of the one that is stopped.
    """
    if entry.kind == NOTING:
        return False
    decides = entry.kind in {"decide", "accept agreed"}
    return within.state is RoundState.CLOSED or (within.state is RoundState.FROZEN and not decides)


def _is_answered(view: View, entry: Entry) -> bool:
    """Say whether a step is a proposal that has its answer: it stays beside that."""
    if not entry.kind.startswith("propose"):
        return False
    note = cast("dict[str, list[str]]", entry.touched.get("added proposal", {}))
    answered = view.verdicts.all()
    return any(UUID(one) in answered for one in note.get("ids", []))


def _in_open_round(work: Work, entry: Entry) -> Entry:
    """Refuse to reach into a round that is stopped."""
    if entry.layer is None:
        raise RefusedError("This step cannot be undone.", hint="See: qualcode history")
    work.about_layer(entry.layer)
    within = work.rounds.of_layer(entry.layer)
    if _stopped(within, entry):
        raise RefusedError(
            f"Your last step lies in round {within.name}, which is {within.state.value}.",
            hint="What a stopped round holds stays as it is.",
        )
    if _is_answered(work, entry):
        raise RefusedError(
            "Your last step is a proposal that the lead has answered; it stays in the history.",
            hint="See: qualcode codebook proposals",
        )
    return entry


def _step(view: View, entry: Entry) -> Step:
    return Step(entry.kind, view.describe(entry), entry.at)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry as a person may see it: its number among those they see, who, what in words."""

    number: int
    entry: Entry
    who: str
    words: str


def history(project: Project, *, by: Coder, newest: int = 20) -> list[Event]:
    """List the newest entries that this person may see, the newest first.

    Steps in a layer that is not theirs to view, or, to the lead, in one of a coder who is not
    to be known yet, are left out, as if they had not been: the numbers leave no gap for them.
    Step after step they would tell who coded what, and when.
    """
    with project.reading() as view:
        people = view.people.by_id()
        known = view.layers_known_to(by)
        last = view.journal.count(known, by=by.id)
        return [
            Event(last - place, entry, _who(entry, people), view.describe(entry))
            for place, entry in enumerate(view.journal.newest(newest, known, by=by.id))
        ]


def held_back(project: Project, *, by: Coder) -> tuple[str, ...]:
    """Name the rounds whose steps this person may look at but not follow one by one."""
    with project.reading() as view:
        seen, known = view.layers_seen_by(by), view.layers_known_to(by)
        return tuple(dict.fromkeys(seen[one].name for one in seen if one not in known))


def _who(entry: Entry, people: dict[UUID, Coder]) -> str:
    return people[entry.who].name if entry.who else "qualcode"
