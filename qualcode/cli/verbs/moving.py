"""The project as a whole, from one place to another."""

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.services import moving


@click.group("project", epilog="Example: qualcode project move postgresql:///choir")
def project() -> None:
    """Move the study from a file to a database, or back."""


@project.command(
    "move",
    epilog="Example: qualcode -p study.qualcode project move postgresql://ada@server/choir",
)
@click.argument("place")
@as_option
@json_option
@click.pass_obj
def project_move(here: Here, place: str, who: str | None, *, as_json: bool) -> int:
    """Carry the study to a new file or an empty database.

    All goes along and is checked there; what stays behind can only be read.
    """
    study = here.project()
    moved = moving.move(study, place, by=here.actor(study, who), anyway=here.anyway)
    journal = counted(moved.entries, "journal entry", "journal entries")
    lines = [
        f"The study has moved to {moved.place} with {journal}; it passes its check there.",
        "Work there from now on; what stays here can only be read.",
    ]
    data = {"place": moved.place, "entries": moved.entries}
    return answer("project move", data, lines, as_json=as_json)
