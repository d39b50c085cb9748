"""Verbs of the coder at work: code, uncode, read, next, undo, redo, history."""

from pathlib import Path

import click

from qualcode.cli.answer import answer, as_option, counted, json_option, round_option
from qualcode.cli.here import Here
from qualcode.cli.verbs.seats import codes_of, place_of, seat_of
from qualcode.domain.display import visible, visible_line
from qualcode.interchange.files import take
from qualcode.services import bulk_coding, coding, reading, sources
from qualcode.services import history as what_happened
from qualcode.services.coding import Seat
from qualcode.store.project import Project


@click.command(epilog="Example: qualcode code FG2:4 1b 2c --as ada")
@click.argument("place", required=False)
@click.argument("codes", nargs=-1)
@click.option("--from", "file", type=click.Path(path_type=Path), help="Code what a table says.")
@click.option("--encoding", metavar="NAME", help="The table's text encoding.")
@as_option
@round_option
@json_option
@click.pass_obj
def code(  # noqa: PLR0913 - one argument an option
    here: Here,
    place: str | None,
    codes: tuple[str, ...],
    file: Path | None,
    encoding: str | None,
    who: str | None,
    round_name: str | None,
    *,
    as_json: bool,
) -> int:
    """Apply codes to a turn (FG2:4) or to code points (FG2:120-180), or from a table."""
    if file is not None:
        if place is not None:
            raise click.UsageError("Name a place and codes, or a table: not both.")
        project = here.project()
        seat = seat_of(here, project, who, round_name)
        return _code_from_table(project, seat, file, encoding, as_json=as_json)
    if place is None or not codes:
        raise click.UsageError("Name a place and a code: qualcode code FG2:4 1b")
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    spot = reading.find(project, place, seat=seat)
    done = coding.apply(project, spot, codes_of(seat, codes), seat=seat)
    where = place_of(done.spot)
    lines = [f"+ {each.title} on {where}" for each in done.added]
    lines += [f"= {each.title} was on {where} already" for each in done.already]
    data = {
        "place": where,
        "start": done.spot.range.start,
        "end": done.spot.range.end,
        "added": [each.label for each in done.added],
        "already": [each.label for each in done.already],
    }
    return answer("code", data, lines, as_json=as_json)


def _code_from_table(
    project: Project, seat: Seat, file: Path, encoding: str | None, *, as_json: bool
) -> int:
    done = bulk_coding.code_from_table(project, take(file), seat=seat, encoding=encoding)
    brought = [
        counted(done.codings, "coding"),
        counted(done.marks, "read mark"),
        counted(done.memos, "memo"),
    ]
    lines = [f"{', '.join(brought)} from {file.name}; {done.already} were there already."]
    data = {
        "file": file.name,
        "codings": done.codings,
        "read_marks": done.marks,
        "memos": done.memos,
        "already": done.already,
    }
    return answer("code", data, lines, as_json=as_json)


@click.command(epilog="Example: qualcode uncode FG2:4 1b --as ada")
@click.argument("place")
@click.argument("codes", nargs=-1)
@as_option
@round_option
@json_option
@click.pass_obj
def uncode(
    here: Here,
    place: str,
    codes: tuple[str, ...],
    who: str | None,
    round_name: str | None,
    *,
    as_json: bool,
) -> int:
    """Take codes off a place; without codes, all of yours there."""
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    spot = reading.find(project, place, seat=seat)
    gone = coding.remove(project, spot, codes_of(seat, codes), seat=seat)
    known = seat.codebook.by_id()
    labels = [known[each.code].title for each in gone]
    lines = [f"- {label} off {place_of(spot)}" for label in labels]
    return answer("uncode", {"place": place_of(spot), "removed": labels}, lines, as_json=as_json)


@click.command(epilog="Example: qualcode read FG2 --as ada (all turns left in FG2)")
@click.argument("place")
@as_option
@round_option
@json_option
@click.pass_obj
def read(here: Here, place: str, who: str | None, round_name: str | None, *, as_json: bool) -> int:
    """Mark a turn, or all that is left of a source, as read: nothing applies."""
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    parsed = sources.place_named(project, place)
    if parsed.turn is None and parsed.range is None:
        source, revision = reading.read(project, parsed.source, seat=seat)
        spots = coding.turns_left(project, source, revision, seat=seat)
    else:
        spots = [reading.find(project, parsed, seat=seat)]
    marked = coding.mark_read(project, spots, seat=seat)
    lines = [f"{counted(marked, 'turn')} marked as read, nothing applying."]
    return answer("read", {"place": place, "marked": marked}, lines, as_json=as_json)


@click.command("next", epilog="Example: qualcode next --as ada")
@as_option
@round_option
@json_option
@click.pass_obj
def next_(here: Here, who: str | None, round_name: str | None, *, as_json: bool) -> int:
    """Show the next participant's turn you have not dealt with."""
    project = here.project()
    seat = seat_of(here, project, who, round_name)
    spot = coding.next_uncoded(project, seat=seat)
    if spot is None:
        return answer("next", None, ["All done."], as_json=as_json)
    words = spot.range.of(spot.revision.text)
    left = sum(row.left for row in coding.progress(project, seat=seat))
    data = {"place": place_of(spot), "words": words, "left": left}
    lines = [place_of(spot), words, f"{counted(left, 'turn')} left in round {seat.round.name}."]
    return answer("next", data, lines, as_json=as_json)


@click.command(epilog="Example: qualcode undo --as ada")
@as_option
@json_option
@click.pass_obj
def undo(here: Here, who: str | None, *, as_json: bool) -> int:
    """Undo your last step, whenever you made it."""
    project = here.project()
    step = what_happened.undo(project, by=here.coding_actor(project, who))
    data = {"kind": step.kind, "step": step.words}
    return answer("undo", data, [f"Undone: {step.words}"], as_json=as_json)


@click.command(epilog="Example: qualcode redo --as ada")
@as_option
@json_option
@click.pass_obj
def redo(here: Here, who: str | None, *, as_json: bool) -> int:
    """Bring back the step undone last."""
    project = here.project()
    step = what_happened.redo(project, by=here.coding_actor(project, who))
    data = {"kind": step.kind, "step": step.words}
    return answer("redo", data, [f"Brought back: {step.words}"], as_json=as_json)


@click.command(epilog="Example: qualcode history --newest 50")
@click.option(
    "--newest", type=click.IntRange(min=1), default=20, show_default=True, help="How many entries."
)
@as_option
@json_option
@click.pass_obj
def history(here: Here, newest: int, who: str | None, *, as_json: bool) -> int:
    """List what happened, newest first, as far as you may see it."""
    project = here.project()
    by = here.actor(project, who)
    found = what_happened.history(project, by=by, newest=newest)
    lines = [
        f"{one.number:>5}  {one.entry.at:%Y-%m-%d %H:%M}  {one.who}: {visible_line(one.words)}"
        for one in found
    ]
    data = [
        {
            "number": one.number,
            "at": one.entry.at.isoformat(),
            "who": one.who,
            "kind": one.entry.kind,
            "what": one.words,
            "hash": one.entry.hash,
        }
        for one in found
    ]
    status = answer("history", data, lines, as_json=as_json)
    held_back = what_happened.held_back(project, by=by)
    if held_back and not as_json:
        names = ", ".join(held_back)
        click.echo(visible(f"Coders' steps are not listed while blind: {names}."), err=True)
    return status
