"""Themes: claims above codes, each with the codes it rests on and the quotations against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.quotations import is_quotation_id

_WORD = re.compile(r"\w+")


class ThemeState(StrEnum):
    """Whether a theme stands; one that is withdrawn was taken back and never was."""

    STANDING = "standing"
    RETIRED = "retired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Theme:
    """A claim in a sentence, by one owner: its codes, and the quotations that speak against it.

    `codes` are ids of codes as they were when they were set; `counter_examples` are quotation
    ids. `position` counts the owner's themes from 1.
    """

    id: UUID
    owner: UUID
    name: str
    claim: str = ""
    codes: tuple[UUID, ...] = ()
    counter_examples: tuple[str, ...] = ()
    position: int = 0
    state: ThemeState = ThemeState.STANDING

    @property
    def stands(self) -> bool:
        """Is it neither retired nor withdrawn?"""
        return self.state is ThemeState.STANDING


@dataclass(frozen=True, slots=True)
class ThemeCodes:
    """A theme's codes as a version of the codebook reads them, and what became of others.

    A code that was merged is there by the one it went into. One that was split is there by
    those that took its place and, for what is not yet re-decided, itself; so is one that is
    retired. `notes` are sentences on each of these.
    """

    codes: tuple[Code, ...]
    notes: tuple[str, ...] = ()

    def with_below(self, codebook: Codebook) -> list[Code]:
        """List the codes with all that stand below them, each once, in order."""
        tree = CodeTree(codebook)
        branches = [
            one for code in self.codes for one in (tree.branch(code) if code.in_use else [code])
        ]
        return sorted(dict.fromkeys(branches), key=lambda code: (code.position, code.id))


def codes_now(codebook: Codebook, codes: Sequence[UUID]) -> ThemeCodes:
    """Read a theme's codes by what stands for them now."""
    now: dict[UUID, Code] = {}
    notes: list[str] = []
    for one in codes:
        entry = codebook.entry(one)
        if entry is None:
            continue
        standing = _standing(codebook, entry)
        now |= {code.id: code for code in standing}
        if not entry.in_use:
            notes.append(_became(entry, standing))
    ordered = sorted(now.values(), key=lambda code: (not code.in_use, code.position, code.id))
    return ThemeCodes(tuple(ordered), tuple(notes))


def _standing(codebook: Codebook, code: Code) -> list[Code]:
    """List the codes in use that stand for a code, however often it was merged and split.

    A code that was split stays beside its successors: what is not yet re-decided is its own.
    """
    waiting, found = [codebook.by_id()[code.id]], dict[UUID, Code]()
    while waiting:
        one = waiting.pop(0)
        if one.id not in found:
            found[one.id] = one
            waiting += [] if one.in_use else codebook.successors(one)
    return list(found.values())


def _became(code: Code, standing: Sequence[Code]) -> str:
    in_use = [one.title for one in standing if one.in_use]
    if not in_use:
        return f"{code.title} is retired; nothing took its place."
    if len(in_use) == 1:
        return f"{code.title} was merged into {in_use[0]}."
    return f"{code.title} was split: {', '.join(in_use[:-1])} and {in_use[-1]} took its place."


def quotations_named(words: str) -> list[str]:
    """List the quotation ids that a text names, each once."""
    return [one for one in dict.fromkeys(_WORD.findall(words)) if is_quotation_id(one)]


def announces(words: str) -> bool:
    """Say whether a text ends by announcing what follows it."""
    return words.rstrip().endswith((":", "："))


def put_at(themes: Sequence[Theme], theme: Theme, place: int) -> list[Theme]:
    """Put a theme at a place, counted from 1, among others of its owner; beyond the end, last."""
    others = [one for one in themes if one.id != theme.id]
    at = max(0, place - 1)
    return [*others[:at], theme, *others[at:]]
