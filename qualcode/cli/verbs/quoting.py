"""The verb that lists quotations of a code."""

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, round_option
from qualcode.cli.here import Here
from qualcode.domain.rounds import CONSENSUS
from qualcode.interchange.exporting import NOT_YET, Quotation
from qualcode.services import quotations

layer_option = click.option(
    "--layer", "layer_name", default=CONSENSUS, show_default=True, help="consensus, or a coder."
)


@click.command(epilog="Example: qualcode quotes 1b --layer ada --first 10")
@click.argument("code")
@layer_option
@click.option("--first", type=click.IntRange(min=1), help="Only the first so many.")
@click.option("--below", is_flag=True, help="With all codes below it, each passage once.")
@as_option
@round_option
@json_option
@click.pass_obj
def quotes(  # noqa: PLR0913 - one argument an option
    here: Here,
    code: str,
    layer_name: str,
    first: int | None,
    who: str | None,
    round_name: str | None,
    *,
    below: bool,
    as_json: bool,
) -> int:
    """List the quotations of a code in a layer."""
    project = here.project()
    found, listed = quotations.quotations(
        project,
        code,
        layer_name=layer_name,
        reach=quotations.with_below if below else quotations.alone,
        round_name=round_name,
        by=here.actor(project, who),
        first=first,
    )
    not_yet = "" if found.in_use else f", {NOT_YET}"
    lines = [f"{found.title}{not_yet} · {counted(len(listed), 'quotation')}"]
    for each in listed:
        under = f" · {', '.join(each.also_under)}" if below and each.also_under else ""
        made = "" if each.made_under in {"", found.label} else f" · made under {each.made_under}"
        place = f"({each.label}) {each.locator} · {each.id}"
        lines += ["", f"“{each.words}”", f"{place}{under}{made}"]
    data = {"code": found.label, "quotations": [_data(each) for each in listed]}
    return answer("quotes", data, lines, as_json=as_json)


def _data(quotation: Quotation) -> dict[str, object]:
    return {
        "id": quotation.id,
        "source": quotation.source,
        "turn": quotation.turn,
        "start": quotation.start,
        "end": quotation.end,
        "label": quotation.label,
        "words": quotation.words,
        "also_under": list(quotation.also_under),
        "made_under": quotation.made_under,
        "codebook_version": quotation.codebook_version,
    }
