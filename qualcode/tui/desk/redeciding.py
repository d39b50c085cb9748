"""Deciding anew on a coding: what took its code's place, keeping, taking off, any other code."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.display import shortened
from qualcode.domain.lineage import RULE_FIELDS, Why
from qualcode.domain.redeciding import offered
from qualcode.services import strokes
from qualcode.tui.codebook.fields import FIELDS
from qualcode.tui.desk.naming import named
from qualcode.tui.widgets.choice_box import Choice

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

_SIGNS = "abdefghijlmnopqrstuvwyz"
_KEEP, _OFF, _OTHER = "k", "x", "c"
_RULE = 200


def decide(screen: "CodingScreen") -> None:
    """Ask how a coding here is decided anew; where there are several, the picked one first."""
    standing = screen.standing
    if not standing.anew:
        screen.say("Nothing here is to be decided anew.")
        return
    picked = standing.picked
    at = standing.anew.index(picked) if picked in standing.anew else 0
    screen.hand_keys_to(Deciding(screen, standing.anew, at))


class Deciding:
    """While a coding is decided anew: one key decides, Tab goes to the next of several."""

    def __init__(self, screen: "CodingScreen", codings: Sequence[Coding], at: int) -> None:
        self._screen = screen
        self._codings = codings
        self._at = at
        self._show()

    @property
    def is_open(self) -> bool:
        """Is the box open?"""
        return self._screen.choice_box.is_open

    @property
    def keys(self) -> str:
        """What the foot of the screen offers meanwhile."""
        more = "Tab next coding  " if len(self._codings) > 1 else ""
        return f"a letter decides  a digit begins another code  {more}Esc leave"

    def take_key(self, event: events.Key) -> bool:
        """Take a key: it decides, begins another code, goes to the next coding, or leaves."""
        sign = event.character or ""
        if event.key == "tab":
            self._at = (self._at + 1) % len(self._codings)
            self._show()
        elif sign.isdecimal() and sign.isascii():
            self._screen.choice_box.close()
            self._type(sign)
        else:
            self._screen.choice_box.take_key(event)
        return True

    @property
    def _coding(self) -> Coding:
        return self._codings[self._at]

    def _show(self) -> None:
        """Show what is to be decided, and what can be chosen."""
        screen, coding = self._screen, self._coding
        screen.pick(coding)
        count = f"{self._at + 1} of {len(self._codings)}: " if len(self._codings) > 1 else ""
        title = f"{count}{named(screen, coding)}: {screen.opened.doubts.said(coding)}."
        screen.choice_box.open(title, self._choices(coding))

    def _choices(self, coding: Coding) -> list[Choice]:
        """List the ways to decide: successors first, then keeping, taking off, another code."""
        screen, doubts = self._screen, self._screen.opened.doubts
        code = screen.seat.codebook.by_id()[coding.made_under]
        choices = [
            Choice(sign, _told(one), partial(self._put, coding, (one,)))
            for sign, one in zip(_SIGNS, offered(screen.seat.codebook, code), strict=False)
        ]
        if doubts.why(coding) is Why.REWORDED:
            keep = partial(strokes.keep, screen.project, screen.seat, [coding])
            then = doubts.rules.at(code.id, doubts.since(coding))
            rule = list(_reworded(then, code)) if then is not None else []
            named = f"{code.key} {code.title}".strip() if rule else _told(code)
            words = "\n".join([f"keep {named}", *rule])
            choices.append(Choice(_KEEP, words, partial(self._do, keep)))
        off = partial(strokes.take_off, screen.project, screen.seat, [coding])
        choices.append(Choice(_OFF, "off: no code in its place", partial(self._do, off)))
        return [*choices, Choice(_OTHER, "another code, by its key or name", self._type)]

    def _type(self, typed: str = "") -> None:
        """Open the code box for any other code, or several."""
        screen, coding = self._screen, self._coding
        screen.code_box.open(
            screen.seat.codebook,
            then=partial(self._put, coding),
            typed=typed,
            at_once=screen.settings.instant,
        )
        screen.hand_keys_to(screen.code_box)

    def _put(self, coding: Coding, codes: tuple[Code, ...]) -> None:
        screen = self._screen
        self._do(partial(strokes.redecide, screen.project, screen.seat, [coding], codes))

    def _do(self, step: Callable[[], str]) -> None:
        """Take the step; what takes the coding's place is not picked."""
        self._screen.pick(None)
        self._screen.do(step)


def _reworded(then: Code, now: Code) -> Iterator[str]:
    """Say of each field of the rule that reads otherwise how it read then, and how it does now."""
    for name in RULE_FIELDS:
        before, after = getattr(then, name), getattr(now, name)
        if before != after:
            yield f"     {FIELDS[name]}, then: {_in_a_line(before)}"
            yield f"     {FIELDS[name]}, now: {_in_a_line(after)}"


def _in_a_line(words: str | tuple[str, ...]) -> str:
    return shortened(words if isinstance(words, str) else "; ".join(words), to=_RULE) or "nothing"


def _told(code: Code) -> str:
    """Name a code with its key and its brief definition."""
    about = shortened(code.description, to=_RULE)
    title = f"{code.key} {code.title}".strip()
    return f"{title}: {about}" if about else title
