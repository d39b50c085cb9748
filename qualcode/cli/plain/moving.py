"""Moves: to turns, to other sources, and round the present hunt."""

from qualcode.cli.answer import counted
from qualcode.cli.plain.hunting import go_to_hit
from qualcode.cli.plain.meanings import Go, Open, Where
from qualcode.cli.plain.sitting import Sitting
from qualcode.cli.plain.way import Way
from qualcode.domain.errors import NotFoundError, PlaceError, RefusedError
from qualcode.domain.sources import Progress, Turn
from qualcode.services import coding, redeciding, sources
from qualcode.tui.desk.opened import Arrival, arrive


def next_one(at: Sitting) -> None:
    """Go to the next of the present hunt: a hit, or a turn that is left to do."""
    if at.hits:
        go_to_hit(at, forwards=True)
    elif at.anew:
        _next_anew(at, forwards=True)
    else:
        _next_left(at, forwards=True)


def previous_one(at: Sitting) -> None:
    """Go to the previous one."""
    if at.hits:
        go_to_hit(at, forwards=False)
    elif at.anew:
        _next_anew(at, forwards=False)
    else:
        _next_left(at, forwards=False)


def _next_left(at: Sitting, *, forwards: bool) -> None:
    turn = at.way.uncoded(at.turn.number, forwards=forwards)
    if turn is not None:
        at.remember_place()
        _go_round(at, turn, forwards=forwards)
    elif at.opened.left:
        at.say(f"None of the turns shown is left to do; {at.opened.left} others are. F shows all.")
    else:
        _offer_next(at)


def _next_anew(at: Sitting, *, forwards: bool) -> None:
    """Go to the next turn with something to decide anew, or offer the next source with some."""
    turn = at.way.doubtful(at.turn.number, forwards=forwards)
    if turn is not None:
        at.remember_place()
        _go_round(at, turn, forwards=forwards)
    elif at.opened.anew:
        at.say("None of the turns shown has anything to decide anew; others have. F shows all.")
    else:
        _offer_anew(at)


def _offer_anew(at: Sitting) -> None:
    source = at.opened.source
    waiting = [item.source for item in redeciding.queue(at.project, seat=at.seat)]
    if not waiting:
        at.say("Nothing is left to decide anew. A full stop ends the hunt.")
        return
    after = [other for other in waiting if other.position > source.position]
    at.goes_on_to = (after or waiting)[0]
    count = waiting.count(at.goes_on_to)
    at.say(
        f"Nothing is left to decide anew in {source.name}. Next: {at.goes_on_to.name}, "
        f"{counted(count, 'coding')}. Enter opens it."
    )


def _go_round(at: Sitting, turn: Turn, *, forwards: bool = True) -> None:
    """Go to a turn, and say so where it lies the other way."""
    why = ""
    if turn.number == at.turn.number:
        why = "This is the only one."
    elif (turn.number > at.turn.number) is not forwards:
        why = "From the beginning again." if forwards else "From the end again."
    at.go_to(turn, why=why)


def _offer_next(at: Sitting) -> None:
    """Say that the source is done, and which one Enter opens now."""
    source = at.opened.source
    done = f"{source.name} done: {source.codable} of {source.codable} turns."
    later = [row for row in coding.progress(at.project, seat=at.seat) if row.left]
    if not later:
        at.say(f"{done} That was the last of yours: all done. q leaves.")
        return
    after = [row for row in later if row.source.position > source.position]
    chosen = (after or later)[0]
    at.goes_on_to = chosen.source
    at.say(f"{done} Next of yours: {chosen.source.name}, {chosen.left} left. Enter opens it.")


def enter(at: Sitting) -> None:
    """Open the source that was offered, or tell the turn again."""
    if at.goes_on_to is not None:
        _open(at, at.goes_on_to.name, None)
    else:
        at.tell()


def next_turn(at: Sitting) -> None:
    """Go to the next turn."""
    _step(at, at.way.after(at.turn.number), "last")


def previous_turn(at: Sitting) -> None:
    """Go to the turn before."""
    _step(at, at.way.before(at.turn.number), "first")


def _step(at: Sitting, turn: Turn | None, edge: str) -> None:
    if turn is None:
        raise RefusedError(
            f"This is the {edge} turn to go to.",
            hint="sources lists the sources; open NAME opens one.",
        )
    at.go_to(turn)


def go(at: Sitting, meant: Go) -> None:
    """Go to a turn by number, or to the next of a kind."""
    if meant.to is Where.LAST:
        _go_back(at)
        return
    if meant.to is Where.ANEW:
        _hunt_anew(at)
        return
    turn = _by_number(at, meant.to) if isinstance(meant.to, int) else _of_kind(at, meant.to)
    at.remember_place()
    if isinstance(meant.to, int):
        at.go_to(turn)
    else:
        at.hits, at.hit, at.anew = (), None, False
        _go_round(at, turn)


def _hunt_anew(at: Sitting) -> None:
    """Hunt for what is to be decided anew: n and N go through it from now on."""
    at.hits, at.hit, at.anew = (), None, True
    _next_anew(at, forwards=True)


def _by_number(at: Sitting, number: int) -> Turn:
    turn = at.revision.turn(number)
    if turn is None:
        raise PlaceError(
            f"{at.opened.source.name} has no turn {number}.",
            hint=f"Its turns run from 1 to {at.revision.last_turn}.",
        )
    return turn


def _of_kind(at: Sitting, kind: Where) -> Turn:
    turn = _WAYS[kind](at.way, at.turn.number)
    if turn is None:
        raise NotFoundError(
            f"There is no turn {_KINDS[kind]} here.", hint="sources lists the other sources."
        )
    return turn


def _uncoded(way: Way, number: int) -> Turn | None:
    return way.uncoded(number, forwards=True)


_WAYS = {Where.UNCODED: _uncoded, Where.FLAGGED: Way.flagged, Where.MEMO: Way.thought_about}
_KINDS = {
    Where.UNCODED: "left to do",
    Where.FLAGGED: "flagged for the team",
    Where.MEMO: "with a memo",
}


def _go_back(at: Sitting) -> None:
    """Go to the last place; once more comes back."""
    if at.back is None:
        raise NotFoundError("There is no last place yet.", hint="g 12 goes to turn 12.")
    name, number = at.back
    if name != at.opened.source.name:
        _open(at, name, number)
        return
    at.remember_place()
    at.go_to(at.revision.turn(number) or at.turn)


def open_place(at: Sitting, meant: Open) -> None:
    """Open a source of the coder's own in this round, at a turn or where they left it."""
    place = sources.place_named(at.project, meant.place)
    source, revision = sources.read(at.project, place.source)
    if source.name == at.opened.source.name and place.turn is not None:
        go(at, Go(place.turn))
        return
    number = place.turn
    if place.range is not None:
        turn = revision.turn_at(place.range.start)
        number = turn.number if turn else None
    _open(at, source.name, number)


def _open(at: Sitting, name: str, number: int | None) -> None:
    rows = coding.progress(at.project, seat=at.seat)
    if all(row.source.name != name for row in rows):
        raise RefusedError(
            f"{name} is not among your sources in round {at.seat.round.name}.",
            hint="sources lists them.",
        )
    arrival = arrive(at.project, at.seat, name, welcome=False)
    turn = where_to_begin(arrival, anew=at.anew)
    if number is not None:
        found = arrival.opened.revision.turn(number)
        if found is None:
            raise PlaceError(
                f"{name} has no turn {number}.",
                hint=f"Its turns run from 1 to {arrival.opened.revision.last_turn}.",
            )
        turn = found
    at.open(arrival.opened, turn)


def where_to_begin(arrival: Arrival, *, anew: bool = False) -> Turn:
    """Say at which turn a source is opened: where the coder left, or the first one left to do.

    With `anew`, at the first that has something to decide anew.
    """
    opened, left = arrival.opened, arrival.left
    turn = None
    if anew and opened.anew:
        turn = opened.revision.turn_at(opened.anew[0].extent.start)
    elif left is not None and left.revision == opened.revision.id:
        turn = opened.revision.turn_at(left.range.start)
    if turn is None or not turn.number:
        turn = opened.revision.turn(opened.first_left or 0)
    stops = Way(opened).stops
    if turn is None and not stops:
        raise RefusedError(
            f"Nobody speaks in {opened.source.name}.", hint="sources lists the others."
        )
    return turn or stops[0]


def list_sources(at: Sitting) -> None:
    """List the coder's sources, with how far they are."""
    for row in coding.progress(at.project, seat=at.seat):
        here = " You are here." if row.source.id == at.opened.source.id else ""
        at.say(f"{told_progress(row)}{here}")


def told_progress(row: Progress) -> str:
    """Tell how far a source is."""
    codings = counted(row.codings, "coding")
    if row.finished:
        return f"{row.source.name}: done, {codings}."
    return f"{row.source.name}: {row.left} of {row.source.codable} turns left, {codings}."
