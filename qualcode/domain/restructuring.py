"""Changing a codebook: each change gives another codebook, and nothing is ever dropped.

A code that is merged, split or retired leaves the codes in use, keeps its label and key for
good, and says by its successors where its codings go. The version's number is not touched.
"""

from collections.abc import Mapping, Sequence
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
    _must_be_free(codebook, code)
    _must_be_known(codebook, code)
    place = meant(codebook, at)
    if place.part not in {part.number for part in codebook.parts}:
        raise NotFoundError(
            f"The codebook has no part {place.part}.",
            hint="See: qualcode codebook show; add it with: qualcode codebook part TITLE",
        )
    code = replace(code, part=place.part or code.part, parent=place.under)
    return _inserted(codebook, [code], place)


def add_part(codebook: Codebook, title: str) -> Codebook:
    """Put a part at the end of the codebook."""
    if any(folded(part.title) == folded(title) for part in codebook.parts):
        raise AlreadyThereError(f"There is a part “{title}” already.", hint="Name another.")
    number = max((part.number for part in codebook.parts), default=0) + 1
    return replace(codebook, parts=(*codebook.parts, Part(number, title)))


def rename_part(codebook: Codebook, number: int, title: str) -> Codebook:
    """Give a part another title."""
    if number not in {part.number for part in codebook.parts}:
        raise NotFoundError(f"The codebook has no part {number}.", hint="See: codebook show")
    parts = [
        replace(part, title=title) if part.number == number else part for part in codebook.parts
    ]
    return replace(codebook, parts=tuple(parts))


def reword(codebook: Codebook, code: Code, wording: Wording) -> Codebook:
    """Give fields of a code other words; names and places have functions of their own."""
    changed = replace(code, **wording)  # type: ignore[arg-type]
    _must_be_known(codebook, changed)
    return _exchanged(codebook, {code.label: changed})


def rename(
    codebook: Codebook, code: Code, *, label: str = "", key: str = "", name: str = ""
) -> Codebook:
    """Give a code another label, key or name; what refers to it goes along.

    The labels and names it had stay with it: nobody else gets them, and they still find it.
    """
    new = replace(code, label=label or code.label, key=key or code.key, name=name or code.name)
    now = {folded(new.label), folded(new.name)}
    earlier = dict.fromkeys((*code.earlier_names, code.label, code.name))
    changed = replace(new, earlier_names=tuple(one for one in earlier if folded(one) not in now))
    _must_be_free(codebook, changed)
    renamed = _exchanged(codebook, {code.label: changed})
    return _refer(renamed, {folded(code.label): changed.label})


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
    return _inserted(replace(codebook, codes=tuple(rest)), moved, place)


def merge(codebook: Codebook, absorbed: Sequence[Code], into: Code) -> Codebook:
    """Fold codes into another: their codings read as its own from now on.

    What stands under them goes under it, and its names find it as well.
    """
    if into.id in {code.id for code in absorbed}:
        raise RefusedError(f"{into.title} cannot be merged into itself.", hint="Name another.")
    earlier = [name for code in absorbed for name in (code.label, code.name, *code.earlier_names)]
    own = set(map(folded, (into.label, into.name, into.key)))
    names = dict.fromkeys(
        (*into.earlier_names, *(one for one in earlier if folded(one) not in own))
    )
    merged = _exchanged(codebook, {into.label: replace(into, earlier_names=tuple(names))})
    merged = _refer(merged, {folded(code.label): into.label for code in absorbed})
    return _gone(merged, {code.id: (into.id,) for code in absorbed})


def split(codebook: Codebook, code: Code, new: Sequence[Code]) -> Codebook:
    """Put new codes in the place of one; each of its codings is to be decided anew."""
    if len(new) < 2:  # noqa: PLR2004 - a split makes two or more
        raise RefusedError("A split makes two codes or more.", hint="To rename: codebook rename")
    parted = codebook
    for one in reversed(new):
        parted = add(parted, one, Place(after=code.label))
    return _gone(_raised(parted, code), {code.id: tuple(one.id for one in new)})


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
    both = replace(codebook, codes=tuple(kept), retired=(*codebook.retired, *retired))
    return in_tree_order(both)


def _refer(codebook: Codebook, labels: Mapping[str, str]) -> Codebook:
    """Let codes refer to others by the labels these have now; none to itself, none twice."""

    def now(name: str) -> str:
        return labels.get(folded(name), name)

    codes = []
    for code in codebook.codes:
        others = dict.fromkeys(map(now, code.not_to_confuse_with))
        others.pop(code.label, None)
        parent = now(code.parent)
        own = folded(parent) == folded(code.label)
        codes.append(
            replace(
                code,
                not_to_confuse_with=tuple(others),
                parent=code.parent if own else parent,
            )
        )
    return replace(codebook, codes=tuple(codes))


def _exchanged(codebook: Codebook, changed: Mapping[str, Code]) -> Codebook:
    codes = [changed.get(code.label, code) for code in codebook.codes]
    return replace(codebook, codes=tuple(codes))


def _inserted(codebook: Codebook, new: Sequence[Code], place: Place) -> Codebook:
    """Put codes, the first of them with the others under it, in a place."""
    codes = list(codebook.codes)
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
    return place


def _must_be_free(codebook: Codebook, code: Code) -> None:
    """Refuse a label or key that another code has, or had and keeps for good."""
    if not code.key.isalnum():
        raise RefusedError(
            f"The key “{code.key}” will not do: a key holds letters and digits only.",
            hint="Such as 1a.",
        )
    wanted = {folded(code.label), folded(code.key)}
    for other in (*codebook.codes, *codebook.retired):
        if other.id == code.id:
            continue
        names = {folded(other.label), folded(other.key), *map(folded, other.earlier_names)}
        taken = wanted & (names - {""})
        if taken:
            was = "is" if other.in_use else "was"
            raise AlreadyThereError(
                f"“{min(taken)}” {was} a name of {other.title}.",
                hint="A label or key is never given out twice; choose another.",
            )


def _must_be_known(codebook: Codebook, code: Code) -> None:
    """Refuse to refer to a code that the codebook does not hold."""
    for name in (*code.not_to_confuse_with, *([code.parent] if code.parent else [])):
        if folded(name) != folded(code.label):
            codebook.code(name)
