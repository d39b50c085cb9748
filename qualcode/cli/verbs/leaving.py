"""Verbs on coders who go by another name, leave, or come back."""

import click

from qualcode.cli.answer import answer, as_option, json_option
from qualcode.cli.here import Here
from qualcode.cli.verbs.study import coder
from qualcode.services import leaving


@coder.command("rename", epilog="Example: qualcode coder rename ben benjamin")
@click.argument("name")
@click.argument("to")
@as_option
@json_option
@click.pass_obj
def coder_rename(here: Here, name: str, to: str, who: str | None, *, as_json: bool) -> int:
    """Let a coder go by another name; all they did stays theirs, bundles to come included."""
    project = here.project()
    named = leaving.rename(project, name, to=to, by=here.actor(project, who))
    lines = [f"{name} goes by {named.name} now."]
    return answer("coder rename", {"name": named.name, "was": name}, lines, as_json=as_json)


@coder.command("leave", epilog='Example: qualcode coder leave ben --as-name "Coder B"')
@click.argument("name")
@click.option("--as-name", default="", help="What they are called from now on (default: a letter).")
@as_option
@json_option
@click.pass_obj
def coder_leave(here: Here, name: str, as_name: str, who: str | None, *, as_json: bool) -> int:
    """Let a coder leave: what they did stays, sources not finished go back to the pool."""
    project = here.project()
    left = leaving.leave(project, name, as_name=as_name, by=here.actor(project, who))
    called = left.coder.name
    lines = [f"{left.was} has left; what they did stays, under the name {called}."]
    for within, sources in left.returned:
        names = ", ".join(one.name for one in sources)
        lines.append(f"Back in the pool of {within.name}: {names}.")
    data = {
        "name": called,
        "was": left.was,
        "pool": {within.name: [one.name for one in some] for within, some in left.returned},
    }
    return answer("coder leave", data, lines, as_json=as_json)


@coder.command("return", epilog='Example: qualcode coder return "Coder B"')
@click.argument("name")
@as_option
@json_option
@click.pass_obj
def coder_return(here: Here, name: str, who: str | None, *, as_json: bool) -> int:
    """Let a coder who left add to the study again; sources are given to them anew."""
    project = here.project()
    back = leaving.come_back(project, name, by=here.actor(project, who))
    lines = [f"{back.name} is back; give them sources: qualcode round status"]
    return answer("coder return", {"name": back.name}, lines, as_json=as_json)
