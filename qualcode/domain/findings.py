"""Odd things noticed in a coder's data: listed, never raised."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth a look: what kind, where, and a sentence about it."""

    kind: str
    sentence: str
    place: str = ""
