"""Verbs on what stands: hold words up, give a coding another extent."""

import click

from qualcode.cli.answer import answer, as_option, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.picking import coding_there
from qualcode.cli.verbs.seats import place_of, seat_of
from qualcode.domain.codings import FlagKind
from qualcode.domain.places import written
from qualcode.services import coding, flags, reading


@click.command(epilog="Example: qualcode flag FG2:4 --as ada (again: takes the flag away)")
@click.argument("place")
@click.option("--quotable", is_flag=True, help="Worth quoting, rather than for the team.")
@as_option
@round_option
@json_option
@click.pass_obj
def flag(
    here: Here,
    place: str,
    who: str | None,
    round_name: str | None,
    *,
    quotable: bool,
    as_json: bool,
) -> int:
    """Hold words up for the team, or as worth quoting; flagged again, they are no longer."""
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    spot = reading.find(project, place, seat=seat)
    kind = FlagKind.QUOTABLE if quotable else FlagKind.TEAM
    is_set = flags.toggle(project, spot, kind, seat=seat)
    what = "quotable" if quotable else "flagged for the team"
    lines = [f"{place_of(spot)} is {what}." if is_set else f"{place_of(spot)} is no longer {what}."]
    data = {"place": place_of(spot), "kind": kind.value, "set": is_set}
    return answer("flag", data, lines, as_json=as_json)


@click.command(epilog="Example: qualcode adjust FG2:4 1b FG2:120-180 --as ada")
@click.argument("place")
@click.argument("code")
@click.argument("to")
@as_option
@round_option
@json_option
@click.pass_obj
def adjust(
    here: Here,
    place: str,
    code: str,
    to: str,
    who: str | None,
    round_name: str | None,
    *,
    as_json: bool,
) -> int:
    """Give your coding of a code at a place other words; its memos move along."""
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    spot, new_spot = (reading.find(project, each, seat=seat) for each in (place, to))
    meant = seat.codebook.code(code)
    desk = coding.desk_of(project, spot.source, seat=seat)
    old = coding_there(desk, spot, meant)
    new = coding.adjust(project, old, new_spot, seat=seat)
    was = written(spot.source.name, old.extent, spot.revision)
    where = written(spot.source.name, new.extent, spot.revision)
    lines = [f"{meant.title} stands on {where} now, no longer on {was}."]
    data = {"code": meant.label, "was": was, "place": where}
    return answer("adjust", data, lines, as_json=as_json)
