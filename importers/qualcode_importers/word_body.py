"""The words of a Word document: its body walked element by element.

python-docx reads neither tracked insertions nor content controls, which turns meanings
round; so the walk is ours. What is not words is counted, never dropped in silence.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import REPLACEMENT, Range, as_stored
from qualcode.interchange.speakers import Marks

if TYPE_CHECKING:
    from lxml.etree import _Element

WORDS = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_MOST_PARAGRAPHS = 500_000
_PRIVATE_USE = range(0xE000, 0xF900)
_SYMBOLS = range(0x20, 0x110000)
_OFF = ("0", "false", "off")
_PROPERTIES = ("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr")
_UNSPOKEN = frozenset((*_PROPERTIES, "delText", "instrText", "delInstrText", "rt"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Body:
    """A document's words as they come, and what the layout says about them."""

    def __init__(self, name: str, heading_styles: frozenset[str]) -> None:
        self.left_out: Counter[str] = Counter()
        self.replaced = 0
        self.note_ids: list[tuple[str, str]] = []
        self._name = name
        self._heading_styles = heading_styles
        self._pieces: list[str] = []
        self._length = 0
        self._line_start = 0
        self._break = ""
        self._paragraphs: list[int] = []
        self._headings: list[Range] = []
        self._notes: list[Range] = []
        self._bold: list[Range] = []
        self._bold_from: int | None = None
        self._run_is_bold = False
        self._boxes: list[_Element] = []
        self._steps: dict[str, Callable[[_Element], None]] = {
            "p": self._paragraph,
            "r": self._run,
            "t": self._text,
            "sym": self._symbol,
            "tr": self._row,
            "del": self._deleted,
            "moveFrom": self._deleted,
            "commentReference": self._comment,
            "altChunk": self._chunk,
            "txbxContent": self._boxes.append,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
        }

    @property
    def text(self) -> str:
        """The words so far, in stored form."""
        return "".join(self._pieces)

    @property
    def marks(self) -> Marks:
        """Paragraphs, headings, notes and bold beginnings, as places in the text."""
        return Marks(
            frozenset(self._paragraphs),
            tuple(self._headings),
            tuple(self._notes),
            tuple(self._bold),
        )

    def walk(self, element: "_Element") -> None:
        """Take in the words of all that is inside an element."""
        for child in element:
            name = str(child.tag)
            local = name.rpartition("}")[2]
            if not name.startswith(WORDS):
                self._foreign(child, local)
            elif local in self._steps:
                self._steps[local](child)
            elif local in _SIGNS:
                self._put(_SIGNS[local])
            elif local not in _UNSPOKEN:
                self.walk(child)

    def add_note(self, number: int, note: "_Element") -> None:
        """Append a footnote or endnote below the body, marked by its number."""
        self._break = "\n\n" if number == 1 else "\n"
        self._open_paragraph()
        opened, start = len(self._pieces), self._length
        self._put(f"{_note_mark(number)} ")
        self._break = ""
        self.walk(note)
        self._notes += _line_ranges("".join(self._pieces[opened:]), start)

    def _foreign(self, element: "_Element", local: str) -> None:
        if local in ("blip", "imagedata"):
            self.left_out["picture"] += 1
        elif local == "AlternateContent":
            choices = [one for one in element if str(one.tag).endswith("}Choice")]
            for chosen in choices[:1] or list(element)[:1]:
                self.walk(chosen)
        else:
            self.walk(element)

    def _paragraph(self, element: "_Element") -> None:
        self._open_paragraph()
        opened, start = len(self._pieces), self._length
        self.walk(element)
        self._bold_from = None
        properties = _child(element, "pPr")
        if self._is_heading(properties):
            self._headings += _line_ranges("".join(self._pieces[opened:]), start)
        mark = None if properties is None else _child(properties, "rPr")
        is_joined = mark is not None and _child(mark, "del") is not None
        self._break = "" if is_joined else "\n"
        for box in list(self._boxes):
            self._boxes.remove(box)
            self._break = "\n"
            self.walk(box)

    def _open_paragraph(self) -> None:
        self._put(self._break)
        if self._break != "\t" and self._line_start == self._length:
            self._paragraphs.append(self._length)
        if len(self._paragraphs) > _MOST_PARAGRAPHS:
            raise ImportRefusedError(
                self._name, f"it has more than {_MOST_PARAGRAPHS:,} paragraphs."
            )

    def _is_heading(self, properties: "_Element | None") -> bool:
        if properties is None:
            return False
        style = _child(properties, "pStyle")
        return _child(properties, "outlineLvl") is not None or (
            style is not None and _value(style) in self._heading_styles
        )

    def _run(self, element: "_Element") -> None:
        properties = _child(element, "rPr")
        if properties is not None and _is_on(properties, "vanish"):
            self.left_out["stretch of hidden text"] += 1
            return
        self._run_is_bold = properties is not None and _is_on(properties, "b")
        self.walk(element)
        self._run_is_bold = False

    def _text(self, element: "_Element") -> None:
        self._put((element.text or "").replace("\n", " ").replace("\r", " "))

    def _symbol(self, element: "_Element") -> None:
        try:
            code = int(_value(element, "char"), 16)
        except ValueError:
            code = _PRIVATE_USE.start
        if code in _PRIVATE_USE or code not in _SYMBOLS:
            self.left_out["sign of a symbol font, stored as �"] += 1
            self._put(REPLACEMENT)
        else:
            self._put(chr(code))

    def _row(self, element: "_Element") -> None:
        properties = _child(element, "trPr")
        if properties is not None and _child(properties, "del") is not None:
            self.left_out["tracked deletion"] += 1
            return
        cells = list(_inner(element, "tc"))
        for number, cell in enumerate(cells):
            if number:
                self._break = "\t"
            self.walk(cell)

    def _deleted(self, _: "_Element") -> None:
        self.left_out["tracked deletion"] += 1

    def _comment(self, _: "_Element") -> None:
        self.left_out["comment"] += 1

    def _chunk(self, _: "_Element") -> None:
        self.left_out["embedded document"] += 1

    def _note(self, element: "_Element") -> None:
        kind = "footnotes" if str(element.tag).endswith("}footnoteReference") else "endnotes"
        self.note_ids.append((kind, _value(element, "id")))
        self._put(_note_mark(len(self.note_ids)))

    def _put(self, text: str) -> None:
        if not text:
            return
        stored = as_stored(text)
        self.replaced += stored.replaced
        at_start = self._length == self._line_start
        if self._run_is_bold and at_start:
            self._bold_from = self._length
        elif not self._run_is_bold and self._bold_from is not None:
            self._bold.append(Range(self._bold_from, self._length))
            self._bold_from = None
        self._pieces.append(stored.text)
        self._length += len(stored.text)
        if stored.text.endswith("\n"):
            self._bold_from = None
            self._line_start = self._length


def _note_mark(number: int) -> str:
    return f"[note {number}]"


def _line_ranges(words: str, start: int) -> Iterator[Range]:
    """Give the place of each line that is not empty."""
    for line in words.split("\n"):
        if line.strip():
            yield Range(start, start + len(line))
        start += len(line) + 1


def _child(element: "_Element", local: str) -> "_Element | None":
    return next((child for child in element if child.tag in _both(local)), None)


def _inner(element: "_Element", local: str) -> Iterator["_Element"]:
    """Find the nearest elements of a name, through content controls and the like."""
    for child in element:
        if child.tag in _both(local):
            yield child
        elif not str(child.tag).endswith("Pr"):
            yield from _inner(child, local)


def _both(local: str) -> tuple[str, str]:
    return (WORDS[0] + local, WORDS[1] + local)


def _value(element: "_Element", attribute: str = "val") -> str:
    return next((element.get(key, "") for key in _both(attribute) if element.get(key)), "")


def _is_on(properties: "_Element", switch: str) -> bool:
    found = _child(properties, switch)
    return found is not None and _value(found) not in _OFF
