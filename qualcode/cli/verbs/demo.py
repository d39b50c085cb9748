"""The verb demo: a study to look around in."""

from pathlib import Path

import click

from qualcode.cli.answer import answer, counted, json_option
from qualcode.cli.here import Here, let_go_at_the_end
from qualcode.domain.display import shortened
from qualcode.services import demo as demonstration


@click.command(epilog="Example: qualcode demo --no-tui")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("qualcode-demo"),
    show_default=True,
    help="Where it is made.",
)
@click.option("--no-tui", "walk", is_flag=True, help="Walk the whole job without a screen.")
@json_option
@click.pass_obj
def demo(here: Here, folder: Path, *, walk: bool, as_json: bool) -> int:
    """Make a demo study of invented transcripts and open it, ready to code."""
    project = let_go_at_the_end(demonstration.make(folder))
    if walk or as_json:
        done = demonstration.walk(project, folder)
        return answer("demo", _data(done, folder), _lines(done, folder), as_json=as_json)
    from qualcode.cli.verbs.screens import open_desk

    return open_desk(here, project, demonstration.CODERS[0])


def _lines(done: demonstration.Walk, folder: Path) -> list[str]:
    found, report, decision = done.summary, done.report, done.settled.decision
    kappas = {each.code.label: each.kappa for each in report.codes}
    shown = ", ".join(
        f"{label} {kappa.value:.2f}"
        for label, kappa in kappas.items()
        if kappa is not None and kappa.value is not None
    )
    return [
        f"made        {demonstration.place_in(folder)}, a study of invented transcripts",
        (
            f"imported    {counted(found.sources, 'source')}, {counted(found.turns, 'turn')}, "
            f"{found.codable} of them participants'"
        ),
        f"codebook    version {found.codebook_version}, {counted(found.codes, 'code')}",
        (
            f"coded       by {' and '.join(report.coders)} in round {report.round.name}; "
            f"{counted(report.sources, 'source')} finished by both, the rest is left for you"
        ),
        f"agreement   over {counted(report.units, 'turn')}, Cohen's kappa: {shown}",
        (
            f"decided     {done.settled.place}, “{shortened(done.settled.words, to=50)}”: "
            f"{decision.outcome.value if decision else 'open'}"
        ),
        f"            because: {decision.reason if decision else ''}",
        (
            f"consensus   {counted(done.agreed, 'agreed passage')} and the decision; "
            f"{counted(done.open, 'disagreement')} left"
        ),
        f"written     {done.word.path}: {done.word.account}",
        f"Go on       qualcode -p {demonstration.place_in(folder)} --as first",
    ]


def _data(done: demonstration.Walk, folder: Path) -> dict[str, object]:
    return {
        "project": str(demonstration.place_in(folder)),
        "sources": done.summary.sources,
        "turns": done.summary.turns,
        "participant_turns": done.summary.codable,
        "finished_by_both": done.report.sources,
        "kappa": {
            each.code.label: each.kappa.value if each.kappa else None for each in done.report.codes
        },
        "decided": done.settled.place,
        "agreed": done.agreed,
        "open": done.open,
        "word": str(done.word.path),
        "stored": done.word.stored,
        "printed": done.word.printed,
    }
