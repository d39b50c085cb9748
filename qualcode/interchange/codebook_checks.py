"""What makes a codebook one: no name twice, every parent there, no circles."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from qualcode.domain.codebook import Code, folded
from qualcode.domain.display import shortened
from qualcode.interchange.codebook_drafts import CodebookDraft
from qualcode.interchange.codebook_fields import SHOWN
from qualcode.interchange.codebook_troubles import At, Troubles

Placed: TypeAlias = Sequence[tuple[Code, At]]


def check(troubles: Troubles, draft: CodebookDraft, codes: Placed) -> None:
    """Note where a codebook contradicts itself; retired codes keep their names for good."""
    seen: set[int] = set()
    for one in draft.parts:
        if one.part.number and one.part.number in seen:
            troubles.add(one.at, f"part {one.part.number} stands there twice.")
        seen.add(one.part.number)
    _note_twins(troubles, codes)
    in_use = [(code, at) for code, at in codes if code.in_use]
    _note_strangers(troubles, in_use)
    if len({folded(code.label) for code, _at in in_use}) == len(in_use):
        _note_circles(troubles, in_use)


def free_of_circles(start: UUID, after: Mapping[UUID, Sequence[UUID]]) -> bool:
    """Say whether going from one to those after it never leads back to where it began."""
    waiting = list(after.get(start, ()))
    seen: set[UUID] = set()
    while waiting:
        one = waiting.pop()
        if one == start:
            return False
        if one not in seen:
            seen.add(one)
            waiting.extend(after.get(one, ()))
    return True


def _note_twins(troubles: Troubles, codes: Placed) -> None:
    """Let a name find one code only, whatever its case and accents."""
    labels: dict[str, Code] = {}
    places: dict[UUID, At] = {code.id: at for code, at in codes}
    for code, at in codes:
        twin = labels.setdefault(folded(code.label), code) if code.label else code
        if twin is not code:
            where = places[twin.id]
            troubles.add(
                at,
                f"“{_shown(code.label)}” is the name of the code"
                f"{f' in {where}' if where.number else f' “{_shown(twin.label)}”'} already"
                " (case and accents do not tell codes apart).",
            )
    keys: dict[str, Code] = {}
    for code, at in codes:
        if not code.key:
            continue
        if not code.key.isalnum():
            troubles.add(
                at,
                f"code “{_shown(code.label)}” has the key “{_shown(code.key)}”;"
                " a key holds letters and digits only.",
            )
        key = folded(code.key)
        twin = keys.setdefault(key, code)
        other = labels.get(key, code) if twin is code else twin
        if other is not code:
            troubles.add(
                at,
                f"the key “{_shown(code.key)}” of “{_shown(code.label)}” also names"
                f" “{_shown(other.label)}”.",
            )


def _note_strangers(troubles: Troubles, codes: Placed) -> None:
    names = {folded(code.label) for code, _at in codes}
    for code, at in codes:
        for name in (code.parent, *code.not_to_confuse_with):
            if name and folded(name) not in names:
                troubles.add(
                    at,
                    f"code “{_shown(code.label)}” refers to “{_shown(name)}”,"
                    " which the codebook does not hold.",
                )


def _note_circles(troubles: Troubles, codes: Placed) -> None:
    parents = {folded(code.label): folded(code.parent) for code, _at in codes}
    written = {folded(code.label): (code.label, at) for code, at in codes}
    settled = {""}
    for code, _at in codes:
        label = folded(code.label)
        path: dict[str, None] = {}
        while label not in settled and label not in path:
            path[label] = None
            label = parents.get(label, "")
        if label not in settled:
            steps = list(path)
            circle = [
                f"“{_shown(written[one][0])}”" for one in (*steps[steps.index(label) :], label)
            ]
            troubles.add(written[label][1], f"the parents form a circle: {' under '.join(circle)}.")
        settled.update(path)


def _shown(name: str) -> str:
    return shortened(name, to=SHOWN)
