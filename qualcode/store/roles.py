"""Coders as roles of a database: who is signed in, and letting a coder in and out."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from qualcode.domain.errors import AlreadyThereError, ProjectError, RefusedError
from qualcode.domain.people import Coder
from qualcode.store import policies
from qualcode.store.engine import for_reading
from qualcode.store.models import CoderRow
from qualcode.store.people import People

LONGEST = 63
"""More bytes of a role's name than this PostgreSQL would cut off."""

_OWNS = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'entry'::regclass"
_BOUND = (
    "SELECT current_user, row_security_active('entry'),"
    " has_table_privilege('coder', 'SELECT') AND has_table_privilege('entry', 'SELECT')"
)
_ROLE = (
    "SELECT rolsuper OR rolbypassrls OR rolcreaterole"
    " OR pg_has_role(rolname, relowner, 'MEMBER') OR rolname = current_user"
    " FROM pg_roles, pg_class WHERE rolname = :role AND pg_class.oid = 'entry'::regclass"
)
_MAY_MAKE = (
    "SELECT (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user),"
    " NOT row_security_active('entry')"
)


@dataclass(frozen=True, slots=True)
class Login:
    """The role a coder is known by in the database, and whether it was made just now."""

    role: str
    made: bool


def role_name(name: str) -> str:
    """Give the name of the role that is made for a coder: theirs, in what all programs can type."""
    plain = "".join(sign if sign.isalnum() else "_" for sign in name.casefold())
    return plain.encode()[:LONGEST].decode(errors="ignore")


def signed_in(engine: Engine, place: str) -> Coder | None:
    """Say as which coder a database is open; None for who owns it, and for any file."""
    if engine.dialect.name != "postgresql":
        return None
    with Session(for_reading(engine)) as session:
        role, bound, let_in = session.connection().exec_driver_sql(_BOUND).one()
        if not bound:
            return None
        found = People(session).with_login(role) if let_in else None
    if found is None:
        raise ProjectError(
            f"{place}: this study knows no coder who signs in as {role}.",
            hint=f"Ask its lead for: qualcode coder login NAME --role {role}",
        )
    return found


def must_own(engine: Engine, place: str) -> None:
    """Refuse to bring up to date what belongs to another role."""
    with engine.connect() as connection:
        if not connection.exec_driver_sql(_OWNS).scalar():
            raise ProjectError(
                f"{place} was made by an older qualcode; its lead brings it up to date.",
                hint="Ask the lead to open it once.",
            )


def let_in(session: Session, coder: Coder, named: str = "") -> Login:
    """Let a coder sign in as a role; it is made where there is none, and given no password.

    Without a name it is the one they have, or one called after them; one that is there already
    must be named to be taken.
    """
    connection = session.connection()
    row = session.get_one(CoderRow, coder.id)
    role = named or row.login or role_name(coder.name)
    _must_fit(connection, coder, role)
    _must_be_nobodys(session, coder, role)
    policies.bind(connection)
    made = not _is_there(connection, coder, role, taking=role in {named, row.login})
    if made:
        connection.exec_driver_sql(f"CREATE ROLE {policies.quoted(connection, role)} LOGIN")
    if row.login not in {None, role}:
        policies.let_out(connection, str(row.login))
    row.login = role
    session.flush()
    policies.let_in(connection, role)
    return Login(role, made)


def _is_there(connection: Connection, coder: Coder, role: str, *, taking: bool) -> bool:
    """Say whether the server has a role already; refuse one that cannot be taken, or not made."""
    stands_above = connection.execute(text(_ROLE), {"role": role}).scalar()
    may_make, owns = connection.exec_driver_sql(_MAY_MAKE).one()
    if not owns:
        raise RefusedError(
            "Only who owns the study's tables can let coders in.",
            hint="Sign in with the role that moved the study here.",
        )
    if stands_above:
        raise RefusedError(
            f"The role {role} stands above the rules here; no round would be blind to it.",
            hint="Take a role of the coder's own, without any special right.",
        )
    if stands_above is None and not may_make:
        raise RefusedError(
            "Your role may not make other roles on this server.",
            hint=f"Ask who runs it for: CREATE ROLE {policies.quoted(connection, role)} LOGIN;"
            f" then say: qualcode coder login {coder.name} --role {role}",
        )
    if stands_above is False and not taking:
        raise AlreadyThereError(
            f"There is a role {role} on this server already.",
            hint=f"If it is {coder.name}'s: qualcode coder login {coder.name} --role {role}",
        )
    return stands_above is not None


def _must_fit(connection: Connection, coder: Coder, role: str) -> None:
    if coder.leads:
        raise RefusedError(
            f"{coder.name} leads the study, and signs in as who owns its tables.",
            hint="Name a coder who does not lead.",
        )
    if not policies.hides_behind_views(connection):
        raise ProjectError(
            "Roles of coders need PostgreSQL 15 or later.", hint="Ask who runs the server."
        )
    if not role or len(role.encode()) > LONGEST or "\0" in role or role.startswith("pg_"):
        raise RefusedError(
            "This cannot be the name of a role.",
            hint="Name one: qualcode coder login NAME --role …",
        )


def _must_be_nobodys(session: Session, coder: Coder, role: str) -> None:
    other = People(session).with_login(role)
    if other is not None and other.id != coder.id:
        raise AlreadyThereError(
            f"{other.name} signs in as {role} already.", hint="Each coder has a role of their own."
        )


def let_out(session: Session, coder: Coder) -> str:
    """Let a coder sign in no more; the role itself stays on the server. Say which it was."""
    row = session.get_one(CoderRow, coder.id)
    if row.login is None:
        raise RefusedError(f"{coder.name} has no login here.", hint="See: qualcode coder list")
    role, row.login = row.login, None
    session.flush()
    policies.let_out(session.connection(), role)
    return role
