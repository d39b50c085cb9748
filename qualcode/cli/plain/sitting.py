"""One coder at the line mode: what is open, which turn they are at, and what is said to them."""

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.cli.answer import counted
from qualcode.cli.plain.meanings import Extent, Numbered, Unit
from qualcode.cli.plain.stretches import sentences_in, stretch_of, words_in
from qualcode.cli.plain.telling import in_words, told_prompt, told_turn
from qualcode.cli.plain.way import Way
from qualcode.domain.codings import Desk
from qualcode.domain.sources import Revision, Source, Turn
from qualcode.domain.text import Range
from qualcode.services import places
from qualcode.services.coding import Seat
from qualcode.services.sentences import sentences_of
from qualcode.services.sources import Spot
from qualcode.store.project import Project
from qualcode.tui.desk.filters import Filter
from qualcode.tui.desk.opened import Opened, after_step, open_anew
from qualcode.tui.desk.saying import what_changed

NewFilter = Callable[[Opened], Filter]
"""Makes a filter for what is on the desk by now."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a coder is spoken to.

    `say` says a line; `hear` asks for one, and gives None at the end of the input; `command`
    carries out what is typed as after `qualcode`, and gives its answer.
    """

    say: Callable[[str], None]
    hear: Callable[[str], str | None]
    command: Callable[[str], str]


class Sitting:
    """What the line mode knows between two lines. It never codes by itself: acts do.

    `prompts` says whether the turns before a participant's are told too; `hits` are the
    stretches of the present search, `hit` the one reached; `anew` says that what is to be
    decided anew is hunted for; `back` is the last place, as
    source and turn; `goes_on_to` the source that Enter opens; `leaves` says that the coder
    is done.
    """

    def __init__(self, project: Project, opened: Opened, turn: Turn, voice: Voice) -> None:
        self.project = project
        self.opened = opened
        self.turn = turn
        self.say = voice.say
        self.hear = voice.hear
        self.command = voice.command
        self.prompts = True
        self.hits: tuple[Range, ...] = ()
        self.hit: Range | None = None
        self.anew = False
        self.back: tuple[str, int] | None = None
        self.goes_on_to: Source | None = None
        self.leaves = False
        self._filter: NewFilter | None = None
        self._sentences: list[Range] | None = None

    @property
    def seat(self) -> Seat:
        """Who codes, in which round, with which codebook."""
        return self.opened.seat

    @property
    def revision(self) -> Revision:
        """The text that is open."""
        return self.opened.revision

    @property
    def desk(self) -> Desk:
        """What the coder has on the source."""
        return self.opened.desk

    @property
    def filter(self) -> Filter | None:
        """The filter, made for what is on the desk by now."""
        return self._filter(self.opened) if self._filter else None

    @property
    def way(self) -> Way:
        """The way through the source, as it is filtered."""
        shown = self.filter
        return Way(self.opened, shown.turns(self.revision) if shown else None)

    @property
    def prompt(self) -> str:
        """Where the coder is, as a place that can be typed."""
        return f"{self.opened.source.name}:{self.turn.number}> "

    def parts(self, unit: Unit, turn: Turn | None = None) -> list[Range]:
        """List the sentences or the words of a turn; sentences are cut when first asked for."""
        turn, text = turn or self.turn, self.revision.text
        if unit is Unit.WORD:
            return words_in(turn, text)
        if self._sentences is None:
            self._sentences = sentences_of(self.project, self.revision)
        return sentences_in(turn, text, self._sentences)

    def spot(self, extent: Extent | None = None) -> Spot:
        """Find the turn, or part of it, as a place to code. Raises PlaceError."""
        parts = self.parts(extent.unit) if isinstance(extent, Numbered) else ()
        stretch = stretch_of(extent, self.turn, self.revision.text, parts)
        return Spot(self.opened.source, self.revision, stretch)

    def do(self, step: Callable[[], str]) -> None:
        """Take a step, and say what it did."""
        said = step()
        places.keep(self.project, self.spot(), seat=self.seat)
        self.opened = after_step(self.project, self.opened)
        self.say(in_words(said))

    def look(self) -> None:
        """See whether a command or a colleague has changed something meanwhile."""
        if self.project.changes_seen() == self.opened.changes:
            return
        before, self.opened = self.opened, open_anew(self.project, self.opened)
        same_text = before.revision.id == self.revision.id
        if not same_text:
            self._on_another_text()
        if not same_text or before.seat.codebook != self.seat.codebook:
            self.say(what_changed(before, self.opened))

    def _on_another_text(self) -> None:
        self._sentences = None
        self.hits, self.hit = (), None
        self.turn = self.revision.turn(self.turn.number) or Way(self.opened).stops[0]

    def open(self, opened: Opened, turn: Turn) -> None:
        """Turn to another source: nothing is filtered or searched there yet."""
        self.remember_place()
        self.opened, self.turn = opened, turn
        self.hits, self.hit = (), None
        self._filter = None
        self._sentences = None
        self.go_to(turn)

    def show_only(self, make: NewFilter | None) -> None:
        """Show the turns of a filter only, or all."""
        self._filter = make

    def remember_place(self) -> None:
        """Remember the place before it is left for one far away."""
        self.back = (self.opened.source.name, self.turn.number)

    def go_to(self, turn: Turn, *, why: str = "") -> None:
        """Go to a turn, tell it, and note the place for the next time."""
        hidden = self.way.hidden_between(self.turn, turn)
        self.turn = turn
        self.goes_on_to = None
        places.keep(self.project, self.spot(), seat=self.seat)
        if hidden:
            self.say(f"{counted(hidden, 'turn')} between not shown.")
        if why:
            self.say(why)
        self.tell(prompts=self.prompts and self._filter is None)

    def tell(self, *, prompts: bool = False) -> None:
        """Tell the turn: where it is, its words, and what stands on it."""
        for each in self.way.prompts_before(self.turn) if prompts else ():
            self.say(told_prompt(each, self.revision.text))
        for line in told_turn(self.opened, self.turn):
            self.say(line)
