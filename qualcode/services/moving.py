"""Moving a study from a file to a database and back."""

from dataclasses import dataclass

from qualcode.domain.errors import DamageError
from qualcode.domain.people import Coder
from qualcode.services.people import lead_only
from qualcode.store.checks import check
from qualcode.store.journal import MOVING
from qualcode.store.mishaps import shown_place
from qualcode.store.opening import begin_copy
from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a study went, and how many journal entries went with it."""

    place: str
    entries: int


def move(project: Project, to: str, *, by: Coder, anyway: bool = False) -> Moved:
    """Carry a study to a place where there is none; what stays behind can only be read.

    All goes along: texts, codebooks, layers, journal, what can be undone. The copy is checked
    before the study counts as moved; nobody can change it meanwhile.
    """
    lead_only(by, "move the study")
    with project.work(MOVING, by=by) as work:
        copy = begin_copy(to, work, anyway=anyway)
        try:
            findings = check(copy)
            entries = copy.changes_seen()
        finally:
            copy.close()
        if findings:
            raise DamageError(
                f"The copy does not pass its check: {findings[0].sentence}",
                hint=f"Do not use {shown_place(to)}; the study is where it was.",
            )
        work.note("entries", entries)
        work.ledger.say("place", shown_place(to))
    return Moved(shown_place(to), entries)
