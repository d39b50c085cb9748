"""Proposals: what a coder would like the codebook to hold, and how the lead answered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.display import shortened, visible_line
from qualcode.domain.errors import (
    AlreadyThereError,
    NotFoundError,
    RefusedError,
    RetiredCodeError,
)
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.proposals import PROPOSED_FIELDS, Proposal, Reworded, Verdict
from qualcode.domain.quotations import quotation_id
from qualcode.domain.restructuring import Wording
from qualcode.domain.rounds import Layer, Viewpoint
from qualcode.domain.sources import Source
from qualcode.domain.text import Range, as_stored
from qualcode.services.answers import Decided, decided, standing
from qualcode.services.codebook_changes import Draft, stored_wording
from qualcode.services.coding import Seat, may_code, own_layer
from qualcode.services.quoted import examples_must_stand
from qualcode.services.signing import SOMEBODY, whose
from qualcode.services.sources import Spot
from qualcode.store.project import Project, View, Work

_LONGEST = 80
_SHORTEST_NAME = 4
_NOWHERE = Range(0, 0)


def propose(project: Project, spot: Spot, *, seat: Seat, label: str = "") -> Proposal:
    """Propose a code with a segment as its first example; in vivo, its words are the label.

    A label is kept on one line, at most 80 characters long.
    """
    words = label if as_stored(label).text.strip() else in_vivo(spot)
    return propose_code(project, Draft(words), seat=seat, spot=spot)


def in_vivo(spot: Spot) -> str:
    """Give the words of a segment, to be a name."""
    return may_code(spot).of(spot.revision.text)


def propose_code(
    project: Project, draft: Draft, *, seat: Seat, spot: Spot | None = None, reason: str = ""
) -> Proposal:
    """Propose a new code as it could read, with a passage as its first example or without.

    A name that a code of the codebook goes by, or went by, is refused: that code is there.
    """
    segment = may_code(spot) if spot else _NOWHERE
    label = fit_label(draft.name)
    fields = _fields({**_named(draft), **(draft.wording or {})}, also=("label", "key"))
    with project.work("propose", by=seat.coder) as work:
        layer = own_layer(work, seat, [spot] if spot else [])
        must_be_new(work.codebooks.current(), (label, draft.label, draft.key))
        examples_must_stand(work, dict(fields), by=seat.coder)
        source = spot.source.id if spot else None
        _must_not_wait(work, seat, layer, label, source, segment)
        proposal = Proposal(
            new_id(),
            seat.coder.id,
            layer.id,
            source,
            spot.revision.id if spot else None,
            segment,
            label,
            datetime.now(UTC),
            wording=fields,
            reason=as_stored(reason.strip()).text,
        )
        work.changes.add_proposals([proposal])
    return proposal


def propose_wording(
    project: Project, code: Code, wording: Wording, *, seat: Seat, reason: str = ""
) -> Proposal:
    """Propose that fields of a code read otherwise; what reads so already is left out."""
    with project.work("propose wording", by=seat.coder) as work:
        layer = own_layer(work, seat, [])
        now = _in_force(work.codebooks.current(), code)
        fields = tuple(
            (name, words) for name, words in _fields(wording) if words != getattr(now, name)
        )
        if not fields:
            raise RefusedError(
                f"{now.title} reads just so already.", hint=f"See: codebook show {now.label}"
            )
        examples_must_stand(work, dict(fields), by=seat.coder, but=now.examples)
        for other in _waiting_of(work, seat, layer):
            if (other.code, other.wording) == (now.id, fields):
                raise RefusedError(
                    f"You proposed this wording of {now.title} already.",
                    hint="It waits until the lead decides; u takes the last step back.",
                )
        proposal = Proposal(
            new_id(),
            seat.coder.id,
            layer.id,
            None,
            None,
            _NOWHERE,
            "",
            datetime.now(UTC),
            now.id,
            fields,
            as_stored(reason.strip()).text,
            seat.codebook.version,
        )
        work.changes.add_proposals([proposal])
    return proposal


def fit_label(label: str) -> str:
    """Give the name of a new code on one line, at most 80 characters long."""
    fit = shortened(" ".join(as_stored(visible_line(label)).text.split()), to=_LONGEST)
    if not fit:
        raise RefusedError("A new code needs a name.", hint="Type it again; nothing was changed.")
    return fit


def _named(draft: Draft) -> dict[str, object]:
    names = {"label": draft.label, "key": draft.key}
    return {what: " ".join(words.split()) for what, words in names.items() if words.strip()}


def _fields(wording: Wording, *, also: Sequence[str] = ()) -> tuple[Reworded, ...]:
    """Give fields as a proposal keeps them: texts and lists of texts, by name."""
    unknown = sorted(set(wording) - {*PROPOSED_FIELDS, *also})
    if unknown:
        raise RefusedError(
            f"“{unknown[0]}” is not a field that can be proposed.",
            hint="A name is changed by the lead: qualcode codebook rename",
        )
    return tuple(
        (name, value if isinstance(value, tuple) else str(value))
        for name, value in sorted(stored_wording(wording).items())
    )


def must_be_new(codebook: Codebook, names: Iterable[str]) -> None:
    """Refuse a new code by a name that a code goes by, and point to that one."""
    for name in filter(None, map(folded, names)):
        for code in (*codebook.codes, *codebook.retired):
            known = (code.label, code.key, code.name, *code.earlier_names)
            if name in map(folded, known):
                if not code.in_use:
                    raise RetiredCodeError(
                        code.label, tuple(one.title for one in codebook.successors(code))
                    )
                raise AlreadyThereError(
                    f"The codebook has “{code.title}” already.",
                    hint=f"Did you mean {code.title}? Another wording for it: "
                    f"codebook propose --reword {code.key or code.label}",
                )


def _must_not_wait(
    work: Work, seat: Seat, layer: Layer, label: str, source: UUID | None, segment: Range
) -> None:
    for other in _waiting_of(work, seat, layer):
        if other.rewords or folded(other.label) != folded(label):
            continue
        if (other.source, other.range) == (source, segment):
            on = "for these words " if source else ""
            raise RefusedError(
                f"You proposed “{other.label}” {on}already.",
                hint="It waits until the lead decides; u takes the last step back.",
            )


def _waiting_of(work: Work, seat: Seat, layer: Layer) -> list[Proposal]:
    """List the coder's proposals in a layer that are not answered."""
    answered = work.verdicts.all()
    mine = work.codings.proposals(seat.viewpoint, [layer])
    return [each for each in mine if each.id not in answered]


def _in_force(codebook: Codebook, code: Code) -> Code:
    """Give a code as it reads in the newest version; refuse one that is there no more."""
    standing = codebook.by_id().get(code.id)
    if standing is None or not standing.in_use:
        raise NotFoundError(f"{code.title} is retired.", hint="See: qualcode codebook show")
    if standing.id != code.id:
        raise NotFoundError(
            f"{code.title} was merged into {standing.title}.",
            hint=f"Propose a wording for that: codebook propose --reword {standing.label}",
        )
    return standing


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal as one person may see it.

    `name` is short and lasting: a p and the last signs of its id. `place`, `words` and
    `quotation`, its id, are those of its passage, empty without one. `who` is empty for one's
    own; in a sealed round it is a coder. `code` is the code it rewords, as it reads now.
    `verdict` is the lead's answer that stands, given by `answered_by`; `answers` are all that
    was ever decided on it, in order, with those that were taken back.
    """

    proposal: Proposal
    name: str
    source: Source | None
    place: str
    words: str
    quotation: str
    who: str
    code: Code | None = None
    verdict: Verdict | None = None
    answered_by: str = ""
    answers: tuple[Decided, ...] = ()

    @property
    def written(self) -> datetime | None:
        """When it was written; nothing where a coder is not to be known by it."""
        return None if self.who == SOMEBODY else self.proposal.written

    @property
    def title(self) -> str:
        """Say what is proposed: `“cold halls”`, or `another wording of TC1D Gaps`."""
        if self.code is not None:
            return f"another wording of {self.code.title}"
        return f"“{self.proposal.label}”"


def proposals(project: Project, *, by: Coder, answered: bool = False) -> list[ProposalShown]:
    """List the open proposals this person may see, in the order made; or all, with answers."""
    with project.reading() as view:
        return [each for each in seen_by(view, by) if answered or each.verdict is None]


def seen_by(view: View, by: Coder) -> list[ProposalShown]:
    """List all proposals a person may see, answered or not."""
    seen = {each.layer.id: each for each in view.rounds.layers_seen(Viewpoint(by))}
    found = view.codings.proposals(Viewpoint(by), [each.layer for each in seen.values()])
    sources = view.sources.by_id({each.source for each in found if each.source})
    people, verdicts, answers = view.people.by_id(), standing(view), decided(view)
    codebook = view.codebooks.current()
    names = short_names([each.id for each in found])
    shown = []
    for each in found:
        verdict = verdicts.get(each.id)
        shown.append(
            ProposalShown(
                each,
                names[each.id],
                sources.get(each.source) if each.source else None,
                *_passage(view, each),
                whose(seen[each.layer].round, people[each.coder], by=by),
                codebook.entry(each.code) if each.code else None,
                verdict,
                people[verdict.by].name if verdict else "",
                answers.get(each.id, ()),
            )
        )
    return shown


def _passage(view: View, proposal: Proposal) -> tuple[str, str, str]:
    """Give the place, the words and the quotation id of a proposal's passage."""
    if proposal.source is None or proposal.revision is None:
        return "", "", ""
    passage = view.sources.passage(proposal.revision, proposal.range)
    turn = view.sources.turn_number(proposal.revision, proposal.range.start)
    return passage.place, passage.words, quotation_id(proposal.source, turn, passage.words)


def short_names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Name proposals by the last four signs of their ids, by more where two share them."""
    names: dict[UUID, str] = {}
    left, length = list(ids), _SHORTEST_NAME
    while left:
        ends = Counter(one.hex[-length:] for one in left)
        names |= {one: f"p{one.hex[-length:]}" for one in left if ends[one.hex[-length:]] == 1}
        left, length = [one for one in left if one not in names], length + 1
    return names


def called(shown: Sequence[ProposalShown], name: str) -> ProposalShown:
    """Find a proposal by its short name; one that was given longer, or was shorter, will do."""
    signs = name.strip().casefold().removeprefix("p")
    long = len(signs) >= _SHORTEST_NAME
    found = [each for each in shown if long and each.proposal.id.hex.endswith(signs)]
    if not found:
        raise NotFoundError(
            f"There is no proposal “{name}”.", hint="See: qualcode codebook proposals --all"
        )
    if len(found) > 1:
        names = ", ".join(each.name for each in found)
        raise RefusedError(f"“{name}” could be {names}.", hint="Name it with one sign more.")
    return found[0]
