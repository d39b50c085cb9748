"""Journals that come together: up to where the one of each workspace is known, and by whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from uuid import UUID

from qualcode.domain.journal import Entry, Json

OUT, IN, BEGUN = "bundle out", "bundle in", "bundle begun"
"""A share given out, one that came back, and where the part of a share ends that was retold."""
_KNOWN, _WITH, _KNEW = "known", "with", "knew"
Stretches = Sequence[tuple[int, int]]
Knew = Mapping[UUID, Stretches]
"""By workspace, the entries of another one's journal that were known there: first and last."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The entry of a workspace's journal up to which it is known, and whose workspace it is."""

    workspace: UUID
    coder: UUID
    number: int
    head: str

    @classmethod
    def told(cls, facts: Any) -> "Anchor":  # noqa: ANN401 - JSON
        """Read what was noted."""
        return cls(
            UUID(str(facts["workspace"])),
            UUID(str(facts["coder"])),
            int(str(facts["number"])),
            str(facts["head"]),
        )

    @property
    def facts(self) -> dict[str, Json]:
        """Give what is noted in the journal."""
        return {
            "workspace": str(self.workspace),
            "coder": str(self.coder),
            "number": self.number,
            "head": self.head,
        }


def anchors(entries: Iterable[Entry], *kinds: str) -> Iterator[Anchor]:
    """List where journals begin that were given out, or how far those had come that came in."""
    for entry in entries:
        if entry.kind not in kinds:
            continue
        if entry.kind != BEGUN:
            yield Anchor.told(entry.touched)
        for facts in cast("list[Any]", entry.touched.get(_listed(entry), [])):
            yield Anchor.told(facts)


def _listed(entry: Entry) -> str:
    return _KNOWN if entry.kind == BEGUN else _WITH


def known_facts(known: Iterable[Anchor]) -> dict[str, Json]:
    """Note, where a share begins, how far its coder's other journals had come back."""
    listed: list[Json] = [each.facts for each in known]
    return {_KNOWN: listed} if listed else {}


def joined_facts(ends: Sequence[Anchor], knew: Knew | None = None) -> dict[str, Json]:
    """Note how far journals had come that came in; `knew` tells what of this one each knew."""
    facts = dict(ends[0].facts)
    if ends[1:]:
        facts[_WITH] = [each.facts for each in ends[1:]]
    if knew is not None:
        facts[_KNEW] = {
            str(workspace): [[first, last] for first, last in stretches]
            for workspace, stretches in knew.items()
        }
    return facts


def brought_in(entry: Entry) -> bool:
    """Is this where a share goes on with what was done in an earlier one?"""
    return entry.kind == IN and _KNEW in entry.touched


def told_known(entry: Entry) -> Knew:
    """Read what each workspace knew, where a share goes on with what was done in earlier ones."""
    noted = cast("dict[str, Any]", entry.touched.get(_KNEW, {}))
    return {UUID(one): [(first, last) for first, last in each] for one, each in noted.items()}


class _Note(NamedTuple):
    """What an entry says of another workspace's journal, and what that knew of this one."""

    by: UUID
    number: int
    of: Anchor
    knew: Stretches


class Acquaintance:
    """Which entries of other workspaces were known where another entry was written."""

    def __init__(self, entries: Iterable[Entry], home: UUID) -> None:
        self._home = home
        self._given: dict[UUID, int] = {}
        self._notes: list[_Note] = []
        for entry in entries:
            if entry.kind == OUT and entry.workspace == home:
                self._given[Anchor.told(entry.touched).workspace] = entry.number
            elif entry.kind == IN:
                knew = told_known(entry)
                self._notes += [
                    _Note(entry.workspace, entry.number, each, knew.get(each.workspace, ()))
                    for each in anchors([entry], IN)
                ]

    def knew(self, later: Entry, earlier: Entry) -> bool:
        """Say whether the workspace of one entry knew of another's when it was written."""
        if later.workspace == earlier.workspace:
            return earlier.number < later.number
        if self._noted(later.workspace, later.number, earlier):
            return True
        if self._was_told(later.workspace, earlier):
            return True
        at_home = self._given.get(later.workspace)
        if at_home is None:
            return False
        if earlier.workspace == self._home:
            return earlier.number < at_home
        return self._noted(self._home, at_home, earlier)

    def _noted(self, by: UUID, before: int, earlier: Entry) -> bool:
        """Had an entry come in where another workspace wrote its next one?"""
        return any(
            note.by == by
            and note.number < before
            and note.of.workspace == earlier.workspace
            and note.of.number >= earlier.number
            for note in self._notes
        )

    def _was_told(self, later: UUID, earlier: Entry) -> bool:
        """Was an entry, before it was retold, known where a share went on that was renewed?"""
        return any(
            note.by == earlier.workspace
            and note.of.workspace == later
            and any(first <= earlier.number <= last for first, last in note.knew)
            for note in self._notes
        )
