"""The codebook as it lies before one person: what it holds, and what can be done with it now."""

from dataclasses import dataclass

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_versions import Version
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round
from qualcode.services.codebook_changes import behind
from qualcode.services.codebook_undo import undoable
from qualcode.store.project import Project, View


@dataclass(frozen=True, slots=True)
class CodebookDesk:
    """The version in force, what undo and redo would do, and the rounds that go by another.

    `seen` differs once anybody has changed the study since.
    """

    codebook: Codebook
    undo: Version | None
    redo: Version | None
    behind: tuple[Round, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Made:
    """A version, and the name of who made it."""

    version: Version
    who: str


def versions(project: Project) -> list[Made]:
    """List the versions with who made each, the newest first; what changed is not looked at."""
    with project.reading() as view:
        return with_makers(view)[::-1]


def with_makers(view: View) -> list[Made]:
    """List the versions with who made each, the oldest first."""
    people = view.people.by_id()
    return [
        Made(one, people[one.who].name if one.who else "qualcode")
        for one in view.codebooks.versions()
    ]


def versions_of(project: Project, code: Code) -> list[Made]:
    """List the versions in which a code's entry reads otherwise than before, the newest first."""
    with project.reading() as view:
        entries = view.codebooks.rules(view.codebooks.current().version).entries
        numbers = {number for number, _entry in entries.get(code.id, [])}
    return [made for made in versions(project) if made.version.number in numbers]


def lay_out(project: Project, *, by: Coder, known: Codebook | None = None) -> CodebookDesk:
    """Read the codebook with what this person can do with it now.

    A version that is `known` is not read again: versions never change.
    """
    seen = project.changes_seen()
    undo, redo = undoable(project, by=by)
    with project.reading() as view:
        made = view.codebooks.versions()
        newest = made[-1].number if made else 0
        if known is None or known.version != newest:
            known = view.codebooks.current()
        return CodebookDesk(known, undo, redo, behind(view, known), seen)
