"""The coding screen: a transcript, the codebook, and one coder's layer growing."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

from textual import events, on
from textual.binding import Binding, BindingType
from textual.timer import Timer

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.errors import QualcodeError
from qualcode.domain.settings import Settings
from qualcode.domain.sources import Revision, Source
from qualcode.domain.text import Range, trimmed
from qualcode.services import comparison, places
from qualcode.services.coding import Seat
from qualcode.services.comparison import Other
from qualcode.services.sentences import sentences_of
from qualcode.services.sources import Spot
from qualcode.store.project import Project
from qualcode.tui import memory
from qualcode.tui.background import Background
from qualcode.tui.desk import coding, going
from qualcode.tui.desk.command import Command, offered, with_keys
from qualcode.tui.desk.commands import BY_NAME, COMMANDS
from qualcode.tui.desk.filters import Filter
from qualcode.tui.desk.opened import Arrival, Opened, after_step, arrive, open_anew
from qualcode.tui.desk.pace import Pace
from qualcode.tui.desk.saying import head, welcome_back, what_changed
from qualcode.tui.desk.standing import RECENT, Standing, standing_of
from qualcode.tui.desk.taking import KeyTaker
from qualcode.tui.screens.coding_layout import CodingLayout
from qualcode.tui.widgets.choice_box import Choice, Number
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.line_box import LineBox
from qualcode.tui.widgets.memo_box import MemoBox
from qualcode.tui.widgets.pick_box import PickBox
from qualcode.tui.widgets.transcript import Transcript

_LOOK_SECONDS = 1.0
_REST_SECONDS = 0.3
_PAUSE_SECONDS = 20.0
_WITHOUT_WORDS = frozenset({"leave", "sources", "theme", "codebook"})


class CodingScreen(CodingLayout):
    """Where a coder spends weeks: two strokes a turn, and nothing to save.

    What each key does is written in `tui/desk`; the screen holds what they share.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(digit, f"type_code('{digit}')", "Code", show=False, priority=True)
            for digit in "1234567890"
        ),
        *(command.binding for command in COMMANDS),
    ]

    def __init__(
        self,
        project: Project,
        seat: Seat,
        source: Source,
        background: Background,
        settings: Settings | None = None,
        *,
        welcome: bool = False,
    ) -> None:
        super().__init__(background)
        self.project = project
        self.settings = settings or Settings()
        self.goes_on_to: Source | None = None
        self.search = going.Search()
        self.last_place: Range | None = None
        self.pace = Pace(pause=self.settings.pause)
        self._commands = with_keys(COMMANDS, self.settings.keys)
        self._seat = seat
        self._source = source
        self._welcome = welcome
        self._opened: Opened | None = None
        self.used: tuple[Code, ...] = ()
        self._used_on: Range | None = None
        self.recent: tuple[Code, ...] = ()
        self.filter: Filter | None = None
        self._taker: KeyTaker | None = None
        self._code_was_last = False
        self._rest: Timer | None = None
        self._was_busy = True

    def on_mount(self) -> None:
        """Open the source, and look now and then whether somebody else changed something."""
        self.fit(self.app.size.width)
        self.open_source(self._source, welcome=self._welcome)
        self.set_interval(_LOOK_SECONDS, self.look_for_changes)
        self.set_interval(_PAUSE_SECONDS, self.look_at_the_clock)

    @property
    def opened(self) -> Opened:
        """What was read last; keys wait until there is something."""
        if self._opened is None:
            raise LookupError
        return self._opened

    @property
    def seat(self) -> Seat:
        """Who codes, in which round, with which codebook."""
        return self._opened.seat if self._opened else self._seat

    @property
    def revision(self) -> Revision:
        """The text on the desk."""
        return self.opened.revision

    @property
    def spot(self) -> Spot:
        """What is selected; white space at its edges does not count."""
        stretch = trimmed(self.revision.text, self.transcript.selected)
        return Spot(self.opened.source, self.revision, stretch)

    @property
    def standing(self) -> Standing:
        """What one stands on now; there have to be words."""
        return standing_of(self)

    def take_key(self, event: events.Key) -> bool:
        """Give an open box or mode the first word on a key; say whether it was taken.

        A blank right after a code is the one between `1b 2c`, and moves nothing.
        """
        self._was_busy = True
        self.show_since("")
        if event.key != "enter":
            self.goes_on_to = None
        taker = self._open_taker
        if taker is None or event.key.startswith("ctrl+"):
            parts_codes = self._code_was_last and event.key == "space"
            self._code_was_last = False
            return parts_codes
        taken = taker.take_key(event)
        closed = self._open_taker is None and event.key != "escape"
        self._code_was_last = closed and taker is self.code_box
        self.uncover()
        self.tell()
        return taken

    @property
    def _open_taker(self) -> KeyTaker | None:
        """The box or mode that is open now."""
        return self._taker if self._taker is not None and self._taker.is_open else None

    def take_words(self, words: str) -> bool:
        """Give pasted words to an open box; say whether one took them."""
        box = self._open_taker
        if not isinstance(box, PickBox | LineBox):
            return False
        box.take_words(words)
        return True

    def hand_keys_to(self, taker: KeyTaker) -> None:
        """Give each key to a box or mode first, as long as it is open."""
        self._taker = taker
        self.tell()
        self.call_after_refresh(self.uncover)

    def choose(
        self, title: str, choices: Sequence[Choice], *, number: Number | None = None
    ) -> None:
        """Ask for the second stroke of a two-stroke key."""
        self.choice_box.open(title, choices, number=number)
        self.hand_keys_to(self.choice_box)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the letters to a memo while one is written."""
        del action, parameters
        return not (self.is_mounted and self.memo_box.is_open)

    def action_run_command(self, name: str) -> None:
        """Do what a key stands for."""
        if self.transcript.turn is None and name not in _WITHOUT_WORDS:
            self.say("There are no words here to code. S goes to the sources, q leaves.")
            return
        BY_NAME[name].act(self)

    def action_type_code(self, digit: str) -> None:
        """Open the code box, a digit typed already."""
        if self.transcript.turn is not None:
            coding.type_code(self, digit)

    def commands_possible(self) -> list[Command]:
        """List the commands that would do something now."""
        standing = self.standing
        return [command for command in self._commands if command.possible(standing)]

    def open_source(self, source: Source, *, welcome: bool = False) -> None:
        """Open a source where the coder left it."""
        self._source, self.goes_on_to = source, None
        question = partial(arrive, self.project, self.seat, source.name, welcome=welcome)
        self.ask(question, self._show, keys_wait=True)

    def _show(self, arrival: Arrival) -> None:
        opened = self._opened = arrival.opened
        going.let_hits_go(self)
        self.filter = None
        transcript = self.transcript
        transcript.only = None
        self.lay(opened)
        going.arrive_at(self, arrival)
        transcript.focus()
        self.show_since("\n".join(arrival.since))
        self.say(self.greeting(arrival))
        self.tell()
        self.ask(lambda: sentences_of(self.project, opened.revision), self._all_is_read)

    def _all_is_read(self, sentences: Sequence[Range]) -> None:
        self.transcript.know_sentences(sentences)
        self.call_after_refresh(memory.tidy)

    def greeting(self, arrival: Arrival) -> str:
        """Say how one arrives."""
        return welcome_back(arrival)

    def look_for_changes(self) -> None:
        """See whether a command or a colleague has changed something meanwhile."""
        if self.is_on_top and self._opened is not None and not self.background.lock.locked():
            self.ask(self.project.changes_seen, self.refresh_if_changed)

    def refresh_if_changed(self, changes: int) -> None:
        """Show what is there by now, where the study was changed."""
        before = self._opened
        if before is not None and changes != before.changes and not self.keys_wait:
            self.ask(partial(open_anew, self.project, before), self._show_others_change)

    def _show_others_change(self, opened: Opened) -> None:
        """Show what somebody else has changed, and say so where it concerns the hand."""
        before, picked = self.opened, self.transcript.picked
        self.refresh_desk(opened)
        words = what_changed(before, opened)
        if words:
            self.say_news(words)
        elif picked is not None and self.transcript.picked is None:
            self.say("What was picked is no longer there.")

    def refresh_desk(self, opened: Opened) -> None:
        """Show what is there by now: after a step, or after somebody else's change."""
        before, self._opened = self.opened, opened
        transcript = self.transcript
        if opened.revision.id != before.revision.id or opened.seat.codebook != before.seat.codebook:
            number = transcript.turn.number if transcript.turn else 0
            selected = transcript.selection
            self.lay(opened)
            if transcript.go_to_turn(number) and opened.revision.id == before.revision.id:
                transcript.selection = selected
            going.forget(self)
        else:
            transcript.refresh_desk(opened.desk)
        picked = transcript.picked
        if picked is not None and picked not in opened.desk.codings:
            same = (each for each in opened.desk.codings if each.root == picked.root)
            transcript.picked = next(same, None)
        self.pace.dealt_with(len(opened.dealt) - len(before.dealt))
        self.tell()

    def do(
        self,
        step: Callable[[], str],
        then: Callable[[str], None] | None = None,
        *,
        anywhere: bool = False,
        refused: Callable[[QualcodeError], None] | None = None,
    ) -> None:
        """Take a step in the background, then show what it did and say it; keys wait for it.

        A step that may be `anywhere` in the round has everything read anew.
        """
        self.goes_on_to = None
        before, spot = self.opened, self.spot

        def question() -> tuple[str, Opened]:
            said = step()
            places.keep(self.project, spot, seat=before.seat)
            read = open_anew if anywhere else after_step
            return said, read(self.project, before)

        def answered(answer: tuple[str, Opened]) -> None:
            self.refresh_desk(answer[1])
            (then or self.say)(answer[0])

        self.ask(question, answered, keys_wait=True, refused=refused)

    def remember(self, codes: tuple[Code, ...]) -> None:
        """Remember what was used last, for `r` and `R`; codes on the same words are one set."""
        words = self.spot.range
        before = self.used if words == self._used_on else ()
        self._used_on = words
        self.used = tuple(dict.fromkeys((*before, *codes)))
        self.recent = tuple(dict.fromkeys((*codes, *self.recent)))[:RECENT]

    def pick(self, coding: Coding | None) -> None:
        """Pick one coding among those under the cursor, or none."""
        self.transcript.picked = coding
        self.tell()

    def compare(self, code: Code) -> None:
        """Show the other passages under a code, those here left out."""
        here = {coding.id for coding in self.standing.codings}

        def question() -> list[Other]:
            found = comparison.others_under(self.project, code, seat=self.seat)
            return [other for other in found if other.coding.id not in here]

        self.ask(question, partial(self.comparison.show, code), keys_wait=True)

    def leave(self, then: Callable[[], object]) -> None:
        """Note the place, and go."""
        if self.transcript.turn is None:
            then()
        else:
            self._note_place(lambda _kept: then(), keys_wait=True)

    @on(Transcript.SelectionChanged)
    def _selection_changed(self) -> None:
        """Tell where one is, and note the place once the hand rests."""
        self.tell()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST_SECONDS, partial(self._note_place, _nothing_more))

    def _note_place(self, then: Callable[[None], object], *, keys_wait: bool = False) -> None:
        spot, seat = self.spot, self.seat
        self.ask(lambda: places.keep(self.project, spot, seat=seat), then, keys_wait=keys_wait)

    @on(Transcript.TurnEntered)
    def _turn_entered(self) -> None:
        self.transcript.picked = None
        self.hush()

    @on(Transcript.NoteClicked)
    def _note_clicked(self, message: Transcript.NoteClicked) -> None:
        self.pick(next(iter(message.codings), None))

    def on_descendant_focus(self) -> None:
        """Leave the keys with a memo that is being written, wherever the mouse clicked."""
        if self.memo_box.is_open:
            self.memo_box.keep_focus()

    @on(MemoBox.Closed)
    def _memo_closed(self) -> None:
        self.transcript.focus()
        self.uncover()
        self.tell()

    def look_at_the_clock(self) -> None:
        """Bring the pace up to date, suggest a pause; tidy up where no key came for a while."""
        if not self._was_busy:
            memory.tidy()
        self._was_busy = False
        pause = self.pace.pause_due()
        if pause:
            self.say_news(pause)
        self.tell()

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell the coder why something was not done."""
        self.say(f"{mishap.sentence} {mishap.hint}".strip())

    def on_resize(self, event: events.Resize) -> None:
        """Give a narrow terminal's room to the transcript."""
        self.fit(event.size.width)

    def tell(self) -> None:
        """Write the head and the foot, and count in the codebook what lies on the selection."""
        opened = self._opened
        if opened is None:
            return
        turn = self.transcript.turn
        pace = self.pace.line if self.settings.pace else ""
        self.head_over(head(opened, turn, self.filter), pace=pace)
        here: Counter[UUID] = Counter()
        if turn is not None:
            standing = self.standing
            here.update(coding.code for coding in standing.codings)
            self.query_one(Foot).offer(self._offered(standing))
        self.codebook_pane.show(opened.seat.codebook, here, opened.counts)

    def _offered(self, standing: Standing) -> str:
        if self.memo_box.is_open:
            return self.memo_box.keys
        if self._open_taker is not None:
            return self._open_taker.keys
        return offered(self._commands, standing, width=self.size.width - 2)


def _nothing_more(_answer: None) -> None:
    """Do nothing: the place is kept."""
