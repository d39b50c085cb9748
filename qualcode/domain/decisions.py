"""Decisions: how a disagreement was settled, by whom, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from qualcode.domain.text import Range


class Outcome(StrEnum):
    """What became of a disagreement."""

    AGREED = "agreed"
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Decision:
    """One passage settled: the outcome, the reason in words, who decided and when."""

    id: UUID
    layer: UUID
    source: UUID
    revision: UUID
    range: Range
    outcome: Outcome
    reason: str
    by: UUID
    at: datetime
