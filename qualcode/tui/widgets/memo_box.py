"""The memo box: a few lines in one breath."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding
from qualcode.domain.display import shortened, visible
from qualcode.domain.sources import Source
from qualcode.services.sources import Spot
from qualcode.tui.content import shown, shown_line

_SHOWN = 2
_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Hook:
    """What a memo can hang on, and how that is called."""

    words: str
    on: Spot | Coding | Source | Code | None


Then = Callable[[Hook, str], None]


class MemoLines(TextArea):
    """The lines of a memo: a full stop and Enter end it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", show=False),
        Binding("escape", "leave", "Leave", priority=True, show=False),
        Binding("tab", "next_hook", "On what", priority=True, show=False),
    ]

    @dataclass
    class Kept(Message):
        """The memo is written."""

        body: str

    class Left(Message):
        """The memo was given up."""

    class NextHook(Message):
        """The memo is to hang on something else."""

    def get_line(self, line_index: int) -> Text:
        """Show a line sign for sign, so that nothing in it acts."""
        return Text(visible(self.document.get_line(line_index)), end="", no_wrap=True)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.text.rstrip().endswith("."):
            event.stop()
            event.prevent_default()
            self.action_keep()
            return
        await super()._on_key(event)

    def action_keep(self) -> None:
        """Keep what is written; a full stop that stands alone only ended it."""
        lines = self.text.rstrip().splitlines()
        if lines and lines[-1].strip() == ".":
            lines = lines[:-1]
        self.post_message(self.Kept("\n".join(lines).strip()))

    def action_leave(self) -> None:
        """Keep what is written, or leave where nothing is."""
        if self.text.strip():
            self.action_keep()
        else:
            self.post_message(self.Left())

    def action_next_hook(self) -> None:
        """Hang the memo on something else."""
        self.post_message(self.NextHook())


class MemoBox(Vertical):
    """Opens below the transcript for a memo; its heading says what the memo hangs on."""

    DEFAULT_CSS = """
    MemoBox {
        dock: bottom;
        height: 9;
        margin-bottom: 2;
        border-top: heavy $accent;
        background: $surface;
        display: none;
        &.open { display: block; }
        & TextArea, & TextArea:focus { border: none; height: 1fr; padding: 0 1; }
        & Static { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
        & .on { color: $text; }
    }
    """

    keys = "a full stop and Enter, or Esc, keeps it  Tab hang it on something else"

    class Closed(Message):
        """The box was closed: the keys are the transcript's again."""

    def __init__(self) -> None:
        super().__init__()
        self._hooks: Sequence[Hook] = ()
        self._at = 0
        self._heading = ""
        self._then: Then = _drop

    def compose(self) -> ComposeResult:
        """Lay out the heading, the memos that are there, and the lines."""
        yield Static("", classes="on", markup=False)
        yield Static("", classes="there", markup=False)
        yield MemoLines("", show_line_numbers=False, tab_behavior="focus")

    def open(
        self,
        hooks: Sequence[Hook],
        *,
        there: Sequence[str],
        then: Then,
        body: str = "",
        heading: str = "Memo on",
    ) -> None:
        """Open the box on the first of what the memo can hang on, some words there already."""
        self._hooks, self._at, self._then, self._heading = hooks, 0, then, heading
        words = "\n".join(f"✎ {shortened(body, to=_WIDTH)}" for body in there[-_SHOWN:])
        self.query_one(".there", Static).update(shown(words))
        self._tell()
        self.add_class("open")
        lines = self.query_one(MemoLines)
        lines.load_text(body)
        lines.move_cursor(lines.document.end)
        self.keep_focus()

    def keep_focus(self) -> None:
        """Have the keys go to the lines."""
        self.screen.set_focus(self.query_one(MemoLines))

    @property
    def is_open(self) -> bool:
        """Is a memo being written?"""
        return self.has_class("open")

    @on(MemoLines.Kept)
    def _kept(self, message: MemoLines.Kept) -> None:
        message.stop()
        self._close()
        if message.body:
            self._then(self._hooks[self._at], message.body)

    @on(MemoLines.Left)
    def _close(self) -> None:
        self.remove_class("open")
        self.post_message(self.Closed())

    @on(MemoLines.NextHook)
    def _hang_on_next(self) -> None:
        self._at = (self._at + 1) % len(self._hooks)
        self._tell()

    def _tell(self) -> None:
        self.query_one(".on", Static).update(
            shown_line(f"{self._heading} {self._hooks[self._at].words}")
        )


def _drop(_hook: Hook, _body: str) -> None:
    """Do nothing: the box has not been opened yet."""
