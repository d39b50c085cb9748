"""Hunts: words found in a source, and codes put on what was found, each place seen."""

from bisect import bisect_left, bisect_right
from functools import partial

from qualcode.cli.plain.meanings import CodeHits, Search, Unit
from qualcode.cli.plain.sitting import Sitting
from qualcode.cli.plain.stretches import around
from qualcode.cli.plain.telling import ended, named
from qualcode.domain.codings import Via
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.searching import hits
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, trimmed
from qualcode.services import places, strokes
from qualcode.services.sources import Spot

_YES, _NO, _STOP = ("y", "yes"), ("n", "no"), ("q", "quit", "stop", ".")
_ON = {None: "the whole turn", Unit.SENTENCE: "this sentence", Unit.WORD: "these words"}


def search(at: Sitting, meant: Search) -> None:
    """Find words in the turns that are shown; n and N go through them from now on."""
    shown = {turn.number for turn in (at.way.stops if at.filter else at.way.spoken)}
    found = [
        hit
        for hit in hits(at.revision.text, meant.words)
        if (turn := at.revision.turn_at(hit.start)) and turn.number in shown
    ]
    if not found:
        raise NotFoundError(
            f"“{meant.words}” does not occur in {at.opened.source.name}.",
            hint="The search is as it was; case and accents make no difference.",
        )
    at.hits, at.hit, at.anew = tuple(found), None, False
    at.remember_place()
    first = bisect_left(found, at.turn.start, key=_start) % len(found)
    _go_to(at, first)
    at.say("n and N go through them, a full stop ends the hunt; all CODE codes them one by one.")


def end_hunt(at: Sitting) -> None:
    """Hunt for what is left to do again."""
    hunted = at.hits or at.anew
    at.say("n and N go to turns left to do." if hunted else "There is no search to end.")
    at.hits, at.hit, at.anew = (), None, False


def go_to_hit(at: Sitting, *, forwards: bool) -> None:
    """Go to the hit next to the one reached, round again at the end."""
    found = at.hits
    here = at.hit.start if at.hit and at.turn.range.holds(at.hit) else at.turn.start
    if forwards:
        place = bisect_right(found, here, key=_start) % len(found)
    else:
        place = (bisect_left(found, here, key=_start) - 1) % len(found)
    _go_to(at, place)


def _start(stretch: Range) -> int:
    return stretch.start


def _go_to(at: Sitting, place: int) -> None:
    hit = at.hits[place]
    turn = _turn_of(at, hit)
    at.hit = hit
    context = around(at.revision.text, turn, hit)
    which = ended(f"Hit {place + 1} of {len(at.hits)}: “{context}”")
    if turn == at.turn:
        at.say(f"{which} Turn {turn.number}, as before.")
    else:
        at.go_to(turn, why=which)


def _turn_of(at: Sitting, hit: Range) -> Turn:
    turn = at.revision.turn_at(hit.start)
    return at.turn if turn is None else turn


def code_hits(at: Sitting, meant: CodeHits) -> None:
    """Go through the hits with codes: each is shown for yes or no, nothing is coded unseen."""
    if not at.hits:
        raise RefusedError("Nothing was searched for.", hint="/ words finds words first.")
    targets = _targets(at, meant.unit)
    if not targets:
        raise RefusedError("No hit is in a participant's words.", hint="Others cannot be coded.")
    coded = 0
    for place, (turn, stretch) in enumerate(targets, start=1):
        at.turn = turn
        spot = Spot(at.opened.source, at.revision, stretch)
        answer = _asked(at, spot, meant, f"{place} of {len(targets)}")
        if answer is None:
            break
        if answer:
            step = partial(strokes.apply, at.project, at.seat, spot, meant.codes, via=Via.SEARCH)
            at.do(step)
            coded += 1
    places.keep(at.project, at.spot(), seat=at.seat)
    at.say(f"{coded} coded through the search, {len(targets) - coded} not.")


def _targets(at: Sitting, unit: Unit | None) -> list[tuple[Turn, Range]]:
    """List what the hits are in: turns or sentences, each once, or the words found."""
    found: dict[tuple[Turn, Range], None] = {}
    for hit in at.hits:
        turn = _turn_of(at, hit)
        if turn.codable:
            found[turn, _target(at, turn, hit, unit)] = None
    return list(found)


def _target(at: Sitting, turn: Turn, hit: Range, unit: Unit | None) -> Range:
    if unit is None:
        return trimmed(at.revision.text, turn.range)
    if unit is Unit.WORD:
        return hit
    touched = [each for each in at.parts(Unit.SENTENCE, turn) if each.overlaps(hit)]
    return Range(touched[0].start, touched[-1].end) if touched else hit


def _asked(at: Sitting, spot: Spot, meant: CodeHits, count: str) -> bool | None:
    """Show one target and ask; None stops. What bears the codes already is passed over."""
    there = {each.code for each in at.desk.codings if each.ranges == (spot.range,)}
    codes = ", ".join(named(code) for code in meant.codes)
    at.say(f"{count}: {at.opened.source.name}, turn {at.turn.number}.")
    at.say(_shown(at, spot, meant.unit))
    if all(code.id in there for code in meant.codes):
        at.say(f"{codes}: on {_ON[meant.unit]} already.")
        return False
    while True:
        said = at.hear(f"{codes} on {_ON[meant.unit]}? y yes, n no, q stops> ")
        answer = "q" if said is None else said.strip().casefold()
        if answer in (*_YES, *_NO):
            return answer in _YES
        if answer in _STOP:
            return None
        at.say("Answer y, n or q.")


def _shown(at: Sitting, spot: Spot, unit: Unit | None) -> str:
    """Show what would be coded: all of it, and words alone in their context."""
    text = at.revision.text
    if unit is Unit.WORD:
        return f"“{spot.range.of(text)}” in “{around(text, at.turn, spot.range)}”"
    return spot.range.of(text)
