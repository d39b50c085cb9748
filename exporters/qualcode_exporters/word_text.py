"""Words as Word keeps them: runs and paragraphs, each letter through one door."""

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from qualcode.interchange.doors import xml_text
from qualcode_exporters.word_styles import CELL, Look

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RIGHT = re.compile(f"[{_RIGHT}]")
_RIGHT_STRETCH = re.compile(rf"([{_RIGHT}](?:(?:[\W\d_]|[{_RIGHT}])*[{_RIGHT}])?)")
_LEFT_STRETCH = re.compile(
    rf"((?![{_RIGHT}])[^\W\d_](?:[^{_RIGHT}]*(?![{_RIGHT}])[^\W_])?[\u0300-\u036f]*)"
)
_NEWLINE = re.compile("\r\n|\r|\n")

TAB = "<w:r><w:tab/></w:r>"
BOLD = "<w:b/><w:bCs/>"
_RULE = 0.5
_RTL = "<w:rtl/>"


class Block(NamedTuple):
    """A piece of the document's body, with what decides on which page it comes to stand.

    The height of its lines is reckoned; that and the spaces above and below are points.
    `anchor` names the place for the contents.
    """

    xml: str
    height: float = 0
    above: float = 0
    below: float = 0
    keeps_next: bool = False
    new_page: bool = False
    anchor: str = ""


def attribute(text: str) -> str:
    """Write foreign text inside an attribute, on one line."""
    return escape(" ".join(xml_text(text).split()))


def from_right(words: str) -> bool:
    """Do the words begin, at their first letter of a direction, from the right?"""
    if words.isascii() or not _HAS_RIGHT.search(words):
        return False
    directions = (unicodedata.bidirectional(sign) for sign in words)
    return next((way != "L" for way in directions if way in {"L", "R", "AL"}), False)


def runs(words: str, marks: str = "") -> str:
    """Write words as runs, stretches that are read from the right marked as such."""
    if words.isascii() or not _HAS_RIGHT.search(words):
        return _run(words, marks)
    if from_right(words):
        pieces = _LEFT_STRETCH.split(words)
        right_is_odd = 0
    else:
        pieces = _RIGHT_STRETCH.split(words)
        right_is_odd = 1
    return "".join(
        _run(piece, marks + _RTL if place % 2 == right_is_odd else marks)
        for place, piece in enumerate(pieces)
        if piece
    )


def paragraph(look: Look, words: str, inner: str) -> Block:
    """Set words, given as ready runs too, in a paragraph of a style."""
    turned = "<w:bidi/>" if from_right(words) else ""
    return Block(
        f'<w:p><w:pPr><w:pStyle w:val="{look.id}"/>{turned}</w:pPr>{inner}</w:p>',
        look.height(words),
        look.before,
        look.after,
        look.keeps_next,
        look.new_page,
    )


def line(look: Look, words: str) -> Block:
    """Set words in a paragraph of a style."""
    return paragraph(look, words, runs(words))


def flowing(block: Block) -> Block:
    """Take a block that would begin a page, and let it follow on the one before."""
    mark = '<w:pageBreakBefore w:val="0"/>'
    return block._replace(xml=block.xml.replace("/>", f"/>{mark}", 1), new_page=False)


def led(look: Look, lead: str, words: str) -> Block:
    """Set words behind a lead in bold, a tab between them."""
    return paragraph(look, words, f"{runs(lead, BOLD)}{TAB}{runs(words)}")


def heading(look: Look, words: str, *, anchor: str, number: int) -> Block:
    """Set a heading to which the contents can lead."""
    inner = (
        f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{runs(words)}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )
    return paragraph(look, words, inner)._replace(anchor=anchor)


def field(instruction: str, result: str) -> str:
    """Write a field with the result it shows until Word reckons it anew."""
    return (
        f"{field_start(instruction)}<w:r><w:t>{escape(result)}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def field_start(instruction: str) -> str:
    """Open a field: its result follows, and then its end."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def table(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]
) -> list[Block]:
    """Set a table with a head row repeated on every page; widths in twentieths of a point."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
        for edge in ("top", "bottom", "insideH")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    start = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    height = CELL.height("") + CELL.before + CELL.after + _RULE
    first = Block(start + _row(head, widths, head=True), height, keeps_next=True)
    return [
        first,
        *(Block(_row(row, widths), height) for row in rows),
        Block("</w:tbl>"),
    ]


def _row(cells: tuple[str, ...], widths: tuple[int, ...], *, head: bool = False) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{CELL.id}"/></w:pPr>{runs(cell, BOLD if head else "")}</w:p></w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{inner}</w:tr>"


def _run(words: str, marks: str) -> str:
    """Write one run: a newline becomes a line break, a tab a tab, all else stands as it is."""
    around = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    text = _escaped(words) if words.isprintable() else _broken(words)
    return f'<w:r>{around}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _broken(words: str) -> str:
    text = _NEWLINE.sub('</w:t><w:br/><w:t xml:space="preserve">', _escaped(xml_text(words)))
    return text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
