"""Coders and what each may do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """A coder's part in the study."""

    LEAD = "lead"
    CODER = "coder"
    THIRD_READER = "third reader"
    AUDITOR = "auditor"
    WRITER = "writer"


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes, decides or reads; the name may change, the id never does.

    Who has `left` adds nothing any more, and what they did stays. `login` is the role that a
    database with roles knows them by.
    """

    id: UUID
    name: str
    role: Role
    left: bool = False
    login: str | None = None

    @property
    def leads(self) -> bool:
        """Does this person own codebook, sources, rounds and consensus?"""
        return self.role is Role.LEAD
