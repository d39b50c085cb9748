"""How the codebook's screen is laid out: its parts, by name."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from qualcode.tui.background import AskingScreen, Background
from qualcode.tui.codebook.rows import HEADS
from qualcode.tui.widgets.choice_box import ChoiceBox
from qualcode.tui.widgets.code_box import CodeBox
from qualcode.tui.widgets.entry_pane import EntryPane
from qualcode.tui.widgets.foot import Foot
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.line_box import LineBox
from qualcode.tui.widgets.memo_box import MemoBox
from qualcode.tui.widgets.pick_box import Palette
from qualcode.tui.widgets.row_list import RowList, written

_WIDE_ENOUGH = 100
_BAR = "  "


class CodebookLayout(AskingScreen):
    """Head, list and entry, the boxes, the foot.

    The boxes come once the list is painted, so that it opens at once; keys wait for them.
    """

    CSS = """
    CodebookScreen {
        layers: words boxes;
        & CodeBox, & Palette, & ChoiceBox, & LineBox, & MemoBox { layer: boxes; }
        & #head { background: $panel; }
        & #columns { color: $text-muted; padding: 0; }
        & #desk { height: 1fr; }
        & #columns.away { display: none; }
    }
    """

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.has_boxes = False

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Line(id="head")
        with Horizontal(id="desk"):
            with Vertical():
                yield Line(id="columns")
                yield RowList()
            yield EntryPane()
        yield Foot()

    @property
    def keys_wait(self) -> bool:
        """Has a key to wait until what was pressed before is done, and the boxes stand?"""
        return super().keys_wait or not self.has_boxes

    async def bring_boxes(self) -> None:
        """Put the boxes where they will open, and let the keys go that waited."""
        await self.mount(CodeBox(), Palette(), ChoiceBox(), LineBox(), MemoBox())
        self.has_boxes = True
        self.post_message(self.Ready())

    @property
    def list(self) -> RowList:
        """The list at the left."""
        return self.query_one(RowList)

    @property
    def entry_pane(self) -> EntryPane:
        """What the row stood on is, at the right."""
        return self.query_one(EntryPane)

    @property
    def code_box(self) -> CodeBox:
        """The box that finds codes."""
        return self.query_one(CodeBox)

    @property
    def palette(self) -> Palette:
        """The box that finds codes and commands."""
        return self.query_one(Palette)

    @property
    def choice_box(self) -> ChoiceBox:
        """The box for the second stroke of a two-stroke key."""
        return self.query_one(ChoiceBox)

    @property
    def line_box(self) -> LineBox:
        """The box for a line of words."""
        return self.query_one(LineBox)

    @property
    def text_box(self) -> MemoBox:
        """The box for words of several lines."""
        return self.query_one(MemoBox)

    @property
    def is_wide(self) -> bool:
        """Is there room for the entry beside the list?"""
        return self.app.size.width >= _WIDE_ENOUGH

    def say(self, words: str) -> None:
        """Say at the foot what was done."""
        self.query_one(Foot).say(words)

    @property
    def foot(self) -> Foot:
        """The foot."""
        return self.query_one(Foot)

    def write_head(self, words: str) -> None:
        """Write the head."""
        self.query_one("#head", Line).write(words)

    def head_columns(self, *, away: bool) -> None:
        """Say above the tree what its columns are."""
        columns = self.query_one("#columns", Line)
        columns.set_class(away, "away")
        columns.write(_BAR + written(HEADS, self.list.room - len(_BAR)))

    def uncover(self) -> None:
        """Keep the row stood on in sight above the box that is open, once it is laid out."""
        boxes = (self.code_box, self.palette, self.choice_box, self.line_box, self.text_box)
        self.list.cover(max(box.outer_size.height if box.is_open else 0 for box in boxes))

    def fit(self) -> None:
        """Give a narrow terminal's room to the list; the entry then has a page of its own."""
        self.entry_pane.set_class(not self.is_wide, "away")
