"""Coders: joining, and being found by name."""

from qualcode.domain.errors import GoneError, OtherRoleError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder, Role
from qualcode.domain.text import as_stored
from qualcode.store.project import Project

RESERVED = frozenset({"consensus"})


def add(project: Project, name: str, *, role: Role = Role.CODER, by: Coder) -> Coder:
    """Let a person join the study."""
    lead_only(by, "add coders")
    fit = fit_name(name, "coder")
    with project.work("coder add", by=by) as work:
        coder = work.people.add(Coder(new_id(), fit, role))
        work.note("coder", str(coder.id))
        work.note("role", role.value)
        work.ledger.say("name", coder.name)
    return coder


def coders(project: Project) -> list[Coder]:
    """List the people of the study."""
    with project.reading() as view:
        return view.people.all()


def named(project: Project, name: str) -> Coder:
    """Find a person by name."""
    with project.reading() as view:
        return view.people.named(name)


def lead(project: Project) -> Coder:
    """Find who leads the study."""
    with project.reading() as view:
        return view.people.lead()


def owner(project: Project) -> Coder | None:
    """Say whose share of a study a project is; None where it is the study itself."""
    with project.reading() as view:
        found = view.journal.owner()
        return view.people.by_id()[found] if found else None


def alone(project: Project) -> Coder | None:
    """Say who alone can act here: whose share it is, or whose role the database is open with."""
    return project.signed_in or owner(project)


def usual(project: Project) -> Coder:
    """Say who acts where nobody is named: who alone can, else the lead."""
    return alone(project) or lead(project)


def acting(project: Project, name: str) -> Coder:
    """Find who is to act by name; who signed in with a coder's role acts as nobody else."""
    coder = named(project, name)
    if project.signed_in is not None and coder.id != project.signed_in.id:
        raise OtherRoleError(project.signed_in.name)
    return coder


def fit_name(name: str, what: str) -> str:
    """Give a name on one line without blanks around it; refuse one that could not be typed."""
    fit = " ".join(as_stored(name).text.split())
    if not fit:
        raise RefusedError(f"A {what} needs a name.", hint="Nothing was changed; name it.")
    if "," in fit or fit.casefold() in RESERVED:
        raise RefusedError(
            f"A {what} cannot be called “{fit}”.",
            hint="Commas part names, and the consensus is nobody's own; choose another name.",
        )
    return fit


def must_be_here(coder: Coder) -> None:
    """Refuse what would be added for a coder who has left."""
    if coder.left:
        raise GoneError(coder.name)


def lead_only(who: Coder, what: str) -> None:
    """Refuse what is the lead's to do."""
    if not who.leads:
        raise RefusedError(
            f"Only the lead can {what}; you are {who.name}.",
            hint="Ask the lead, or say who you are with --as.",
        )
