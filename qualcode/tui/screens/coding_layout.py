"""How the coding screen is laid out: its parts, by name."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from qualcode.domain.sources import Turn
from qualcode.tui.background import AskingScreen
from qualcode.tui.content import shown
from qualcode.tui.desk.opened import Opened
from qualcode.tui.widgets.choice_box import ChoiceBox
from qualcode.tui.widgets.code_box import CodeBox
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.comparison_pane import ComparisonPane
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.line_box import LineBox
from qualcode.tui.widgets.memo_box import MemoBox
from qualcode.tui.widgets.pick_box import Palette
from qualcode.tui.widgets.transcript import Transcript

_WIDE_ENOUGH = 100
_MARGIN = 1


class CodingLayout(AskingScreen):
    """Head, transcript, codebook and other passages, the boxes, the foot."""

    CSS = """
    CodingScreen {
        layers: words boxes;
        & CodeBox, & Palette, & ChoiceBox, & LineBox, & MemoBox { layer: boxes; }
        & #head { background: $panel; }
        & #since { height: auto; max-height: 3; padding: 0 1; background: $boost; }
        & #since.away { display: none; }
        & #desk { height: 1fr; }
        & CodebookPane.away { display: none; }
    }
    """

    _said_on: Turn | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Line(id="head")
        yield Static("", id="since", classes="away", markup=False)
        with Horizontal(id="desk"):
            yield Transcript()
            yield CodebookPane()
            yield ComparisonPane()
        yield CodeBox()
        yield Palette()
        yield ChoiceBox()
        yield LineBox()
        yield MemoBox()
        yield Foot()

    @property
    def transcript(self) -> Transcript:
        """The transcript."""
        return self.query_one(Transcript)

    @property
    def code_box(self) -> CodeBox:
        """The box that finds codes."""
        return self.query_one(CodeBox)

    @property
    def palette(self) -> Palette:
        """The box that finds codes, sources and commands."""
        return self.query_one(Palette)

    @property
    def line_box(self) -> LineBox:
        """The box for a line of words."""
        return self.query_one(LineBox)

    @property
    def memo_box(self) -> MemoBox:
        """The box for a memo."""
        return self.query_one(MemoBox)

    @property
    def comparison(self) -> ComparisonPane:
        """The pane of other passages."""
        return self.query_one(ComparisonPane)

    @property
    def choice_box(self) -> ChoiceBox:
        """The box for the second stroke of a two-stroke key."""
        return self.query_one(ChoiceBox)

    @property
    def codebook_pane(self) -> CodebookPane:
        """The codebook beside the transcript."""
        return self.query_one(CodebookPane)

    def lay(self, opened: Opened) -> None:
        """Lay a source on the desk as it was read."""
        codebook, doubt = opened.seat.codebook, opened.doubts.in_brief
        self.transcript.show(opened.revision, opened.desk, codebook, doubt=doubt)

    def uncover(self) -> None:
        """Keep the turn in sight above the box that is open, once it is laid out."""
        boxes = (self.code_box, self.palette, self.choice_box, self.line_box, self.memo_box)
        covered = max(box.outer_size.height if box.is_open else 0 for box in boxes)
        self.transcript.covered = covered

    def say(self, words: str) -> None:
        """Say at the foot what was done on the turn one is on; on another it is said no longer."""
        self.query_one(Foot).say(words)
        self._said_on = self.transcript.turn

    def say_news(self, words: str) -> None:
        """Say at the foot what holds on every turn."""
        self.say(words)
        self._said_on = None

    def hush(self) -> None:
        """Say no longer what was said on another turn."""
        if self._said_on not in {None, self.transcript.turn}:
            self.say("")

    def head_over(self, words: str, *, pace: str) -> None:
        """Write the head: where one is, and at the right how it goes."""
        room = self.size.width - len(words) - 2 * _MARGIN
        self.query_one("#head", Line).write(f"{words}{pace:>{room}}" if room > len(pace) else words)

    def show_since(self, words: str) -> None:
        """Show what happened meanwhile, until a key is pressed; nothing where nothing did."""
        since = self.query_one("#since", Static)
        if words or not since.has_class("away"):
            since.update(shown(words))
            since.set_class(not words, "away")

    def fit(self, width: int) -> None:
        """Give a narrow terminal's room to the transcript."""
        narrow = width < _WIDE_ENOUGH
        if narrow != self.comparison.has_class("narrow"):
            self.codebook_pane.set_class(narrow, "away")
        self.comparison.set_class(narrow, "narrow")
