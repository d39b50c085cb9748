"""The codebook's own screen: its tree, each entry, its history, proposals, what it lacks."""

from collections.abc import Callable, Sequence
from uuid import UUID

from textual import events, on

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.errors import QualcodeError
from qualcode.domain.people import Coder
from qualcode.domain.settings import Settings
from qualcode.services.codebook_changes import Changed
from qualcode.services.codebook_desk import CodebookDesk, lay_out
from qualcode.store.project import Project
from qualcode.tui import memory
from qualcode.tui.background import Background
from qualcode.tui.codebook import going, lists, rows, saying
from qualcode.tui.codebook.command import Command
from qualcode.tui.codebook.commands import COMMANDS
from qualcode.tui.codebook.known import Known
from qualcode.tui.codebook.rows import Anchor, TreeRow
from qualcode.tui.codebook.standing import Standing, View
from qualcode.tui.desk.choosing import Way, choose_one
from qualcode.tui.desk.taking import KeyTaker
from qualcode.tui.keyed import offered, with_keys
from qualcode.tui.screens.codebook_layout import CodebookLayout
from qualcode.tui.widgets.choice_box import Choice
from qualcode.tui.widgets.line_box import LineBox
from qualcode.tui.widgets.memo_box import Hook, MemoBox
from qualcode.tui.widgets.pick_box import PickBox
from qualcode.tui.widgets.row_list import RowList

_LOOK_SECONDS = 1.0


class CodebookScreen(CodebookLayout):
    """Where a codebook is read, and by the lead changed; every change can be taken back.

    What each key does is written in `tui/codebook`; the screen holds what they share.
    """

    def __init__(
        self,
        project: Project,
        coder: Coder,
        background: Background,
        settings: Settings | None = None,
        *,
        on: UUID | None = None,
        known: Codebook | None = None,
    ) -> None:
        super().__init__(background)
        self._known_book = known
        self.project = project
        self.coder = coder
        self.view = View.TREE
        self.known = Known()
        self.folded: set[Anchor] = set()
        self.typed = ""
        self.is_filtering = False
        self.rows: list[TreeRow] = []
        self._commands = with_keys(COMMANDS, settings.keys if settings else {})
        self._desk: CodebookDesk | None = None
        self._tree: CodeTree | None = None
        self.stood_on: Anchor | None = on
        self._taker: KeyTaker | None = None

    def on_mount(self) -> None:
        """Read the codebook, and look now and then whether somebody else changed something."""
        self.fit()
        self.read_anew(keys_wait=True)
        self.set_interval(_LOOK_SECONDS, self.look_for_changes)

    @property
    def desk(self) -> CodebookDesk:
        """What was read last; keys wait until there is something."""
        if self._desk is None:
            raise LookupError
        return self._desk

    @property
    def code_tree(self) -> CodeTree:
        """The codes as they stand under each other."""
        if self._tree is None:
            raise LookupError
        return self._tree

    @property
    def standing(self) -> Standing:
        """What one stands on now."""
        at, in_tree = self.list.at, self.view is View.TREE
        return Standing(
            view=self.view,
            leads=self.coder.leads,
            row=self.rows[at] if in_tree and at < len(self.rows) else None,
            desk=self.desk,
            listed=len(self.list.rows),
            filtered=bool(self.typed),
            marked=len(self.known.marked),
        )

    def take_key(self, event: events.Key) -> bool:
        """Give an open box the first word on a key, then do what the key stands for here."""
        if self.text_box.is_open or event.key.startswith("ctrl+"):
            return False
        taker = self._open_taker
        if taker is None or going.moves_while_filtering(self, event):
            return self._desk is not None and self._obey(event)
        taker.take_key(event)
        if not taker.is_open and self.is_filtering:
            self._end_filtering(event)
        self.call_after_refresh(self.uncover)
        self.tell()
        return True

    def _end_filtering(self, event: events.Key) -> None:
        self.is_filtering = False
        if event.key == "escape":
            going.show_all(self)

    def _obey(self, event: events.Key) -> bool:
        meant = [command for command in self._commands if command.is_meant_by(event)]
        standing = self.standing
        command = next((one for one in meant if one.possible(standing)), None)
        if command is not None:
            command.act(self)
        elif meant:
            self.say(saying.why_not(meant[0].name, standing))
        return bool(meant)

    @property
    def _open_taker(self) -> KeyTaker | None:
        """The box that is open now."""
        return self._taker if self._taker is not None and self._taker.is_open else None

    def take_words(self, words: str) -> bool:
        """Give pasted words to an open box; say whether one took them."""
        box = self._open_taker
        if not isinstance(box, PickBox | LineBox):
            return False
        box.take_words(words)
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the letters to words of several lines while they are written."""
        del action, parameters
        return not (self.has_boxes and self.text_box.is_open)

    def commands_possible(self) -> list[Command]:
        """List the commands that would do something now."""
        standing = self.standing
        return [command for command in self._commands if command.possible(standing)]

    @property
    def commands(self) -> Sequence[Command]:
        """All commands, with the coder's own keys."""
        return self._commands

    def hand_keys_to(self, taker: KeyTaker) -> None:
        """Give each key to a box first, as long as it is open."""
        self._taker = taker
        self.tell()
        self.call_after_refresh(self.uncover)

    def choose(self, title: str, choices: Sequence[Choice]) -> None:
        """Ask for the second stroke of a two-stroke key."""
        self.choice_box.open(title, choices)
        self.hand_keys_to(self.choice_box)

    def choose_one(
        self, title: str, choices: Sequence[Way], *, beside: Sequence[Choice] = ()
    ) -> None:
        """Ask for one of many, by a sign each; of more than there are signs, by words typed."""
        choose_one(self, title, choices, beside=beside)

    def ask_line(self, asked: str, then: Callable[[str], None], *, typed: str = "") -> None:
        """Ask for a line of words."""
        self.line_box.open(asked, then=then, typed=typed)
        self.hand_keys_to(self.line_box)

    def ask_reason(self, asked: str, then: Callable[[str], None], *, needed: bool = False) -> None:
        """Ask why; where a reason is needed, none changes nothing."""

        def reasoned(reason: str) -> None:
            if needed and not reason.strip():
                self.say("That needs a reason. Nothing was changed.")
            else:
                then(reason)

        self.ask_line(f"{asked} because:", reasoned)

    def ask_text(self, what: str, text: str, then: Callable[[str], None]) -> None:
        """Have words of several lines written."""

        def kept(_hook: Hook, body: str) -> None:
            then(body)

        self.text_box.open([Hook(what, None)], there=(), then=kept, body=text, heading="Write")
        self.tell()
        self.call_after_refresh(self.uncover)

    def ask_code(self, without: Code, then: Callable[[Code], None]) -> None:
        """Have another code chosen."""
        self.code_box.open(
            rows.without(self.desk.codebook, without), then=lambda codes: then(codes[0])
        )
        self.hand_keys_to(self.code_box)

    def read_anew(self, *, keys_wait: bool = False) -> None:
        """Read everything again."""
        self.ask(self._laid_out, self.show, keys_wait=keys_wait)

    def _laid_out(self) -> CodebookDesk:
        return lay_out(self.project, by=self.coder, known=self._known_book)

    def show(self, desk: CodebookDesk) -> None:
        """Show the codebook as it was just read; place, folds and list stay."""
        anew = self._desk is None or desk.codebook is not self._desk.codebook
        self._desk, self._known_book = desk, desk.codebook
        if anew:
            self._tree = CodeTree(desk.codebook)
        self.known.asked.clear()
        lists.show(self)
        self.call_after_refresh(self._go_on)

    async def _go_on(self) -> None:
        """Once the codes are painted, bring the boxes, then look up what stands beside them."""
        if not self.has_boxes:
            await self.bring_boxes()
            self.call_after_refresh(memory.tidy)
        lists.look_up(self)

    def show_entry(self) -> None:
        """Show what one stands on anew."""
        lists.show_entry(self)

    def look_for_changes(self) -> None:
        """See whether a command or a colleague has changed something meanwhile."""
        if self.is_on_top and self._desk is not None and not self.background.lock.locked():
            self.ask(self.project.changes_seen, self._read_anew_if_changed)

    def _read_anew_if_changed(self, seen: int) -> None:
        if self.is_on_top and not self.keys_wait and seen != self.desk.seen:
            self.read_anew()

    def change(
        self, step: Callable[[], Changed], *, on: UUID | None = None, new: bool = False
    ) -> None:
        """Change the codebook in the background, then show it and say what was done.

        One stands `on` a code then, or on the first `new` one.
        """

        def question() -> tuple[Changed, CodebookDesk]:
            return step(), self._laid_out()

        def answered(answer: tuple[Changed, CodebookDesk]) -> None:
            changed, desk = answer
            added = saying.first_added(changed) if new else None
            self.stood_on = added or on or self.stood_on
            self.show(desk)
            self.say(saying.said(changed))

        self.ask(question, answered, keys_wait=True, refused=self._change_refused)

    def do(self, step: Callable[[], str]) -> None:
        """Take another step in the background, read everything again, and say what was done."""

        def question() -> tuple[str, CodebookDesk]:
            return step(), self._laid_out()

        def answered(answer: tuple[str, CodebookDesk]) -> None:
            self.show(answer[1])
            self.say(answer[0])

        self.ask(question, answered, keys_wait=True, refused=self._change_refused)

    def _change_refused(self, mishap: QualcodeError) -> None:
        """Say why nothing was changed, and show how the codebook reads by now."""
        self.read_anew(keys_wait=True)
        self.say_refused(mishap)

    @on(RowList.Clicked)
    def _clicked(self, message: RowList.Clicked) -> None:
        lists.go(self, message.at)

    def on_descendant_focus(self) -> None:
        """Leave the keys with words that are being written, wherever the mouse clicked."""
        if self.has_boxes and self.text_box.is_open:
            self.text_box.keep_focus()

    @on(MemoBox.Closed)
    def _text_closed(self) -> None:
        self.set_focus(None)
        self.uncover()
        self.tell()

    def say_refused(self, mishap: QualcodeError) -> None:
        """Tell why something was not done."""
        self.say(f"{mishap.sentence} {mishap.hint}".strip())

    def on_resize(self) -> None:
        """Show the entry where there is room."""
        self.fit()
        if self._desk is not None:
            self.call_after_refresh(lists.show, self)

    def tell(self) -> None:
        """Write the head and the foot."""
        if self._desk is None:
            return
        who = f"{self.coder.name}{' (lead)' if self.coder.leads else ''}"
        self.write_head(saying.head(self.desk, self.view, who, filter_words=self.typed))
        self.foot.offer(self._offered())

    def _offered(self) -> str:
        if self.has_boxes and self.text_box.is_open:
            return self.text_box.keys
        if self._open_taker is not None:
            return self._open_taker.keys
        return offered(self._commands, self.standing, width=self.size.width - 2)
