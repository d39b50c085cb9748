"""Verbs of the codebook in the making: propose a code, list proposals, compare passages."""

import click

from qualcode.cli.answer import answer, as_option, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.verbs.seats import place_of, seat_of
from qualcode.domain.display import shortened
from qualcode.services import comparison, proposals, sources
from qualcode.services.coding import take_seat

_WORDS = 60


@click.command("propose", epilog="Example: qualcode codebook propose FG2:120-150 --as ada")
@click.argument("place")
@click.option("--label", default="", metavar="WORDS", help="Its label (default: the words).")
@as_option
@round_option
@json_option
@click.pass_obj
def propose(
    here: Here, place: str, label: str, who: str | None, round_name: str | None, *, as_json: bool
) -> int:
    """Propose a new code; the passage is its first example."""
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    spot = sources.find(project, place)
    made = proposals.propose(project, spot, seat=seat, label=label)
    waits = (
        ""
        if seat.round.free
        else f" It waits for the next codebook; round {seat.round.name} keeps version "
        f"{seat.codebook.version}."
    )
    lines = [f"Proposed: “{made.label}” from {place_of(spot)}.{waits}"]
    data = {"label": made.label, "place": place_of(spot), "waits": not seat.round.free}
    return answer("codebook propose", data, lines, as_json=as_json)


@click.command("proposals", epilog="Example: qualcode codebook proposals --as ada")
@as_option
@json_option
@click.pass_obj
def list_proposals(here: Here, who: str | None, *, as_json: bool) -> int:
    """List the codes proposed, as far as you may see them."""
    project = here.project()
    found = proposals.proposals(project, by=here.actor(project, who))
    lines = [
        f"“{each.proposal.label}” · {each.place}{_by(each.who)} · "
        f"“{shortened(each.words, to=_WORDS)}”"
        for each in found
    ]
    data = [
        {
            "label": each.proposal.label,
            "place": each.place,
            "words": each.words,
            "who": each.who,
            "written": each.proposal.written.isoformat(),
        }
        for each in found
    ]
    return answer("codebook proposals", data, lines or ["No proposal."], as_json=as_json)


@click.command(epilog="Example: qualcode others 1b --as ada")
@click.argument("code")
@click.option(
    "--first", type=click.IntRange(min=1), default=50, show_default=True, help="How many."
)
@as_option
@round_option
@json_option
@click.pass_obj
def others(
    here: Here,
    code: str,
    first: int,
    who: str | None,
    round_name: str | None,
    *,
    as_json: bool,
) -> int:
    """List passages under a code, newest first: yours, and others' where you may see them."""
    project = here.project()
    seat = take_seat(project, here.actor(project, who), round_name)
    meant = seat.codebook.code(code)
    found = comparison.others_under(project, meant, seat=seat, first=first)
    lines = [
        f"{each.place}{_by(each.who)}: “{shortened(each.words, to=2 * _WORDS)}”" for each in found
    ]
    passages = [{"place": each.place, "words": each.words, "who": each.who} for each in found]
    data = {"code": meant.label, "passages": passages}
    none = [f"No passage under {meant.title} yet."]
    return answer("others", data, lines or none, as_json=as_json)


def _by(who: str) -> str:
    """Name whose it is; one's own needs no name."""
    return f" · {who}" if who else ""
