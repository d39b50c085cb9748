"""Where the coders of a round differ, and what is decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import Coding, Via
from qualcode.domain.decisions import Decision, Outcome
from qualcode.domain.disagreements import Kind
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.domain.people import Coder
from qualcode.domain.places import written
from qualcode.domain.redeciding import fate, undecided
from qualcode.domain.rounds import Layer, Round, RoundState, Viewpoint
from qualcode.domain.text import Range, as_stored, trimmed, united, words_hash
from qualcode.services.disputes import Desk, Dispute, laid_out, order_on
from qualcode.services.people import lead_only
from qualcode.services.rounds import codebook_in
from qualcode.services.sources import Spot
from qualcode.store.project import Project, View, Work

_BY_PLACE = (Outcome.FIRST, Outcome.SECOND)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided on a passage, why, and the codes where they are others."""

    outcome: Outcome
    reason: str = ""
    codes: tuple[Code, ...] = ()


def desk(project: Project, round_name: str, *, by: Coder) -> Desk:
    """Lay out the passages of a round's finished sources, with the decisions made."""
    with project.reading() as view:
        return laid_out(view, view.rounds.named(round_name), by)


def codebook_of(project: Project, round_name: str) -> Codebook:
    """Read the version of the codebook a round is coded with."""
    with project.reading() as view:
        return codebook_in(view, view.rounds.named(round_name))


def decide(
    project: Project, spot: Spot, verdict: Verdict, *, round_name: str, by: Coder
) -> Dispute:
    """Settle the passage at a place; the coders' layers stay as they are.

    It is given back as it stands now, with the memos that were closed before.
    """
    lead_only(by, "decide")
    with project.work("decide", by=by) as work:
        within = _decidable(work, round_name)
        on_desk = laid_out(work, within, by)
        found = _at(on_desk, spot)
        layer = work.rounds.own_layer(within, None)
        work.in_layer(layer)
        _withdraw(work, layer, found, by)
        version = on_desk.codebook.version
        codings = _outcome_codings(found, verdict, layer, version)
        _must_be_in_use(on_desk.codebook, codings)
        work.changes.add_codings(codings)
        kept = replace(verdict, outcome=_as_shown_next(work, within, found, verdict.outcome, by))
        work.changes.add_decisions([_decision(found, layer, kept, by=by)])
        return _at(laid_out(work, within, by), spot)


def _as_shown_next(
    view: View, within: Round, found: Dispute, outcome: Outcome, by: Coder
) -> Outcome:
    """Say first or second in the order that holds once it is decided.

    It is another where the passage has other edges than when it was decided before.
    """
    if outcome not in _BY_PLACE:
        return outcome
    meant = found.order[_BY_PLACE.index(outcome)]
    place = order_on(view, within, found, by).index(meant)
    return _BY_PLACE[place] if place < len(_BY_PLACE) else Outcome.OTHER


def accept_agreed(project: Project, round_name: str, *, by: Coder) -> int:
    """Take every passage on which all coders agree into the consensus; say how many."""
    lead_only(by, "decide")
    with project.work("accept agreed", by=by) as work:
        within = _decidable(work, round_name)
        layer = work.rounds.own_layer(within, None)
        work.in_layer(layer)
        on_desk = laid_out(work, within, by)
        codebook = on_desk.codebook
        agreed = [
            each
            for each in on_desk.disputes
            if each.passage.kind is Kind.AGREED
            and each.decision is None
            and not undecided(codebook, each.passage.by_coder[0])
        ]
        codings = [
            coding for each in agreed for coding in _copies(each, each.passage.by_coder[0], layer)
        ]
        verdict = Verdict(Outcome.AGREED)
        work.changes.add_codings(codings)
        work.changes.add_decisions([_decision(each, layer, verdict, by=by) for each in agreed])
    return len(agreed)


def _decidable(work: Work, round_name: str) -> Round:
    within = work.rounds.named(round_name)
    if within.state is RoundState.CLOSED:
        raise RefusedError(
            f"Round {within.name} is closed: its decisions stand.",
            hint="Reopen it with a reason: qualcode round reopen",
        )
    return within


def _at(desk: Desk, spot: Spot) -> Dispute:
    """Find the passage a place means: the one that stands there, or the only one it touches."""
    where = written(spot.source.name, spot.range, spot.revision)
    touched = [
        each
        for each in desk.disputes
        if each.source.id == spot.source.id and each.passage.range.overlaps(spot.range)
    ]
    exact = [each for each in touched if each.passage.range == spot.range]
    found = exact or touched
    if not found:
        raise NotFoundError(
            f"There is no passage to decide on at {where}.", hint="See: qualcode disagreements"
        )
    if len(found) > 1:
        places = ", ".join(each.place for each in found)
        raise RefusedError(
            f"At {where} there are {len(found)} passages to decide on.", hint=f"Name one: {places}"
        )
    return found[0]


def _withdraw(work: Work, layer: Layer, found: Dispute, by: Coder) -> None:
    """Let an earlier decision on the passage, and the codings it made, give way."""
    if found.decision is None:
        return
    standing = [
        coding
        for coding in work.codings.of_source(Viewpoint(by), found.source, [layer])
        if coding.extent.overlaps(found.passage.range)
    ]
    work.changes.retire("decision", [found.decision])
    if standing:
        work.changes.retire("coding", standing)


def _decision(found: Dispute, layer: Layer, verdict: Verdict, *, by: Coder) -> Decision:
    return Decision(
        new_id(),
        layer.id,
        found.source.id,
        found.revision.id,
        found.passage.range,
        verdict.outcome,
        as_stored(verdict.reason.strip()).text,
        by.id,
        datetime.now(UTC),
    )


def _outcome_codings(found: Dispute, verdict: Verdict, layer: Layer, version: int) -> list[Coding]:
    """Give the codings that a decision puts into the consensus."""
    by_coder, outcome = found.passage.by_coder, verdict.outcome
    if outcome is Outcome.OTHER:
        return [_new(found, layer, code, version) for code in verdict.codes]
    if outcome is Outcome.NEITHER:
        return []
    if outcome is Outcome.BOTH:
        return _copies(found, [coding for codings in by_coder for coding in codings], layer)
    place = 1 if outcome is Outcome.SECOND else 0
    if place >= len(by_coder):
        raise RefusedError("The round has no second coder.", hint="See: qualcode round status")
    return _copies(found, by_coder[place], layer)


def _new(found: Dispute, layer: Layer, code: Code, version: int) -> Coding:
    segment = trimmed(found.revision.text, found.passage.range)
    return Coding(
        new_id(),
        layer.id,
        found.source.id,
        found.revision.id,
        code.id,
        version,
        (segment,),
        words_hash(segment.of(found.revision.text)),
        Via.DECISION,
    )


def _must_be_in_use(codebook: Codebook, codings: Sequence[Coding]) -> None:
    """Refuse to take into the consensus what its coder has yet to decide anew."""
    gone = next(iter(undecided(codebook, codings)), None)
    if gone is not None:
        raise RefusedError(
            f"{fate(codebook, gone)}, and that is not yet re-decided here.",
            hint="Wait for its coder, or name the codes: qualcode decide PLACE CODES",
        )


def _copies(found: Dispute, codings: Sequence[Coding], layer: Layer) -> list[Coding]:
    """Copy codings into the consensus; extents of the same code that overlap become one."""
    by_code: dict[object, list[Coding]] = {}
    for coding in codings:
        by_code.setdefault(coding.code, []).append(coding)
    text = found.revision.text
    copies: list[Coding] = []
    for same in by_code.values():
        stretches = united([stretch for coding in same for stretch in coding.ranges])
        for ranges in _joined(same, stretches):
            words = "".join(stretch.of(text) for stretch in ranges)
            copies.append(
                replace(
                    same[0],
                    id=new_id(),
                    layer=layer.id,
                    ranges=ranges,
                    words_hash=words_hash(words),
                    via=Via.DECISION,
                )
            )
    return copies


def _joined(same: Sequence[Coding], stretches: list[Range]) -> list[tuple[Range, ...]]:
    """Keep a discontinuous coding in one piece; give separate codings a piece each."""
    if len(same) == 1:
        return [same[0].ranges]
    return [(stretch,) for stretch in stretches]
