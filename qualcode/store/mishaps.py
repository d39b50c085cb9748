"""What the database reports, as a sentence a coder can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from qualcode.domain.addresses import is_address, shown_address
from qualcode.domain.errors import ProjectError, RefusedError

_SENTENCES = {
    "database is locked": (
        "somebody else has been writing to it for half a minute.",
        "Try again; if it goes on, look for another qualcode that hangs.",
    ),
    "lock timeout": (
        "somebody else has been writing to it for half a minute.",
        "Try again; if it goes on, look for another qualcode that hangs.",
    ),
    "disk is full": ("the disk is full.", "Free some space; nothing half-done was kept."),
    "readonly database": (
        "the file or its folder can only be read.",
        "Ask for the right to write, or copy it with: qualcode backup",
    ),
    "unable to open": ("the file cannot be opened.", "Look at its path and its permissions."),
    "disk i/o error": (
        "the disk reported an error.",
        "Nothing half-done was kept; look at the disk before going on.",
    ),
    "malformed": ("the file is damaged.", "Go on with the last good backup."),
    "not a database": (
        "this is not a qualcode project.",
        "Name the project with -p FILE, or begin one: qualcode -p FILE init",
    ),
    "no such table": ("this is a database, but not a qualcode project.", "Name another file."),
    "authentication failed": (
        "the database server does not know this name or password.",
        "Look at the address; the password belongs in ~/.pgpass: qualcode help server",
    ),
    "no password supplied": (
        "the database server asks for a password.",
        "Put it into ~/.pgpass: qualcode help server",
    ),
    "permission denied": (
        "the role you sign in with may not do that here.",
        "Ask the lead, or who runs the server: qualcode help server",
    ),
    "row-level security": (
        "the role you sign in with writes only its own rows, and only in open rounds.",
        "Nothing was changed. See: qualcode help server",
    ),
    "does not exist": (
        "the server has no such database, or no such role.",
        "Look at the address, or ask whoever set the database up.",
    ),
    "no pg_hba.conf entry": (
        "the database server does not let this role in from here.",
        "Ask whoever runs the server.",
    ),
    "certificate": (
        "the database server cannot prove who it is.",
        "Ask who runs it for its root certificate: qualcode help server",
    ),
    **dict.fromkeys(
        ("connection failed", "connection is bad", "connection timeout"),
        (
            "the database server does not answer.",
            "Look at the address and whether the server runs; what was done is kept there.",
        ),
    ),
    "resolve host": (
        "there is no server of this name.",
        "Look at the address; a password with @ or / in it belongs in ~/.pgpass.",
    ),
    **dict.fromkeys(
        ("closed the connection", "terminating connection", "connection is lost", "is closed"),
        (
            "the connection to the database server was lost.",
            "Nothing half-done was kept; try again.",
        ),
    ),
}
_BROKEN = (
    "the connection to the database server broke.",
    "Go on once it is back. What was shown as done is kept; for the last step: qualcode history",
)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Tell what goes wrong at a project's place as a sentence."""
    try:
        yield
    except DBAPIError as trouble:
        raise as_mishap(trouble, place) from trouble
    except UnicodeDecodeError as trouble:
        sentence, hint = _SENTENCES["malformed"]
        raise ProjectError(f"{shown_place(place)}: {sentence}", hint=hint) from trouble
    except UnicodeEncodeError as trouble:
        raise RefusedError(
            "Something given here is not text that can be kept.",
            hint="Leave out the characters that do not show; nothing was changed.",
        ) from trouble


def as_mishap(trouble: DBAPIError, place: str) -> ProjectError:
    """Say in a sentence what the database reported, and what to do about it."""
    if trouble.connection_invalidated:
        sentence, hint = _BROKEN
        return ProjectError(f"{shown_place(place)}: {sentence}", hint=hint)
    words = str(trouble.orig).lower()
    for sign, (sentence, hint) in _SENTENCES.items():
        if sign in words:
            return ProjectError(f"{shown_place(place)}: {sentence}", hint=hint)
    return ProjectError(
        f"{shown_place(place)}: the database refused the step.",
        hint="Nothing was changed. Check the file with: qualcode check",
    )


def shown_place(place: str) -> str:
    """Name a project's place without the password that an address may hold."""
    return shown_address(place) if is_address(place) else place
