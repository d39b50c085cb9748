"""Checking a study, and copying it to a safe place."""

from pathlib import Path

from qualcode.domain.addresses import is_address
from qualcode.domain.errors import RefusedError
from qualcode.domain.findings import Finding
from qualcode.store.backup import copy_whole
from qualcode.store.checks import check as check_all
from qualcode.store.project import Project


def check(project: Project, *, head: str | None = None) -> list[Finding]:
    """Compare every text, coding, codebook and journal entry with its fingerprint."""
    return check_all(project, head=head)


def backup(project: Project, to: Path) -> Path:
    """Copy the project file as it is now, while others may be coding."""
    if is_address(project.place):
        raise RefusedError(
            "A database on a server is backed up by its own tools.", hint="Use pg_dump."
        )
    return copy_whole(Path(project.place), to)
