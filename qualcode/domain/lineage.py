"""What became of codes: how codings read under a version in which codes were merged or split."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Desk
from qualcode.domain.text import Range

Segment = tuple[UUID, UUID, tuple[Range, ...]]

RULE_FIELDS = ("description", "full_definition", "include", "exclude")
"""What tells a coder when a code applies; the other codes it is held against do not count,
for they are called otherwise when those are renamed, merged or retired.
"""


def in_force(codebook: Codebook, codings: Sequence[Coding]) -> list[Coding]:
    """Give codings as a version of the codebook reads them, each once a segment and layer.

    A coding under a code that was merged stands under the one it was merged into; where that
    stands on just these words already, the earlier of the two is given. The codings
    themselves stay as they are: each still knows the code it was made under.
    """
    if not codebook.retired:
        return list(codings)
    known = codebook.by_id()
    standing: dict[tuple[Segment, UUID], Coding] = {}
    for coding in codings:
        read = _read(coding, known)
        place = ((read.layer, read.source, read.ranges), read.code)
        before = standing.get(place)
        if before is None or read.id < before.id:
            standing[place] = read
    return list(standing.values())


def _read(coding: Coding, known: Mapping[UUID, Code]) -> Coding:
    made_under = coding.made_under
    code = known[made_under].id if made_under in known else made_under
    if code == coding.code:
        return coding
    return replace(coding, code=code, first_code=made_under if code != made_under else None)


def desk_in_force(codebook: Codebook, desk: Desk) -> Desk:
    """Give a desk as a version of the codebook reads it; memos hang on what is shown of it."""
    if not codebook.retired:
        return desk
    codings = tuple(in_force(codebook, desk.codings))
    if len(codings) == len(desk.codings):
        return replace(desk, codings=codings)
    known = codebook.by_id()
    roots = {(each.ranges, each.code): each.root for each in codings}
    shown = {}
    for coding in desk.codings:
        read = _read(coding, known)
        shown[coding.root] = roots[read.ranges, read.code]
    memos = tuple(
        memo
        if memo.coding is None or shown.get(memo.coding, memo.coding) == memo.coding
        else replace(memo, coding=shown[memo.coding])
        for memo in desk.memos
    )
    return replace(desk, codings=codings, memos=memos)


def twins_of(
    codebook: Codebook, codings: Iterable[Coding], among: Iterable[Coding]
) -> list[Coding]:
    """List the codings, among some, that read as the same as those given, these included."""
    known = codebook.by_id()
    wanted = {(read.source, read.ranges, read.code) for read in (_read(c, known) for c in codings)}
    return [
        coding
        for coding in among
        if (coding.source, coding.ranges, _read(coding, known).code) in wanted
    ]


def ids_of(codebook: Codebook, code: Code) -> list[UUID]:
    """List the ids whose codings read as codings of a code: its own first, then merged ones."""
    known = codebook.by_id()
    return [code.id, *(one.id for one in codebook.retired if known[one.id].id == code.id != one.id)]


class Why(StrEnum):
    """Why a coding should be looked at again."""

    GONE = "its code is retired"
    REWORDED = "its code's rule was reworded"


@dataclass(frozen=True, slots=True)
class Rules:
    """How the rule of each code read in every version: `entries` holds, by code, its entries.

    An entry is a version from which on the code read so, oldest first.
    """

    entries: dict[UUID, list[tuple[int, Code]]]

    def at(self, code_id: UUID, version: int) -> Code | None:
        """Give a code as it read in a version; before its first entry, as it read at first."""
        known = self.entries.get(code_id, [])
        read = [code for since, code in known if since <= version]
        return read[-1] if read else known[0][1] if known else None

    def same(self, code_id: UUID, one: int, other: int) -> bool:
        """Did the rule of a code read the same in two versions?"""
        before, after = self.at(code_id, one), self.at(code_id, other)
        return before is None or after is None or rule_of(before) == rule_of(after)

    def retired_since(self, code_id: UUID, version: int) -> int:
        """Give the version from which on a code was retired without a break up to another."""
        since = 0
        for number, code in self.entries.get(code_id, []):
            if number <= version and code.in_use:
                since = 0
            elif number <= version:
                since = since or number
        return since


def rule_of(code: Code) -> tuple[object, ...]:
    """Give what tells a coder when a code applies."""
    return tuple(getattr(code, name) for name in RULE_FIELDS)


def merged_since(codebook: Codebook, rules: Rules, code_id: UUID) -> int:
    """Give the version from which on a code has read as another it was merged into, else 0."""
    since = 0
    entry = codebook.entry(code_id)
    while entry is not None and not entry.in_use and len(entry.successors) == 1:
        since = max(since, rules.retired_since(entry.id, codebook.version))
        entry = codebook.entry(entry.successors[0])
    return since
