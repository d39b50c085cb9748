"""The codebook beside the transcript: keys, names, and how often: here and in all."""

from collections.abc import Mapping
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.display import shortened
from qualcode.tui.content import shown

_WIDTH = 38
_NAME = 18


class CodebookPane(VerticalScroll, can_focus=False):
    """Lists the codes by part with two counts: on the selection, and the coder's in all."""

    DEFAULT_CSS = f"""
    CodebookPane {{
        dock: right;
        width: {_WIDTH};
        padding: 0 1;
        border-left: vkey $panel;
        scrollbar-size-vertical: 1;
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("", id="codes", markup=False)

    def show(self, codebook: Codebook, here: Mapping[UUID, int], yours: Mapping[UUID, int]) -> None:
        """Show the codes with their counts."""
        lines = [f"{'CODES':<{_NAME + 5}}here  you"]
        for part in codebook.parts:
            lines.append(shortened(f"{part.number} {part.title}", to=_WIDTH - 4))
            lines += [
                _line(code, here.get(code.id, 0), yours.get(code.id, 0))
                for code in codebook.codes
                if code.part == part.number
            ]
        if not codebook.codes:
            lines.append("No codebook yet: qualcode codebook load")
        words = "\n".join(lines)
        if words != self._words:
            anew = words.count("\n") != self._words.count("\n")
            self._words = words
            self.query_one("#codes", Static).update(shown(words), layout=anew)


def _line(code: Code, here: int, yours: int) -> str:
    sign = "▸" if here else " "
    name = shortened(code.name, to=_NAME)
    return f"{sign}{code.key:<3} {name:<{_NAME}} {here or '·':>4} {yours or '·':>4}"
