"""Verbs that change the entries of the codebook: add, part, edit, rename, move."""

import click

from qualcode.cli.here import Here
from qualcode.cli.rewording import wording_of
from qualcode.cli.verbs.codebook_saying import change_options, changed, lead, place_options
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebooks
from qualcode.services.codebook_changes import Draft


@click.command("add", epilog='Example: qualcode codebook add "Fear of needles" --part 1 --key 1g')
@click.argument("name")
@click.option("--label", default="", help="Its lasting label, such as TC1G (default: the next).")
@click.option("--key", default="", help="What is typed for it, such as 1g (default: the next).")
@place_options
@click.option(
    "--set", "sets", multiple=True, metavar="FIELD=TEXT", help="A field of it, as in edit."
)
@change_options
def add(  # noqa: PLR0913 - one argument an option
    here: Here,
    name: str,
    label: str,
    key: str,
    *,
    place: Place,
    sets: tuple[str, ...],
    who: str | None,
    reason: str,
    as_json: bool,
) -> int:
    """Add a code."""
    project, by = lead(here, who)
    wording = wording_of(None, sets, codebook=codebooks.codebook(project))
    draft = Draft(name, label, key, wording)
    made = codebook_changes.add(project, draft, place, by=by, reason=reason)
    return changed("add", made, as_json=as_json)


@click.command("part", epilog='Example: qualcode codebook part "Ways out"')
@click.argument("title", metavar="TITLE|NUMBER")
@click.option("--to", "new", metavar="TITLE", help="What the part of this NUMBER is called now.")
@change_options
def part(
    here: Here, title: str, new: str | None, who: str | None, reason: str, *, as_json: bool
) -> int:
    """Add a part at the end; with --to, give a part another title."""
    project, by = lead(here, who)
    if new is None:
        made = codebook_changes.add_part(project, title, by=by, reason=reason)
    elif title.isdecimal():
        number = int(title)
        made = codebook_changes.rename_part(project, number, to=new, by=by, reason=reason)
    else:
        raise click.UsageError(f'Name the part by its number: codebook part 2 --to "{new}"')
    return changed("part", made, as_json=as_json)


@click.command(
    "edit", epilog='Example: qualcode codebook edit 1b --add when-not="no way to pay" --because "…"'
)
@click.argument("code")
@click.option("--set", "sets", multiple=True, metavar="FIELD=TEXT", help="How a field shall read.")
@click.option("--add", "adds", multiple=True, metavar="FIELD=TEXT", help="One more in a list.")
@click.option(
    "--drop",
    "drops",
    multiple=True,
    metavar="FIELD[=TEXT]",
    help="One out of a list, by its words or number; without TEXT all of the field.",
)
@change_options
def edit(  # noqa: PLR0913 - one argument an option
    here: Here,
    code: str,
    sets: tuple[str, ...],
    adds: tuple[str, ...],
    drops: tuple[str, ...],
    who: str | None,
    reason: str,
    *,
    as_json: bool,
) -> int:
    """Reword fields of a code.

    Codings made under the old rule can then be looked at again: qualcode redecide

    Texts: definition, full-definition, origin, colour. Lists: when, when-not, examples,
    sub-questions, not-to-confuse-with. An example is words or a quotation id.
    """
    project, by = lead(here, who)
    book = codebooks.codebook(project)
    meant = book.code(code)
    wording = wording_of(meant, sets, adds, drops, codebook=book)
    if not wording:
        raise click.UsageError('Say what shall read how: --set definition="…"')
    made = codebook_changes.reword(project, meant, wording, by=by, reason=reason)
    return changed("edit", made, as_json=as_json)


@click.command("rename", epilog='Example: qualcode codebook rename 1b --name "Hindrances"')
@click.argument("code")
@click.option("--label", default="", help="Its new label; the old one still finds it.")
@click.option("--key", default="", help="Its new key.")
@click.option("--name", default="", help="Its new name; the old one still finds it.")
@change_options
def rename(  # noqa: PLR0913 - one argument an option
    here: Here,
    code: str,
    label: str,
    key: str,
    name: str,
    who: str | None,
    reason: str,
    *,
    as_json: bool,
) -> int:
    """Give a code another label, key or name; its codings stay with it."""
    if not (label or key or name):
        raise click.UsageError("Say what shall change: --label, --key or --name")
    project, by = lead(here, who)
    meant = codebooks.codebook(project).code(code)
    made = codebook_changes.rename(
        project, meant, by=by, label=label, key=key, name=name, reason=reason
    )
    return changed("rename", made, as_json=as_json)


@click.command("move", epilog="Example: qualcode codebook move 1b --under 1a")
@click.argument("code")
@place_options
@change_options
def move(
    here: Here, code: str, place: Place, who: str | None, reason: str, *, as_json: bool
) -> int:
    """Put a code, with all that stands under it, in another place."""
    project, by = lead(here, who)
    meant = codebooks.codebook(project).code(code)
    made = codebook_changes.move(project, meant, place, by=by, reason=reason)
    return changed("move", made, as_json=as_json)
