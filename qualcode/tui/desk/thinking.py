"""Memos: on what is picked, on the words, the turn, the source, a code, the project."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qualcode.domain.errors import QualcodeError, RoundNotOpenError
from qualcode.services import strokes
from qualcode.services.coding import Seat
from qualcode.services.memos import On
from qualcode.services.sources import Spot
from qualcode.store.project import Project
from qualcode.tui.desk.naming import named
from qualcode.tui.widgets.memo_box import Hook

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

_TURN = "the turn"
_AGAIN = "Kept again, it is a note for the next round."
Write = Callable[[Project, Seat, str, On], str]


def memo(screen: "CodingScreen") -> None:
    """Write a memo; Tab changes what it hangs on."""
    screen.memo_box.open(_hooks(screen), there=memos_here(screen), then=partial(_keep, screen))
    screen.tell()
    screen.call_after_refresh(screen.uncover)


def _hooks(screen: "CodingScreen") -> list[Hook]:
    """List what a memo can hang on here, the likeliest first."""
    standing, source = screen.standing, screen.opened.source
    hooks = []
    if standing.meant is not None:
        hooks.append(Hook(named(screen, standing.meant), standing.meant))
    what = _TURN if standing.whole else "these words"
    hooks.append(Hook(what, screen.spot))
    hooks.append(Hook(f"the source {source.name}", source))
    hooks += [Hook(f"the code {code.title}", code) for code in standing.codes or standing.last]
    return [*hooks, Hook("the whole project", None)]


def memos_here(screen: "CodingScreen") -> list[str]:
    """Give the memos that hang on these words or on codings here already."""
    standing = screen.standing
    roots = {coding.root for coding in standing.codings}
    return [
        one.told
        for one in screen.opened.desk.thoughts
        if one.coding in roots or one.range.overlaps(standing.stretch)
    ]


def _keep(
    screen: "CodingScreen", hook: Hook, body: str, *, write: Write = strokes.keep_memo
) -> None:
    def refused(mishap: QualcodeError) -> None:
        """Give the words back: of a round that was frozen meanwhile, as a note for the next."""
        stopped = isinstance(mishap, RoundNotOpenError)
        then = partial(_keep, screen, write=strokes.leave_note if stopped else write)
        screen.memo_box.open([hook], there=memos_here(screen), then=then, body=body)
        screen.say_refused(mishap)
        if stopped:
            screen.say(f"{mishap.sentence} {_AGAIN}")
        screen.tell()

    def step() -> str:
        said = write(screen.project, screen.seat, body, hook.on)
        return f"{said.rstrip('.')} on {_hung_on(hook)}."

    screen.do(step, refused=refused)


def _hung_on(hook: Hook) -> str:
    """Say what a memo hangs on; on the turn stood on, by its number."""
    spot = hook.on
    if not isinstance(spot, Spot):
        return hook.words
    turns = [turn.number for turn in spot.revision.turns_in(spot.range)]
    where = f"turn {turns[0]}" if len(turns) == 1 else f"turns {turns[0]} to {turns[-1]}"
    words = len(spot.range.of(spot.revision.text).split())
    return where if hook.words == _TURN else f"{words} word{'' if words == 1 else 's'} of {where}"
