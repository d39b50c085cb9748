"""Verbs on what came of it: agreement, disagreements, decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, round_option, table
from qualcode.cli.here import Here
from qualcode.domain.codebook import codes_named
from qualcode.domain.decisions import Outcome
from qualcode.domain.display import shortened, visible, visible_line
from qualcode.domain.errors import RefusedError
from qualcode.domain.rounds import Unit
from qualcode.services import (
    agreement as agreeing,
)
from qualcode.services import (
    reconciliation,
    rounds,
    sources,
)
from qualcode.services.agreement import AgreementReport, CodeAgreement
from qualcode.services.closing import Figures, figures
from qualcode.services.disputes import Desk, Dispute
from qualcode.services.reconciliation import Verdict
from qualcode.store.project import Project

if TYPE_CHECKING:
    from qualcode.agreement.score import Score

_NAMED = 300


def _round_name(project: Project, name: str | None) -> str:
    """Name the round meant: the one given, or the newest that was set up."""
    if name is not None:
        return name
    made = [one for one in rounds.rounds(project) if not one.free]
    if not made:
        raise RefusedError("No round has been set up.", hint="qualcode round new r1 --coders a,b")
    return made[-1].name


@click.command(epilog="Example: qualcode agreement --round r1 --unit quotation --json")
@click.option("--unit", type=click.Choice([unit.value for unit in Unit]), help="Counted over what.")
@click.option(
    "--with", "before", metavar="ROUND", help="Each coder with their own earlier reading."
)
@click.option("--now", is_flag=True, help="Of a closed round: as it is now, not as it was sealed.")
@as_option
@round_option
@json_option
@click.pass_obj
def agreement(
    here: Here,
    unit: str | None,
    before: str | None,
    who: str | None,
    round_name: str | None,
    *,
    now: bool,
    as_json: bool,
) -> int:
    """Say how far the coders of a round agree, code by code; or each with an earlier self."""
    project = here.project()
    name, by = _round_name(project, round_name), here.actor(project, who)
    over = Unit(unit) if unit else None
    if before is not None:
        found = agreeing.measure_again(project, name, before=before, unit=over, by=by)
        return _say([Figures(each, ()) for each in found], as_json=as_json, several=True)
    return _say([figures(project, name, by=by, unit=over, now=now)], as_json=as_json)


def _say(found: Sequence[Figures], *, as_json: bool, several: bool = False) -> int:
    data = [_figures(each) for each in found]
    lines = [line for each in found for line in (*_figures_lines(each), "")][:-1]
    answer("agreement", data if several else data[0], lines, as_json=as_json)
    if not as_json:
        for finding in dict.fromkeys(one for each in found for one in each.report.left_out):
            click.echo(visible(finding.sentence), err=True)
    return 0


def _figures(found: Figures) -> dict[str, object]:
    sealed = found.sealed
    return {
        **_report(found.report),
        "reopened": list(found.reopened),
        "sealed": {
            "at": sealed.at.isoformat(),
            "program": sealed.program,
            "head": sealed.head,
        }
        if sealed
        else None,
    }


def _figures_lines(found: Figures) -> list[str]:
    lines = _report_lines(found.report)
    if found.sealed:
        at = f"{found.sealed.at.astimezone():%Y-%m-%d %H:%M}"
        lines.insert(
            1,
            f"Before discussion, as sealed at closing on {at} by qualcode {found.sealed.program}, "
            f"journal head {found.sealed.head[:12]}",
        )
    return [*lines, *(f"The round was reopened: {reason}" for reason in found.reopened)]


def _report_lines(report: AgreementReport) -> list[str]:
    scope = f"unit {report.unit.value}, {counted(report.sources, 'source')} finished by two or more"
    coders = " and ".join(report.coders)
    who = coders if report.told_apart else f"{len(report.coders)} coders, not told apart"
    lines = [
        (
            f"Round {report.round.name} · {who} · {scope} · "
            f"{counted(report.units, 'unit')} · codebook version {report.codebook_version}"
        )
    ]
    if report.round.unblinded:
        lines.append("Unblinded: the lead was told the names before the round was closed.")
    if report.sets is not None:
        sets = report.sets
        lines.append(
            f"Sets of codes: same on {sets.same}, overlapping on {sets.overlapping}, "
            f"disjoint on {sets.disjoint} of {sets.units}"
        )
    heads = ["code", "name", "both", "one only", "neither", "agree", "positive", "kappa", "alpha"]
    rows = [_row(each) for each in report.codes]
    lines += ["", *table(heads, rows, right="llrrrrrrr")]
    lines += ["", f"Pooled alpha {_shown(report.pooled)}"]
    if not report.told_apart:
        lines.append("Of what one coder alone applied, the smaller count stands first.")
    lines += [
        f"{each.code.label}: undefined, {each.alpha.reason}"
        for each in report.codes
        if each.alpha.value is None
    ]
    rare = [each.code.label for each in report.codes if each.rare and each.alpha.value is not None]
    if rare:
        lines.append(f"Rare (chance alone would bring fewer than 5 together): {', '.join(rare)}")
    return lines


def _row(each: CodeAgreement) -> list[str]:
    cells = each.cells
    four = (
        [str(cells.both), f"{cells.first_only} | {cells.second_only}", str(cells.neither)]
        if cells
        else [f"{' '.join(map(str, each.counts.applied))}", "", ""]
    )
    scores = [each.positive, each.kappa, each.alpha]
    agree = "–" if each.observed.value is None else f"{100 * each.observed.value:.1f} %"
    return [each.code.label, shortened(each.code.name, to=28), *four, agree] + [
        _shown(score) for score in scores
    ]


def _shown(score: "Score | None") -> str:
    return "–" if score is None or score.value is None else f"{score.value:.2f}"


def _report(report: AgreementReport) -> dict[str, object]:
    sets = report.sets
    return {
        "round": report.round.name,
        "unit": report.unit.value,
        "coders": list(report.coders),
        "told_apart": report.told_apart,
        "unblinded": report.round.unblinded,
        "codebook_version": report.codebook_version,
        "sources": report.sources,
        "units": report.units,
        "sets": {
            "same": sets.same,
            "overlapping": sets.overlapping,
            "disjoint": sets.disjoint,
            "units": sets.units,
        }
        if sets
        else None,
        "pooled_alpha": _score(report.pooled),
        "codes": [_code_agreement(each, report.coders) for each in report.codes],
        "left_out": [finding.sentence for finding in report.left_out],
    }


def _code_agreement(each: CodeAgreement, coders: tuple[str, ...]) -> dict[str, object]:
    cells = each.cells
    return {
        "code": each.code.label,
        "units": each.counts.units,
        "pairable": each.counts.pairable,
        "applied": dict(zip(coders, each.counts.applied, strict=True)),
        "cells": {
            "both": cells.both,
            "first_only": cells.first_only,
            "second_only": cells.second_only,
            "neither": cells.neither,
        }
        if cells
        else None,
        "observed_agreement": _score(each.observed),
        "positive_agreement": _score(each.positive),
        "cohen_kappa": _score(each.kappa),
        "krippendorff_alpha": _score(each.alpha),
        "prevalence": _score(each.prevalence),
        "rare": each.rare,
    }


def _score(score: "Score | None") -> dict[str, object]:
    if score is None:
        reason = "defined for two coders only"
        return {"value": None, "reason": reason}
    return {
        "value": score.value,
        "measure": score.measure,
        "variant": score.variant,
        "reason": score.reason or None,
    }


@click.command(epilog="Example: qualcode disagreements --round r1")
@click.option("--all", "every", is_flag=True, help="Settled ones too.")
@as_option
@round_option
@json_option
@click.pass_obj
def disagreements(
    here: Here, who: str | None, round_name: str | None, *, every: bool, as_json: bool
) -> int:
    """List where the coders of a round differ and nothing is decided yet."""
    project = here.project()
    desk = reconciliation.desk(
        project, _round_name(project, round_name), by=here.actor(project, who)
    )
    listed = desk.differing if every else desk.open
    lines = [line for each in listed for line in _dispute_lines(each, desk)]
    settled = len(desk.differing) - len(desk.open)
    agreed = len(desk.disputes) - len(desk.differing)
    lines.append(
        f"{counted(len(desk.open), 'disagreement')} open, {settled} settled, "
        f"{counted(agreed, 'passage')} agreed."
    )
    data = {
        "round": desk.round.name,
        "open": len(desk.open),
        "settled": settled,
        "agreed": agreed,
        "disagreements": [_dispute(each, desk) for each in listed],
        "left_out": list(desk.left_out),
    }
    status = answer("disagreements", data, lines, as_json=as_json)
    if desk.left_out and not as_json:
        named = shortened(", ".join(desk.left_out), to=_NAMED)
        click.echo(f"Left out, not finished by every coder: {named}.", err=True)
    return status


def _sets(each: Dispute, desk: Desk) -> list[str]:
    codes = (*desk.codebook.codes, *desk.codebook.retired)
    return [
        ", ".join(code.label for code in codes if code.id in made) or "nothing"
        for made in each.passage.sets
    ]


def _dispute_lines(each: Dispute, desk: Desk) -> list[str]:
    sets = "; ".join(
        f"{who}: {labels}" for who, labels in zip(each.coders, _sets(each, desk), strict=True)
    )
    decided = f" · decided: {each.decision.outcome.value}" if each.decision else ""
    return [
        f"{each.place} · {each.passage.kind.value} · {sets}{decided}",
        f"    “{shortened(each.words, to=90)}”",
        *_memos(each),
    ]


def _memos(each: Dispute) -> list[str]:
    """Give the memos on a passage, or say how many open once it is decided."""
    if each.closed:
        opens = "opens" if each.closed == 1 else "open"
        return [f"    {counted(each.closed, 'memo')}: {opens} after your decision"]
    return [f"    memo: {visible_line(body)}" for body in each.memos]


def _dispute(each: Dispute, desk: Desk) -> dict[str, object]:
    return {
        "place": each.place,
        "kind": each.passage.kind.value,
        "words": each.words,
        "codes": dict(zip(each.coders, _sets(each, desk), strict=True)),
        "memos": list(each.memos),
        "memos_closed": each.closed,
        "decision": each.decision.outcome.value if each.decision else None,
        "reason": each.decision.reason if each.decision else None,
    }


@click.command(epilog='Example: qualcode decide FG3:4 first --because "the rule names referrals"')
@click.argument("place", required=False)
@click.argument("outcome", nargs=-1)
@click.option("--agreed", is_flag=True, help="Take all passages on which coders agree.")
@click.option("--because", "reason", default="", help="Why.")
@as_option
@round_option
@json_option
@click.pass_obj
def decide(  # noqa: PLR0913 - one argument an option
    here: Here,
    place: str | None,
    outcome: tuple[str, ...],
    reason: str,
    who: str | None,
    round_name: str | None,
    *,
    agreed: bool,
    as_json: bool,
) -> int:
    """Settle a disagreement: first, second, both, neither, or codes."""
    if agreed and place is not None:
        raise click.UsageError("Name a place and an outcome, or --agreed: not both.")
    if not agreed and (place is None or not outcome):
        raise click.UsageError("Name a place and an outcome: qualcode decide FG3:4 both")
    project = here.project()
    within, by = _round_name(project, round_name), here.actor(project, who)
    if place is None:
        taken = reconciliation.accept_agreed(project, within, by=by)
        lines = [f"{counted(taken, 'agreed passage')} taken into the consensus."]
        return answer("decide", {"agreed": taken}, lines, as_json=as_json)
    verdict = _verdict(project, within, outcome, reason)
    spot = sources.find(project, place)
    found = reconciliation.decide(project, spot, verdict, round_name=within, by=by)
    codes = " ".join(code.label for code in verdict.codes)
    lines = [f"{found.place}: {codes or verdict.outcome.value}.", *_memos(found)]
    data = {
        "place": found.place,
        "outcome": verdict.outcome.value,
        "codes": codes.split(),
        "memos": list(found.memos),
    }
    return answer("decide", data, lines, as_json=as_json)


def _verdict(project: Project, within: str, words: tuple[str, ...], reason: str) -> Verdict:
    """Read an outcome as typed: a word for it, or codes."""
    plain = {"first", "second", "both", "neither"}
    if len(words) == 1 and words[0].casefold() in plain:
        return Verdict(Outcome(words[0].casefold()), reason)
    book = reconciliation.codebook_of(project, within)
    codes = dict.fromkeys(code for each in words for code in codes_named(book, each))
    return Verdict(Outcome.OTHER, reason, tuple(codes))
