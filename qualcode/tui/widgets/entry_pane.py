"""The pane beside a list: what the row stood on is, in words, painted by line."""

from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.tui.geometry.rows_of import rows_of


class EntryPane(ScrollView, can_focus=False):
    """Shows one entry; where it is long, a page of its own shows it as well.

    Other words cost what is painted of them: nothing is laid out anew.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    EntryPane {
        width: 1fr;
        height: 1fr;
        padding: 0 1;
        border-left: vkey $panel;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        &.away { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._rows: list[str] = []

    @property
    def words(self) -> str:
        """The words that are shown."""
        return self._words

    @property
    def room(self) -> int:
        """How many cells a row has."""
        return self.scrollable_content_region.width

    def show(self, words: str) -> None:
        """Show other words, from their beginning."""
        if words != self._words:
            self._words = words
            self._lay_out()
            self.scroll_to(y=0, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Cut the words anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        self._rows = rows_of(self._words, self.room) if self.room > 0 else []
        self.virtual_size = Size(self.size.width, len(self._rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint one row of the screen, counted from the top of what is in view."""
        at = y + self.scroll_offset.y
        words = self._rows[at] if at < len(self._rows) else ""
        return Strip([Segment(set_cell_size(words, self.room), self.rich_style)], self.room)
