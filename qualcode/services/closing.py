"""Closing a round: what was measured then is sealed, and later figures never touch it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from qualcode import __version__
from qualcode.domain.codebook import Code
from qualcode.domain.errors import RefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.journal import Json
from qualcode.domain.people import Coder
from qualcode.domain.rounds import Round, RoundState, Unit
from qualcode.services.agreement import AgreementReport, CodeAgreement, measure, measured_in
from qualcode.services.readings import compared_coders, may_compare
from qualcode.services.rounds import reopenings, turned_to
from qualcode.store.project import Project, View

if TYPE_CHECKING:
    from qualcode.agreement.score import Score

_SCORES = ("observed", "positive", "alpha", "kappa", "prevalence")


@dataclass(frozen=True, slots=True)
class Sealed:
    """When and with what program figures were sealed, and what the journal's head was then."""

    at: datetime
    program: str
    head: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Agreement before discussion: as sealed when the round was closed, or as it is now.

    `reopened` are the reasons for which the round was opened again, the earliest first.
    """

    report: AgreementReport
    reopened: tuple[str, ...]
    sealed: Sealed | None = None


def close(project: Project, name: str, *, by: Coder) -> Round:
    """Close a round: its layers are open to view, and agreement before discussion is sealed."""
    _cut_sentences(project, name, by)
    before = (RoundState.OPEN, RoundState.FROZEN)
    with turned_to(project, name, RoundState.CLOSED, after=before, by=by) as (work, was):
        head = work.journal.head()
        body: dict[str, Json] = {
            "program": __version__,
            "head": head.hash if head else "",
            "coders": [str(one.id) for one in compared_coders(work, was)],
            **_measured(work, project, was, by),
        }
        work.snapshots.add(was, body)
        return work.rounds.named(name)


def _cut_sentences(project: Project, name: str, by: Coder) -> None:
    """Have sentences cut and kept beforehand: it takes a while, and writes."""
    with project.reading() as view:
        within = view.rounds.named(name)
    if by.leads and within.unit is Unit.SENTENCE and len(within.coders) > 1:
        measure(project, name, by=by)


def _measured(view: View, project: Project, within: Round, by: Coder) -> dict[str, Json]:
    try:
        report = measured_in(view, project, within, by)
    except RefusedError as mishap:
        return {"figures": None, "why": mishap.sentence}
    return {"figures": _written(report), "why": ""}


def figures(
    project: Project, name: str, *, by: Coder, unit: Unit | None = None, now: bool = False
) -> Figures:
    """Give a round's agreement before discussion: of a closed round what was sealed then.

    With another unit, or `now`, it is computed from the layers as they are.
    """
    with project.reading() as view:
        within = view.rounds.named(name)
        may_compare(within, by)
        reopened = reopenings(view, within)
        kept = view.snapshots.last(within) if within.state is RoundState.CLOSED else None
        if kept is not None and not now and unit in {None, within.unit}:
            body = cast("dict[str, Any]", kept.body)
            if body["figures"] is None:
                raise RefusedError(body["why"], hint="See: qualcode round status")
            report = _read(view, within, body)
            return Figures(report, reopened, Sealed(kept.at, body["program"], body["head"]))
    return Figures(measure(project, name, by=by, unit=unit), reopened)


def _written(report: AgreementReport) -> dict[str, Json]:
    sets = report.sets
    return {
        "unit": report.unit.value,
        "codebook version": report.codebook_version,
        "sources": report.sources,
        "units": report.units,
        "sets": [sets.same, sets.overlapping, sets.disjoint, sets.blank] if sets else None,
        "pooled": _score(report.pooled),
        "codes": [_code(each) for each in report.codes],
        "left out": [[one.kind, one.sentence, one.place] for one in report.left_out],
    }


def _code(each: CodeAgreement) -> dict[str, Json]:
    cells, counts = each.cells, each.counts
    return {
        "code": str(each.code.id),
        "label": each.code.label,
        "name": each.code.name,
        "counts": [
            counts.units,
            [list(row) for row in counts.histogram],
            list(counts.rated),
            list(counts.applied),
        ],
        "cells": [cells.both, cells.first_only, cells.second_only, cells.neither]
        if cells
        else None,
        "scores": {name: _score(getattr(each, name)) for name in _SCORES},
        "rare": each.rare,
    }


def _score(score: "Score | None") -> list[Json] | None:
    return [score.measure, score.variant, score.value, score.reason] if score else None


def _read(view: View, within: Round, body: Mapping[str, Any]) -> AgreementReport:
    """Read a report as it was sealed; coders are called what they are called today."""
    from qualcode.agreement.sets import Sets

    held = body["figures"]
    people = view.people.by_id()
    codes = view.codebooks.version(held["codebook version"]).by_id()
    return AgreementReport(
        within,
        Unit(held["unit"]),
        tuple(people[UUID(one)].name for one in body["coders"]),
        held["codebook version"],
        held["sources"],
        held["units"],
        tuple(_code_of(each, codes) for each in held["codes"]),
        cast("Score", _score_of(held["pooled"])),
        Sets(*held["sets"]) if held["sets"] else None,
        tuple(_named(Finding(*each), people) for each in held["left out"]),
    )


def _named(finding: Finding, people: Mapping[UUID, Coder]) -> Finding:
    """Call coders by name where a finding holds their ids."""
    sentence = finding.sentence
    for identity, coder in people.items():
        sentence = sentence.replace(str(identity), coder.name)
    return replace(finding, sentence=sentence)


def _code_of(each: Mapping[str, Any], codes: Mapping[UUID, Code]) -> CodeAgreement:
    from qualcode.agreement.counts import Cells, Counts

    units, histogram, rated, applied = each["counts"]
    counts = Counts(units, tuple(map(tuple, histogram)), tuple(rated), tuple(applied))
    scores = {name: _score_of(told) for name, told in each["scores"].items()}
    code = replace(codes[UUID(each["code"])], label=each["label"], name=each["name"])
    cells = Cells(*each["cells"]) if each["cells"] else None
    return CodeAgreement(code, counts, cells, rare=each["rare"], **cast("dict[str, Any]", scores))


def _score_of(told: Sequence[Any] | None) -> "Score | None":
    from qualcode.agreement.score import Score

    return Score(*told) if told else None
