"""Verbs of the codebook in the making: propose for it, compare passages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import click

from qualcode.cli.answer import answer, as_option, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.proposed import data_of
from qualcode.cli.rewording import wording_of
from qualcode.cli.verbs.seats import place_of, seat_of
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.display import shortened
from qualcode.domain.proposals import Proposal
from qualcode.services import comparison, proposals, reading
from qualcode.services.codebook_changes import Draft
from qualcode.services.coding import Seat, take_seat
from qualcode.store.project import Project

_WORDS = 60


class Typed(NamedTuple):
    """What was typed of the fields of a code."""

    sets: tuple[str, ...]
    adds: tuple[str, ...]
    drops: tuple[str, ...]

    def wording(self, code: Code | None, codebook: Codebook) -> dict[str, object]:
        """Give the fields as they shall read."""
        return wording_of(code, *self, codebook=codebook)


def wording_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb its --set, --add and --drop as one `typed`."""

    @wraps(command)
    def worded(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - click's own
        typed = Typed(*(options.pop(what) for what in ("sets", "adds", "drops")))
        return command(*args, typed=typed, **options)

    for option in (
        click.option(
            "--drop",
            "drops",
            multiple=True,
            metavar="FIELD[=TEXT]",
            help="One out of a list, by its words or number; without TEXT all of the field.",
        ),
        click.option(
            "--add", "adds", multiple=True, metavar="FIELD=TEXT", help="One more in a list."
        ),
        click.option(
            "--set", "sets", multiple=True, metavar="FIELD=TEXT", help="How a field shall read."
        ),
    ):
        worded = option(worded)
    return worded


@click.command(
    "propose", epilog='Example: qualcode codebook propose --reword 1b --set definition="…" --as ada'
)
@click.argument("place", default="")
@click.option("--label", default="", metavar="WORDS", help="Its name (default: the words).")
@click.option(
    "--new", "name", default="", metavar="NAME", help="A new code; PLACE may be left out."
)
@click.option("--reword", "code", default="", metavar="CODE", help="Another wording of a code.")
@wording_options
@click.option("--because", "reason", default="", help="Why; the lead reads it.")
@as_option
@round_option
@json_option
@click.pass_obj
def propose(  # noqa: PLR0913 - one argument an option
    here: Here,
    place: str,
    label: str,
    name: str,
    code: str,
    *,
    typed: Typed,
    reason: str,
    who: str | None,
    round_name: str | None,
    as_json: bool,
) -> int:
    """Propose a new code, its first example at PLACE, or another wording of a code.

    Fields that can be worded: definition, full-definition, when, when-not, examples,
    sub-questions, not-to-confuse-with, origin, colour. Nothing changes until the lead decides.
    """
    _must_fit(place, label or name, code, both=bool(label and name))
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    meant = seat.codebook.code(code) if code else None
    spot = reading.find(project, place, seat=seat) if place else None
    wording = typed.wording(meant, seat.codebook)
    if meant is not None and not wording:
        raise click.UsageError('Say what shall read how: --set definition="…"')
    if meant is not None:
        made = proposals.propose_wording(project, meant, wording, seat=seat, reason=reason)
        what = f"another wording of {meant.title}"
    else:
        draft = Draft(name or label or (proposals.in_vivo(spot) if spot else ""), wording=wording)
        made = proposals.propose_code(project, draft, seat=seat, spot=spot, reason=reason)
        what = f"“{made.label}” from {place_of(spot)}" if spot else f"“{made.label}”"
    lines = [f"Proposed: {what}.{_waits(seat)}"]
    return answer("codebook propose", _data(project, seat, made), lines, as_json=as_json)


def _data(project: Project, seat: Seat, made: Proposal) -> dict[str, object]:
    """Give a proposal just made as JSON has it."""
    mine = proposals.proposals(project, by=seat.coder)
    (shown,) = data_of([each for each in mine if each.proposal.id == made.id])
    return {**shown, "waits": not seat.round.free}


def _must_fit(place: str, name: str, code: str, *, both: bool) -> None:
    """Refuse what does not go together."""
    if both:
        raise click.UsageError("--new and --label both name the new code; give one of them")
    if code and (place or name):
        raise click.UsageError("Another wording of a code has no PLACE and no name")
    if not (code or place or name):
        raise click.UsageError("Say what is proposed: PLACE, --new NAME, or --reword CODE")


def _waits(seat: Seat) -> str:
    if seat.round.free:
        return ""
    return (
        f" It waits for the next codebook; round {seat.round.name} keeps version "
        f"{seat.codebook.version}."
    )


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
    lines = [f"{each.signed}: “{shortened(each.words, to=2 * _WORDS)}”" for each in found]
    passages = [
        {"place": each.place, "words": each.words, "who": each.who, "round": each.round}
        for each in found
    ]
    data = {"code": meant.label, "passages": passages}
    none = [f"No passage under {meant.title} yet."]
    return answer("others", data, lines or none, as_json=as_json)
