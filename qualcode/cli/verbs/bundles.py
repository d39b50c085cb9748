"""Verbs on bundles: a coder's share given out, and taken back."""

from pathlib import Path

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.domain.addresses import is_address
from qualcode.domain.people import Coder
from qualcode.services import bundles, renewing
from qualcode.services.bundles import Plan
from qualcode.store.project import Project

_FILE = click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
_SORTS = {"read_mark": "read mark"}


@click.group("bundle", epilog="Example: qualcode bundle out ada.bundle --for ada")
def bundle() -> None:
    """Pass a coder's share of the study on as a file, and take it back."""


@bundle.command("out", epilog="Example: qualcode bundle out ada.bundle --for ada")
@_FILE
@click.option("--for", "whose", metavar="CODER", help="Whose share (in the study itself).")
@as_option
@json_option
@click.pass_obj
def bundle_out(
    here: Here, bundle: Path, whose: str | None, who: str | None, *, as_json: bool
) -> int:
    """Write a coder's share; in the share itself, write what goes back.

    It holds the coder's sources, rounds and layers and the codebook, and nothing of the others'.
    """
    project = here.project()
    if whose is None:
        coder = bundles.send(project, bundle)
        lines = [f"{bundle} holds what {coder.name} has done; send it to whoever leads the study."]
        return answer("bundle out", {"coder": coder.name}, lines, as_json=as_json)
    given = bundles.give(project, whose, bundle, by=here.actor(project, who))
    rounds = ", ".join(given.rounds)
    lines = [
        f"{bundle} holds {given.coder.name}'s share: {counted(given.sources, 'source')}; {rounds}.",
        f"There: qualcode -p {given.coder.name}.qualcode bundle in {bundle.name}",
    ]
    data = {"coder": given.coder.name, "sources": given.sources, "rounds": list(given.rounds)}
    return answer("bundle out", data, lines, as_json=as_json)


@bundle.command("plan", epilog="Example: qualcode bundle plan ada-back.bundle")
@_FILE
@as_option
@json_option
@click.pass_obj
def bundle_plan(here: Here, bundle: Path, who: str | None, *, as_json: bool) -> int:
    """Say what a bundle would add; nothing is changed."""
    project = here.project()
    planned = bundles.plan(project, bundle, by=here.actor(project, who))
    lines = _lines("It would add", planned) if planned.new else [_NOTHING]
    return answer("bundle plan", _data(planned), lines, as_json=as_json)


@bundle.command("in", epilog="Example: qualcode bundle in ada-back.bundle")
@_FILE
@as_option
@json_option
@click.pass_obj
def bundle_in(here: Here, bundle: Path, who: str | None, *, as_json: bool) -> int:
    """Take a coder's bundle in; in a share, go on from a newer one; else begin to work on it."""
    if here.place and not is_address(here.place) and not Path(here.place).exists():
        coder = bundles.begin(bundle, here.place, anyway=here.anyway)
        lines = [
            f"{here.place} holds your share, {coder.name}.",
            f"Work on it: qualcode -p {here.place} --as {coder.name}",
            f"Send it back: qualcode -p {here.place} bundle out BUNDLE",
        ]
        return answer("bundle in", {"coder": coder.name}, lines, as_json=as_json)
    project = here.project()
    if renewing.is_share(project):
        return _renew(project, bundle, by=here.actor(project, who), as_json=as_json)
    taken = bundles.take(project, bundle, by=here.actor(project, who))
    lines = _lines("Added", taken) if taken.new else [_NOTHING]
    return answer("bundle in", _data(taken), lines, as_json=as_json)


_NOTHING = "Nothing new: all that this bundle holds is there already."


def _renew(project: Project, bundle: Path, *, by: Coder, as_json: bool) -> int:
    renewed = renewing.renew(project, bundle, by=by)
    lines = ["Nothing new: this is the bundle that you work on."]
    if renewed.newer:
        lines = [
            f"You go on from {bundle.name}: codebook version {renewed.codebook_version}.",
            f"Of yours, {counted(renewed.steps, 'step')} not yet with the lead went along.",
        ]
    data = {
        "coder": renewed.coder.name,
        "new": renewed.newer,
        "steps": renewed.steps,
        "codebook_version": renewed.codebook_version,
    }
    return answer("bundle in", data, lines, as_json=as_json)


def _lines(does: str, plan: Plan) -> list[str]:
    """Say what comes, and under which codebook; of a blind round only that something does."""
    lines = [f"{does} {_counts(plan)}."] if plan.steps else []
    if plan.sealed:
        where = ", ".join(each.name for each in plan.sealed)
        lines.append(f"{does} work in {where}; how much is not told while it is blind.")
    if plan.versions:
        made = ", ".join(map(str, plan.versions))
        lines.append(f"Codings made under codebook version {made}; the newest is {plan.newest}.")
    if plan.older:
        lines.append("Where a code is gone or reads otherwise since, their coder decides anew.")
    return lines


def _counts(plan: Plan) -> str:
    rows = [counted(count, _SORTS.get(what, what)) for what, count in plan.added.items()]
    return f"{counted(plan.steps, 'step')}: {', '.join(rows) or 'nothing that stands'}"


def _data(plan: Plan) -> dict[str, object]:
    return {
        "coder": plan.coder.name,
        "new": plan.new,
        "steps": plan.steps,
        "added": dict(plan.added),
        "rounds": [each.name for each in plan.rounds],
        "not_counted": [each.name for each in plan.sealed],
        "codebook_versions": list(plan.versions),
        "newest_codebook_version": plan.newest,
    }
