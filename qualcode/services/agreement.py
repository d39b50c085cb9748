"""How far the coders of a round agree, code by code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.errors import RefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Layer, Round, Unit, Viewpoint
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range
from qualcode.services.redeciding import not_yet_redecided
from qualcode.services.rounds import codebook_in
from qualcode.services.sentences import sentences_of
from qualcode.services.signing import letters, names_open
from qualcode.store.project import Project, View

if TYPE_CHECKING:
    from qualcode.agreement.counts import Cells, Counts
    from qualcode.agreement.score import Score
    from qualcode.agreement.sets import Sets
    from qualcode.agreement.spans import Flags, Spans, Units
    from qualcode.agreement.tally import Tally

PAIR = 2


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


@dataclass(frozen=True, slots=True)
class _Compared:
    """Whose layers are compared, over which sources, and who has finished which of them."""

    within: Round
    coders: tuple[Coder, ...]
    layers: tuple[Layer | None, ...]
    codebook: Codebook
    sources: tuple[Source, ...]
    finished: tuple[tuple[bool, ...], ...]
    told_apart: bool

    @property
    def shown(self) -> tuple[str, ...]:
        """The coders' names, or letters where they are not to be told apart."""
        named = tuple(coder.name for coder in self.coders)
        return named if self.told_apart else letters(len(named))


def measure(
    project: Project, round_name: str, *, by: Coder, unit: Unit | None = None
) -> AgreementReport:
    """Compute agreement over the sources that the round's coders have finished.

    Units with codings whose code is gone, and that nobody has decided anew, are left out:
    they are neither applied nor silent.
    """
    from qualcode.agreement.projection import untouched

    with project.reading() as view:
        compared = _compared(view, view.rounds.named(round_name), by)
        unit = unit or compared.within.unit
        spans, undecided = _spans(view, compared, by)
        layers = [layer for layer in compared.layers if layer]
        waiting = not_yet_redecided(view, compared.codebook, layers, by=by)
        turns = view.sources.codable(compared.sources) if unit is Unit.TURN else {}
        texts = view.sources.revisions(compared.sources) if unit is Unit.SENTENCE else {}
    every = _units(project, compared, spans, unit, turns=turns, texts=texts)
    units = untouched(every, undecided, rated=_rated(compared))
    left_out = _covered(compared, every) - _covered(compared, units)
    report = _report(compared, unit, _tallied(compared, spans, units))
    return replace(report, left_out=(*report.left_out, *_undecided(waiting, left_out)))


def may_compare(within: Round, by: Coder) -> None:
    """Refuse to compare coders for somebody who must not yet see the others' work."""
    if within.sealed_from_view and not by.leads:
        raise RefusedError(
            f"Round {within.name} is blind: its coders are compared once it is closed.",
            hint="The lead can look earlier.",
        )


def _compared(view: View, within: Round, by: Coder) -> _Compared:
    may_compare(within, by)
    coders = compared_coders(view, within)
    if len(coders) < PAIR:
        raise RefusedError(
            f"Round {within.name} has no two coders to compare.", hint="See: qualcode round status"
        )
    layers = tuple(view.rounds.layer(within, coder) for coder in coders)
    assigned = [view.rounds.assigned(within, coder.id) for coder in coders]
    rows = [
        {row.source.id: row.finished for row in view.codings.progress(Viewpoint(by), layer, mine)}
        for layer, mine in zip(layers, assigned, strict=True)
    ]
    sources = tuple(one for one in view.sources.all() if any(one.id in row for row in rows))
    return _Compared(
        within,
        coders,
        layers,
        codebook_in(view, within),
        sources,
        tuple(tuple(row.get(source.id, False) for row in rows) for source in sources),
        names_open(within, coders, by=by),
    )


def compared_coders(view: View, within: Round) -> tuple[Coder, ...]:
    """Name the coders of a round in order; in the free round, those who have coded in it."""
    people = view.people.by_id()
    if not within.free:
        return tuple(people[one] for one in within.coders)
    return tuple(one for one in people.values() if view.rounds.layer(within, one) is not None)


def _spans(view: View, compared: _Compared, by: Coder) -> tuple["Spans", "Spans"]:
    """Read the coders' spans as columns of numbers: source, coder, code, start, end.

    Apart are those whose code is gone; their code is 0, for they are in no code's column.
    """
    import numpy as np

    from qualcode.agreement.spans import Spans

    raw = view.codings.raw_id
    layers = {raw(layer.id): place for place, layer in enumerate(compared.layers) if layer}
    sources = {raw(source.id): place for place, source in enumerate(compared.sources)}
    places = {code.id: place for place, code in enumerate(compared.codebook.codes)}
    codes = {raw(one): places.get(code.id, -1) for one, code in compared.codebook.by_id().items()}
    rows = view.codings.spans(Viewpoint(by), [layer for layer in compared.layers if layer])
    layer, source, code, start, end = zip(*rows, strict=True) if rows else [()] * 5
    columns: list[Iterable[int]] = [
        map(sources.__getitem__, source),
        map(layers.__getitem__, layer),
        (codes.get(each, -1) for each in code),
        start,
        end,
    ]
    which, who, what, starts, ends = (np.fromiter(one, np.int64, len(rows)) for one in columns)
    coders = len(compared.coders)
    spans = Spans(which, who, what, starts, ends, coders=coders, codes=len(places))
    gone = Spans(which, who, np.zeros_like(what), starts, ends, coders=coders, codes=1)
    return spans.only(what >= 0), gone.only(what < 0)


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


def _units(
    project: Project,
    compared: _Compared,
    spans: "Spans",
    unit: Unit,
    *,
    turns: Mapping[UUID, Sequence[Range]],
    texts: Mapping[UUID, Revision],
) -> "Units":
    """Cut the sources into units of analysis: participants' words only."""
    from qualcode.agreement.quotation_units import quotation_units
    from qualcode.agreement.spans import Units

    if unit is Unit.QUOTATION:
        rated = _rated(compared)
        return quotation_units(spans, sources=len(compared.sources), rated=rated)
    if unit is Unit.TURN:
        return Units.of([turns[source.id] for source in compared.sources])
    finished = [any(row) for row in compared.finished]
    return Units.of(
        [
            _sentences(project, texts[source.id]) if wanted else []
            for source, wanted in zip(compared.sources, finished, strict=True)
        ]
    )


def _codable(revision: Revision) -> list[Range]:
    return [turn.range for turn in revision.turns if turn.codable]


def _sentences(project: Project, revision: Revision) -> list[Range]:
    turns = iter(_codable(revision))
    turn = next(turns, None)
    kept: list[Range] = []
    for sentence in sentences_of(project, revision):
        while turn is not None and turn.end <= sentence.start:
            turn = next(turns, None)
        if turn is not None and turn.overlaps(sentence):
            kept.append(sentence)
    return kept


def _rated(compared: _Compared) -> "Flags":
    import numpy as np

    return np.array(compared.finished, dtype=np.bool_).reshape(
        len(compared.sources), len(compared.coders)
    )


@dataclass(frozen=True, slots=True)
class _Tallied:
    tally: "Tally"
    sets: "Sets | None"
    units: int


def _tallied(compared: _Compared, spans: "Spans", units: "Units") -> _Tallied:
    from qualcode.agreement.projection import marks
    from qualcode.agreement.sets import sets
    from qualcode.agreement.tally import tally

    rated = _rated(compared)
    marked = marks(spans, units, rated=rated)
    pair = len(compared.coders) == PAIR
    covered = _covered(compared, units)
    return _Tallied(tally(marked), sets(marked, 0, 1) if pair else None, covered)


def _covered(compared: _Compared, units: "Units") -> int:
    """Count the units in sources that two or more have finished."""
    return int(units.per_source[_rated(compared).sum(axis=1) >= PAIR].sum())


def _report(compared: _Compared, unit: Unit, tallied: _Tallied) -> AgreementReport:
    from qualcode.agreement.pooled import pooled_alpha
    from qualcode.agreement.tally import cells_by_code, counts_by_code

    counts = counts_by_code(tallied.tally)
    pair = len(compared.coders) == PAIR
    cells: Sequence[Cells | None] = (
        cells_by_code(tallied.tally, 0, 1) if pair else [None] * len(counts)
    )
    rows = zip(compared.codebook.codes, counts, cells, strict=True)
    return AgreementReport(
        compared.within,
        unit,
        compared.shown,
        compared.codebook.version,
        sum(sum(row) >= PAIR for row in compared.finished),
        tallied.units,
        tuple(_shown(_of_code(code, count, cell), compared) for code, count, cell in rows),
        pooled_alpha(counts),
        tallied.sets,
        _left_out(compared),
        compared.told_apart,
    )


def _shown(measured: CodeAgreement, compared: _Compared) -> CodeAgreement:
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


def _left_out(compared: _Compared) -> tuple[Finding, ...]:
    """Say which sources no pair of coders has finished, and who has not."""
    findings: list[Finding] = []
    for source, row in zip(compared.sources, compared.finished, strict=True):
        if sum(row) >= PAIR:
            continue
        missing = [name for name, done in zip(compared.shown, row, strict=True) if not done]
        who = ", ".join(missing) if compared.told_apart else _how_many(len(missing))
        sentence = f"{source.name} is left out: not finished by {who}."
        findings.append(Finding("not finished", sentence, source.name))
    return tuple(findings)


def _how_many(missing: int) -> str:
    return "one of its coders" if missing == 1 else f"{missing} of its coders"
