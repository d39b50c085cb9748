"""How the Word document looks: every style by name, changed there and nowhere else."""

import math
from dataclasses import dataclass, field
from html import escape

from qualcode.interchange.doors import xml_text

FONT = "Calibri"
COMPLEX_FONT = "Arial"
_FROM_RIGHT = ("ar", "fa", "he", "ur", "yi")
INK = "1F3864"
GREY = "595959"
PALE = "808080"

TEXT_WIDTH = 453.6
TEXT_HEIGHT = 700.0
# A letter of Calibri is on average this wide, and a line this high, for its size.
_LETTER = 0.425
_LINE = 1.22
_LOST_AT_LINE_ENDS = 1.03


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: sizes, spaces and indents in points, colour as RRGGBB.

    `id` is the name as paragraphs refer to it.
    """

    name: str
    size: float = 11
    before: float = 0
    after: float = 6
    left: float = 0
    right: float = 0
    hanging: float = 0
    leading: float = 1.1
    bold: bool = False
    colour: str = ""
    align: str = ""
    keeps_next: bool = False
    whole: bool = False
    new_page: bool = False
    outline: int | None = None
    tab: float = 0
    leader: str = ""
    bar: str = ""

    id: str = field(init=False)
    _room: float = field(init=False)

    def __post_init__(self) -> None:
        room = (TEXT_WIDTH - self.left - self.right) / (self.size * _LETTER)
        object.__setattr__(self, "id", self.name.title().replace(" ", ""))
        object.__setattr__(self, "_room", room)

    def height(self, words: str) -> float:
        """Reckon how high the lines of the words stand, in points."""
        lines = 1
        if len(words) > self._room or "\n" in words:
            lines = sum(_lines(len(stretch) / self._room) for stretch in words.split("\n"))
        return lines * self.size * _LINE * self.leading


NORMAL = Look("Normal")
TITLE = Look("Title", size=26, before=72, after=2, bold=True, colour=INK, leading=1)
SUBTITLE = Look("Subtitle", size=14, after=24, colour=GREY)
FACT = Look("Fact", size=10.5, after=2, left=99, hanging=99)
FRONT_HEADING = Look(
    "TOC Heading", size=14, before=30, after=6, bold=True, colour=INK, keeps_next=True
)
CONTENTS_HEADING = Look(
    "Contents heading", size=18, after=8, bold=True, colour=INK, keeps_next=True, new_page=True
)
CONTENTS_1 = Look("toc 1", before=4, after=1, bold=True, tab=TEXT_WIDTH, leader="dot")
CONTENTS_2 = Look("toc 2", size=10.5, after=1, left=14, tab=TEXT_WIDTH, leader="dot")
CONTENTS_3 = Look("toc 3", size=10, after=1, left=28, tab=TEXT_WIDTH, leader="dot")
PART = Look(
    "Heading 1",
    size=18,
    after=8,
    bold=True,
    colour=INK,
    leading=1,
    keeps_next=True,
    whole=True,
    new_page=True,
    outline=0,
)
CODE = Look(
    "Heading 2",
    size=14,
    before=22,
    after=4,
    bold=True,
    colour=INK,
    leading=1,
    keeps_next=True,
    whole=True,
    outline=1,
)
DEFINITION = Look("Definition", after=4, keeps_next=True)
RULE = Look(
    "Rule", size=9.5, after=2, left=74, hanging=74, colour=GREY, whole=True, keeps_next=True
)
COUNT_LINE = Look(
    "Count line", size=10.5, before=8, after=4, bold=True, colour=INK, keeps_next=True
)
AUTHOR_TEXT = Look("Author text", before=2, after=8, bar="B4C2DC")
QUOTE = Look("Quote", before=8, after=2, left=28, right=28, keeps_next=True, whole=True)
LABEL = Look("Quotation label", after=0, left=28, right=28, align="right", keeps_next=True)
ALSO = Look(
    "Also quoted",
    size=9,
    after=0,
    left=28,
    right=28,
    colour=GREY,
    align="right",
    keeps_next=True,
)
LOCATOR = Look("Quotation locator", size=8, after=6, left=28, right=28, colour=PALE, align="right")
SMALL_PRINT = Look("Small print", size=9, before=4, colour=GREY)
CELL = Look("Table text", size=9.5, before=2, after=2, leading=1)
PROOF = Look("Proof", size=9.5, before=12, colour=GREY, whole=True)
HEADER = Look("Header", size=9, after=0, colour=PALE, tab=TEXT_WIDTH)
FOOTER = Look("Footer", size=9, after=0, colour=PALE, align="center")
REMARK = Look("annotation text", size=10, after=0, leading=1)

LOOKS = (
    NORMAL,
    TITLE,
    SUBTITLE,
    FACT,
    FRONT_HEADING,
    CONTENTS_HEADING,
    CONTENTS_1,
    CONTENTS_2,
    PART,
    CODE,
    DEFINITION,
    RULE,
    COUNT_LINE,
    AUTHOR_TEXT,
    QUOTE,
    LABEL,
    ALSO,
    LOCATOR,
    SMALL_PRINT,
    CELL,
    PROOF,
    HEADER,
    FOOTER,
    REMARK,
)

BUILT_IN = (
    NORMAL,
    TITLE,
    SUBTITLE,
    FRONT_HEADING,
    CONTENTS_1,
    CONTENTS_2,
    PART,
    CODE,
    QUOTE,
    HEADER,
    FOOTER,
    REMARK,
)


def style_xml(look: Look) -> str:
    """Write the style as Word keeps it."""
    normal = look is NORMAL
    built_in = look in BUILT_IN or look.outline is not None or look.name.startswith("toc ")
    kind = ' w:default="1"' if normal else "" if built_in else ' w:customStyle="1"'
    based = "" if normal else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{look.id}">'
        f'<w:name w:val="{escape(_stored_name(look))}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph_marks(look)}</w:pPr><w:rPr>{_letter_marks(look)}</w:rPr></w:style>"
    )


def defaults_xml(language: str) -> str:
    """Write what every style starts from: the fonts and the language of the words."""
    tongue = escape(xml_text("en-GB" if language == "en" else language))
    other = tongue if language.startswith(_FROM_RIGHT) else "ar-SA"
    return (
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{COMPLEX_FONT}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{tongue}" w:eastAsia="en-US" w:bidi="{other}"/></w:rPr>'
    )


def _lines(filled: float) -> int:
    return math.ceil(filled * _LOST_AT_LINE_ENDS) if filled > 1 else 1


def _stored_name(look: Look) -> str:
    """Word keeps the names of its own headings, header and footer in lower case."""
    own = look.outline is not None or look in (HEADER, FOOTER)
    return look.name.lower() if own else look.name


def _paragraph_marks(look: Look) -> str:
    marks = [
        ("<w:keepNext/>", look.keeps_next),
        ("<w:keepLines/>", look.whole),
        ("<w:pageBreakBefore/>", look.new_page),
        ("<w:widowControl/>", look is NORMAL),
        (f"<w:pBdr>{_bar(look)}</w:pBdr>", bool(look.bar)),
        (f"<w:tabs>{_tab(look)}</w:tabs>", bool(look.tab)),
        (_spaces(look), True),
        (_indents(look), bool(look.left or look.right)),
        (f'<w:jc w:val="{look.align}"/>', bool(look.align)),
        (f'<w:outlineLvl w:val="{look.outline}"/>', look.outline is not None),
    ]
    return "".join(mark for mark, wanted in marks if wanted)


def _bar(look: Look) -> str:
    return f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{look.bar}"/>'


def _spaces(look: Look) -> str:
    return (
        f'<w:spacing w:before="{_twips(look.before)}" w:after="{_twips(look.after)}" '
        f'w:line="{round(240 * look.leading)}" w:lineRule="auto"/>'
    )


def _indents(look: Look) -> str:
    return (
        f'<w:ind w:left="{_twips(look.left)}" w:right="{_twips(look.right)}" '
        f'w:hanging="{_twips(look.hanging)}"/>'
    )


def _tab(look: Look) -> str:
    leader = f' w:leader="{look.leader}"' if look.leader else ""
    return f'<w:tab w:val="right"{leader} w:pos="{_twips(look.tab)}"/>'


def _letter_marks(look: Look) -> str:
    half_points = round(2 * look.size)
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    colour = f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    return f'{bold}{colour}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _twips(points: float) -> int:
    return round(20 * points)
