"""The verb codebook: loading it, and the verbs that read and change it and propose for it."""

from pathlib import Path

import click

from qualcode.cli.answer import answer, as_option, counted, json_option
from qualcode.cli.here import Here
from qualcode.cli.verbs import codebook_changing as changing
from qualcode.cli.verbs import codebook_parting as parting
from qualcode.cli.verbs import codebook_reading as reading
from qualcode.cli.verbs.codebook_reading import rounds_data
from qualcode.cli.verbs.codebook_saying import aside
from qualcode.cli.verbs.deciding import decide, list_proposals
from qualcode.cli.verbs.linting import lint_codebook
from qualcode.cli.verbs.proposing import propose
from qualcode.cli.verbs.redeciding import outdated
from qualcode.services import codebooks


@click.group(epilog="Example: qualcode codebook show 1b")
def codebook() -> None:
    """Load, show and change the codebook; propose for it."""


@codebook.command("load", epilog="Example: qualcode codebook load osspc")
@click.argument("name")
@click.option("--because", "reason", default="", help="Why this version is made.")
@as_option
@json_option
@click.pass_obj
def codebook_load(here: Here, name: str, reason: str, who: str | None, *, as_json: bool) -> int:
    """Load a codebook: a file (.yaml, .csv, .xlsx, .qdc), or one that is installed (osspc).

    A file that rewords rules of codes, or retires codes, needs --because.
    """
    project = here.project()
    made = codebooks.taken_in(project, name, by=here.actor(project, who), reason=reason)
    loaded = made.codebook
    told = made.changes if loaded.version > 1 else ()
    holds = f"{counted(len(loaded.codes), 'code')} in {counted(len(loaded.parts), 'part')}"
    lines = [one.sentence for one in told]
    lines += [] if made.changes else ["The codebook reads so already; nothing was changed."]
    lines += [f"Codebook version {loaded.version}: {holds}.", *aside(made)]
    data = {
        "version": loaded.version,
        "title": loaded.title,
        "codes": len(loaded.codes),
        "parts": len(loaded.parts),
        "changes": [one.sentence for one in told],
        "warnings": list(made.warnings),
        "rounds_behind": rounds_data(made.behind),
    }
    return answer("codebook load", data, lines, as_json=as_json, findings=made.findings)


@codebook.command("template", epilog="Example: qualcode codebook template ours.yaml")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def codebook_template(path: Path, *, as_json: bool) -> int:
    """Write a codebook to fill in, with a remark on every field."""
    codebooks.write_template(path)
    lines = [f"Written: {path}", f"Fill it in, then: qualcode codebook load {path}"]
    return answer("codebook template", {"file": str(path)}, lines, as_json=as_json)


for each in (
    *(reading.show, reading.versions, reading.diff),
    *(changing.add, changing.part, changing.edit, changing.rename, changing.move),
    *(parting.merge, parting.split, parting.retire, parting.undo, parting.redo),
    *(propose, list_proposals, decide, lint_codebook, outdated),
):
    codebook.add_command(each)
