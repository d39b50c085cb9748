"""Undo, redo, and what happened."""

from dataclasses import dataclass
from datetime import datetime

from qualcode.domain.errors import RefusedError
from qualcode.domain.journal import Entry
from qualcode.domain.people import Coder
from qualcode.domain.rounds import RoundState
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
            raise RefusedError("There is nothing of yours to undo.")
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
            raise RefusedError("There is nothing of yours to redo.")
        entry = _in_open_round(work, work.journal.entry(target))
        work.changes.bring_back(entry, undone_in=work.steps.undone_in(entry.id))
        work.steps.mark(entry.id, undone_in=None)
        work.note("step", str(entry.id))
        return _step(work, entry)


def _in_open_round(work: Work, entry: Entry) -> Entry:
    """Refuse to reach into a round that is stopped."""
    if entry.layer is None:
        raise RefusedError("This step cannot be undone.")
    work.about_layer(entry.layer)
    within = work.rounds.of_layer(entry.layer)
    decides = entry.kind == "decide"
    if within.state is RoundState.CLOSED or (within.state is RoundState.FROZEN and not decides):
        raise RefusedError(
            f"Your last step lies in round {within.name}, which is {within.state.value}.",
            hint="What a stopped round holds stays as it is.",
        )
    return entry


def _step(view: View, entry: Entry) -> Step:
    return Step(entry.kind, view.describe(entry), entry.at)


def history(project: Project, *, by: Coder, newest: int = 20) -> list[tuple[Entry, str, str]]:
    """List the newest entries that this person may see: entry, who, what in words.

    Steps in a layer that is not theirs to view are left out, as if they had not been.
    """
    with project.reading() as view:
        people = view.people.by_id()
        seen = view.layers_seen_by(by)
        found: list[tuple[Entry, str, str]] = []
        for entry in view.journal.entries(newest=newest * 5):
            if entry.layer is not None and entry.layer not in seen:
                continue
            who = people[entry.who].name if entry.who else "qualcode"
            if (
                entry.layer is not None
                and seen[entry.layer].sealed_from_view
                and entry.who != by.id
            ):
                who = "a coder"
            found.append((entry, who, view.describe(entry)))
        return found[:newest]
