"""A codebook from a file meets the one of the project: who is who, and what is never lost."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook, CodeState, Origin, Part, folded
from qualcode.domain.errors import RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.lineage import RULE_FIELDS
from qualcode.domain.restructuring import also_called, distinct, owner_of
from qualcode.interchange.codebook_file import YAML
from qualcode.interchange.importing import Upload

_WITH_PARTS = ".xlsx"
"""The other format than YAML in which a part has a place of its own."""


def met(read: Codebook, before: Codebook, upload: Upload) -> Codebook:
    """Let codes that are known stay themselves, and retired ones retired.

    A code is known by its id where the file gives one, else by its label, else by a label it
    had. What the file's format has no place for stays as it was.
    """
    known = _known(read, before)
    found = {was.id for was in known.values()}
    missing = [code for code in before.codes if code.id not in found]
    if missing:
        labels = ", ".join(code.label for code in missing)
        raise RefusedError(
            f"{upload.name} lacks codes that the project has: {labels}.",
            hint="Add them to the file, or retire them first: qualcode codebook retire CODE",
        )
    for code in (*read.codes, *read.retired):
        _must_be_free(code, known.get(code.id), before, upload.name)
    ids = _ids(read, known, before)
    codes = tuple(replace(_grown(known.get(code.id), code), id=ids[code.id]) for code in read.codes)
    retired = tuple(_all_retired(read, before, known, ids))
    whole = replace(read, codes=codes, retired=retired)
    return whole if upload.suffix in YAML else _as_told_before(whole, before, upload)


def must_say_why(read: Codebook, before: Codebook, upload: Upload, reason: str) -> None:
    """Refuse to change rules of codes that are there, or to retire any, without a reason."""
    if reason.strip():
        return
    now = {code.id: code for code in read.codes}
    changed = [
        code.label
        for code in before.codes
        if code.id not in now
        or any(getattr(code, name) != getattr(now[code.id], name) for name in RULE_FIELDS)
    ]
    if changed:
        labels = ", ".join(changed)
        raise RefusedError(
            f"{upload.name} rewords rules or retires codes, and that needs a reason: {labels}.",
            hint='Say why: --because "…"',
        )


def _known(read: Codebook, before: Codebook) -> dict[UUID, Code]:
    """Find, by the ids in the file, the codes that the project knows."""
    in_file = (*read.codes, *read.retired)
    known: dict[UUID, Code] = {}
    waiting = {code.id: code for code in (*before.codes, *before.retired)}

    def claim(code: Code, was: Code | None) -> None:
        if code.id not in known and was is not None and was.id in waiting:
            if code.in_use and not was.in_use:
                return
            known[code.id] = waiting.pop(was.id)

    for code in in_file:
        claim(code, waiting.get(code.id))
    labels = {folded(code.label): code for code in (*before.codes, *before.retired)}
    for code in in_file:
        claim(code, labels.get(folded(code.label)))
    for code in in_file:
        for name in code.earlier_names:
            claim(code, labels.get(folded(name)))
    return known


def _ids(read: Codebook, known: Mapping[UUID, Code], before: Codebook) -> dict[UUID, UUID]:
    """Give the id each code of the file gets: its own only where nobody else has it."""
    taken = {code.id for code in (*before.codes, *before.retired)}
    return {
        code.id: known[code.id].id
        if code.id in known
        else new_id()
        if code.id in taken
        else code.id
        for code in (*read.codes, *read.retired)
    }


def _all_retired(
    read: Codebook, before: Codebook, known: Mapping[UUID, Code], ids: Mapping[UUID, UUID]
) -> list[Code]:
    """Keep what was retired before as it was, and add what the file retires."""
    retired = list(before.retired)
    for code in read.retired:
        was = known.get(code.id)
        if was is not None and not was.in_use:
            continue
        grown = _grown(was, code)
        successors = tuple(ids[one] for one in code.successors)
        place = was.position if was is not None else code.position
        retired.append(
            replace(
                grown,
                id=ids[code.id],
                position=place,
                state=CodeState.RETIRED,
                successors=successors,
            )
        )
    return sorted(retired, key=lambda one: (one.position, one.id))


def _must_be_free(code: Code, was: Code | None, before: Codebook, file: str) -> None:
    """Refuse a label or key that belongs to a retired code, or was the name of another."""
    own = {folded(was.label), folded(was.key)} if was is not None else set()
    for name in (code.label, code.key):
        if folded(name) in own:
            continue
        owner = owner_of(before, name, but=was)
        if owner is None or (
            owner.in_use and folded(name) in map(folded, (owner.label, owner.key))
        ):
            continue
        what = "another name of" if owner.in_use else "a name of the retired code"
        raise RefusedError(
            f"{file} gives “{name}” to {code.title}, but it is {what} {owner.title}.",
            hint="A label or key is never given out twice; choose another in the file.",
        )


def _grown(was: Code | None, read: Code) -> Code:
    """Let a code read as the file has it, and keep what the file does not tell."""
    if was is None:
        return read
    earlier = tuple(distinct((*was.earlier_names, *read.earlier_names)).values())
    names = replace(read, earlier_names=earlier)
    return replace(
        also_called(names, [was.label, was.key], [was.name]),
        proposed_by=read.proposed_by or was.proposed_by,
        proposed_on=read.proposed_on or was.proposed_on,
    )


def _as_told_before(read: Codebook, before: Codebook, upload: Upload) -> Codebook:
    """Keep title, language and what was said of parts, where a format has no place for them.

    A part without codes stays too: such a file has no place for it.
    """
    parts = {(part.number, part.title): part for part in before.parts}
    told = [_part(part, parts.get((part.number, part.title))) for part in read.parts]
    kept = [] if upload.suffix == _WITH_PARTS else _empty_parts(before, read)
    if kept:
        told = sorted((*told, *kept), key=lambda part: part.number)
    if before.version and read.title == upload.stem:
        read = replace(read, title=before.title, language=before.language)
    return replace(read, parts=tuple(told))


def _empty_parts(before: Codebook, read: Codebook) -> list[Part]:
    """List the parts that had no codes and of which the file says nothing."""
    told = {part.number for part in read.parts} | {code.part for code in before.codes}
    return [part for part in before.parts if part.number not in told]


def _part(read: Part, before: Part | None) -> Part:
    silent = not read.note and read.origin is Origin.NOT_STATED
    return before if before is not None and silent else read
