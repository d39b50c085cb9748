"""Sitting down: the line mode opens where the coder left, and says what happened since."""

from collections.abc import Callable
from functools import partial

import click

from qualcode.cli.answer import out
from qualcode.cli.here import Here
from qualcode.cli.plain.hearing import heard, is_attended
from qualcode.cli.plain.loop import converse
from qualcode.cli.plain.moving import where_to_begin
from qualcode.cli.plain.sitting import Sitting, Voice
from qualcode.cli.verbs.screens import carried_out
from qualcode.domain.display import visible
from qualcode.domain.errors import QualcodeError, RefusedError
from qualcode.domain.people import Coder
from qualcode.services import coding, people, places, projects
from qualcode.services.coding import Seat
from qualcode.store.project import Project
from qualcode.tui.desk.opened import Arrival, arrive
from qualcode.tui.desk.saying import welcome_back

Hear = Callable[[str], str | None]

_OPEN_SCREENS = ("demo", "tutor")


def open_plain(here: Here) -> int:
    """Open the line mode on a project, as the person named; give the exit status."""
    project = here.project()
    attended = is_attended()
    coder = _who(here, project, heard) if attended else here.coding_actor(project, None)
    if coder is None:
        return 0
    seat = coding.take_seat(project, coder)
    arrival = _arrival(project, seat)
    command = partial(_command, partial(carried_out, here.run, project, coder))
    voice = Voice(_say, heard, command)
    at = Sitting(project, arrival.opened, where_to_begin(arrival), voice)
    _greet(at, arrival)
    status = converse(at, _complain, unattended=not attended)
    _say("All is kept.")
    return status


def _who(here: Here, project: Project, hear: Hear) -> Coder | None:
    """Say who sits here: who was named or, where several could, who answers; None leaves."""
    coders = people.coders(project)
    if here.coder or len(coders) == 1 or people.alone(project):
        return here.coding_actor(project, None)
    _say(f"Who are you? {', '.join(coder.name for coder in coders)}.")
    while (name := hear("your name> ")) is not None:
        try:
            return people.named(project, name.strip())
        except QualcodeError as mishap:
            _complain(mishap)
    return None


def _arrival(project: Project, seat: Seat) -> Arrival:
    """Open the source where the coder left, or the first one with turns left."""
    rows = coding.progress(project, seat=seat)
    if not rows:
        raise RefusedError(
            f"There is nothing for {seat.coder.name} to code in round {seat.round.name}.",
            hint="Take transcripts in first: qualcode import FILES",
        )
    left = places.left(project, seat=seat)
    names = {row.source.name for row in rows}
    if left is not None and left.source.name in names:
        return arrive(project, seat, left.source.name, welcome=True)
    unfinished = [row for row in rows if row.left]
    return arrive(project, seat, (unfinished or rows)[0].source.name, welcome=True)


def _greet(at: Sitting, arrival: Arrival) -> None:
    """Say where one is, what happened meanwhile, and tell the turn."""
    about = projects.summary(at.project, by=at.seat.coder).about
    _say(f"{about.name}, round {at.seat.round.name}. You code as {at.seat.coder.name}.")
    since = f"Since then: {'; '.join(arrival.since)}." if arrival.since else ""
    for line in (welcome_back(arrival), since, "? is the help, q leaves."):
        if line:
            _say(line)
    at.go_to(at.turn)


def _command(carry_out: Callable[[str], str], typed: str) -> str:
    """Carry out a command, unless it would open the screens."""
    if typed.startswith("-"):
        return "Begin with a verb, for example: status"
    if typed.split(maxsplit=1)[0] in _OPEN_SCREENS:
        return "That opens the screens; leave the line mode first."
    return carry_out(typed)


def _say(line: str) -> None:
    out(visible(line))


def _complain(mishap: QualcodeError) -> None:
    click.echo(visible(mishap.sentence), err=True)
    if mishap.hint:
        click.echo(visible(mishap.hint), err=True)
