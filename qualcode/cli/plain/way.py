"""The way through a source: to which turn each move leads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qualcode.cli.picking import memo_stands_on
from qualcode.domain.codings import FlagKind
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range
from qualcode.tui.desk.opened import Opened


@dataclass(frozen=True, slots=True)
class Way:
    """The turns of a source as one coder goes through them.

    `shown` are the numbers of the turns that a filter shows; None without a filter. Moves
    lead to participants' turns, under a filter to all it shows.
    """

    opened: Opened
    shown: frozenset[int] | None = None

    @property
    def spoken(self) -> tuple[Turn, ...]:
        """The turns that somebody speaks in, shown or not."""
        return tuple(turn for turn in self.opened.revision.turns if turn.number > 0)

    @property
    def stops(self) -> tuple[Turn, ...]:
        """The turns that moves lead to."""
        if self.shown is not None:
            return tuple(turn for turn in self.spoken if turn.number in self.shown)
        return tuple(turn for turn in self.spoken if turn.codable) or self.spoken

    def after(self, number: int) -> Turn | None:
        """Find the next turn."""
        return next((turn for turn in self.stops if turn.number > number), None)

    def before(self, number: int) -> Turn | None:
        """Find the turn before."""
        return next((turn for turn in reversed(self.stops) if turn.number < number), None)

    def uncoded(self, number: int, *, forwards: bool) -> Turn | None:
        """Find the nearest turn not dealt with on one side, or round the end."""
        return _round(self.stops, self._is_left, number, forwards=forwards)

    def flagged(self, number: int) -> Turn | None:
        """Find the next turn flagged for the team, or round the end."""
        flags = [flag.range for flag in self.opened.desk.flags if flag.kind is FlagKind.TEAM]
        return _round(self.stops, _touched_by(flags), number, forwards=True)

    def thought_about(self, number: int) -> Turn | None:
        """Find the next turn with a memo on it or its codings, or round the end."""
        codings = {each.root: each for each in self.opened.desk.codings}
        stretches = [
            each for memo in self.opened.desk.thoughts for each in memo_stands_on(memo, codings)
        ]
        return _round(self.stops, _touched_by(stretches), number, forwards=True)

    def doubtful(self, number: int, *, forwards: bool) -> Turn | None:
        """Find the nearest turn with something to decide anew on one side, or round the end."""
        stretches = [each for coding in self.opened.anew for each in coding.ranges]
        return _round(self.stops, _touched_by(stretches), number, forwards=forwards)

    def prompts_before(self, turn: Turn) -> list[Turn]:
        """List what stands between the participant's turn before and this one, in order."""
        above = [each for each in self.opened.revision.turns if each.end <= turn.start]
        prompts: list[Turn] = []
        while above and not above[-1].codable:
            prompts.insert(0, above.pop())
        return prompts

    def hidden_between(self, one: Turn, other: Turn) -> int:
        """Count the turns between two that the filter hides."""
        low, high = sorted((one.number, other.number))
        between = [turn for turn in self.spoken if low < turn.number < high]
        return 0 if self.shown is None else sum(turn.number not in self.shown for turn in between)

    def _is_left(self, turn: Turn) -> bool:
        return turn.codable and turn.number not in self.opened.dealt


def _touched_by(stretches: list[Range]) -> Callable[[Turn], bool]:
    return lambda turn: any(each.overlaps(turn.range) for each in stretches)


def _round(
    turns: Iterable[Turn], fits: Callable[[Turn], bool], number: int, *, forwards: bool
) -> Turn | None:
    """Find the first turn that fits beyond a number, else the first from the other end."""
    fitting = [turn for turn in turns if fits(turn)]
    if not forwards:
        fitting.reverse()
    beyond = [turn for turn in fitting if (turn.number > number) is forwards]
    others = [turn for turn in fitting if turn.number != number]
    chosen = [turn for turn in beyond if turn.number != number] or others or fitting
    return chosen[0] if chosen else None
