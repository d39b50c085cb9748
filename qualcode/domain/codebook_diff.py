"""What changed between two versions of the codebook, code by code, in sentences."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, Part, folded
from qualcode.domain.lineage import RULE_FIELDS
from qualcode.domain.restructuring import LISTS, TEXTS

_WORDED = tuple(name for name in FIELD_WORDS if name in {*LISTS, *TEXTS})


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
    """List what changed from one version to another, in the order of the newer one.

    Two codebooks that differ have a change at least, but for the places of retired codes.
    """
    old = {code.id: code for code in (*before.codes, *before.retired)}
    new = {code.id: code for code in (*after.codes, *after.retired)}
    found, moved = list(_whole(before, after)), _moved_names(old, new)
    for code in new.values():
        was = old.get(code.id)
        found += _new(code) if was is None else _changed(was, code, before, after)
        found += [] if was is None else _also_called(was, code, moved[code.id])
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
            earlier = f" (was “{was}”)" if was and before.version else ""
            sentence = f"The {name} of the codebook is “{now}”{earlier}."
            if name == "title" and not before.version:
                sentence = f"The codebook “{now}” begins."
            yield Change(ChangeKind.CODEBOOK, sentence, field=name, before=was, after=now)
    parts = {part.number: part for part in before.parts}
    for part in after.parts:
        known = parts.pop(part.number, None)
        if known is None:
            yield Change(ChangeKind.CODEBOOK, f"Part {part.number} “{part.title}” is new.")
        else:
            yield from _part(known, part)
    for part in parts.values():
        yield Change(ChangeKind.CODEBOOK, f"Part {part.number} “{part.title}” is there no more.")
    was_there, stays = {one.number for one in before.parts}, {one.number for one in after.parts}
    order = [one.number for one in before.parts if one.number in stays]
    if order != [one.number for one in after.parts if one.number in was_there]:
        yield Change(ChangeKind.CODEBOOK, "The order of the parts changed.")


def _part(was: Part, now: Part) -> Iterator[Change]:
    if was.title != now.title:
        sentence = f"Part {now.number} is called “{now.title}” (was “{was.title}”)."
        yield Change(ChangeKind.CODEBOOK, sentence, before=was.title, after=now.title)
    for name in ("note", "origin"):
        before, after = str(getattr(was, name)), str(getattr(now, name))
        if before != after:
            sentence = f"Part {now.number} “{now.title}”: “{name}” {_happened(before, after)}."
            yield Change(ChangeKind.CODEBOOK, sentence, None, name, before, after)


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
    for name in _WORDED:
        if getattr(was, name) == getattr(now, name):
            continue
        before, after = _said(getattr(was, name)), _said(getattr(now, name))
        kind = ChangeKind.REWORDED if name in RULE_FIELDS else ChangeKind.DETAILED
        sentence = f"{now.title}: “{FIELD_WORDS[name]}” {_happened(before, after)}."
        yield Change(kind, sentence, now.id, name, before, after)


def _happened(before: str, after: str) -> str:
    return "was added" if not before else "was taken out" if not after else "was reworded"


def _also_called(was: Code, now: Code, moved: Collection[str]) -> Iterator[Change]:
    """Say under which names more a code is found, or no more; what a renaming says is left out."""
    if was.earlier_names == now.earlier_names:
        return
    new = [name for name in now.earlier_names if name not in was.earlier_names]
    gone = [name for name in was.earlier_names if name not in now.earlier_names]
    renamed = {was.label, was.key, was.name} ^ {now.label, now.key, now.name}
    told = {*moved, *renamed}
    sentences = [
        f"{now.title} is {known} as {', '.join(untold)}."
        for known, names in (("also known", new), ("no longer known", gone))
        if (untold := [name for name in names if name not in told])
    ]
    if not new and not gone:
        sentences = [f"{now.title}: its earlier names are listed otherwise."]
    before, after = _said(was.earlier_names), _said(now.earlier_names)
    for sentence in sentences:
        yield Change(ChangeKind.DETAILED, sentence, now.id, "earlier_names", before, after)


def _moved_names(old: Mapping[UUID, Code], new: Mapping[UUID, Code]) -> dict[UUID, set[str]]:
    """Give, by code, the names that came to it by a merge, or went when that was undone."""
    names: dict[UUID, set[str]] = defaultdict(set)
    for one in (*old.values(), *new.values()):
        was, now = old.get(one.id), new.get(one.id)
        if was and now and was.in_use != now.in_use:
            for into in one.successors:
                names[into] |= {one.label, one.name, *one.earlier_names}
    return names


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
    if (
        was[place : place + 2] == now[place : place + 2][::-1]
        and was[place + 2 :] == now[place + 2 :]
    ):
        titles = [known[each].title for each in now[place : place + 2]]
        return f": {' now stands before '.join(titles)}"
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
