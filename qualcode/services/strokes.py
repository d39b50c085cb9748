"""What a key does in a coder's layer, and the sentence that says so, on screen as in lines."""

from collections.abc import Sequence

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, FlagKind, Via
from qualcode.domain.rounds import RoundState
from qualcode.domain.text import trimmed
from qualcode.services import coding as codes_on
from qualcode.services import flags, growing, history, memos, proposals, redeciding
from qualcode.services.coding import Seat
from qualcode.services.memos import On
from qualcode.services.sources import Spot
from qualcode.store.project import Project

_FLAGGED = {
    (FlagKind.TEAM, True): "Flagged for the team.",
    (FlagKind.TEAM, False): "Flag taken away.",
    (FlagKind.QUOTABLE, True): "Quotable.",
    (FlagKind.QUOTABLE, False): "No longer quotable.",
}


def apply(
    project: Project, seat: Seat, spot: Spot, codes: Sequence[Code], *, via: Via = Via.HAND
) -> str:
    """Put codes on a segment."""
    done = codes_on.apply(project, spot, codes, seat=seat, via=via)
    sign = "+" if done.added else "="
    extent = _extent(spot)
    on = f" on {extent}" if extent else ""
    return f"{sign} {_titles(done.added or done.already)}{on}"


def take_off(project: Project, seat: Seat, codings: Sequence[Coding]) -> str:
    """Take just these codings off."""
    return _off(seat, codes_on.take_off(project, codings, seat=seat))


def take_off_codes(project: Project, seat: Seat, spot: Spot, codes: Sequence[Code]) -> str:
    """Take codes off a segment, all of them if none is named."""
    return _off(seat, codes_on.remove(project, spot, codes, seat=seat))


def redecide(project: Project, seat: Seat, codings: Sequence[Coding], codes: Sequence[Code]) -> str:
    """Put codes in the place of codings that are to be decided anew."""
    was = _titles_of(seat, codings)
    redeciding.redecide(project, codings, codes, seat=seat)
    return f"Decided anew: {_titles(codes)} in place of {was}."


def keep(project: Project, seat: Seat, codings: Sequence[Coding]) -> str:
    """Leave codings under their code, now that its rule reads otherwise."""
    kept = redeciding.keep(project, codings, seat=seat)
    return f"Kept: {_titles_of(seat, kept)}."


def adjust(project: Project, seat: Seat, coding: Coding, to: Spot) -> str:
    """Give a coding another extent."""
    now = codes_on.adjust(project, coding, to, seat=seat)
    title = seat.codebook.by_id()[now.code].title
    if now.id == coding.id:
        return f"{title} stands on just these words already."
    if now.root != coding.root:
        return f"{title} stood on these words already; the two are one now."
    return f"{title} now on {_extent(to) or 'the whole turn'}."


def read(project: Project, seat: Seat, spot: Spot) -> str:
    """Mark a segment as read, nothing applying."""
    marked = codes_on.mark_read(project, [spot], seat=seat)
    return "Read, nothing applies." if marked else "This turn is dealt with already."


def keep_memo(project: Project, seat: Seat, body: str, on: On) -> str:
    """Write a memo; in a round that is stopped it is a note for the next one."""
    if seat.round.state is not RoundState.OPEN:
        return leave_note(project, seat, body, on)
    memos.write(project, body, seat=seat, on=on)
    return "Memo kept."


def leave_note(project: Project, seat: Seat, body: str, on: On) -> str:
    """Write a memo for the next round."""
    memos.note(project, body, seat=seat, on=on)
    return "Note for the next round kept."


def toggle_flag(project: Project, seat: Seat, spot: Spot, kind: FlagKind) -> str:
    """Flag a segment, or take the flag away."""
    return _FLAGGED[kind, flags.toggle(project, spot, kind, seat=seat)]


def propose(project: Project, seat: Seat, spot: Spot, label: str = "") -> str:
    """Propose a code; in vivo, the words are its label."""
    proposal = proposals.propose(project, spot, seat=seat, label=label)
    waits = ""
    if not seat.round.free:
        version = seat.codebook.version
        waits = f" It waits for the next codebook; this round keeps version {version}."
    return f"Proposed: “{proposal.label}”.{waits}"


def create(project: Project, seat: Seat, spot: Spot, name: str) -> str:
    """Make a code of what no code fits, and put it on; say how each of the two is taken back."""
    grown = growing.create(project, spot, name, seat=seat)
    extent = _extent(spot)
    on = f" on {extent}" if extent else ""
    return (
        f"+ {grown.code.title}{on}: a new code, {grown.code.key}, in part “{grown.part}” "
        f"(codebook {grown.version}). u takes the coding off; the code stays: codebook undo."
    )


def undo(project: Project, seat: Seat) -> str:
    """Undo the coder's last step."""
    return f"Undone: {history.undo(project, by=seat.coder).words}"


def redo(project: Project, seat: Seat) -> str:
    """Bring back what was undone last."""
    return f"Brought back: {history.redo(project, by=seat.coder).words}"


def _off(seat: Seat, gone: Sequence[Coding]) -> str:
    return f"− {_titles_of(seat, gone)}"


def _titles_of(seat: Seat, codings: Sequence[Coding]) -> str:
    """Name the codes of codings as the codebook reads them, each once."""
    known = seat.codebook.by_id()
    return _titles(list(dict.fromkeys(known[each.made_under] for each in codings)))


def _titles(codes: Sequence[Code]) -> str:
    return ", ".join(code.title for code in codes)


def _extent(spot: Spot) -> str:
    """Say how much of a turn a segment is; nothing where it is the whole turn."""
    text = spot.revision.text
    turn = spot.revision.turn_at(trimmed(text, spot.range).start)
    if turn is None or spot.range.holds(trimmed(text, turn.range)):
        return ""
    words = len(spot.range.of(text).split())
    return "1 word" if words == 1 else f"{words} words"
