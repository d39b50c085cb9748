"""The codebook beside the transcript: keys, names, and how often: here and in all."""

from collections.abc import Mapping
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from qualcode.domain.code_tree import Branch, CodeTree
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.display import shortened
from qualcode.tui.content import shown

_WIDTH = 38
_NAME = 18
_DEEPEST = 8


class CodebookPane(VerticalScroll, can_focus=False):
    """Lists the codes by part, those under another further in, with two counts.

    These are on the selection, and the coder's in all.
    """

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
        self._laid_out: tuple[Codebook, list[tuple[Part, list[Branch]]]] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Static("", id="codes", markup=False)

    def show(self, codebook: Codebook, here: Mapping[UUID, int], yours: Mapping[UUID, int]) -> None:
        """Show the codes with their counts."""
        lines = [f"{'CODES':<{_NAME + 5}}here  you"]
        for part, branches in self._parts(codebook):
            lines.append(shortened(f"{part.number} {part.title}", to=_WIDTH - 4))
            lines += [
                _line(code, depth, here.get(code.id, 0), yours.get(code.id, 0))
                for code, depth in branches
            ]
        if not codebook.codes:
            lines.append("No codebook yet: qualcode codebook load")
        words = "\n".join(lines)
        if words != self._words:
            anew = words.count("\n") != self._words.count("\n")
            self._words = words
            self.query_one("#codes", Static).update(shown(words), layout=anew)

    def _parts(self, codebook: Codebook) -> list[tuple[Part, list[Branch]]]:
        """Give the codes of each part in the order of the tree, laid out once a codebook."""
        if self._laid_out is None or self._laid_out[0] is not codebook:
            tree = CodeTree(codebook)
            parts = [(part, list(tree.walk(part))) for part in codebook.parts]
            self._laid_out = (codebook, parts)
        return self._laid_out[1]


def _line(code: Code, depth: int, here: int, yours: int) -> str:
    sign = "▸" if here else " "
    indent = " " * min(depth, _DEEPEST)
    name = indent + shortened(code.name, to=_NAME - len(indent))
    return f"{sign}{code.key:<3} {name:<{_NAME}} {here or '·':>4} {yours or '·':>4}"
