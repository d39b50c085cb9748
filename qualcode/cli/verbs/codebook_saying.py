"""What the verbs that change the codebook share: their options, and how they answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.cli.verbs.codebook_reading import change_data, rounds_data
from qualcode.domain.errors import RefusedError
from qualcode.domain.people import Coder
from qualcode.domain.restructuring import Place
from qualcode.domain.rounds import Round
from qualcode.services.codebook_changes import Changed
from qualcode.store.project import Project

_WARNINGS = 6


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --because, --as and --json."""
    because = click.option("--because", "reason", default="", help="Why; it is kept.")
    return because(back_options(command))


def back_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --as and --json."""
    return as_option(json_option(click.pass_obj(command)))


def place_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --part, --under, --before and --after as one `place`."""

    @wraps(command)
    def placed(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - click's own
        named = {what: options.pop(what) for what in ("part", "under", "before", "after")}
        if sum(value is not None for value in named.values()) > 1:
            raise click.UsageError("Name one place: --part, --under, --before or --after")
        place = Place(named.pop("part"), **{what: code or "" for what, code in named.items()})
        return command(*args, place=place, **options)

    for option in (
        click.option("--after", metavar="CODE", help="Right after this code."),
        click.option("--before", metavar="CODE", help="Right before this code."),
        click.option("--under", metavar="CODE", help="Under this code, as its last."),
        click.option("--part", type=int, metavar="NUMBER", help="At the end of this part."),
    ):
        placed = option(placed)
    return placed


def lead(here: Here, who: str | None) -> tuple[Project, Coder]:
    """Open the project for its lead; who is not has another way to the same end."""
    project = here.project()
    by = here.actor(project, who)
    if not by.leads:
        raise RefusedError(
            f"Only the lead changes the codebook; you are {by.name}.",
            hint="Propose it: qualcode codebook propose --help",
        )
    return project, by


def changed(
    verb: str, made: Changed, *, as_json: bool, passages: int | None = None, so: str = ""
) -> int:
    """Say what a change made of the codebook, and which rounds do not go by it yet.

    `passages` counts those in open rounds that read otherwise by it, and `so` says how.
    """
    book = made.codebook
    if made.changes:
        lines = [one.sentence for one in made.changes]
        lines += [f"{counted(passages, 'passage')} in open rounds: {so}."] if passages else []
        lines += [f"This is codebook version {book.version}.", *aside(made)]
    else:
        lines = [f"Codebook version {book.version} reads so already; nothing was changed."]
    labels = {code.id: code.label for code in (*book.codes, *book.retired)}
    data = {
        "version": book.version,
        "changes": [change_data(one, labels) for one in made.changes],
        "warnings": list(made.warnings),
        "rounds_behind": rounds_data(made.behind),
        **({} if passages is None else {"passages": passages}),
    }
    return answer(f"codebook {verb}", data, lines, as_json=as_json)


def aside(made: Changed) -> list[str]:
    """Say what to look out for after a change, and which rounds do not go by it yet."""
    more = len(made.warnings) - _WARNINGS
    rest = [f"{counted(more, 'more warning')}: qualcode codebook lint"] if more > 0 else []
    return [*made.warnings[:_WARNINGS], *rest, *map(_keeps, made.behind)]


def _keeps(one: Round) -> str:
    """Say that a round does not go by this version, and how it would."""
    keeps = f"Round {one.name} keeps version {one.codebook_version}"
    return f"{keeps}; to go on with this one: qualcode round update {one.name}"
