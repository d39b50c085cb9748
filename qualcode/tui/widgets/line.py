"""A line whose size never changes: new words cost one row painted, the same words nothing."""

from textual.content import Content
from textual.widgets import Static

from qualcode.tui.content import shown_line


class Line(Static):
    """One line of words; the screen is not laid out anew when they change."""

    DEFAULT_CSS = """
    Line { height: 1; padding: 0 1; }
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
