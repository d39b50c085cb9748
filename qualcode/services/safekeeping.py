"""Checking a study, and copying it to a safe place."""

from dataclasses import replace
from pathlib import Path

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import RefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.people import Coder
from qualcode.store.backup import copy_whole
from qualcode.store.checks import check as check_all
from qualcode.store.project import Project

_TELLING = 8
"""Fewer signs of a hash would be met by chance, and let a coder feel for others' entries."""


def check(project: Project, *, head: str | None = None, by: Coder | None = None) -> list[Finding]:
    """Compare every text, coding, codebook and journal entry with its fingerprint.

    With `by`, findings have no place where some of the layers are kept from that person.
    """
    if head is not None and len(head) < _TELLING:
        raise RefusedError(
            f"“{head}” is too short to name one journal hash.",
            hint=f"Give at least {_TELLING} signs of the head that a report prints.",
        )
    findings = check_all(project, head=head)
    if not findings or by is None or by.leads or not _keeps_apart(project):
        return findings
    return [replace(one, place="") for one in findings]


def _keeps_apart(project: Project) -> bool:
    with project.reading() as view:
        return any(one.sealed_from_view for one in view.rounds.all())


def backup(project: Project, to: Path) -> Path:
    """Copy the project file as it is now, while others may be coding."""
    if is_address(project.place):
        raise RefusedError(
            "A database on a server is backed up by its own tools.", hint="Use pg_dump."
        )
    return copy_whole(Path(project.place), to)
