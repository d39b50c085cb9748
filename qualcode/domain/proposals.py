"""Proposals: what a coder would like the codebook to hold."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qualcode.domain.text import Range


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new code as a coder proposes it: a label, and the passage that is its first example.

    In vivo, the label is what a participant said.
    """

    id: UUID
    coder: UUID
    layer: UUID
    source: UUID
    revision: UUID
    range: Range
    label: str
    written: datetime
