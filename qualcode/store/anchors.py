"""Journals that come together: up to where the one of each workspace is known, and by whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from qualcode.domain.journal import Entry

OUT, IN = "bundle out", "bundle in"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The entry of a workspace's journal up to which it is known, and whose workspace it is."""

    workspace: UUID
    coder: UUID
    number: int
    head: str

    @classmethod
    def noted(cls, entry: Entry) -> "Anchor":
        """Read what was noted when a bundle was given out or joined."""
        told = entry.touched
        return cls(
            UUID(str(told["workspace"])),
            UUID(str(told["coder"])),
            int(str(told["number"])),
            str(told["head"]),
        )

    @property
    def facts(self) -> dict[str, str | int]:
        """Give what is noted in the journal."""
        return {
            "workspace": str(self.workspace),
            "coder": str(self.coder),
            "number": self.number,
            "head": self.head,
        }


def anchors(entries: Iterable[Entry], kind: str = OUT) -> Iterator[Anchor]:
    """List where the journals of bundles given out begin, or how far those joined had come."""
    return (Anchor.noted(entry) for entry in entries if entry.kind == kind)


class Acquaintance:
    """Which entries of other workspaces were known where another entry was written."""

    def __init__(self, entries: Iterable[Entry], home: UUID) -> None:
        self._home = home
        self._given: dict[UUID, int] = {}
        self._joined: list[tuple[int, Anchor]] = []
        for entry in entries:
            if entry.kind == OUT:
                self._given[Anchor.noted(entry).workspace] = entry.number
            elif entry.kind == IN:
                self._joined.append((entry.number, Anchor.noted(entry)))

    def knew(self, later: Entry, earlier: Entry) -> bool:
        """Say whether the workspace of one entry knew of another's when it was written."""
        if later.workspace == earlier.workspace:
            return earlier.number < later.number
        at_home = later.number if later.workspace == self._home else self._given[later.workspace]
        if earlier.workspace == self._home:
            return earlier.number < at_home
        return any(
            number < at_home
            and anchor.workspace == earlier.workspace
            and anchor.number >= earlier.number
            for number, anchor in self._joined
        )
