"""Proposals: what a coder would like the codebook to hold, and how the lead answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from qualcode.domain.text import Range

PROPOSED_FIELDS = (
    "description",
    "full_definition",
    "include",
    "exclude",
    "examples",
    "not_to_confuse_with",
    "sub_questions",
    "origin",
    "colour",
)
"""The fields of a code that can be proposed; of a new code its label and key as well."""

Reworded: TypeAlias = tuple[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new code, or another wording of one, as a coder proposes it.

    A new code has a label, and mostly a passage that is its first example; in vivo, the label
    is what a participant said. `range` is empty without a passage. `code` names the code that
    would be reworded. `wording` holds the fields that are proposed, by name, in order of the
    names: a text, or several in the fields that hold lists. `against` is the version of the
    codebook its coder had before them; 0 where that is not known, or is of no matter.
    """

    id: UUID
    coder: UUID
    layer: UUID
    source: UUID | None
    revision: UUID | None
    range: Range
    label: str
    written: datetime
    code: UUID | None = None
    wording: tuple[Reworded, ...] = ()
    reason: str = ""
    against: int = 0

    @property
    def rewords(self) -> bool:
        """Is it about a code that is there already?"""
        return self.code is not None


class Answer(StrEnum):
    """How the lead answers a proposal."""

    ACCEPTED = "accepted"
    JOINED = "joined"
    REJECTED = "rejected"

    @property
    def words(self) -> str:
        """Say how it was answered."""
        return "joined with another" if self is Answer.JOINED else self.value


@dataclass(frozen=True, slots=True)
class Verdict:
    """The lead's answer to one proposal; `code` and `version` say what came of it."""

    id: UUID
    proposal: UUID
    answer: Answer
    reason: str
    code: UUID | None
    version: int | None
    by: UUID
    at: datetime
