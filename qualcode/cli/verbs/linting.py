"""Verbs that list gaps: in the codebook, and in the themes above it."""

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.domain.findings import Finding
from qualcode.services import linting


@click.command("lint", epilog="Example: qualcode codebook lint")
@as_option
@json_option
@click.pass_obj
def lint_codebook(here: Here, who: str | None, *, as_json: bool) -> int:
    """List gaps of the codebook: codes without rules or examples, keys that are no keys."""
    project = here.project()
    found = linting.lint_codebook(project, by=here.actor(project, who))
    return _told("codebook lint", found, as_json=as_json)


@click.command(epilog="Example: qualcode lint --json")
@as_option
@json_option
@click.pass_obj
def lint(here: Here, who: str | None, *, as_json: bool) -> int:
    """List gaps of the codebook and of your themes; the exit status is 1 where there are any."""
    project = here.project()
    found = linting.lint(project, by=here.actor(project, who))
    return _told("lint", found, as_json=as_json)


def _told(command: str, found: list[Finding], *, as_json: bool) -> int:
    lines = [f"{counted(len(found), 'finding')}."] if found else ["Nothing is missing."]
    return answer(command, {"count": len(found)}, lines, as_json=as_json, findings=found)
