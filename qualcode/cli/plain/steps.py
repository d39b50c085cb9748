"""What changes the coder's layer: codes on and off, extents, read marks, memos, flags."""

from functools import partial

from qualcode.cli.picking import codings_there
from qualcode.cli.plain.meanings import (
    Adjust,
    Apply,
    Create,
    Extent,
    Mark,
    Propose,
    Remember,
    Repeat,
    TakeOff,
)
from qualcode.cli.plain.sitting import Sitting
from qualcode.cli.plain.telling import called, ended, extent_words, named, part_words
from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, MemoOn
from qualcode.domain.errors import NotFoundError, RefusedError
from qualcode.domain.sources import Source
from qualcode.services import recents, strokes
from qualcode.services.proposals import in_vivo
from qualcode.services.sources import Spot

_END_OF_MEMO = "."


def apply(at: Sitting, meant: Apply) -> None:
    """Put codes on the turn or part of it."""
    spot = at.spot(meant.extent)
    at.do(partial(strokes.apply, at.project, at.seat, spot, meant.codes))


def repeat(at: Sitting, meant: Repeat) -> None:
    """Put on again what the last step put on, or one of the codes used last."""
    found = recents.recents(at.project, seat=at.seat)
    codes = found.last if meant.recent is None else found.codes[meant.recent - 1 :][:1]
    if not found.codes:
        raise RefusedError("You have not coded anything yet.", hint="Name a code: 1b")
    if not codes or meant.recent == 0:
        raise RefusedError(
            f"There is no recent code {meant.recent}.",
            hint=f"R lists them: 1 to {len(found.codes)}.",
        )
    apply(at, Apply(tuple(codes), meant.extent))


def list_recent(at: Sitting) -> None:
    """List the codes used last, with the numbers they are put on by."""
    codes = recents.recents(at.project, seat=at.seat).codes
    for number, code in enumerate(codes, start=1):
        at.say(f"R {number}: {named(code)}.")
    if not codes:
        at.say("You have not coded anything yet.")


def take_off(at: Sitting, meant: TakeOff) -> None:
    """Take codings off: those of the codes named, or the only one here."""
    codings = [_here(at, code, meant.extent) for code in meant.codes or (None,)]
    at.do(partial(strokes.take_off, at.project, at.seat, codings))


def adjust(at: Sitting, meant: Adjust) -> None:
    """Give a coding other words of the turn."""
    coding = _here(at, meant.code, meant.of)
    at.do(partial(strokes.adjust, at.project, at.seat, coding, at.spot(meant.to)))


def mark_read(at: Sitting) -> None:
    """Mark the turn as read, nothing applying."""
    at.do(partial(strokes.read, at.project, at.seat, at.spot()))


def flag(at: Sitting, meant: Mark) -> None:
    """Hold the turn or part of it up, or no longer."""
    spot = at.spot(meant.extent)
    at.do(partial(strokes.toggle_flag, at.project, at.seat, spot, meant.kind))


def propose(at: Sitting, meant: Propose) -> None:
    """Propose words of the turn as a new code."""
    spot = at.spot(meant.extent)
    at.do(partial(strokes.propose, at.project, at.seat, spot, meant.label))


def create(at: Sitting, meant: Create) -> None:
    """Make a code, and put it on the turn or part of it."""
    spot = at.spot(meant.extent)
    name = meant.name or in_vivo(spot)
    at.do(partial(strokes.create, at.project, at.seat, spot, name))


def remember(at: Sitting, meant: Remember) -> None:
    """Write a memo on what was named; without words, ask for them."""
    hook = _hook(at, meant)
    body = meant.body or _lines(at)
    if not body:
        at.say("Nothing was written.")
        return

    def keep() -> str:
        said = strokes.keep_memo(at.project, at.seat, body, hook)
        return ended(f"{said.rstrip('.')} on {_said(at, hook)}")

    at.do(keep)


def _hook(at: Sitting, meant: Remember) -> Spot | Coding | Source | Code | None:
    """Find what a memo hangs on; None is the project."""
    if meant.on is MemoOn.SEGMENT:
        return at.spot(meant.extent)
    if meant.on is MemoOn.CODING:
        return _here(at, meant.code, meant.extent)
    if meant.on is MemoOn.SOURCE:
        return at.opened.source
    return meant.code


def _said(at: Sitting, hook: Spot | Coding | Source | Code | None) -> str:
    """Say what a memo hangs on."""
    if isinstance(hook, Spot):
        return part_words(at.revision.text, at.turn, hook.range)
    if isinstance(hook, Coding):
        return _listed(at, [hook])
    if isinstance(hook, Source):
        return f"the source {hook.name}"
    return named(hook) if hook else "the project"


def _lines(at: Sitting) -> str:
    """Ask for the lines of a memo; at the end of the input what is written is kept."""
    at.say("The memo, line by line. A full stop on a line of its own ends it.")
    lines: list[str] = []
    while (line := at.hear("memo> ")) is not None and line.strip() != _END_OF_MEMO:
        lines.append(line)
    return "\n".join(lines).strip()


def _here(at: Sitting, code: Code | None, extent: Extent | None) -> Coding:
    """Find the coding that is meant on this turn. Raises where it is none, or several."""
    here = at.desk.on(at.turn.range)
    fitting = [each for each in here if code is None or each.code == code.id]
    if not fitting:
        what = (
            f"{named(code)} is not on this turn." if code else "No code of yours is on this turn."
        )
        raise NotFoundError(what, hint="Enter tells what stands on it.")
    if extent is not None:
        fitting = _on_words(at, fitting, extent)
    if len(fitting) > 1:
        raise RefusedError(f"Which one? {_listed(at, fitting)}.", hint=_which(code))
    return fitting[0]


def _on_words(at: Sitting, codings: list[Coding], extent: Extent) -> list[Coding]:
    """Choose the codings that stand on just these words, else those that touch them."""
    found = codings_there(codings, at.spot(extent))
    if not found:
        raise NotFoundError(
            "It does not stand on these words.", hint="Enter tells what stands on the turn."
        )
    return found


def _listed(at: Sitting, codings: list[Coding]) -> str:
    known, text = at.seat.codebook.by_id(), at.revision.text
    return "; ".join(
        f"{called(each, known)} on {extent_words(text, at.turn, each)}" for each in codings
    )


def _which(code: Code | None) -> str:
    if code is None:
        return "Name its code, for example: x 1b"
    key = code.key or code.label
    return f'Say on which words it stands, for example: x {key} "the words", or x {key} s2'
