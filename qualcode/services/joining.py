"""What comes of proposals that are picked or joined: one code as it reads from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.domain import restructuring
from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.codebook import Code, Codebook, Origin, folded
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.proposals import PROPOSED_FIELDS, Proposal
from qualcode.domain.restructuring import Place, Wording
from qualcode.services.codebook_changes import Draft, drafted
from qualcode.services.proposals import ProposalShown, must_be_new

FIRST_PART = "Codes"
"""The title of the part that a codebook begins with when it grows from the data."""


def reworded(
    before: Codebook, chosen: Sequence[ProposalShown], said: Wording
) -> tuple[Code, Codebook]:
    """Put what rewordings of one code propose into the codebook; give the code as it was, too."""
    code = before.entry(chosen[0].proposal.code) if chosen[0].proposal.code else None
    if code is None or not code.in_use:
        raise NotFoundError(
            f"{chosen[0].name} is {chosen[0].title}, which is retired.",
            hint="Reject it with a reason, or undo the retiring: qualcode codebook undo",
        )
    return code, restructuring.reword(before, code, joined(chosen, said))


def joined(chosen: Sequence[ProposalShown], said: Wording) -> dict[str, object]:
    """Give the fields as said, else as proposed; refuse where proposals differ and nobody says."""
    fields: dict[str, object] = dict(said)
    for each in chosen:
        for name, words in _fields(each.proposal).items():
            if name not in said and fields.setdefault(name, words) != words:
                raise RefusedError(
                    f"The proposals differ on “{FIELD_WORDS[name]}”.",
                    hint="Pick one of them, or say how it shall read: --set FIELD=…",
                )
    return fields


def _fields(proposal: Proposal) -> dict[str, object]:
    return {
        name: Origin(words) if name == "origin" and isinstance(words, str) else words
        for name, words in proposal.wording
        if name in PROPOSED_FIELDS
    }


def grown(
    before: Codebook,
    chosen: Sequence[ProposalShown],
    draft: Draft,
    at: Place | None,
    *,
    proposed_by: Sequence[str],
    also_called: Sequence[str],
) -> tuple[Code, Codebook]:
    """Put one new code for those proposed into the codebook; the fields of `draft` go first.

    It knows when it was proposed, and by whom as far as all may know; the names proposed that
    all may know stay with it as earlier ones, the passages as its examples.
    """
    ground, place = somewhere(before, at)
    code = drafted(ground, _names(ground, chosen, draft), place)
    fields = {"origin": Origin.INDUCTIVE, **joined(chosen, draft.wording or {})}
    code = replace(code, **fields)  # type: ignore[arg-type]
    passages = [each.quotation for each in chosen if each.quotation]
    code = replace(
        code,
        examples=tuple(dict.fromkeys((*code.examples, *passages))),
        earlier_names=_earlier(ground, code, also_called),
        proposed_by=", ".join(proposed_by),
        proposed_on=min(each.proposal.written for each in chosen).date().isoformat(),
    )
    return code, restructuring.add(ground, code, place)


def somewhere(before: Codebook, at: Place | None = None) -> tuple[Codebook, Place]:
    """Say where a new code goes: where it is said, else into the only part there is."""
    if at is not None:
        return before, at
    if not before.parts:
        ground = restructuring.add_part(before, FIRST_PART)
        return ground, Place(part=ground.parts[0].number)
    return before, Place(part=before.parts[0].number if len(before.parts) == 1 else None)


def _names(ground: Codebook, chosen: Sequence[ProposalShown], draft: Draft) -> Draft:
    """Say what the new code is called: as the lead says, else as proposed."""
    labels = [each.proposal.label for each in chosen]
    if not draft.name.strip() and len(set(map(folded, labels))) > 1:
        raise RefusedError("The joined code needs a name.", hint='Say it: --name "…"')
    own: Mapping[str, object] = dict(chosen[0].proposal.wording) if len(chosen) == 1 else {}
    label = draft.label or str(own.get("label", ""))
    names = Draft(draft.name.strip() or labels[0], label, draft.key or str(own.get("key", "")))
    must_be_new(ground, (names.name, names.label, names.key))
    return names


def _earlier(ground: Codebook, code: Code, labels: Sequence[str]) -> tuple[str, ...]:
    """Let the names proposed find the code as well, but for those that others go by."""
    taken = {folded(code.name), folded(code.label)}
    taken |= {
        folded(name)
        for other in (*ground.codes, *ground.retired)
        for name in (other.label, other.key, *other.earlier_names)
    }
    kept: dict[str, str] = {}
    for one in labels:
        if folded(one) not in taken:
            kept.setdefault(folded(one), one)
    return tuple(kept.values())
