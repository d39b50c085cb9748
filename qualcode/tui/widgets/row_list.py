"""A list of rows painted by line, one of them stood on; a thousand cost no more than those seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.domain.display import visible_line

_BAR = "▌ "
_NO_BAR = "  "


class ListRow(NamedTuple):
    """One row: its words, cut where there is no room, and at the right what is never cut."""

    words: str
    right: str = ""
    heading: bool = False
    dim: bool = False


class RowList(ScrollView, can_focus=False):
    """Shows rows and the one stood on. It knows no keys; a click says which row was meant."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rowlist--heading",
        "rowlist--dim",
        "rowlist--current",
    }
    """
    | class | paints |
    |---|---|
    | `rowlist--heading` | headings |
    | `rowlist--dim` | rows that are there for the others' sake |
    | `rowlist--current` | the row stood on |
    """
    DEFAULT_CSS = """
    RowList {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & .rowlist--heading { text-style: bold; }
        & .rowlist--dim { color: $text-muted; }
        & .rowlist--current { text-style: reverse; }
    }
    """

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        at: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - a widget's own name for it
        super().__init__(id=id)
        self._rows: Sequence[ListRow] = ()
        self._at = 0
        self._covered = 0

    @property
    def rows(self) -> Sequence[ListRow]:
        """The rows."""
        return self._rows

    @property
    def at(self) -> int:
        """Which row is stood on, counted from 0."""
        return self._at

    def show(self, rows: Sequence[ListRow], at: int) -> None:
        """Show other rows, one of them stood on."""
        self._rows = rows
        self._at = max(0, min(at, len(rows) - 1))
        self._measure()
        self._bring_into_view()
        self.refresh()

    def go(self, at: int) -> None:
        """Stand on a row; beyond the ends, on the first or last."""
        before, self._at = self._at, max(0, min(at, len(self._rows) - 1))
        if before != self._at:
            self._bring_into_view()
            self.refresh_line(before)
            self.refresh_line(self._at)

    def cover(self, rows: int) -> None:
        """Keep the row stood on above so many rows that a box lies over."""
        if rows != self._covered:
            self._covered = rows
            self._measure()
            self._bring_into_view()

    @property
    def seen(self) -> int:
        """How many rows are in view."""
        return max(1, self.size.height - self._covered)

    @property
    def room(self) -> int:
        """How many cells a row has."""
        return self.scrollable_content_region.width

    def render_line(self, y: int) -> Strip:
        """Paint one row of the screen, counted from the top of what is in view."""
        at, width = y + self.scroll_offset.y, self.room
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[at]
        style = self.rich_style
        if row.heading:
            style += self.get_component_rich_style("rowlist--heading", partial=True)
        if row.dim:
            style += self.get_component_rich_style("rowlist--dim", partial=True)
        if at == self._at:
            style += self.get_component_rich_style("rowlist--current", partial=True)
        bar = _BAR if at == self._at else _NO_BAR
        return Strip([Segment(bar + written(row, width - len(bar)), style)], width)

    def on_resize(self) -> None:
        """Keep what is stood on in view."""
        self._measure()
        self._bring_into_view()

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        at = event.y + self.scroll_offset.y
        if at < len(self._rows):
            self.post_message(self.Clicked(at))

    def _measure(self) -> None:
        height = len(self._rows) + self._covered
        if self.virtual_size.height != height:
            self.virtual_size = Size(self.size.width, height)

    def _bring_into_view(self) -> None:
        top = self.scroll_offset.y
        first = self._at - 1 if self._at and self._rows[self._at - 1].heading else self._at
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True)
        elif self._at >= top + self.seen:
            self.scroll_to(y=self._at - self.seen + 1, animate=False, immediate=True)


def written(row: ListRow, width: int) -> str:
    """Write a row in so many cells: its words cut to what its right end leaves."""
    words, right = visible_line(row.words), visible_line(row.right)
    room = max(0, width - cell_len(right) - (1 if right else 0))
    if cell_len(words) > room:
        words = f"{set_cell_size(words, max(0, room - 1))}…" if room else ""
    return set_cell_size(f"{set_cell_size(words, room)} {right}" if right else words, max(0, width))
