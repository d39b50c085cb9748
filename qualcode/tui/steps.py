"""What a key does in a coder's layer, and the sentence it leaves at the foot of the screen."""

from collections.abc import Sequence

from qualcode.domain.codebook import Code
from qualcode.domain.text import Range
from qualcode.services import coding, history
from qualcode.services.coding import Seat
from qualcode.services.sources import Spot
from qualcode.store.project import Project


def apply(project: Project, seat: Seat, spot: Spot, codes: Sequence[Code]) -> str:
    """Put codes on a segment."""
    done = coding.apply(project, spot, codes, seat=seat)
    sign = "+" if done.added else "="
    return f"{sign} {_titles(done.added or done.already)}{_extent(spot)}"


def take_off(project: Project, seat: Seat, spot: Spot, codes: Sequence[Code]) -> str:
    """Take codes off a segment."""
    coding.remove(project, spot, codes, seat=seat)
    return f"− {_titles(codes)}"


def read(project: Project, seat: Seat, spot: Spot) -> str:
    """Mark a segment as read, nothing applying."""
    marked = coding.mark_read(project, [spot], seat=seat)
    return "Read, nothing applies." if marked else "This turn is dealt with already."


def keep_memo(project: Project, seat: Seat, spot: Spot, body: str) -> str:
    """Write a memo on a segment."""
    coding.write_memo(project, spot, body, seat=seat)
    return "Memo kept."


def undo(project: Project, seat: Seat) -> str:
    """Undo the coder's last step."""
    return f"Undone: {history.undo(project, by=seat.coder).words}"


def redo(project: Project, seat: Seat) -> str:
    """Bring back what was undone last."""
    return f"Brought back: {history.redo(project, by=seat.coder).words}"


def _titles(codes: Sequence[Code]) -> str:
    return ", ".join(code.title for code in codes)


def _extent(spot: Spot) -> str:
    """Say how much was coded, where it is less than the turn."""
    turn = spot.revision.turn_at(spot.range.start)
    if turn is None or spot.range.holds(Range(turn.start, turn.end)):
        return ""
    words = len(spot.range.of(spot.revision.text).split())
    return f" on {words} word{'s' if words != 1 else ''}"
