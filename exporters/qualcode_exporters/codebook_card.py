"""The card for the wall: every code with key, meaning and rules, in letters as large as fit."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil
from typing import BinaryIO, ClassVar, NamedTuple

from qualcode.domain.code_card import NO_DEFINITION, NO_RULE
from qualcode.domain.code_tree import Branch, CodeTree
from qualcode.domain.codebook import Code, Part
from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode_exporters.word_findings import part_title
from qualcode_exporters.word_frame import Framing, frame, pack
from qualcode_exporters.word_matter import SHORT_HASH, moment
from qualcode_exporters.word_remarks import Margin
from qualcode_exporters.word_styles import FOOTER, GREY, HEADER, INK, NORMAL, Look
from qualcode_exporters.word_text import line

SUBJECT = "Codebook card"
_SIZES = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_PAGES = 2
_MOST_RULES = 2
_WIDTH, _HEIGHT = 785.0, 505.0
_SHARES = (0.075, 0.325, 0.3, 0.3)
_LETTER, _BOLD_LETTER, _LINE = 0.55, 0.62, 1.22
_CELL_EDGE = 5.0
_LIGHT = 140
_PALE = "E7ECF5"


class _Row(NamedTuple):
    """A code's row, the words of its cells, one list of paragraphs a cell."""

    code: Code
    depth: int
    definition: str
    use: tuple[str, ...]
    avoid: tuple[str, ...]


class _Looks(NamedTuple):
    """The styles for one size of letters."""

    head: Look
    part: Look
    key: Look
    name: Look
    words: Look
    gap: Look

    @classmethod
    def of(cls, size: float) -> "_Looks":
        """Make the styles for a size in points."""
        return cls(
            Look("Card head", size=size - 2, after=0, bold=True, colour=GREY, leading=1),
            Look("Card part", size=size, before=2, after=2, bold=True, colour=INK, leading=1),
            Look("Card key", size=size + 4, after=0, bold=True, align="center", leading=1),
            Look("Card name", size=size + 1, after=1, bold=True, leading=1, keeps_next=True),
            Look("Card words", size=size, after=1, leading=1),
            Look("Card gap", size=size - 1, after=1, colour=GREY, leading=1),
        )


class CardExporter:
    """Writes a card of A4 pages lying across, two of them where the codes fit."""

    title: ClassVar[str] = "Card for the wall"
    suffix: ClassVar[str] = ".docx"
    for_people: ClassVar[bool] = True

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the card to the stream."""
        looks, _pages = _fitting(report)
        book = report.codebook
        foot = f"{report.project} · codebook version {book.version} · {moment(report.as_of)} · "
        framing = Framing(
            report.project,
            SUBJECT,
            report.language,
            report.as_of,
            foot=f"{foot}journal head {report.head[:SHORT_HASH]} · ",
            across=True,
            looks=(NORMAL, HEADER, FOOTER, *looks),
        )
        body = [_table(report, looks), _last_line(looks)]
        pack(frame(framing), body, Margin().xml(), stream)

    def pages(self, report: CodebookReport) -> int:
        """Reckon on how many pages the card comes to stand."""
        return _fitting(report)[1]


def _fitting(report: CodebookReport) -> tuple[_Looks, int]:
    """Choose the largest letters by which the codes stand on two pages, else the smallest."""
    for size in _SIZES:
        looks = _Looks.of(size)
        pages = _pages(report, looks)
        if pages <= _PAGES:
            break
    return looks, pages


def _pages(report: CodebookReport, looks: _Looks) -> int:
    """Fill page by page with rows that are not parted; the head row stands on each."""
    head = _lines("X", _WIDTH, looks.head) + 2 * _CELL_EDGE
    pages, used = 1, head
    for part, rows in _rows(report):
        heights = [_height(row, looks) for row in rows]
        heading = _lines(part_title(part), _WIDTH, looks.part) + _CELL_EDGE
        first = heading + (heights[0] if heights else 0)
        for height in (first, *heights[1:]):
            if used + height > _HEIGHT:
                pages, used = pages + 1, head
            used += height
    return pages


def _height(row: _Row, looks: _Looks) -> float:
    widths = [share * _WIDTH - 2 * _CELL_EDGE for share in _SHARES]
    cells = (
        _lines(row.code.key, widths[0], looks.key),
        _lines(_title(row), widths[1], looks.name) + _lines(row.definition, widths[1], looks.words),
        sum(_lines(one, widths[2], looks.words) for one in row.use),
        sum(_lines(one, widths[3], looks.words) for one in row.avoid),
    )
    return max(cells) + _CELL_EDGE


def _lines(words: str, width: float, look: Look) -> float:
    letter = _BOLD_LETTER if look.bold else _LETTER
    lines = sum(
        max(1, ceil(len(piece) * look.size * letter / width)) for piece in words.split("\n")
    )
    return lines * look.size * _LINE + look.before + look.after


def _rows(report: CodebookReport) -> Iterator[tuple[Part, list[_Row]]]:
    tree = CodeTree(report.codebook)
    for part in report.codebook.parts:
        yield part, [_row(branch) for branch in tree.walk(part)]


def _row(branch: Branch) -> _Row:
    code, depth = branch
    definition = code.description or _sentence(NO_DEFINITION)
    return _Row(code, depth, definition, _rules(code.include), _rules(code.exclude))


def _rules(rules: Sequence[str]) -> tuple[str, ...]:
    """Give the first rules, and say how many more there are; words are never cut."""
    more = len(rules) - _MOST_RULES
    also = (f"(and {more} more)",) if more > 0 else ()
    return (*rules[:_MOST_RULES], *also) or (_sentence(NO_RULE),)


def _title(row: _Row) -> str:
    return f"{'› ' * row.depth}{row.code.title}"


def _table(report: CodebookReport, looks: _Looks) -> str:
    widths = [round(20 * share * _WIDTH) for share in _SHARES]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
        for edge in ("top", "bottom", "insideH")
    )
    margins = "".join(
        f'<w:{side} w:w="{round(20 * width)}" w:type="dxa"/>'
        for side, width in (
            ("top", _CELL_EDGE / 2),
            ("left", _CELL_EDGE),
            ("bottom", _CELL_EDGE / 2),
            ("right", _CELL_EDGE),
        )
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    start = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )
    body = [_head(widths, looks)]
    for part, rows in _rows(report):
        body.append(_part_row(part, sum(widths), looks))
        body += [_code_row(row, widths, looks) for row in rows]
    return f"{start}{''.join(body)}</w:tbl>"


def _head(widths: Sequence[int], looks: _Looks) -> str:
    words = ("Key", "Code", "When to use", "When not to use")
    cells = [
        _cell(width, line(looks.head, one).xml) for width, one in zip(widths, words, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _part_row(part: Part, width: int, looks: _Looks) -> str:
    keeping = '<w:pStyle w:val="CardPart"/>'
    words = line(looks.part, part_title(part)).xml.replace(keeping, f"{keeping}<w:keepNext/>", 1)
    cell = _cell(width, words, span=len(_SHARES), fill=_PALE)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _code_row(row: _Row, widths: Sequence[int], looks: _Looks) -> str:
    ink, fill = _key_colours(row.code)
    key = line(looks.key, row.code.key).xml.replace(
        "<w:t ", f'<w:rPr><w:color w:val="{ink}"/></w:rPr><w:t ', 1
    )
    words = looks.words if row.code.description else looks.gap
    named = line(looks.name, _title(row)).xml + line(words, row.definition).xml
    use = "".join(line(looks.words if row.code.include else looks.gap, one).xml for one in row.use)
    avoid = "".join(
        line(looks.words if row.code.exclude else looks.gap, one).xml for one in row.avoid
    )
    cells = (
        _cell(widths[0], key, fill=fill),
        _cell(widths[1], named),
        _cell(widths[2], use),
        _cell(widths[3], avoid),
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, words: str, *, span: int = 1, fill: str = "") -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{escape(fill)}"/>' if fill else ""
    marks = f'<w:tcW w:w="{width}" w:type="dxa"/>{across}{shade}'
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{words}</w:tc>"


def _key_colours(code: Code) -> tuple[str, str]:
    """Give ink and ground of a key: the code's colour, and letters that show on it."""
    if not code.colour:
        return INK, ""
    ground = code.colour.removeprefix("#").upper()
    red, green, blue = (int(ground[at : at + 2], 16) for at in (0, 2, 4))
    light = (299 * red + 587 * green + 114 * blue) / 1000 > _LIGHT
    return ("000000" if light else "FFFFFF"), ground


def _last_line(looks: _Looks) -> str:
    """Close the table with a line of no height, as Word wants one after it."""
    return line(looks.head, "").xml.replace(
        "</w:pPr>", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
