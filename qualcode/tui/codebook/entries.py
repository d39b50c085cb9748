"""What stands at the right: the entry of a code, a part, or the codes retired, in words."""

from typing import TYPE_CHECKING

from qualcode.domain.code_card import card
from qualcode.domain.codebook import Code
from qualcode.tui.codebook.known import About
from qualcode.tui.codebook.rows import TreeRow
from qualcode.tui.codebook.saying import counted

if TYPE_CHECKING:
    from qualcode.tui.screens.codebook import CodebookScreen

_EMPTY = "No codebook yet. a adds the first code; or: qualcode codebook load"
_NOTHING_FITS = "No code fits. Esc shows all codes again."


def rows_entry(screen: "CodebookScreen", row: TreeRow | None) -> str:
    """Write what a row of the tree stands for."""
    if row is None:
        return _NOTHING_FITS if screen.typed else _EMPTY
    if row.code is not None:
        return code_entry(screen, row.code)
    if row.part is None:
        number = len(screen.desk.codebook.retired)
        keep = "Their labels and keys are never given out again; their history stays."
        return f"Retired codes: {number}\n\n{keep}"
    codes = sum(code.part == row.part.number for code in screen.desk.codebook.codes)
    about = f"Part {row.part.number}: {row.part.title}\nOrigin: {row.part.origin.value}"
    note = f"\n\n{row.part.note}" if row.part.note else ""
    return f"{about}\nCodes: {codes}{note}"


def code_entry(screen: "CodebookScreen", code: Code) -> str:
    """Write the whole entry of a code, how often it stands, and what waits for an answer."""
    book, known = screen.desk.codebook, screen.known
    about = known.about.get(code.id, About())
    lines: list[str] = []
    before = ""
    for line in card(book, code, examples=about.examples, proposers=about.proposers):
        several = line.heading == before
        lines.append(f"  – {line.text}" if several else _first(line.heading, line.text))
        before = line.heading
    count = known.marks.counts.get(code.id)
    lines += ["", f"Coded: {counted(count)}"] if count is not None else []
    waits = known.marks.waiting.get(code.id, 0)
    if waits:
        lines.append(f"Other wordings proposed: {waits}, see p")
    return "\n".join(lines)


def _first(heading: str, text: str) -> str:
    return f"{heading}: {text}"
