"""Logins: coders who sign in to the study's database, each with a role of their own."""

from dataclasses import dataclass
from urllib.parse import quote

from qualcode.domain.addresses import is_address, shown_address
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.services.people import lead_only
from qualcode.store import roles
from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class LetIn:
    """A coder, the role they sign in as, whether it was made just now, and the address to use."""

    coder: Coder
    role: str
    made: bool
    address: str


def let_in(project: Project, name: str, *, by: Coder, role: str = "") -> LetIn:
    """Let a coder sign in to the database with a role of their own, which the rules here bind.

    Without `role` it is called after the coder and made; one that is there already is named. Said
    again it grants again what the role needs. No password passes through here.
    """
    _must_lead_a_database(project, by)
    with project.work("coder login", by=by) as work:
        coder = work.people.named(name)
        login = roles.let_in(work.session, coder, role)
        work.note("coder", str(coder.id))
        work.ledger.say("name", coder.name)
        work.ledger.say("login", login.role)
    return LetIn(
        coder, login.role, login.made, shown_address(project.place, name=quote(login.role, safe=""))
    )


def let_out(project: Project, name: str, *, by: Coder) -> str:
    """Let a coder sign in no more; what they did stays. Give the role, which the server keeps."""
    _must_lead_a_database(project, by)
    with project.work("coder logout", by=by) as work:
        coder = work.people.named(name)
        role = roles.let_out(work.session, coder)
        work.note("coder", str(coder.id))
        work.ledger.say("name", coder.name)
        work.ledger.say("login", role)
    return role


def _must_lead_a_database(project: Project, by: Coder) -> None:
    lead_only(by, "let coders sign in")
    if not is_address(project.place):
        raise RefusedError(
            "A project file has no logins: who can read it can read all of it.",
            hint="Move the study to a database: qualcode help server",
        )
