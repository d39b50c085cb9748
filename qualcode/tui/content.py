"""The door to the terminal: every string that is not ours leaves as text, never as markup."""

from rich.text import Text
from textual.content import Content

from qualcode.domain.display import visible, visible_line


def shown(text: str) -> Content:
    """Give a text that shows just as it was written: `[/]` and escape signs do nothing."""
    return Content(visible(text))


def shown_line(text: str) -> Content:
    """As `shown`, on one line: newline and tab become blanks."""
    return Content(visible_line(text))


def rich_text(text: str, style: str = "") -> Text:
    """As `shown`, for widgets that ask Rich for their text; the style is ours, not the text's."""
    return Text(visible(text), style=style, end="")
