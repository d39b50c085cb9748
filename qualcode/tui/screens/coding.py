"""The coding screen: a transcript, the codebook, and one coder's layer growing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Desk
from qualcode.domain.errors import QualcodeError
from qualcode.domain.sources import Progress, Revision, Source
from qualcode.domain.text import trimmed
from qualcode.help import page
from qualcode.services import coding, sources
from qualcode.services.coding import Seat
from qualcode.services.sentences import sentences_of
from qualcode.services.sources import Spot
from qualcode.store.project import Project
from qualcode.tui import steps
from qualcode.tui.background import AskingScreen, Background
from qualcode.tui.content import shown_line
from qualcode.tui.screens.pages import PageScreen
from qualcode.tui.widgets.code_box import CodeBox, card
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.memo_box import MemoBox, MemoLines
from qualcode.tui.widgets.transcript import Transcript

_KEYS = "1b code  Enter find  r again  x off  - read  m memo  n next  u undo  ? keys  q"
_WIDE_ENOUGH = 100
_REFRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was read when the source was opened, or after something changed."""

    revision: Revision
    desk: Desk
    counts: dict[Code, int]
    changes: int


class CodingScreen(AskingScreen):
    """Where a coder spends weeks: two strokes a turn, and nothing to save."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys, action, words, show=False, priority=True)
        for keys, action, words in (
            *((digit, f"code('{digit}')", "Code") for digit in "1234567890"),
            ("enter,c", "code('')", "Find a code"),
            ("r", "again", "Last codes again"),
            ("x", "off", "Take off"),
            ("minus", "read", "Read, no code"),
            ("m", "memo", "Memo"),
            ("n", "next_uncoded", "Next uncoded"),
            ("N", "previous_uncoded", "Previous uncoded"),
            ("u", "undo", "Undo"),
            ("U", "redo", "Redo"),
            ("d", "card", "Definition"),
            ("b", "pane", "Codebook"),
            ("z", "fold", "Fold prompts"),
            ("question_mark,f1", "help", "Keys"),
            ("q", "leave", "Leave"),
        )
    ]
    """All with priority: keys are obeyed in the order they were pressed, however fast."""
    CSS = """
    CodingScreen {
        & #head { height: 1; padding: 0 1; background: $panel; }
        & #desk { height: 1fr; }
        & CodebookPane.away { display: none; }
    }
    """

    def __init__(
        self, project: Project, seat: Seat, source: Source, background: Background
    ) -> None:
        super().__init__(background)
        self._project = project
        self._seat = seat
        self._source = source
        self._opened: _Opened | None = None
        self._last: tuple[Code, ...] = ()
        self._go_on: Source | None = None
        self._taking_off = False
        self._code_was_last = False

    def compose(self) -> ComposeResult:
        """Lay out head, transcript, codebook, the boxes and the foot."""
        yield Static("", id="head", markup=False)
        with Horizontal(id="desk"):
            yield Transcript()
            yield CodebookPane()
        yield CodeBox()
        yield MemoBox()
        yield Foot(_KEYS)

    def take_key(self, event: events.Key) -> bool:
        """Hand a key to the code box while it is open; say whether it was taken.

        A blank right after a code is the one between `1b 2c`, and moves nothing.
        """
        box = self.query_one(CodeBox)
        if not box.is_open:
            parts_codes = self._code_was_last and event.key == "space"
            self._code_was_last = False
            return parts_codes
        codes = box.take_key(event)
        self._code_was_last = bool(codes)
        if codes:
            self._put(codes)
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the letters to a memo while one is written."""
        del action, parameters
        return not self.query_one(MemoBox).is_open

    def on_mount(self) -> None:
        """Open the source, and look now and then whether somebody else changed something."""
        self.query_one(CodebookPane).set_class(self.size.width < _WIDE_ENOUGH, "away")
        self.ask(self._read, self._show)
        self.set_interval(_REFRESH_SECONDS, self.look_for_changes)

    def _read(self) -> _Opened:
        _source, revision = sources.read(self._project, self._source.name)
        return _Opened(
            revision,
            coding.desk_of(self._project, self._source, seat=self._seat),
            coding.counts(self._project, seat=self._seat),
            self._project.changes_seen(),
        )

    def _show(self, opened: _Opened) -> None:
        self._opened = opened
        transcript = self.query_one(Transcript)
        transcript.show(opened.revision, opened.desk, self._seat.codebook)
        first = next(iter(_undone(opened)), None)
        if first is not None:
            transcript.go_to_turn(first)
        transcript.focus()
        self._tell()
        self.ask(lambda: sentences_of(self._project, opened.revision), transcript.know_sentences)

    def look_for_changes(self) -> None:
        """See whether a command or a colleague has changed something meanwhile."""
        if self._opened is not None and not self.background.lock.locked():
            self.ask(self._project.changes_seen, self._refresh_if_changed)

    def _refresh_if_changed(self, changes: int) -> None:
        if self._opened is not None and changes != self._opened.changes:
            self.ask(self._read, self._refresh)

    def _refresh(self, opened: _Opened) -> None:
        self._opened = opened
        self.query_one(Transcript).refresh_desk(opened.desk)
        self._tell()

    def _spot(self) -> Spot | None:
        """Say what is selected; white space at its edges does not count."""
        if self._opened is None:
            return None
        stretch = trimmed(self._opened.revision.text, self.query_one(Transcript).selected)
        return Spot(self._source, self._opened.revision, stretch) if stretch.length else None

    def _here(self) -> list[Code]:
        """List the codes that lie on the selection."""
        if self._opened is None:
            return []
        known = self._seat.codebook.by_id()
        stretch = self.query_one(Transcript).selected
        codes = (known.get(each.code) for each in self._opened.desk.on(stretch))
        return list(dict.fromkeys(code for code in codes if code is not None))

    def _do(self, step: Callable[[], str]) -> None:
        """Take a step in the background, then show what it did."""

        def question() -> tuple[str, _Opened]:
            return step(), self._read()

        def then(answer: tuple[str, _Opened]) -> None:
            self._refresh(answer[1])
            self.query_one(Foot).say(answer[0])

        self._go_on = None
        self.ask(question, then)

    def action_code(self, typed: str) -> None:
        """Open the code box, or go on to the next source where that was offered."""
        if typed == "" and self._go_on is not None:
            self._open_source(self._go_on)
            return
        self._taking_off = False
        self.query_one(CodeBox).open(self._seat.codebook, ticked=self._exact(), typed=typed)

    def _exact(self) -> list[Code]:
        """List the codes that stand on just the selected words: chosen again, they come off."""
        spot = self._spot()
        if self._opened is None or spot is None:
            return []
        known = self._seat.codebook.by_id()
        return [
            known[each.code]
            for each in self._opened.desk.codings
            if each.ranges == (spot.range,) and each.code in known
        ]

    @on(CodeBox.Picked)
    def _picked(self, message: CodeBox.Picked) -> None:
        self._put((message.code,))

    def _put(self, codes: tuple[Code, ...]) -> None:
        """Put codes on the selection; those that stand there already come off."""
        if self._taking_off:
            self._take_off(codes)
            return
        there = self._exact()
        off = tuple(code for code in codes if code in there)
        put_on = tuple(code for code in codes if code not in there)
        if put_on:
            self._apply(put_on)
        if off:
            self._take_off(off)

    def _apply(self, codes: tuple[Code, ...]) -> None:
        spot = self._spot()
        if spot is None:
            return
        self._last = codes
        self._do(partial(steps.apply, self._project, self._seat, spot, codes))

    def _take_off(self, codes: tuple[Code, ...]) -> None:
        spot = self._spot()
        if spot is not None:
            self._do(partial(steps.take_off, self._project, self._seat, spot, codes))

    def action_again(self) -> None:
        """Apply the last codes again."""
        if self._last:
            self._apply(self._last)
        else:
            self.query_one(Foot).say("Nothing to repeat yet.")

    def action_off(self) -> None:
        """Take the code here off; where there are several, ask which."""
        here = self._here()
        if len(here) == 1:
            self._take_off((here[0],))
        elif here:
            self._taking_off = True
            self.query_one(CodeBox).open(self._seat.codebook, ticked=here)
            self.query_one(Foot).say(f"Take off which? {', '.join(code.key for code in here)}")
        else:
            self.query_one(Foot).say("There is no code of yours here.")

    def action_read(self) -> None:
        """Mark the turn as read, nothing applying."""
        spot = self._spot()
        if spot is not None:
            self._do(partial(steps.read, self._project, self._seat, spot))

    def action_memo(self) -> None:
        """Write a memo on the selection."""
        if self._spot() is not None:
            self.query_one(MemoBox).open()

    @on(MemoLines.Kept)
    def _memo_kept(self, message: MemoLines.Kept) -> None:
        self._close_memo()
        spot = self._spot()
        if spot is not None and message.body:
            self._do(partial(steps.keep_memo, self._project, self._seat, spot, message.body))

    @on(MemoLines.Left)
    def _close_memo(self) -> None:
        self.query_one(MemoBox).close()
        self.query_one(Transcript).focus()

    def action_undo(self) -> None:
        """Undo the last step."""
        self._do(partial(steps.undo, self._project, self._seat))

    def action_redo(self) -> None:
        """Bring back what was undone last."""
        self._do(partial(steps.redo, self._project, self._seat))

    def action_next_uncoded(self) -> None:
        """Go to the next turn not dealt with; at the end, offer the next source."""
        if not self.query_one(Transcript).go_to_next_uncoded():
            self.ask(lambda: coding.progress(self._project, seat=self._seat), self._offer_next)

    def action_previous_uncoded(self) -> None:
        """Go to the previous turn not dealt with."""
        self.query_one(Transcript).go_to_previous_uncoded()

    def _offer_next(self, rows: list[Progress]) -> None:
        here = next(row for row in rows if row.source.id == self._source.id)
        done = f"{self._source.name} done: {here.done} of {here.source.codable} turns."
        later = [row for row in rows if row.left]
        if not later:
            self.query_one(Foot).say(f"{done} That was the last of yours: all done. q leaves.")
            return
        after = [row for row in later if row.source.position > self._source.position]
        chosen = (after or later)[0]
        self._go_on = chosen.source
        self.query_one(Foot).say(
            f"{done} Next of yours: {chosen.source.name} ({chosen.left} turns). "
            "Enter to go on, q to rest."
        )

    def _open_source(self, source: Source) -> None:
        self._source = source
        self._go_on = None
        self.query_one(Foot).say("")
        self.ask(self._read, self._show)

    def action_card(self) -> None:
        """Show the definition of the codes here, or of the last one used."""
        codes = self._here() or list(self._last)
        if codes:
            text = "\n\n".join("\n".join(card(code)) for code in codes)
            self.app.push_screen(PageScreen(text))
        else:
            self.query_one(Foot).say("There is no code here to define.")

    def action_pane(self) -> None:
        """Show or hide the codebook."""
        self.query_one(CodebookPane).toggle_class("away")

    def action_fold(self) -> None:
        """Fold the interviewer's turns to a line each, or unfold them."""
        transcript = self.query_one(Transcript)
        transcript.folded = not transcript.folded

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(PageScreen(page("keys")))

    def action_leave(self) -> None:
        """Go back to the sources; all is saved."""
        self.app.pop_screen()

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell the coder why something was not done."""
        self.query_one(Foot).say(f"{mishap.sentence} {mishap.hint}".strip())

    @on(Transcript.SelectionChanged)
    def _selection_changed(self) -> None:
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        """Give a narrow terminal's room to the transcript."""
        if event.size.width < _WIDE_ENOUGH:
            self.query_one(CodebookPane).add_class("away")

    def _tell(self) -> None:
        """Write the head, and count in the codebook what lies on the selection."""
        if self._opened is None:
            return
        turn = self.query_one(Transcript).turn
        left = len(_undone(self._opened))
        place = f" · turn {turn.number} of {self._opened.revision.last_turn}" if turn else ""
        round_name, coder = self._seat.round.name, self._seat.coder.name
        self.query_one("#head", Static).update(
            shown_line(
                f"{self._source.name}{place} · {left} left   "
                f"round {round_name} · you code as {coder}"
            )
        )
        stretch = self.query_one(Transcript).selected
        here: dict[UUID, int] = {}
        for each in self._opened.desk.on(stretch):
            here[each.code] = here.get(each.code, 0) + 1
        counts = {code.id: count for code, count in self._opened.counts.items()}
        pane = self.query_one(CodebookPane)
        pane.show(self._seat.codebook, here, counts)


def _undone(opened: _Opened) -> list[int]:
    """List the numbers of the participants' turns that are not dealt with."""
    return [
        turn.number
        for turn in opened.revision.turns
        if turn.codable and not opened.desk.deals_with(turn.range)
    ]
