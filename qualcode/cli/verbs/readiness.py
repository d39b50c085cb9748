"""Verbs on how far a round is, and on insisting on names before it is closed."""

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, table
from qualcode.cli.here import Here
from qualcode.cli.round_words import described, round_data
from qualcode.domain.people import Coder
from qualcode.services import readiness, rounds, unblinding
from qualcode.services.readiness import Readiness, Standing, Whole
from qualcode.store.project import Project


@click.command("status", epilog="Example: qualcode round status r1")
@click.argument("name", required=False)
@as_option
@json_option
@click.pass_obj
def round_status(here: Here, name: str | None, who: str | None, *, as_json: bool) -> int:
    """Say how far a round is, or list the rounds.

    Of a blind round a coder hears what is done and left of their own; the lead hears how far
    its coders are together.
    """
    project = here.project()
    if name is None:
        found = rounds.rounds(project)
        lines = [f"{one.name}  {described(one)}" for one in found]
        return answer("round status", [round_data(one) for one in found], lines, as_json=as_json)
    by = here.actor(project, who)
    ready = readiness.readiness(project, name, by=by)
    lines = [f"{ready.round.name}: {described(ready.round)}", *_lines(project, ready, by)]
    lines += [f"It was reopened: {reason}" for reason in ready.reopened]
    if ready.pool:
        lines.append(f"In the pool: {', '.join(one.source.name for one in ready.pool)}")
    return answer("round status", _data(ready), lines, as_json=as_json)


def _lines(project: Project, ready: Readiness, by: Coder) -> list[str]:
    whole, lines = ready.whole, []
    if whole is not None:
        lines += [
            f"finished everything  {whole.ready} of {counted(whole.coders, 'coder')}",
            f"turns done           {whole.done} of {whole.codable}",
            f"double coded         {whole.doubled} of {counted(whole.paired, 'source')}",
        ]
    if len(ready.standings) > 1:
        rows = [
            [one.coder, f"{one.finished}/{one.assigned}", f"{one.done}/{one.codable}"]
            for one in ready.standings
        ]
        lines += ["", *table(["coder", "sources", "turns"], rows)]
    lines += [line for one in ready.standings if one.coder == by.name for line in _own(one)]
    if ready.round.unblinded:
        lines.append(unblinding.blinding_sentence(project, ready.round.name))
    return lines


def _own(mine: Standing) -> list[str]:
    """Say what is done of one's own, and what is left, by source."""
    sources, turns = counted(mine.assigned, "source"), counted(mine.codable, "turn")
    lines = [f"yours: {mine.finished} of {sources} finished, {mine.done} of {turns} done"]
    rows = [[f"  {row.source.name}", f"{row.done} done", f"{row.left} left"] for row in mine.left]
    return [*lines, *(table(rows[0], rows[1:]) if rows else [])]


def _data(ready: Readiness) -> dict[str, object]:
    return {
        **round_data(ready.round),
        "whole": _whole(ready.whole) if ready.whole else None,
        "pool": [{"source": one.source.name, "lacks": one.lacks} for one in ready.pool],
        "reopened": list(ready.reopened),
        "standing": [_standing(one) for one in ready.standings],
    }


def _whole(whole: Whole) -> dict[str, object]:
    return {
        "coders": whole.coders,
        "coders_ready": whole.ready,
        "turns_done": whole.done,
        "turns": whole.codable,
        "sources_doubled": whole.doubled,
        "sources_to_double": whole.paired,
    }


def _standing(one: Standing) -> dict[str, object]:
    return {
        "coder": one.coder,
        "sources_finished": one.finished,
        "sources_assigned": one.assigned,
        "turns_done": one.done,
        "turns": one.codable,
        "left": [
            {"source": row.source.name, "turns_done": row.done, "turns_left": row.left}
            for row in one.left
        ],
    }


@click.command("unblind", epilog='Example: qualcode round unblind r1 --because "ben withdrew"')
@click.argument("name")
@click.option("--because", "reason", required=True, help="Why; it is kept, and reports say it.")
@as_option
@json_option
@click.pass_obj
def round_unblind(here: Here, name: str, reason: str, who: str | None, *, as_json: bool) -> int:
    """Learn the names in a blind round before it is closed; it cannot be taken back."""
    project = here.project()
    found = unblinding.unblind(project, name, reason=reason, by=here.actor(project, who))
    lines = [
        f"Round {found.name} is unblinded: you see names from now on, its coders do not.",
        "Its reports say so, with your reason.",
    ]
    return answer("round unblind", round_data(found), lines, as_json=as_json)
