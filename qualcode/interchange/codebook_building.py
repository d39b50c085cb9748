"""From the fields of a file to a codebook: its codes in order, retired ones with successors."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from qualcode.domain.code_tree import in_tree_order
from qualcode.domain.codebook import Code, Codebook, CodeState, Origin, folded
from qualcode.domain.display import shortened
from qualcode.domain.ids import new_id
from qualcode.interchange.codebook_checks import check, free_of_circles
from qualcode.interchange.codebook_drafts import (
    CODE_FIELDS,
    RETIRED_FIELDS,
    CodebookDraft,
)
from qualcode.interchange.codebook_fields import SHOWN, Fields
from qualcode.interchange.codebook_troubles import Troubles

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_OLD = frozenset({"retired_in", "merged_into"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code with the fields it was made of."""

    code: Code
    fields: Fields


def built(draft: CodebookDraft, troubles: Troubles) -> Codebook:
    """Make the codebook; refuse a file that contradicts itself, with all that is wrong."""
    in_use = _in_use(draft)
    retired = _retired(draft, len(in_use))
    check(troubles, draft, [(one.code, one.fields.at) for one in (*in_use, *retired)])
    successors = _successors([*in_use, *retired], retired)
    troubles.refuse_if_any()
    labels = {folded(one.code.label): one.code.label for one in in_use}
    codes = [
        replace(one.code, parent=labels[folded(one.code.parent)] if one.code.parent else "")
        for one in in_use
    ]
    gone = [replace(one.code, successors=successors[one.code.id]) for one in retired]
    return in_tree_order(
        Codebook(
            draft.version,
            draft.title,
            draft.language,
            tuple(one.part for one in draft.parts),
            tuple(codes),
            tuple(gone),
        )
    )


def _in_use(draft: CodebookDraft) -> list[_Entry]:
    entries: list[_Entry] = []
    for part in draft.parts:
        for fields in part.codes:
            _refuse_old_marks(fields)
            fields.known(CODE_FIELDS | _OLD)
            code = _code(fields, part.part.number, len(entries) + 1, part.part.origin)
            parent = fields.text("parent").strip()
            entries.append(_Entry(replace(code, parent=parent), fields))
    return entries


def _retired(draft: CodebookDraft, count: int) -> list[_Entry]:
    origins = {one.part.number: one.part.origin for one in draft.parts}
    entries = []
    for place, fields in enumerate(draft.retired, count + 1):
        _refuse_old_marks(fields)
        fields.known(RETIRED_FIELDS | _OLD)
        number = fields.number("part")
        if fields.text("parent").strip():
            fields.trouble("is retired and can have no “parent”", about="parent")
        code = _code(fields, number, place, origins.get(number, Origin.NOT_STATED))
        entries.append(_Entry(replace(code, state=CodeState.RETIRED), fields))
    return entries


def _refuse_old_marks(fields: Fields) -> None:
    marks = sorted(_OLD.intersection(fields.values))
    if marks:
        fields.trouble(
            f"is retired ({', '.join(marks)}); list it under “retired” with its “successors”",
            about=marks[0],
        )


def _code(fields: Fields, part: int, position: int, origin: Origin) -> Code:
    colour = fields.text("colour").strip()
    if colour and not _COLOUR.fullmatch(colour):
        fields.trouble("has a “colour” that is not written like #3366cc", about="colour")
    label = fields.name("code")
    named_alike = fields.values.get("label", "") == fields.values.get("code", "")
    return Code(
        fields.id or new_id(),
        label,
        fields.name("key"),
        label if named_alike and fields.values.get("code") else fields.name("label"),
        part,
        position,
        description=fields.text("description"),
        full_definition=fields.text("full_definition"),
        include=fields.texts("include"),
        exclude=fields.texts("exclude"),
        examples=fields.texts("examples"),
        sub_questions=fields.texts("sub_questions"),
        not_to_confuse_with=fields.texts("not_to_confuse_with"),
        origin=fields.origin(otherwise=origin),
        colour=colour,
        earlier_names=fields.texts("earlier_names"),
        proposed_by=fields.text("proposed_by"),
        proposed_on=fields.text("proposed_on"),
    )


def _successors(
    entries: Sequence[_Entry], retired: Sequence[_Entry]
) -> Mapping[UUID, tuple[UUID, ...]]:
    """Find by their labels what took the place of retired codes; nothing follows itself."""
    ids = {folded(one.code.label): one.code.id for one in entries}
    found: dict[UUID, tuple[UUID, ...]] = {}
    for one in retired:
        names = one.fields.texts("successors")
        for name in names:
            if folded(name) not in ids:
                shown = shortened(name, to=SHOWN)
                one.fields.trouble(f"has a successor “{shown}”, which the codebook does not hold")
        found[one.code.id] = tuple(ids[folded(name)] for name in names if folded(name) in ids)
    for one in retired:
        if not free_of_circles(one.code.id, found):
            one.fields.trouble("comes round to itself through its successors", about="successors")
    return found
