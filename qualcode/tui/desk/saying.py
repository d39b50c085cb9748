"""Sentences at the head and the foot of the coding screen."""

from datetime import UTC, datetime

from qualcode.domain.sources import Turn
from qualcode.tui.desk.filters import Filter
from qualcode.tui.desk.opened import Arrival, Opened


def head(opened: Opened, turn: Turn | None, condition: Filter | None) -> str:
    """Say where one is: source, turn, what is left, what is shown, round, coder."""
    place = f" · turn {turn.number} of {opened.revision.last_turn}" if turn else ""
    shown = f" · only {condition.words}" if condition else ""
    anew = f" · {len(opened.anew)} to decide anew" if opened.anew else ""
    seat = opened.seat
    return (
        f"{opened.source.name}{place} · {opened.left} left{anew}{shown}   "
        f"round {seat.round.name} · you code as {seat.coder.name}"
    )


def welcome_back(arrival: Arrival) -> str:
    """Welcome back who was here before."""
    if arrival.left is None:
        return ""
    when = _ago(arrival.left.at, datetime.now(UTC))
    return f"Welcome back: where you left {arrival.opened.source.name}, {when}."


def _ago(at: datetime, now: datetime) -> str:
    """Say when something was, as people do."""
    days = (now.astimezone().date() - at.astimezone().date()).days
    if days == 0:
        return f"today at {at.astimezone():%H:%M}"
    return "yesterday" if days == 1 else f"{days} days ago"


def what_changed(before: Opened, now: Opened) -> str:
    """Say what somebody else has changed under one's hands; nothing where it was no such thing."""
    if now.revision.id != before.revision.id:
        return f"The text of {now.source.name} was corrected; your place was kept."
    if now.seat.codebook.version != before.seat.codebook.version:
        return f"The codebook is at version {now.seat.codebook.version} now."
    if now.seat.round.state is not before.seat.round.state:
        return f"Round {now.seat.round.name} is {now.seat.round.state.value} now."
    return ""


def shown_only(turns: frozenset[int] | None) -> str:
    """Say how many turns a filter leaves."""
    if turns is None:
        return "All turns are shown."
    return f"{len(turns)} turn{'' if len(turns) == 1 else 's'} shown. F shows all."
