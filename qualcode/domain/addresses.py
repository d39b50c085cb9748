"""Addresses of databases, and how they are named without what is secret in them."""

import re

SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
_ADDRESS = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://.*", re.DOTALL)
_SECRET = re.compile(r"(?:ssl)?(?:password|passphrase)|.*secret|.*token", re.IGNORECASE)


def is_address(place: str) -> bool:
    """Say whether the place names a PostgreSQL database and not a file."""
    return place.startswith(SCHEMES)


def holds_password(words: str) -> bool:
    """Say whether there is an address with a password among the words."""
    found = _ADDRESS.search(words)
    if found is None:
        return False
    who, _rest, queries = _parted(found[0])
    return bool(who.partition(":")[2]) or any(_is_secret(each) for each in queries)


def shown_address(address: str, *, name: str = "") -> str:
    """Name a database without any password, or as it is for who signs in by another name.

    Everything before the last `@` counts as who signs in: a password may hold that sign too.
    """
    scheme = address.partition("://")[0]
    who, rest, queries = _parted(address)
    spoken = [each for each in queries if not _is_secret(each)]
    if name:
        spoken = [each for each in spoken if not each.startswith("user=")]
    who = name or who.partition(":")[0]
    query = f"?{'&'.join(spoken)}" if spoken else ""
    return f"{scheme}://{who}{'@' if who else ''}{rest}{query}"


def _parted(address: str) -> tuple[str, str, list[str]]:
    """Part an address into who signs in, host and database, and what follows its question mark."""
    body = address.partition("://")[2]
    who, _at, body = body.rpartition("@")
    rest, _mark, query = body.partition("?")
    return who, rest, [each for each in query.split("&") if each]


def _is_secret(query: str) -> bool:
    return _SECRET.fullmatch(query.partition("=")[0]) is not None
