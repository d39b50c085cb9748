"""The journal: one entry a change, each sealed by a hash over itself and the one before.

Words that people said or wrote never stand in a hashed field: the entry holds a salted
hash of them, so they can be erased and the chain still checks.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Union
from uuid import UUID

Json = Union[str, int, float, bool, None, list["Json"], dict[str, "Json"]]  # noqa: UP007 - a recursive alias

FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: who, where, when, what kind, what it touched, why, and the two hashes."""

    id: UUID
    workspace: UUID
    number: int
    at: datetime
    who: UUID | None
    kind: str
    layer: UUID | None
    touched: Mapping[str, Json]
    sealed_words: str
    previous: str
    hash: str


def canonical(value: Json | Mapping[str, Json]) -> str:
    """Write a value in the one form that is hashed: sorted keys, no blanks, plain UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def moment(at: datetime) -> str:
    """Write a moment in UTC to the microsecond, as it is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(entry: Entry) -> str:
    """Compute what seals an entry: SHA-256 over its canonical form and the previous hash."""
    body: dict[str, Json] = {
        "id": str(entry.id),
        "workspace": str(entry.workspace),
        "number": entry.number,
        "at": moment(entry.at),
        "who": str(entry.who) if entry.who else None,
        "kind": entry.kind,
        "layer": str(entry.layer) if entry.layer else None,
        "touched": dict(entry.touched),
        "words": entry.sealed_words,
        "previous": entry.previous,
    }
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def seal(words: Mapping[str, str]) -> tuple[str, str]:
    """Seal words that may be erased later: give their salted hash and the salt."""
    if not words:
        return "", ""
    salt = os.urandom(16).hex()
    return sealed(words, salt), salt


def sealed(words: Mapping[str, str], salt: str) -> str:
    """Compute the salted hash of words, to compare with what an entry holds."""
    return hashlib.sha256((salt + canonical(dict(words))).encode()).hexdigest()
