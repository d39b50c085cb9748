"""The verb export: quotations, the codebook and its card, written to files."""

from pathlib import Path

import click
from click.core import ParameterSource

from qualcode.cli.answer import answer, as_option, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.verbs import codebook_files
from qualcode.cli.verbs.quoting import layer_option
from qualcode.services import exports


@click.command(epilog="Example: qualcode export word report.docx --layer consensus")
@click.argument("format_name", metavar="FORMAT")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@layer_option
@click.option("--update", is_flag=True, help="Codebook: bring a file that is there up to date.")
@as_option
@round_option
@json_option
@click.pass_context
def export(  # noqa: PLR0913 - one argument an option
    context: click.Context,
    format_name: str,
    path: Path,
    layer_name: str,
    who: str | None,
    round_name: str | None,
    *,
    update: bool,
    as_json: bool,
) -> int:
    """Write the quotations of a layer to a file: word, csv.

    FORMAT codebook writes the codebook itself, as the ending of FILE says: .yaml, .csv,
    .xlsx, .qdc or .docx; FORMAT card writes a card of it for the wall (.docx).
    """
    here: Here = context.obj
    if format_name in codebook_files.FORMATS:
        if context.get_parameter_source("layer_name") is ParameterSource.COMMANDLINE:
            raise click.UsageError("--layer is for quotations; the codebook has none.")
        return codebook_files.write(
            here,
            format_name,
            path,
            who=who,
            update=update,
            round_name=round_name,
            as_json=as_json,
        )
    if update:
        raise click.UsageError("--update is for the codebook: qualcode export codebook FILE")
    project = here.project()
    by = here.actor(project, who)
    return _said(
        exports.export(
            project, format_name, path, layer_name=layer_name, round_name=round_name, by=by
        ),
        as_json=as_json,
    )


def _said(done: exports.Exported, *, as_json: bool) -> int:
    """Give the account of a file of quotations."""
    lines = [f"Written: {done.path}", f"{done.account} · journal head {done.head[:12]}"]
    data = {
        "file": str(done.path),
        "stored": done.stored,
        "printed": done.printed,
        "left_out": list(done.left_out),
        "head": done.head,
    }
    return answer("export", data, lines, as_json=as_json)
