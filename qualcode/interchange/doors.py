"""The doors out: text made safe for XML, and cells made safe for a spreadsheet."""

import re

_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_LEADERS = ("=", "+", "-", "@", "\t", "\r")


def xml_text(text: str) -> str:
    """Put U+FFFD for each character that XML cannot hold, one for one."""
    return _XML_ILLEGAL.sub("\ufffd", text)


def csv_cell(text: str) -> str:
    """Write a cell that a spreadsheet would take for a formula as text, by a leading quote."""
    return f"'{text}" if text.startswith(_FORMULA_LEADERS) else text


def csv_words(cell: str) -> str:
    """Read a cell back as it was before `csv_cell`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_LEADERS) else cell
