"""A codebook as a file gives it, not yet checked, and what reads one.

A reader of codebooks is a class named by an entry point of the group
`qualcode.codebook_importers`. It turns a file into parts with the fields of their codes;
that labels and keys are unique, that parents are there, is checked here for all formats.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Protocol, runtime_checkable

from qualcode.domain.codebook import Part, folded
from qualcode.domain.findings import Finding
from qualcode.interchange.codebook_fields import Fields
from qualcode.interchange.codebook_troubles import NOWHERE, At, Troubles
from qualcode.interchange.importing import Upload

LISTS = (
    "sub_questions",
    "include",
    "exclude",
    "examples",
    "not_to_confuse_with",
    "earlier_names",
)
TEXTS = ("description", "full_definition", "proposed_by", "proposed_on")
CODE_FIELDS = frozenset({"code", "key", "label", "parent", "origin", "colour", *TEXTS, *LISTS})
RETIRED_FIELDS = CODE_FIELDS | {"part", "successors"}


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A part and the fields of its codes in use, in order; `at` is where it stands."""

    part: Part
    codes: list[Fields] = field(default_factory=list)
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class CodebookDraft:
    """A codebook as a file gives it: `retired` are the fields of codes out of use.

    A retired code names its part by number and its `successors` by their labels.
    `findings` say what the file told that has no place in a codebook.
    """

    parts: tuple[DraftPart, ...]
    retired: tuple[Fields, ...] = ()
    title: str = ""
    version: int = 1
    language: str = "en"
    findings: tuple[Finding, ...] = ()


@runtime_checkable
class CodebookImporter(Protocol):
    """Reads codebooks of one format."""

    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def draft(self, upload: Upload, troubles: Troubles) -> CodebookDraft:
        """Read a file; note in `troubles` what is wrong, and raise where reading cannot go on."""
        ...


def made_key(label: str, number: int, taken: set[str], labels: set[str]) -> str:
    """Make a key of the label's letters and digits, and of the row's number where needed."""
    own = folded(label)
    key = "".join(sign for sign in own if sign.isalnum())
    while not key or key in taken or (key in labels and key != own):
        key += str(number)
    return key
