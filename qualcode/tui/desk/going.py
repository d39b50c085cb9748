"""Keys that go somewhere: the present hunt, a turn by number, hits, letters on what is in view."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from qualcode.domain.codebook import Code
from qualcode.domain.codings import FlagKind, Via
from qualcode.domain.searching import hits
from qualcode.domain.sources import Progress
from qualcode.domain.text import Range
from qualcode.services import coding, redeciding, strokes
from qualcode.services.redeciding import Item
from qualcode.tui.desk.opened import Arrival
from qualcode.tui.widgets.choice_box import Choice

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen
    from qualcode.tui.widgets.transcript import Target

_MOVES = frozenset({*"lhtswaLHo", "left", "right", "shift+left", "shift+right"})
_LETTERS = "fjdkslaghrueiwoqptyvncmbxz"


@dataclass(frozen=True, slots=True)
class Search:
    """Words looked for, and where they occur in the source on the desk, in order.

    `anew` says that the hunt is for codings to be decided anew instead, from source to source.
    """

    words: str = ""
    hits: tuple[Range, ...] = ()
    anew: bool = False


def begin_search(screen: "CodingScreen", search: Search) -> None:
    """Make the hits the present hunt, and show them."""
    screen.search = search
    screen.transcript.hits = search.hits


def end_search(screen: "CodingScreen") -> None:
    """Hunt for what is left again."""
    begin_search(screen, Search())


def let_hits_go(screen: "CodingScreen") -> None:
    """Let go of hits in another source; what is to be decided anew is hunted for on."""
    begin_search(screen, Search(anew=screen.search.anew))


def forget(screen: "CodingScreen") -> None:
    """Let go of places in a text that is another now: hits, the last place, the filter."""
    end_search(screen)
    screen.last_place = None
    screen.filter = None
    screen.transcript.only = None


def remember_place(screen: "CodingScreen") -> None:
    """Remember the place before it is left for one far away."""
    screen.last_place = screen.standing.stretch


def arrive_at(screen: "CodingScreen", arrival: Arrival) -> None:
    """Enter the turn where the coder left, or the first one left to do."""
    opened, left = arrival.opened, arrival.left
    if screen.search.anew and opened.anew:
        screen.transcript.go_to(opened.anew[0].extent)
    elif left is not None and left.revision == opened.revision.id:
        screen.transcript.go_to(left.range)
    elif opened.first_left is not None:
        screen.transcript.go_to_turn(opened.first_left)


def next_one(screen: "CodingScreen") -> None:
    """Go to the next hit or, without a search, to the next turn that is left."""
    if screen.search.hits:
        _go_to_hit(screen, forwards=True)
    elif screen.search.anew:
        _go_to_anew(screen, forwards=True)
    elif screen.transcript.go_to_next_uncoded():
        return
    elif screen.filter is not None:
        screen.say("Nothing is left among the turns shown. F shows all.")
    else:
        screen.ask(
            lambda: coding.progress(screen.project, seat=screen.seat),
            partial(_offer_next, screen),
            keys_wait=True,
        )


def previous_one(screen: "CodingScreen") -> None:
    """Go to the previous hit, or the previous turn that is left."""
    if screen.search.hits:
        _go_to_hit(screen, forwards=False)
    elif screen.search.anew:
        _go_to_anew(screen, forwards=False)
    else:
        screen.transcript.go_to_previous_uncoded()


def _go_to_hit(screen: "CodingScreen", *, forwards: bool) -> None:
    """Go to the hit beside the selection, round again at the end."""
    found, here = screen.search.hits, screen.standing.stretch
    if forwards:
        at = bisect_right(found, here.start, key=_start) % len(found)
    else:
        at = (bisect_left(found, here.start, key=_start) - 1) % len(found)
    _show_hit(screen, at)


def _start(stretch: Range) -> int:
    return stretch.start


def hunt_anew(screen: "CodingScreen") -> None:
    """Make what is to be decided anew the present hunt, and go to the first from here on."""
    remember_place(screen)
    begin_search(screen, Search(anew=True))
    _go_to_anew(screen, forwards=True, here=screen.standing.stretch.start - 1)


def _go_to_anew(screen: "CodingScreen", *, forwards: bool, here: int | None = None) -> None:
    """Go to the coding to be decided anew beside the selection, round again at the end."""
    shown = [each for each in screen.opened.anew if _is_shown(screen, each.extent)]
    if not shown:
        screen.ask(
            lambda: redeciding.queue(screen.project, seat=screen.seat),
            partial(_offer_anew, screen),
            keys_wait=True,
        )
        return
    here = screen.standing.stretch.start if here is None else here
    starts = [each.extent.start for each in shown]
    beyond = bisect_right(starts, here) if forwards else bisect_left(starts, here) - 1
    chosen = shown[beyond % len(shown)]
    screen.transcript.go_to(chosen.extent)
    count = f"{beyond % len(shown) + 1} of {len(shown)} to decide anew"
    screen.say(f"{count}: {screen.opened.doubts.said(chosen)}. v decides, Esc ends the hunt.")


def _offer_anew(screen: "CodingScreen", items: list[Item]) -> None:
    """Say that nothing is left to decide anew here, and offer the next source with something."""
    source = screen.opened.source
    others = [item.source for item in items if item.source.id != source.id]
    if not others:
        where = f" among the turns shown of {source.name}. F shows all." if items else "."
        screen.say(f"Nothing is left to decide anew{where} Esc ends the hunt.")
        return
    after = [other for other in others if other.position > source.position]
    chosen = (after or others)[0]
    screen.goes_on_to = chosen
    screen.say(
        f"Nothing is left to decide anew in {source.name}. Next: {chosen.name} "
        f"({others.count(chosen)}). Enter to go on, q to rest."
    )


def _show_hit(screen: "CodingScreen", at: int) -> None:
    search = screen.search
    screen.transcript.go_to(search.hits[at])
    count = f"hit {at + 1} of {len(search.hits)}"
    screen.say(f"{count} for “{search.words}”. y codes them one by one, Esc ends the search.")


def find(screen: "CodingScreen") -> None:
    """Ask for words to find in this source."""
    screen.line_box.open("find:", then=partial(_find, screen))
    screen.hand_keys_to(screen.line_box)


def _find(screen: "CodingScreen", words: str) -> None:
    revision = screen.revision
    if not words.strip():
        end_search(screen)
        return
    found = tuple(hit for hit in hits(revision.text, words) if _is_shown(screen, hit))
    if not found:
        end_search(screen)
        where = "the turns shown" if screen.filter else screen.opened.source.name
        screen.say(f"“{words}” does not occur in {where}.")
        return
    remember_place(screen)
    here = screen.standing.stretch.start
    begin_search(screen, Search(words, found))
    _show_hit(screen, bisect_left(found, here, key=_start) % len(found))


def _is_shown(screen: "CodingScreen", hit: Range) -> bool:
    """Say whether a hit is in a turn that no filter hides."""
    turn = screen.revision.turn_at(hit.start)
    only = screen.transcript.only
    return turn is not None and (only is None or turn.number in only)


def code_hits(screen: "CodingScreen") -> None:
    """Go through the hits with a code, each for yes or no: nothing is coded unseen."""
    if not screen.search.hits:
        screen.say("Find words first: /")
        return
    screen.code_box.open(screen.seat.codebook, then=partial(_sift, screen))
    screen.say("Which code, for the hits that you say yes to?")
    screen.hand_keys_to(screen.code_box)


def _sift(screen: "CodingScreen", codes: tuple[Code, ...]) -> None:
    screen.hand_keys_to(Sifting(screen, codes))


class Sifting:
    """While hits are gone through with a code: yes, no, or stop."""

    keys = "y code it  n not this one  t turn  s sentence  w word  Esc stop"

    def __init__(self, screen: "CodingScreen", codes: tuple[Code, ...]) -> None:
        self._screen = screen
        self._codes = codes
        self._at = 0
        self._coded = 0
        self.is_open = True
        self._show()

    def take_key(self, event: events.Key) -> bool:
        """Code a hit or pass it by; moves and sizes go to the transcript."""
        screen = self._screen
        if event.key == "y":
            step = partial(strokes.apply, screen.project, screen.seat, screen.spot, self._codes)
            screen.do(partial(step, via=Via.SEARCH), self._count)
        elif event.key == "n":
            self._go_on("")
        elif event.key == "escape":
            self._stop()
        else:
            return event.key not in _MOVES
        return True

    def _count(self, said: str) -> None:
        """Count what is new: a code that stood there already was not put on."""
        self._coded += said.startswith("+")
        self._go_on(said)

    def _go_on(self, said: str) -> None:
        """Go to the next hit; after the last one, stop."""
        self._at += 1
        if self._at < len(self._screen.search.hits):
            self._show(said)
        else:
            self._stop()

    def _show(self, said: str = "") -> None:
        """Show a hit, its whole turn selected."""
        screen, hit = self._screen, self._screen.search.hits[self._at]
        turn = screen.revision.turn_at(hit.start)
        if turn is not None:
            screen.transcript.go_to_turn(turn.number)
        titles = ", ".join(code.title for code in self._codes)
        count = f"hit {self._at + 1} of {len(screen.search.hits)}"
        screen.say(f"{count}: {titles} on this? y yes, n no, Esc stops.  {said}".strip())

    def _stop(self) -> None:
        self.is_open = False
        hits_left = len(self._screen.search.hits) - self._coded
        coded = f"{self._coded} hit{'' if self._coded == 1 else 's'} coded"
        self._screen.say(f"{coded}, {hits_left} not.")


def go_to(screen: "CodingScreen") -> None:
    """Choose where to go."""
    desk = screen.opened.desk
    flagged = [each.range for each in desk.flags if each.kind is FlagKind.TEAM]
    thought = [memo.range for memo in desk.thoughts if memo.range.length]
    ways: Iterable[tuple[str, str, Callable[[], None]] | None] = (
        ("u", f"uncoded: {screen.opened.left} left", lambda: _next_uncoded(screen)),
        ("f", f"flagged: {len(flagged)}", partial(_next_of, screen, flagged)) if flagged else None,
        ("m", f"with a memo: {len(thought)}", partial(_next_of, screen, thought))
        if thought
        else None,
        ("r", f"to decide anew: {len(screen.opened.anew)}", partial(hunt_anew, screen))
        if screen.opened.doubts.codes
        else None,
        ("l", "last place", partial(_go_back, screen)) if screen.last_place else None,
    )
    choices = [Choice(*way) for way in ways if way]
    title = f"Go to (or a turn, 1 to {screen.revision.last_turn}):"
    screen.choose(title, choices, number=partial(_go_to_number, screen))


def _next_uncoded(screen: "CodingScreen") -> None:
    remember_place(screen)
    end_search(screen)
    next_one(screen)


def _go_back(screen: "CodingScreen") -> None:
    """Go to the last place; once more comes back."""
    place = screen.last_place
    if place is not None:
        remember_place(screen)
        screen.transcript.go_to(place)


def _next_of(screen: "CodingScreen", stretches: list[Range]) -> None:
    """Go to the next of some stretches, round again after the last."""
    ordered = sorted(stretches)
    at = bisect_right(ordered, screen.standing.stretch.start, key=_start) % len(ordered)
    remember_place(screen)
    screen.transcript.go_to(ordered[at])


def _go_to_number(screen: "CodingScreen", number: int) -> None:
    if screen.revision.turn(number) is None:
        screen.say(f"There is no turn {number}; the last is {screen.revision.last_turn}.")
        return
    remember_place(screen)
    if not screen.transcript.go_to_turn(number):
        screen.say(f"Turn {number} is not among the turns shown. F shows all.")


def jump(screen: "CodingScreen") -> None:
    """Put letters on what is in view."""
    targets = screen.transcript.targets()
    if not targets:
        screen.say("There is nothing in view to jump to.")
        return
    letters = _lettered(len(targets))
    screen.hand_keys_to(Jumping(screen, dict(zip(letters, targets, strict=True))))


def _lettered(count: int) -> list[str]:
    """Make so many short words of letters, none the beginning of another."""
    if count <= len(_LETTERS):
        return list(_LETTERS[:count])
    return [first + second for first in _LETTERS for second in _LETTERS][:count]


class Jumping:
    """While letters stand on what is in view: they are typed, or Esc takes them away."""

    keys = "a letter goes there  Esc leave"

    def __init__(self, screen: "CodingScreen", targets: "Mapping[str, Target]") -> None:
        self._screen = screen
        self._targets = targets
        self._typed = ""
        self.is_open = True
        screen.transcript.letters = {target: letters for letters, target in targets.items()}

    def take_key(self, event: events.Key) -> bool:
        """Take a letter; one that begins nothing ends it."""
        self._typed += event.character or "?"
        target = self._targets.get(self._typed)
        begun = any(letters.startswith(self._typed) for letters in self._targets)
        if event.key == "escape" or target is not None or not begun:
            self.is_open = False
            self._screen.transcript.letters = {}
        if target is not None and event.key != "escape":
            remember_place(self._screen)
            _enter(self._screen, target)
        return True


def _enter(screen: "CodingScreen", target: "Target") -> None:
    """Go to what a letter stood on: a turn, or a coding, which is then picked."""
    screen.transcript.go_to_turn(target.turn)
    screen.pick(next(iter(target.codings), None))


def _offer_next(screen: "CodingScreen", rows: list[Progress]) -> None:
    """Say that the source is done, and offer the next one with turns left."""
    source = screen.opened.source
    here = next(row for row in rows if row.source.id == source.id)
    done = f"{source.name} done: {here.done} of {here.source.codable} turns."
    later = [row for row in rows if row.left]
    if not later:
        screen.say(f"{done} That was the last of yours: all done. q leaves.")
        return
    after = [row for row in later if row.source.position > source.position]
    chosen = (after or later)[0]
    screen.goes_on_to = chosen.source
    screen.say(
        f"{done} Next of yours: {chosen.source.name} ({chosen.left} turns). "
        "Enter to go on, q to rest."
    )
