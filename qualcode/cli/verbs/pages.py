"""The verb help: pages to read."""

import click

from qualcode.cli.answer import answer, json_option
from qualcode.help import page, pages


@click.command("help", epilog="Example: qualcode help keys")
@click.argument("name", required=False)
@json_option
def help_(name: str | None, *, as_json: bool) -> int:
    """Read a help page, or list them."""
    if name is None:
        titles = pages()
        lines = [f"{each:12} {title}" for each, title in titles.items()]
        return answer("help", titles, [*lines, "", "Read one: qualcode help NAME"], as_json=as_json)
    words = page(name)
    return answer("help", {"name": name, "text": words}, words.splitlines(), as_json=as_json)
