"""The doors out: text made safe for XML, and cells made safe for a spreadsheet."""

import re

_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_LEADERS = ("=", "+", "-", "@", "\t", "\r")


def xml_text(text: str) -> str:
    """Put U+FFFD for each character that XML cannot hold, one for one."""
    return _XML_ILLEGAL.sub("\ufffd", text)


def csv_cell(text: str) -> str:
    """Write a cell that a spreadsheet would take for a formula as text, by a leading quote.

    Words that begin with such a quote themselves get one more, so that they come back.
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_LEADERS) else text


def csv_words(cell: str) -> str:
    """Read a cell back as it was before `csv_cell`."""
    quoted = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_LEADERS)
    return cell[1:] if quoted else cell
