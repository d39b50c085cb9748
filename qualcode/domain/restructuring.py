"""Changing a codebook: each change gives another codebook, and nothing is ever dropped.

A code that is merged, split or retired leaves the codes in use, keeps its label and key for
good, and says by its successors where its codings go. The version's number is not touched.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from qualcode.domain.code_tree import CodeTree, in_tree_order
from qualcode.domain.codebook import Code, Codebook, CodeState, Part, folded
from qualcode.domain.errors import AlreadyThereError, NotFoundError, RefusedError

LISTS = ("include", "exclude", "examples", "sub_questions", "not_to_confuse_with")
TEXTS = ("description", "full_definition", "origin", "colour", "proposed_by", "proposed_on")
NAMES = ("label", "key", "name")

Wording: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code is put: at the end of a part, under a code, or right before or after one."""

    part: int | None = None
    under: str = ""
    before: str = ""
    after: str = ""


def add(codebook: Codebook, code: Code, at: Place) -> Codebook:
    """Put a new code into the codebook."""
    _must_be_free(codebook, code, code.label, code.key, code.name)
    return _related(_put(codebook, code, at), [code])


def _put(codebook: Codebook, code: Code, at: Place) -> Codebook:
    place = meant(codebook, at)
    code = replace(code, part=place.part or code.part, parent=place.under)
    return _inserted(codebook, [code], place, among=codebook.codes)


def add_part(codebook: Codebook, title: str) -> Codebook:
    """Put a part at the end of the codebook."""
    if any(folded(part.title) == folded(title) for part in codebook.parts):
        raise AlreadyThereError(f"There is a part “{title}” already.", hint="Name another.")
    number = max((part.number for part in codebook.parts), default=0) + 1
    return replace(codebook, parts=(*codebook.parts, Part(number, title)))


def rename_part(codebook: Codebook, number: int, title: str) -> Codebook:
    """Give a part another title."""
    if number not in {part.number for part in codebook.parts}:
        raise NotFoundError(
            f"The codebook has no part {number}.", hint="See: qualcode codebook show"
        )
    parts = [
        replace(part, title=title) if part.number == number else part for part in codebook.parts
    ]
    return replace(codebook, parts=tuple(parts))


def reword(codebook: Codebook, code: Code, wording: Wording) -> Codebook:
    """Give fields of a code other words; names and places have functions of their own."""
    others = sorted(set(wording) - {*LISTS, *TEXTS})
    if others:
        raise RefusedError(
            f"“{others[0]}” is no wording of a code.",
            hint="Names: qualcode codebook rename; places: qualcode codebook move",
        )
    changed = replace(code, **wording)  # type: ignore[arg-type]
    reworded = _exchanged(codebook, {code.label: changed})
    return _related(reworded, [changed]) if "not_to_confuse_with" in wording else reworded


def rename(
    codebook: Codebook, code: Code, *, label: str = "", key: str = "", name: str = ""
) -> Codebook:
    """Give a code another label, key or name; what refers to it goes along.

    The labels, keys and names it had stay with it: nobody else gets them, and they still find
    it, so that whoever has a key in the fingers does not apply another code by it.
    """
    changed = replace(code, label=label or code.label, key=key or code.key, name=name or code.name)
    changed = also_called(changed, [code.label, code.key], [code.name])
    own = {folded(code.label), folded(code.key), folded(code.name)}
    named = (changed.label, changed.key, changed.name)
    new = [one for one in named if folded(one) not in own]
    _must_be_free(codebook, changed, *new)
    renamed = _exchanged(codebook, {code.label: changed})
    return _refer(renamed, {folded(code.label): changed.label})


def also_called(code: Code, labels: Sequence[str], names: Sequence[str]) -> Code:
    """Let earlier labels, keys and names go with a code, but those it has now.

    A name may be the same as a label that it had once, so that one has to be kept.
    """
    named = [one for one in names if folded(one) != folded(code.name)]
    earlier = distinct((*code.earlier_names, *labels, *named))
    for now in (code.label, code.key):
        earlier.pop(folded(now), None)
    return replace(code, earlier_names=tuple(earlier.values()))


def distinct(names: Iterable[str]) -> dict[str, str]:
    """Give each name once, as it was written first, by what finds it."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded(name), name)
    return found


def move(codebook: Codebook, code: Code, to: Place) -> Codebook:
    """Put a code, with all that stands under it, in another place."""
    place = meant(codebook, to)
    branch = CodeTree(codebook).branch(code)
    labels = {folded(one.label) for one in branch}
    if {folded(place.under), folded(place.before), folded(place.after)} & labels:
        raise RefusedError(
            f"{code.title} cannot stand under or beside itself.", hint="Name another code."
        )
    moved = [replace(one, part=place.part or one.part) for one in branch]
    moved[0] = replace(moved[0], parent=place.under)
    rest = [one for one in codebook.codes if one.id not in {each.id for each in branch}]
    return _inserted(codebook, moved, place, among=rest)


def merge(codebook: Codebook, absorbed: Sequence[Code], into: Code) -> Codebook:
    """Fold codes into another: their codings read as its own from now on.

    What stands under them goes under it, and their names find it as well. A code that stood
    under one of them takes the place of that one.
    """
    if not absorbed or into.id in {code.id for code in absorbed}:
        raise RefusedError(f"{into.title} cannot be merged into itself.", hint="Name another.")
    labels = {folded(code.label): into.label for code in absorbed}
    kept = into
    for code in absorbed:
        kept = also_called(kept, [code.label], [code.name])
        kept = also_called(kept, code.earlier_names, [])
    above = [one for one in CodeTree(codebook).above(into) if folded(one.label) in labels]
    if above:
        kept = replace(kept, parent=above[-1].parent, part=above[-1].part)
    merged = _refer(_exchanged(codebook, {into.label: kept}), labels)
    gone = _gone(merged, {code.id: (into.id,) for code in absorbed})
    return _in_one_part(gone, kept)


def _in_one_part(codebook: Codebook, code: Code) -> Codebook:
    """Let all that stands under a code stand in its part."""
    below = {one.label: replace(one, part=code.part) for one in CodeTree(codebook).below(code)}
    return _exchanged(codebook, below)


def split(codebook: Codebook, code: Code, new: Sequence[Code]) -> Codebook:
    """Put new codes in the place of one; each of its codings is to be decided anew."""
    if len(new) < 2:  # noqa: PLR2004 - a split makes two or more
        raise RefusedError("A split makes two codes or more.", hint="To rename: codebook rename")
    parted = _raised(codebook, code)
    for one in reversed(new):
        _must_be_free(parted, one, one.label, one.key)
        _must_be_free(parted, one, one.name, but=code)
        parted = _put(parted, one, Place(after=code.label))
    parted = _pointed(parted, code, [one.label for one in new])
    parted = _gone(parted, {code.id: tuple(one.id for one in new)})
    return _related(parted, new)


def _pointed(codebook: Codebook, code: Code, labels: Sequence[str]) -> Codebook:
    """Let what was held against a code be held against others."""

    def now(name: str) -> Sequence[str]:
        return labels if folded(name) == folded(code.label) else [name]

    codes = [
        replace(
            one,
            not_to_confuse_with=tuple(
                dict.fromkeys(other for name in one.not_to_confuse_with for other in now(name))
            ),
        )
        for one in codebook.codes
    ]
    return replace(codebook, codes=tuple(codes))


def retire(codebook: Codebook, code: Code) -> Codebook:
    """Take a code out of use; its codings stay, and are to be decided anew."""
    return _gone(_raised(codebook, code), {code.id: ()})


def _raised(codebook: Codebook, code: Code) -> Codebook:
    """Let what stands under a code stand where it stood."""
    codes = [
        replace(one, parent=code.parent) if folded(one.parent) == folded(code.label) else one
        for one in codebook.codes
    ]
    return replace(codebook, codes=tuple(codes))


def _gone(codebook: Codebook, successors: Mapping[object, tuple[object, ...]]) -> Codebook:
    """Move codes from those in use to those retired; nothing refers to them any more."""
    leaving = [code for code in codebook.codes if code.id in successors]
    labels = {folded(code.label) for code in leaving}
    retired = [
        replace(code, state=CodeState.RETIRED, successors=successors[code.id], parent="")  # type: ignore[arg-type]
        for code in leaving
    ]
    kept = [
        replace(
            code,
            not_to_confuse_with=tuple(
                one for one in code.not_to_confuse_with if folded(one) not in labels
            ),
        )
        for code in codebook.codes
        if code.id not in successors
    ]
    all_retired = sorted((*codebook.retired, *retired), key=lambda one: (one.position, one.id))
    return in_tree_order(replace(codebook, codes=tuple(kept), retired=tuple(all_retired)))


def _refer(codebook: Codebook, labels: Mapping[str, str]) -> Codebook:
    """Let codes refer to others by the labels these have now; none to itself, none twice."""

    def now(name: str) -> str:
        return labels.get(folded(name), name)

    codes = [
        replace(code, parent=now(code.parent), not_to_confuse_with=_others(code, now))
        for code in codebook.codes
    ]
    return replace(codebook, codes=tuple(codes))


def _others(code: Code, now: Callable[[str], str]) -> tuple[str, ...]:
    others = distinct(map(now, code.not_to_confuse_with))
    others.pop(folded(code.label), None)
    return tuple(others.values())


def _exchanged(codebook: Codebook, changed: Mapping[str, Code]) -> Codebook:
    codes = [changed.get(code.label, code) for code in codebook.codes]
    return replace(codebook, codes=tuple(codes))


def _inserted(
    codebook: Codebook, new: Sequence[Code], place: Place, *, among: Sequence[Code]
) -> Codebook:
    """Put codes, the first of them with the others under it, in a place among the rest."""
    codes = list(among)
    labels = [folded(code.label) for code in codes]
    if place.before:
        at = labels.index(folded(place.before))
    elif place.after:
        at = labels.index(folded(place.after)) + 1
    else:
        at = len(codes)
    codes[at:at] = new
    return in_tree_order(replace(codebook, codes=tuple(codes)))


def meant(codebook: Codebook, place: Place) -> Place:
    """Fill in what a place leaves open: beside a code is under the same parent."""
    beside = place.before or place.after
    if beside:
        code = codebook.code(beside)
        return Place(
            code.part,
            code.parent,
            before=code.label if place.before else "",
            after="" if place.before else code.label,
        )
    if place.under:
        above = codebook.code(place.under)
        return Place(above.part, above.label)
    if place.part is None:
        raise RefusedError("It is not said where.", hint="Say it with --part, --under or --after.")
    if place.part not in {part.number for part in codebook.parts}:
        raise NotFoundError(
            f"The codebook has no part {place.part}.",
            hint="See: qualcode codebook show; add it with: qualcode codebook part TITLE",
        )
    return place


def _must_be_free(codebook: Codebook, code: Code, *names: str, but: Code | None = None) -> None:
    """Refuse a label, key or name of another code, which it has, or had and keeps for good."""
    if not code.key.isalnum():
        raise RefusedError(
            f"The key “{code.key}” will not do: a key holds letters and digits only.",
            hint="Such as 1a.",
        )
    for name in names:
        owner = owner_of(codebook, name, but=but or code) or _named(codebook, name, but or code)
        if owner is not None:
            now = map(folded, (owner.label, owner.key, owner.name))
            is_now = owner.in_use and folded(name) in now
            raise AlreadyThereError(
                f"“{name}” {'is' if is_now else 'was'} a name of {owner.title}.",
                hint="A label, key or name is never given out twice; choose another.",
            )


def _named(codebook: Codebook, name: str, but: Code) -> Code | None:
    """Find another code in use that is called so."""
    others = (one for one in codebook.codes if one.id != but.id)
    return next((one for one in others if folded(one.name) == folded(name)), None)


def owner_of(codebook: Codebook, name: str, *, but: Code | None = None) -> Code | None:
    """Find the code, in use or retired, to which a label or key belongs for good."""
    wanted = folded(name)
    others = [one for one in (*codebook.codes, *codebook.retired) if not but or one.id != but.id]
    for code in others:
        if wanted in {folded(code.label), folded(code.key)}:
            return code
    return next((one for one in others if wanted in map(folded, one.earlier_names)), None)


def _related(codebook: Codebook, codes: Sequence[Code]) -> Codebook:
    """Let codes refer to others by their labels; refuse what the codebook does not hold."""

    def label(name: str) -> str:
        return codebook.code(name).label

    ids = {code.id for code in codes}
    related = {
        code.label: replace(code, not_to_confuse_with=_others(code, label))
        for code in codebook.codes
        if code.id in ids
    }
    return _exchanged(codebook, related)
