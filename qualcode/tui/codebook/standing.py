"""What one stands on in the codebook: from here it is known which keys can do something now."""

from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.codebook import Code, Part
from qualcode.services.codebook_desk import CodebookDesk
from qualcode.tui.codebook.rows import TreeRow


class View(StrEnum):
    """What is listed at the left."""

    TREE = "codes"
    VERSIONS = "versions"
    PROPOSALS = "proposals"
    FINDINGS = "gaps"


@dataclass(frozen=True, slots=True)
class Standing:
    """The list one is in, the row of the tree, and what is going on.

    `listed` counts the rows of the list, `marked` the proposals marked to be joined.
    """

    view: View
    leads: bool
    row: TreeRow | None
    desk: CodebookDesk
    listed: int
    filtered: bool = False
    marked: int = 0

    @property
    def in_tree(self) -> bool:
        """Is it the tree that one is in?"""
        return self.view is View.TREE

    @property
    def entry(self) -> Code | None:
        """The code one stands on, in use or retired; None elsewhere."""
        return self.row.code if self.row is not None and self.in_tree else None

    @property
    def code(self) -> Code | None:
        """The code in use one stands on."""
        return self.entry if self.entry is not None and self.entry.in_use else None

    @property
    def part(self) -> Part | None:
        """The part one stands on."""
        return self.row.part if self.row is not None and self.in_tree else None
