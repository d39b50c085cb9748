"""Where a command works and who gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from qualcode.domain.display import visible
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.services import people, projects
from qualcode.store.project import Project

_TOLD: set[str] = set()
"""The places of which it was said in this run that conflicted copies lie beside them."""


@dataclass(frozen=True, slots=True)
class Here:
    """The project and the person named on the command line, if they were.

    `run` runs one more command line: the screens take commands too. With `anyway` the project is
    changed even on a network drive or in a synced folder.
    """

    place: str | None
    coder: str | None
    run: Callable[[list[str]], int]
    anyway: bool = False

    def project(self) -> Project:
        """Open the project named, or the only one in this folder."""
        project = let_go_at_the_end(projects.open_at(self.named_place(), anyway=self.anyway))
        _tell_once(project.place)
        return project

    def named_place(self) -> str:
        """Say where the project is."""
        return self.place or projects.only_project(Path.cwd())

    def actor(self, project: Project, name: str | None = None) -> Coder:
        """Say who acts: the person named, else who alone can act here, else the lead."""
        named = name or self.coder
        return people.acting(project, named) if named else people.usual(project)

    def coding_actor(self, project: Project, name: str | None) -> Coder:
        """Say who codes; where several could, it must be said."""
        if name or self.coder:
            return self.actor(project, name)
        coders = people.coders(project)
        alone = people.alone(project)
        if alone is not None or len(coders) == 1:
            return alone or coders[0]
        names = ", ".join(coder.name for coder in coders)
        raise RefusedError(
            f"Who codes? The project knows {names}.",
            hint="Say it with --as NAME, or set QUALCODE_CODER.",
        )


def _tell_once(place: str) -> None:
    """Say, once a run, that copies lie beside a file which a synced folder made of two."""
    note = "" if place in _TOLD else projects.beside(place)
    if note:
        _TOLD.add(place)
        click.echo(visible(note), err=True)


def let_go_at_the_end(project: Project) -> Project:
    """Close the project's file when the command is done."""
    click.get_current_context().call_on_close(project.close)
    return project
