"""A line whose size never changes: new words cost one row painted, the same words nothing."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from qualcode.tui.content import shown_line


class Line(Static):
    """One line of words, cut with an ellipsis; other words do not lay the screen out anew."""

    DEFAULT_CSS = """
    Line { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, words: str = "", *, id: str | None = None) -> None:  # noqa: A002
        self._words = words
        super().__init__(shown_line(words), id=id, markup=False)

    @property
    def words(self) -> str:
        """The words as they are shown."""
        content = self.content
        return content.plain if isinstance(content, Content) else str(content)

    def write(self, words: str) -> None:
        """Write other words."""
        if words != self._words:
            self._words = words
            self.update(shown_line(words), layout=False)


def cut(words: str, cells: int) -> str:
    """Cut words to so many cells, an ellipsis for what is cut."""
    if cell_len(words) <= cells:
        return words
    return f"{set_cell_size(words, cells - 1).rstrip()}…" if cells > 0 else ""
