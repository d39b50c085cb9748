"""The comparison pane: what else stands under a code, beside the turn one reads."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from qualcode.domain.codebook import Code
from qualcode.services.comparison import Other
from qualcode.tui.content import shown, shown_line


class ComparisonPane(VerticalScroll, can_focus=False):
    """The other passages under one code, the newest first, a page at a time."""

    DEFAULT_CSS = """
    ComparisonPane {
        dock: right;
        width: 42%;
        padding: 0 1;
        border-left: vkey $panel;
        background: $surface;
        scrollbar-size-vertical: 1;
        display: none;
        &.open { display: block; }
        &.narrow { dock: bottom; width: 100%; height: 45%; border-left: none; margin-bottom: 2;
                   border-top: heavy $accent; }
        & .title { text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.code: Code | None = None

    def compose(self) -> ComposeResult:
        """Lay out the title and the passages."""
        yield Static("", classes="title", markup=False)
        yield Static("", classes="passages", markup=False)

    @property
    def is_open(self) -> bool:
        """Is the pane open?"""
        return self.has_class("open")

    def show(self, code: Code, others: Sequence[Other]) -> None:
        """Show what else stands under a code."""
        self.code = code
        self.query_one(".title", Static).update(
            shown_line(_title(code, len({each.passage for each in others})))
        )
        words = "\n\n".join(map(_passage, others)) or "Nothing else stands under this code."
        self.query_one(".passages", Static).update(shown(words))
        self.scroll_to(y=0, animate=False)
        self.add_class("open")

    def turn_over(self) -> bool:
        """Go a page on; False where the last one was in sight."""
        if self.scroll_offset.y >= self.max_scroll_y:
            return False
        self.scroll_page_down(animate=False)
        return True

    def close(self) -> None:
        """Hide the pane."""
        self.remove_class("open")


def _title(code: Code, count: int) -> str:
    return f"{code.title}: {count} other passage{'' if count == 1 else 's'}"


def _passage(other: Other) -> str:
    """Write a passage: where it stands, whose reading it is if not one's own, its words."""
    return f"{other.signed}\n{other.words}"
