"""What the lead makes of proposals: picks one, joins several, rejects them, thinks again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.errors import RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.lineage import RULE_FIELDS, Rules
from qualcode.domain.people import Coder
from qualcode.domain.proposal_groups import named_alike, passage_shared, together, words_shared
from qualcode.domain.proposals import PROPOSED_FIELDS, Answer, Verdict
from qualcode.domain.restructuring import Place, Wording
from qualcode.domain.text import as_stored
from qualcode.services import joining
from qualcode.services.codebook_changes import Changed, Draft, keep, stored_wording
from qualcode.services.people import lead_only
from qualcode.services.proposals import ProposalShown, called, seen_by
from qualcode.services.proposers import known_to_all, names_for_all, reasons_for_all
from qualcode.services.quoted import examples_must_stand
from qualcode.store.journal import RECONSIDERING, REJECTING
from qualcode.store.project import Project, View

_Must = Callable[[ProposalShown], None]
_WHAT = "answer proposals"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One field of a code: as it reads now, and as each proposal, by its name, would have it."""

    field: str
    now: str | tuple[str, ...]
    proposed: tuple[tuple[str, str | tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ProposalGroup:
    """Open proposals that want one answer: rewordings of one code, or new codes that are alike.

    `fields` set rewordings beside the text in force; `hints` say what new codes share, and
    which rewordings were written before the code last changed.
    """

    proposals: tuple[ProposalShown, ...]
    code: Code | None = None
    fields: tuple[SideBySide, ...] = ()
    shared_words: tuple[str, ...] = ()
    shared_places: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def waiting(project: Project, *, by: Coder) -> list[ProposalGroup]:
    """List the open proposals in groups: rewordings by code, then new codes by what they share."""
    lead_only(by, _WHAT)
    with project.reading() as view:
        found = [each for each in seen_by(view, by) if each.verdict is None]
        if not found:
            return []
        by_code: dict[UUID, list[ProposalShown]] = {}
        for each in found:
            if each.code is not None:
                by_code.setdefault(each.code.id, []).append(each)
        now = view.codebooks.current()
        rules = view.codebooks.rules(now.version)
        new = together([each for each in found if each.code is None], _alike)
        return [
            *(_rewordings(now, rules, group) for group in by_code.values()),
            *(_new_codes(view, group) for group in new),
        ]


def _rewordings(now: Codebook, rules: Rules, group: Sequence[ProposalShown]) -> ProposalGroup:
    code = group[0].code
    wordings = {each.name: dict(each.proposal.wording) for each in group}
    fields = tuple(
        SideBySide(
            field,
            getattr(code, field),
            tuple((name, words[field]) for name, words in wordings.items() if field in words),
        )
        for field in PROPOSED_FIELDS
        if any(field in words for words in wordings.values())
    )
    hints = [hint for each in group for hint in _age(now, rules, each)]
    return ProposalGroup(tuple(group), code, fields, hints=tuple(hints))


def _age(now: Codebook, rules: Rules, shown: ProposalShown) -> Iterator[str]:
    """Say what became of a code since a rewording of it was written."""
    code, against = shown.code, shown.proposal.against
    if code is None:
        return
    if not code.in_use:
        went = " and ".join(one.title for one in now.successors(code))
        yield f"{code.title} is retired{f'; {went} took its place' if went else ''}."
        return
    read = rules.at(code.id, against) if against else code
    if read is not None and any(
        getattr(read, one) != getattr(code, one) for one in PROPOSED_FIELDS
    ):
        yield f"{shown.name} was written against version {against}; {code.title} has changed since."


def _alike(one: ProposalShown, other: ProposalShown) -> bool:
    return (
        named_alike(one.proposal, other.proposal)
        or passage_shared(one.proposal, other.proposal) is not None
    )


def _new_codes(view: View, group: Sequence[ProposalShown]) -> ProposalGroup:
    words = words_shared([each.proposal.label for each in group])
    places: dict[str, None] = {}
    for one, other in combinations([each.proposal for each in group], 2):
        shared = passage_shared(one, other)
        if shared is not None and one.revision is not None:
            places[view.sources.passage(one.revision, shared).place] = None
    hints = []
    if places:
        hints.append(
            f"They share {'passages' if len(places) > 1 else 'a passage'}: {', '.join(places)}."
        )
    if words:
        said = ", ".join(f"“{word}”" for word in words)
        hints.append(f"They share {'words' if len(words) > 1 else 'a word'}: {said}.")
    return ProposalGroup(
        tuple(group), shared_words=words, shared_places=tuple(places), hints=tuple(hints)
    )


def accept(
    project: Project,
    names: Sequence[str],
    *,
    by: Coder,
    draft: Draft | None = None,
    at: Place | None = None,
    wording: Wording | None = None,
    reason: str = "",
) -> Changed:
    """Take one proposal into the codebook as it is, or several joined, as one version.

    Of new codes comes one: `draft` gives its names, `at` its place; the names proposed stay
    with it as earlier ones, the passages as its examples. Fields read as proposed, or as
    `wording` has them; where proposals that are joined differ, it has to say.
    """
    lead_only(by, _WHAT)
    with project.work("codebook accept", by=by) as work:
        chosen = _open(work, names, by)
        before = work.codebooks.current()
        said = _said(work, chosen, {**((draft and draft.wording) or {}), **(wording or {})}, by)
        if chosen[0].code is not None:
            if draft is not None or at is not None:
                raise _KeepsItsPlaceError(chosen[0].code)
            code, after = joining.reworded(before, chosen, said)
            _must_say_why(after, code, reason.strip() or reasons_for_all(work, chosen))
        else:
            code, after = joining.grown(
                before,
                chosen,
                replace(draft or Draft(""), wording=said),
                at,
                proposed_by=known_to_all(work, chosen),
                also_called=names_for_all(work, chosen),
            )
        kept = keep(work, before, after, reason=reason.strip() or reasons_for_all(work, chosen))
        answer = Answer.JOINED if len(chosen) > 1 else Answer.ACCEPTED
        came = kept.codebook.version if kept.codebook.version != before.version else None
        work.verdicts.add([_verdict(each, answer, reason, by, code.id, came) for each in chosen])
    return kept


def _said(
    view: View, chosen: Sequence[ProposalShown], wording: Wording, by: Coder
) -> dict[str, object]:
    """Give the fields as the lead says them; quotations that nobody had named yet must stand."""
    said = stored_wording(wording)
    named = {one for each in chosen for one in dict(each.proposal.wording).get("examples", ())}
    named.update(chosen[0].code.examples if chosen[0].code else ())
    examples_must_stand(view, said, by=by, but=named)
    return said


class _KeepsItsPlaceError(RefusedError):
    """A name or a place was given for a code that a proposal only rewords."""

    def __init__(self, code: Code) -> None:
        super().__init__(
            f"This rewords {code.title}; it keeps its name and its place.",
            hint="For those: qualcode codebook rename, qualcode codebook move",
        )


def _open(view: View, names: Sequence[str], by: Coder) -> list[ProposalShown]:
    """Find open proposals that can have one answer."""
    chosen = _named(view, names, by)
    for each in chosen:
        _must_be_open(each)
    if len({each.proposal.code for each in chosen}) > 1:
        raise RefusedError(
            "These proposals are not about the same: "
            f"{'; '.join(f'{each.name} {each.title}' for each in chosen)}.",
            hint="Answer them one after the other.",
        )
    return chosen


def _named(view: View, names: Sequence[str], by: Coder) -> list[ProposalShown]:
    if not names:
        raise RefusedError("No proposal is named.", hint="See: qualcode codebook proposals")
    seen = seen_by(view, by)
    found = [called(seen, name) for name in names]
    return list({each.proposal.id: each for each in found}.values())


def _must_be_open(shown: ProposalShown) -> None:
    if shown.verdict is None:
        return
    verdict = shown.verdict
    when = verdict.at.date().isoformat()
    back = (
        "qualcode codebook undo"
        if verdict.version
        else f"qualcode codebook decide {shown.name} --reconsider"
    )
    raise RefusedError(
        f"{shown.name} {shown.title} was {verdict.answer.value} by {shown.answered_by} "
        f"on {when} already.",
        hint=f"To take that back: {back}",
    )


def _must_say_why(after: Codebook, code: Code, reason: str) -> None:
    now = after.entry(code.id)
    rule = any(getattr(now, name) != getattr(code, name) for name in RULE_FIELDS)
    if rule and not reason:
        raise RefusedError("Rewording a rule needs a reason.", hint='Say why: --because "…"')


def _verdict(
    shown: ProposalShown,
    answer: Answer,
    reason: str,
    by: Coder,
    code: UUID | None = None,
    version: int | None = None,
) -> Verdict:
    return Verdict(
        new_id(),
        shown.proposal.id,
        answer,
        as_stored(reason.strip()).text,
        code,
        version,
        by.id,
        datetime.now(UTC),
    )


def reject(project: Project, names: Sequence[str], *, by: Coder, reason: str) -> None:
    """Turn proposals down, for a reason that their coders read; the codebook stays as it is.

    One step is made for each layer the proposals are in: where one is refused on the way, those
    before it stand.
    """
    lead_only(by, _WHAT)
    if not reason.strip():
        raise RefusedError("Rejecting a proposal needs a reason.", hint='Say why: --because "…"')
    for layer in _layers(project, names, by, _must_be_open):
        with project.work(REJECTING, by=by) as work:
            now = _in_layer(work, names, by, layer, _must_be_open)
            work.about_layer(layer)
            work.verdicts.add([_verdict(each, Answer.REJECTED, reason, by) for each in now])


def reconsider(project: Project, names: Sequence[str], *, by: Coder, reason: str = "") -> None:
    """Take answers back, so that the proposals wait again; the codebook stays as it is.

    The answers and their reasons stay to be read, and so does the reason to think again.

    One step is made for each layer the proposals are in: where one is refused on the way, those
    before it stand.
    """
    lead_only(by, _WHAT)
    for layer in _layers(project, names, by, _may_be_reconsidered):
        with project.work(RECONSIDERING, by=by) as work:
            now = _in_layer(work, names, by, layer, _may_be_reconsidered)
            work.about_layer(layer)
            work.verdicts.retire([each.verdict for each in now if each.verdict])
            if reason.strip():
                work.ledger.say("reason", as_stored(reason.strip()).text)


def _layers(project: Project, names: Sequence[str], by: Coder, must: _Must) -> list[UUID]:
    """List the layers some proposals are in: an entry is about one, and seen where that is."""
    with project.reading() as view:
        chosen = _named(view, names, by)
        for each in chosen:
            must(each)
    return list(dict.fromkeys(each.proposal.layer for each in chosen))


def _in_layer(
    view: View, names: Sequence[str], by: Coder, layer: UUID, must: _Must
) -> list[ProposalShown]:
    chosen = [each for each in _named(view, names, by) if each.proposal.layer == layer]
    for each in chosen:
        must(each)
    return chosen


def _may_be_reconsidered(shown: ProposalShown) -> None:
    if shown.verdict is None:
        raise RefusedError(
            f"{shown.name} {shown.title} has no answer yet.",
            hint="It waits: qualcode codebook proposals",
        )
    if shown.verdict.version is not None:
        raise RefusedError(
            f"{shown.name} {shown.title} came into the codebook with version "
            f"{shown.verdict.version}.",
            hint="To take that back: qualcode codebook undo",
        )
