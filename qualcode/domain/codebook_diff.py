"""What changed between two versions of the codebook, code by code, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.lineage import RULE_FIELDS

_WORDS = {
    "description": "brief definition",
    "full_definition": "full definition",
    "include": "when to use",
    "exclude": "when not to use",
    "examples": "examples",
    "sub_questions": "sub-questions",
    "not_to_confuse_with": "not to confuse with",
    "origin": "origin",
    "colour": "colour",
    "proposed_by": "proposed by",
    "proposed_on": "proposed on",
    "earlier_names": "earlier names",
}


class ChangeKind(StrEnum):
    """What happened to a code, or to the codebook as a whole."""

    ADDED = "added"
    RENAMED = "renamed"
    KEY = "key"
    REWORDED = "reworded"
    DETAILED = "detailed"
    MOVED = "moved"
    REORDERED = "reordered"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    IN_USE_AGAIN = "in use again"
    WITHDRAWN = "withdrawn"
    CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True)
class Change:
    """One change in one sentence; `before` and `after` are the words of a field, where one is.

    `code` is None where the change is about the codebook or a part.
    """

    kind: ChangeKind
    sentence: str
    code: UUID | None = None
    field: str = ""
    before: str = ""
    after: str = ""


def changes(before: Codebook, after: Codebook) -> list[Change]:
    """List what changed from one version to another, in the order of the newer one."""
    old = {code.id: code for code in (*before.codes, *before.retired)}
    new = {code.id: code for code in (*after.codes, *after.retired)}
    found = list(_whole(before, after))
    for code in new.values():
        was = old.get(code.id)
        found += _new(code) if was is None else _changed(was, code, before, after)
    found += [
        Change(ChangeKind.WITHDRAWN, f"{code.title} is there no more.", code.id)
        for code in old.values()
        if code.id not in new
    ]
    return [*found, *_reordered(before, after, found)]


def _whole(before: Codebook, after: Codebook) -> Iterator[Change]:
    for name in ("title", "language"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            sentence = f"The {name} of the codebook is “{now}” (was “{was}”)."
            yield Change(ChangeKind.CODEBOOK, sentence, field=name, before=was, after=now)
    titles = {part.number: part.title for part in before.parts}
    for part in after.parts:
        was = titles.pop(part.number, None)
        if was is None:
            yield Change(ChangeKind.CODEBOOK, f"Part {part.number} “{part.title}” is new.")
        elif was != part.title:
            sentence = f"Part {part.number} is called “{part.title}” (was “{was}”)."
            yield Change(ChangeKind.CODEBOOK, sentence, before=was, after=part.title)
    for number, title in titles.items():
        yield Change(ChangeKind.CODEBOOK, f"Part {number} “{title}” is there no more.")


def _new(code: Code) -> list[Change]:
    if not code.in_use:
        return [Change(ChangeKind.RETIRED, f"{code.title} came retired.", code.id)]
    return [Change(ChangeKind.ADDED, f"{code.title} ({code.key}) is new.", code.id)]


def _changed(was: Code, now: Code, before: Codebook, after: Codebook) -> Iterator[Change]:
    if was.in_use and not now.in_use:
        yield _left(now, after)
        return
    if now.in_use and not was.in_use:
        yield Change(ChangeKind.IN_USE_AGAIN, f"{now.title} is in use again.", now.id)
    elif now.successors != was.successors:
        yield _left(now, after)
    yield from _named(was, now)
    if _moved(was, now, before, after):
        yield Change(ChangeKind.MOVED, f"{now.title} now stands {_where(now, after)}.", now.id)
    yield from _worded(was, now)


def _left(code: Code, after: Codebook) -> Change:
    """Say how a code left the codes in use."""
    went = [one for one in (after.entry(successor) for successor in code.successors) if one]
    if not went:
        return Change(ChangeKind.RETIRED, f"{code.title} is retired.", code.id)
    titles = [one.title for one in went]
    if len(titles) == 1:
        sentence = f"{code.title} was merged into {titles[0]}."
        return Change(ChangeKind.MERGED, sentence, code.id)
    sentence = f"{code.title} was split into {', '.join(titles[:-1])} and {titles[-1]}."
    return Change(ChangeKind.SPLIT, sentence, code.id)


def _named(was: Code, now: Code) -> Iterator[Change]:
    if (was.label, was.name) != (now.label, now.name):
        sentence = f"{was.title} is called {now.title}."
        yield Change(ChangeKind.RENAMED, sentence, now.id, "name", was.title, now.title)
    if was.key != now.key:
        sentence = f"The key of {now.title} is {now.key} (was {was.key})."
        yield Change(ChangeKind.KEY, sentence, now.id, "key", was.key, now.key)


def _worded(was: Code, now: Code) -> Iterator[Change]:
    for name, words in _WORDS.items():
        before, after = _said(getattr(was, name)), _said(getattr(now, name))
        if before == after or name == "earlier_names":
            continue
        kind = ChangeKind.REWORDED if name in RULE_FIELDS else ChangeKind.DETAILED
        happened = "was added" if not before else "was taken out" if not after else "was reworded"
        sentence = f"{now.title}: “{words}” {happened}."
        yield Change(kind, sentence, now.id, name, before, after)


def _said(value: object) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _moved(was: Code, now: Code, before: Codebook, after: Codebook) -> bool:
    """Did a code move by itself, not with the one it stands under?"""
    parent = _parent(now, after)
    return parent != _parent(was, before) or (parent is None and now.part != was.part)


def _parent(code: Code, codebook: Codebook) -> UUID | None:
    return codebook.code(code.parent).id if code.parent and codebook.holds(code.parent) else None


def _where(code: Code, codebook: Codebook) -> str:
    if code.parent and codebook.holds(code.parent):
        return f"under {codebook.code(code.parent).title}"
    return f"in part {code.part} “{codebook.part_of(code).title}”"


_ELSEWHERE = {
    ChangeKind.ADDED,
    ChangeKind.MOVED,
    ChangeKind.IN_USE_AGAIN,
    ChangeKind.MERGED,
    ChangeKind.SPLIT,
    ChangeKind.RETIRED,
    ChangeKind.WITHDRAWN,
}


def _reordered(before: Codebook, after: Codebook, found: Sequence[Change]) -> list[Change]:
    """Say that the order changed, where it did beside the codes that came, went or moved."""
    apart = {change.code for change in found if change.kind in _ELSEWHERE}
    tree = CodeTree(after)
    moved = [code for code in after.codes if code.id in apart]
    apart |= {below.id for code in moved for below in tree.below(code)}
    was = [code.id for code in before.codes if code.id not in apart]
    now = [code.id for code in after.codes if code.id not in apart]
    if was == now:
        return []
    return [
        Change(ChangeKind.REORDERED, f"The order of the codes changed{_first(was, now, after)}.")
    ]


def _first(was: Sequence[UUID], now: Sequence[UUID], after: Codebook) -> str:
    """Name a single code that moved among the others, if that is all."""
    known = {code.id: code for code in after.codes}
    place = next(at for at, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1])
    for one in (now[place], was[place]):
        if [each for each in was if each != one] == [each for each in now if each != one]:
            return f": {known[one].title} stands elsewhere"
    return ""


def structure(codebook: Codebook) -> dict[str, dict[str, object]]:
    """Give what holds a codebook together, by code: all but the words; positions are ranks."""
    by_label = {folded(code.label): str(code.id) for code in codebook.codes}
    return {
        str(code.id): {
            "state": code.state.value,
            "key": code.key,
            "part": code.part,
            "position": code.position,
            "parent": by_label.get(folded(code.parent)) if code.parent else None,
            "successors": [str(one) for one in code.successors],
        }
        for code in (*codebook.codes, *codebook.retired)
    }


def structural_changes(before: Codebook, after: Codebook) -> dict[str, dict[str, list[object]]]:
    """Give what the journal notes of a change: by code, its fields before and after."""
    old, new = structure(before), structure(after)
    gone: dict[str, object] = {}
    noted: dict[str, dict[str, list[object]]] = {}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code, gone), new.get(code, gone)
        fields = {
            name: [was.get(name), now.get(name)]
            for name in dict.fromkeys((*was, *now))
            if was.get(name) != now.get(name)
        }
        if fields:
            noted[code] = fields
    return noted


def replayed(
    before: Mapping[str, Mapping[str, object]], noted: Mapping[str, Mapping[str, Sequence[object]]]
) -> dict[str, dict[str, object]]:
    """Give the structure that noted changes make of another; a code without a state is gone."""
    after = {code: dict(fields) for code, fields in before.items()}
    for code, fields in noted.items():
        now = after.setdefault(code, {"parent": None})
        now.update({name: pair[1] for name, pair in fields.items()})
        if now.get("state") is None:
            del after[code]
    return after
