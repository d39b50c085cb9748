"""The one door to the terminal for every string that is not ours."""

import re

_ARROWS = {0x202A: "⟦", 0x202B: "⟦", 0x202C: "⟧", 0x202D: "⟦", 0x202E: "⟦"}
_ISOLATES = {0x2066: "⟦", 0x2067: "⟦", 0x2068: "⟦", 0x2069: "⟧", 0x200E: "·", 0x200F: "·"}
_C0 = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_DEL_AND_C1 = {0x7F: "␡"} | dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), "�")
_SEPARATORS = {0x2028: "↵", 0x2029: "¶", 0x061C: "·"}
_VISIBLE = _C0 | _DEL_AND_C1 | _ARROWS | _ISOLATES | _SEPARATORS
_ONE_LINE = _VISIBLE | {0x09: " ", 0x0A: " "}
_ACTS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Show control and direction characters as signs, one for one, so that nothing acts."""
    return text.translate(_VISIBLE) if _ACTS.search(text) else text


def visible_line(text: str) -> str:
    """Show the text on one line: as `visible`, with newline and tab as blanks."""
    return text.translate(_ONE_LINE)


def shortened(text: str, *, to: int) -> str:
    """Show the text on one line of at most `to` characters, an ellipsis for what is cut."""
    line = visible_line(text)
    return line if len(line) <= to else line[: to - 1].rstrip() + "…"
