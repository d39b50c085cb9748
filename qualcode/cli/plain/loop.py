"""The conversation: a line is heard, read, carried out and answered, until the coder leaves."""

from collections.abc import Callable
from enum import Enum, auto

from qualcode.cli.plain.acts import act, is_move
from qualcode.cli.plain.grammar import parse
from qualcode.cli.plain.sitting import Sitting
from qualcode.cli.plain.typed import NotUnderstoodError
from qualcode.domain.errors import QualcodeError
from qualcode.domain.text import REPLACEMENT

Complain = Callable[[QualcodeError], None]
"""Tells the coder why a line was not carried out."""

FOUND = 1


class _Went(Enum):
    """How a line went."""

    WELL = auto()
    REFUSED = auto()
    NOWHERE = auto()


def converse(at: Sitting, complain: Complain, *, unattended: bool) -> int:
    """Hear lines until the coder leaves; give the exit status.

    A line that is not understood changes nothing; one that is refused ends where it is. In
    a script, that is `unattended`, a refusal makes the status 1, and a move that is refused
    ends the script, for what follows was meant for another place.
    """
    status = 0
    while not at.leaves and (line := at.hear(at.prompt)) is not None:
        went = _carried_out(at, line, complain)
        if unattended and went is not _Went.WELL:
            status = FOUND
        if unattended and went is _Went.NOWHERE:
            at.say("The script ends here: it was to go on elsewhere.")
            break
    return status


def _carried_out(at: Sitting, line: str, complain: Complain) -> _Went:
    """Do what a line says, up to where something is refused."""
    moves = False
    try:
        at.look()
        for meaning in parse(_readable(line), at.seat.codebook):
            moves = is_move(meaning)
            act(at, meaning)
            if at.leaves:
                break
    except QualcodeError as mishap:
        complain(mishap)
        return _Went.NOWHERE if moves else _Went.REFUSED
    return _Went.WELL


def _readable(line: str) -> str:
    """Refuse a line with a sign that the terminal did not hand over whole."""
    if REPLACEMENT in line:
        raise NotUnderstoodError(
            "A letter of this line could not be read; nothing was done.",
            hint="The terminal sends another text encoding than UTF-8; see: locale",
        )
    return line
