"""How far the coders of a round agree, code by code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from qualcode.domain.codebook import Code
from qualcode.domain.findings import Finding
from qualcode.domain.people import Coder
from qualcode.domain.rounds import PAIR, Round, Unit
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services.readings import (
    Compared,
    Stretch,
    of_coder_again,
    of_round,
    spans_of,
    turns_in,
)
from qualcode.services.redeciding import not_yet_redecided
from qualcode.services.sentences import sentences_of
from qualcode.store.project import Project, View

if TYPE_CHECKING:
    from qualcode.agreement.counts import Cells, Counts
    from qualcode.agreement.score import Score
    from qualcode.agreement.sets import Sets
    from qualcode.agreement.spans import Spans, Units
    from qualcode.agreement.tally import Tally


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """What the compared coders made of one code.

    `cells` and `kappa` exist for two coders only; `rare` says that chance would bring the
    two together on fewer than five units, so that coefficients say little.
    """

    code: Code
    counts: "Counts"
    cells: "Cells | None"
    observed: "Score"
    positive: "Score"
    alpha: "Score"
    kappa: "Score | None"
    prevalence: "Score"
    rare: bool


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement of a round, with all that has to be said beside the numbers.

    Where coders are not `told_apart`, they have letters that mean nothing from code to code:
    of the counts that are one coder's alone, the smaller stands first.
    """

    round: Round
    unit: Unit
    coders: tuple[str, ...]
    codebook_version: int
    sources: int
    units: int
    codes: tuple[CodeAgreement, ...]
    pooled: "Score"
    sets: "Sets | None"
    left_out: tuple[Finding, ...]
    told_apart: bool = True


def measure(
    project: Project, round_name: str, *, by: Coder, unit: Unit | None = None
) -> AgreementReport:
    """Compute agreement over what the round's coders were given in common and have finished.

    Units with codings whose code is gone, and that nobody has decided anew, are left out:
    they are neither applied nor silent.
    """
    with project.reading() as view:
        compared = of_round(view, view.rounds.named(round_name), by)
        found = _read(view, compared, unit or compared.within.unit, by)
    return _measured(project, found)


def measure_again(
    project: Project, round_name: str, *, before: str, by: Coder, unit: Unit | None = None
) -> list[AgreementReport]:
    """Compute how far each coder of a round agrees with their own reading in an earlier one."""
    with project.reading() as view:
        within = view.rounds.named(round_name)
        every = of_coder_again(view, within, view.rounds.named(before), by)
        found = [_read(view, each, unit or within.unit, by) for each in every]
    return [_measured(project, each) for each in found]


def measured_in(view: View, project: Project, within: Round, by: Coder) -> AgreementReport:
    """Compute a round's agreement within a transaction; its sentences have to be cut already.

    Coders are called by their ids: what is kept must not hold on to names.
    """
    compared = of_round(view, within, by)
    readings = tuple(replace(one, shown=str(one.coder.id)) for one in compared.readings)
    named = replace(compared, readings=readings, told_apart=True)
    return _measured(project, _read(view, named, within.unit, by))


@dataclass(frozen=True, slots=True)
class _Read:
    """What is measured, as it was read at one moment."""

    compared: Compared
    unit: Unit
    spans: "Spans"
    undecided: "Spans"
    waiting: Mapping[Code, int]
    turns: Mapping[UUID, Sequence[Range]]
    texts: Mapping[UUID, Revision]


def _read(view: View, compared: Compared, unit: Unit, by: Coder) -> _Read:
    spans, undecided = spans_of(view, compared, by)
    return _Read(
        compared,
        unit,
        spans,
        undecided,
        not_yet_redecided(view, compared.codebook, compared.layers, by=by),
        view.sources.codable(compared.sources) if unit is Unit.TURN else {},
        view.sources.revisions(compared.sources) if unit is Unit.SENTENCE else {},
    )


def _measured(project: Project, found: _Read) -> AgreementReport:
    from qualcode.agreement.projection import untouched

    compared = found.compared
    every = _units(project, found)
    units = untouched(every, found.undecided, rated=compared.rated)
    left_out = _covered(compared, every) - _covered(compared, units)
    report = _report(compared, found.unit, _tallied(compared, found.spans, units))
    findings = (*report.left_out, *_undecided(found.waiting, left_out))
    return replace(report, left_out=findings)


def _undecided(waiting: Mapping[Code, int], left_out: int) -> list[Finding]:
    """Say what is not yet re-decided, and how many units are left out for it."""
    findings = [
        Finding("not yet re-decided", f"{code.label}: {_codings(count)} not yet re-decided.")
        for code, count in waiting.items()
    ]
    if left_out:
        units = "1 unit holds" if left_out == 1 else f"{left_out} units hold"
        sentence = f"{units} codings not yet re-decided, and count for no code."
        findings.append(Finding("not yet re-decided", sentence))
    return findings


def _codings(count: int) -> str:
    return "1 coding" if count == 1 else f"{count} codings"


def _units(project: Project, found: _Read) -> "Units":
    """Cut the stretches into units of analysis: participants' words only."""
    from qualcode.agreement.quotation_units import quotation_units
    from qualcode.agreement.spans import Units

    stretches = found.compared.stretches
    if found.unit is Unit.QUOTATION:
        rated = found.compared.rated
        return quotation_units(found.spans, sources=len(stretches), rated=rated)
    if found.unit is Unit.TURN:
        return Units.of([turns_in(each, found.turns) for each in stretches])
    return Units.of(
        [
            _sentences(project, found.texts[each.source.id], each) if any(each.finished) else []
            for each in stretches
        ]
    )


def _sentences(project: Project, revision: Revision, stretch: Stretch) -> list[Range]:
    codable = {revision.source: [turn.range for turn in revision.turns if turn.codable]}
    turns = iter(turns_in(stretch, codable))
    turn = next(turns, None)
    kept: list[Range] = []
    for sentence in sentences_of(project, revision):
        while turn is not None and turn.end <= sentence.start:
            turn = next(turns, None)
        if turn is not None and turn.overlaps(sentence):
            kept.append(sentence)
    return kept


@dataclass(frozen=True, slots=True)
class _Tallied:
    tally: "Tally"
    sets: "Sets | None"
    units: int


def _tallied(compared: Compared, spans: "Spans", units: "Units") -> _Tallied:
    from qualcode.agreement.projection import marks
    from qualcode.agreement.sets import sets
    from qualcode.agreement.tally import tally

    rated = compared.rated
    marked = marks(spans, units, rated=rated)
    pair = len(compared.readings) == PAIR
    covered = _covered(compared, units)
    return _Tallied(tally(marked), sets(marked, 0, 1) if pair else None, covered)


def _covered(compared: Compared, units: "Units") -> int:
    """Count the units in stretches that two or more have finished."""
    return int(units.per_source[compared.rated.sum(axis=1) >= PAIR].sum())


def _report(compared: Compared, unit: Unit, tallied: _Tallied) -> AgreementReport:
    from qualcode.agreement.pooled import pooled_alpha
    from qualcode.agreement.tally import cells_by_code, counts_by_code

    counts = counts_by_code(tallied.tally)
    pair = len(compared.readings) == PAIR
    cells: Sequence[Cells | None] = (
        cells_by_code(tallied.tally, 0, 1) if pair else [None] * len(counts)
    )
    rows = zip(compared.codebook.codes, counts, cells, strict=True)
    return AgreementReport(
        compared.within,
        unit,
        compared.shown,
        compared.codebook.version,
        len({each.source for each in compared.stretches if each.compared}),
        tallied.units,
        tuple(_shown(_of_code(code, count, cell), compared) for code, count, cell in rows),
        pooled_alpha(counts),
        tallied.sets,
        _left_out(compared),
        compared.told_apart,
    )


def _shown(measured: CodeAgreement, compared: Compared) -> CodeAgreement:
    """Put each coder's own counts in order of size where they would tell coders apart."""
    if compared.told_apart:
        return measured
    counts, cells = measured.counts, measured.cells
    alone = replace(
        counts, rated=tuple(sorted(counts.rated)), applied=tuple(sorted(counts.applied))
    )
    if cells and cells.first_only > cells.second_only:
        cells = cells.swapped()
    return replace(measured, counts=alone, cells=cells)


def _of_code(code: Code, counts: "Counts", cells: "Cells | None") -> CodeAgreement:
    from qualcode.agreement.alpha import alpha
    from qualcode.agreement.cohen import cohen_kappa
    from qualcode.agreement.observed import observed_agreement
    from qualcode.agreement.positive import positive_agreement
    from qualcode.agreement.prevalence import prevalence, too_rare

    return CodeAgreement(
        code,
        counts,
        cells,
        observed_agreement(counts),
        positive_agreement(counts),
        alpha(counts),
        cohen_kappa(cells) if cells else None,
        prevalence(counts),
        rare=too_rare(cells) if cells else False,
    )


def _left_out(compared: Compared) -> tuple[Finding, ...]:
    """Say what no two have finished, and who has not; and what was given to one coder only."""
    findings: dict[Source, Finding] = {}
    single: set[Source] = set()
    for each in compared.stretches:
        if sum(each.given) < PAIR:
            single.add(each.source)
            continue
        if each.compared:
            continue
        rows = zip(compared.shown, each.given, each.finished, strict=True)
        missing = [name for name, given, done in rows if given and not done]
        who = ", ".join(missing) if compared.told_apart else _how_many(len(missing))
        part = "" if each.turns is None else " in part"
        sentence = f"{each.source.name} is left out{part}: not finished by {who}."
        findings[each.source] = Finding("not finished", sentence, each.source.name)
    return (*findings.values(), *_given_to_one(single))


def _given_to_one(sources: Collection[Source]) -> list[Finding]:
    if not sources:
        return []
    of = "1 source" if len(sources) == 1 else f"{len(sources)} sources"
    sentence = f"What was given to one coder only is not compared: all or part of {of}."
    return [Finding("one coder", sentence)]


def _how_many(missing: int) -> str:
    return "one of its coders" if missing == 1 else f"{missing} of its coders"
