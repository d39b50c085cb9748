"""Lines to type in: what stands there already is kept as it is, and shown so that nothing acts."""

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from qualcode.domain.display import visible_line


class TypedLine(Input):
    """A line that a box types in; it never has the focus itself."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(highlighter=_Harmless())


class _Harmless(Highlighter):
    """Shows sign for sign, so that places hold."""

    def __call__(self, text: str | Text) -> Text:
        """Give words of which none acts."""
        return Text(visible_line(str(text)), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Add no colours."""
