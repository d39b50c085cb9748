"""Deciding anew in lines: what waits on the turn, and what is done with it."""

from functools import partial

from qualcode.cli.picking import codings_there
from qualcode.cli.plain.meanings import Anew, Redecide
from qualcode.cli.plain.sitting import Sitting
from qualcode.cli.plain.telling import ended, named, told_coding
from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.lineage import Why
from qualcode.domain.redeciding import offered
from qualcode.services import strokes


def redecide(at: Sitting, meant: Redecide) -> None:
    """Decide anew on what waits on the turn; without a decision, tell what can be decided."""
    if meant.how is Anew.TELL:
        for coding in _waiting(at, meant):
            _tell(at, coding)
        return
    coding = _only(at, meant)
    if meant.how is Anew.KEEP:
        at.do(partial(strokes.keep, at.project, at.seat, [coding]))
    elif meant.how is Anew.OFF:
        at.do(partial(strokes.take_off, at.project, at.seat, [coding]))
    else:
        at.do(partial(strokes.redecide, at.project, at.seat, [coding], meant.how))


def _waiting(at: Sitting, meant: Redecide) -> list[Coding]:
    """List what is to be decided anew on the turn, of the code and words named. Raises if none."""
    known = at.seat.codebook.by_id()
    of = known[meant.of.id].id if meant.of else None
    found = [
        each
        for each in at.opened.doubts.among(at.desk.on(at.turn.range))
        if of is None or each.code == of
    ]
    if meant.extent is not None:
        found = codings_there(found, at.spot(meant.extent))
    if not found:
        what = f"{named(meant.of)} here is not" if meant.of else "Nothing on this turn is"
        raise NotFoundError(f"{what} to be decided anew.", hint="g r goes to the next that is.")
    return found


def _only(at: Sitting, meant: Redecide) -> Coding:
    found = _waiting(at, meant)
    if len(found) > 1:
        known = at.seat.codebook.by_id()
        codes = dict.fromkeys(known[each.code] for each in found)
        key = next(iter(codes)).key
        way = f"v {key} off" if len(codes) > 1 else f'v {key} off "the words", or v {key} off s2'
        raise RefusedError(
            f"Which one? {' '.join(_told(at, each) for each in found)}",
            hint=f"Name it, for example: {way}",
        )
    return found[0]


def _told(at: Sitting, coding: Coding) -> str:
    return told_coding(at.revision.text, at.turn, coding, at.seat.codebook, at.opened.doubts)


def _tell(at: Sitting, coding: Coding) -> None:
    """Tell a coding that waits, and the ways to decide on it, one a line."""
    book, doubts = at.seat.codebook, at.opened.doubts
    code = book.by_id()[coding.made_under]
    at.say(_told(at, coding))
    for one in offered(book, code):
        at.say(f"v {one.key or one.label}: {_meaning(one)}")
    if doubts.why(coding) is Why.REWORDED:
        then = doubts.rules.at(code.id, doubts.since(coding))
        at.say(f"v keep: {_meaning(code)}")
        if then is not None and then.description:
            at.say(ended(f"Then it said: {then.description}"))
    at.say("v off takes it off; v and any other code puts that in its place.")


def _meaning(code: Code) -> str:
    return ended(f"{code.title}: {code.description}" if code.description else code.title)
