"""Keys that change the layer: codes on and off, extents, read marks, flags, proposals."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, FlagKind
from qualcode.services import strokes
from qualcode.services.growing import may_create
from qualcode.tui.desk.choosing import choose_one
from qualcode.tui.desk.naming import named
from qualcode.tui.widgets.choice_box import numbered

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

_EDGES = "Enter keeps the new extent, Esc leaves it as it was."


def find_code(screen: "CodingScreen") -> None:
    """Open the code box."""
    type_code(screen, "")


def enter(screen: "CodingScreen") -> None:
    """Go on to the next source where that was just offered, else open the code box."""
    if screen.goes_on_to is not None:
        screen.open_source(screen.goes_on_to)
    else:
        find_code(screen)


def type_code(screen: "CodingScreen", typed: str) -> None:
    """Open the code box with what is typed already."""
    ticked = screen.opened.codes_of(screen.standing.exact)
    screen.code_box.open(
        screen.seat.codebook,
        then=partial(put, screen),
        ticked=ticked,
        typed=typed,
        at_once=screen.settings.instant,
        propose=lambda label: propose(screen, label),
        create=partial(create, screen) if may_create(screen.seat) else None,
    )
    screen.hand_keys_to(screen.code_box)


def put(screen: "CodingScreen", codes: tuple[Code, ...]) -> None:
    """Put codes on the selection; those that stand on just these words already come off."""
    exact = screen.standing.exact
    there = {coding.code for coding in exact}
    chosen = {code.id for code in codes}
    apply(screen, tuple(code for code in codes if code.id not in there))
    take_off(screen, [coding for coding in exact if coding.code in chosen])


def apply(screen: "CodingScreen", codes: tuple[Code, ...]) -> None:
    """Put codes on the selection."""
    if codes:
        screen.remember(codes)
        step = partial(strokes.apply, screen.project, screen.seat, screen.spot, codes)
        screen.do(step, partial(_applied, screen, codes))


def _applied(screen: "CodingScreen", codes: tuple[Code, ...], said: str) -> None:
    """Say what was put on; where others are compared, show those of the new code."""
    screen.say(said)
    if screen.comparison.is_open:
        screen.compare(codes[-1])


def take_off(screen: "CodingScreen", codings: Sequence[Coding]) -> None:
    """Take codings off."""
    if codings:
        screen.do(partial(strokes.take_off, screen.project, screen.seat, codings))


def again(screen: "CodingScreen") -> None:
    """Put the last codes on again."""
    if screen.standing.last:
        apply(screen, screen.standing.last)
    else:
        screen.say("Nothing to repeat yet.")


def recent(screen: "CodingScreen") -> None:
    """Choose among the codes used last by number."""
    codes = screen.standing.recent
    if not codes:
        screen.say("You have not coded anything yet.")
        return
    choices = numbered([(code.title, partial(put, screen, (code,))) for code in codes])
    screen.choose("Recent codes", choices)


def off(screen: "CodingScreen") -> None:
    """Take off the coding that is picked, or the only one here, or ask which."""
    standing = screen.standing
    if standing.picked is not None:
        take_off(screen, [standing.picked])
    elif len(standing.codings) == 1:
        take_off(screen, standing.codings)
    elif standing.codings:
        which = [(named(screen, one), partial(take_off, screen, [one])) for one in standing.codings]
        choose_one(screen, "Take off which?", which)
    else:
        screen.say("There is no code of yours here.")


def pick(screen: "CodingScreen") -> None:
    """Pick the next coding under the cursor; after the last one, none."""
    standing = screen.standing
    if not standing.codings:
        screen.say("There is no code of yours here.")
        return
    ids = [coding.id for coding in standing.codings]
    after = (
        ids.index(standing.picked.id) + 1 if standing.picked and standing.picked.id in ids else 0
    )
    chosen = standing.codings[after] if after < len(ids) else None
    screen.pick(chosen)
    screen.say(
        f"{after + 1} of {len(ids)}: {named(screen, chosen)}" if chosen else "None is picked now."
    )


def change_extent(screen: "CodingScreen") -> None:
    """Select the words of a coding, to be moved at their edges and kept."""
    coding = screen.standing.meant or _only(screen.standing.codings)
    if coding is None:
        screen.say("Pick a coding first: Tab.")
        return
    if len(coding.ranges) > 1 or len(screen.revision.turns_in(coding.extent)) > 1:
        screen.say("This coding reaches over several turns: qualcode adjust PLACE CODE TO")
        return
    screen.pick(coding)
    screen.transcript.select_words(coding.extent)
    screen.say(f"{named(screen, coding)}. L H o move its edges. {_EDGES}")
    screen.hand_keys_to(Adjusting(screen, coding))


def _only(codings: Sequence[Coding]) -> Coding | None:
    return codings[0] if len(codings) == 1 else None


class Adjusting:
    """While a coding's extent is being changed: moves go to the transcript, Enter keeps."""

    keys = "L H push, pull  o other edge  t s w a by unit  Enter keep  Esc leave"
    _MOVES = frozenset({*"LHolhtswa", "left", "right", "shift+left", "shift+right"})

    def __init__(self, screen: "CodingScreen", coding: Coding) -> None:
        self._screen = screen
        self._coding = coding
        self.is_open = True

    def take_key(self, event: events.Key) -> bool:
        """Keep or give up; say no to a key that neither moves nor ends it."""
        if event.key in self._MOVES:
            return False
        screen = self._screen
        if event.key in {"enter", "e"}:
            self.is_open = False
            spot = screen.spot
            if spot.revision.turns_in(spot.range) != spot.revision.turns_in(self._coding.extent):
                screen.say("That is another turn. The extent is as it was.")
                return True
            screen.do(partial(strokes.adjust, screen.project, screen.seat, self._coding, spot))
        elif event.key == "escape":
            self.is_open = False
            screen.transcript.select_words(self._coding.extent)
            screen.say("The extent is as it was.")
        else:
            screen.say(_EDGES)
        return True


def read(screen: "CodingScreen") -> None:
    """Mark the selection as read, nothing applying."""
    screen.do(partial(strokes.read, screen.project, screen.seat, screen.spot))


def flag(screen: "CodingScreen") -> None:
    """Hold the selection up for the team, or no longer."""
    _toggle(screen, FlagKind.TEAM)


def quotable(screen: "CodingScreen") -> None:
    """Call the selection worth quoting, or no longer."""
    _toggle(screen, FlagKind.QUOTABLE)


def _toggle(screen: "CodingScreen", kind: FlagKind) -> None:
    step = partial(strokes.toggle_flag, screen.project, screen.seat, screen.spot, kind)
    screen.do(step)


def propose(screen: "CodingScreen", label: str = "") -> None:
    """Propose the selected words, or a label for them, as a new code."""
    screen.do(partial(strokes.propose, screen.project, screen.seat, screen.spot, label))


def create(screen: "CodingScreen", name: str) -> None:
    """Make a code of what was typed, and put it on the selection."""
    screen.do(partial(strokes.create, screen.project, screen.seat, screen.spot, name))
