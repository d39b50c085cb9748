"""The frame of a Word file: styles, page, header, footer, properties, and the packing."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from qualcode.interchange.doors import xml_text
from qualcode_exporters.word_styles import LOOKS, Look, defaults_xml, style_xml
from qualcode_exporters.word_text import TAB, field, runs

if TYPE_CHECKING:
    from docx.document import Document

BODY = "word/document.xml"
REMARKS = "word/comments.xml"
_SUMMARY = "docProps/app.xml"
_SUMMARY_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://'
    'schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>qualcode'
    "</Application></Properties>"
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LONGEST_PROPERTY = 255
_UNWANTED = ("thumbnail", "stylesWithEffects", "customXml")
_KEPT_STYLES = ("DefaultParagraphFont", "TableNormal", "NoList")
_WORD_2013 = "15"


@dataclass(frozen=True, slots=True)
class Framing:
    """What stands around the words: at the head of each page, at its foot, in the properties.

    `head` and `beside` stand at the top, left and right; `foot` before the page number. A
    wall card lies across and has narrow edges.
    """

    project: str
    subject: str
    language: str
    as_of: datetime
    head: str = ""
    beside: str = ""
    foot: str = ""
    across: bool = False
    looks: Sequence[Look] = LOOKS


def frame(framing: Framing) -> bytes:
    """Make the file without its words."""
    import docx

    document = docx.Document()
    _dress(document, framing)
    _lay_out(document, across=framing.across)
    _head_and_foot(document, framing)
    _sign(document, framing)
    _leave_out(document)
    _ = document.comments
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def pack(empty: bytes, body: Iterable[str], remarks: str, stream: BinaryIO) -> None:
    """Put the words into the frame; the same words make the same bytes."""
    ready: Mapping[str, str] = {REMARKS: remarks, _SUMMARY: _SUMMARY_XML}
    with zipfile.ZipFile(BytesIO(empty)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name == BODY:
                data = _filled(old.read(name), body)
            else:
                data = ready[name].encode() if name in ready else old.read(name)
            new.writestr(_member(name), data, compresslevel=3)


def _filled(empty: bytes, body: Iterable[str]) -> bytes:
    start, mark, end = empty.partition(b"<w:sectPr")
    return b"".join((start, "".join(body).encode(), mark, end))


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = _UNIX
    member.external_attr = 0o600 << 16
    return member


def _dress(document: "Document", framing: Framing) -> None:
    """Put our styles in the place of the template's."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    namespace = nsdecls("w")
    for look in framing.looks:
        styles.append(parse_xml(style_xml(look).replace("<w:style ", f"<w:style {namespace} ", 1)))
    base = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    base.clear()
    base.append(
        parse_xml(defaults_xml(framing.language).replace("<w:rPr>", f"<w:rPr {namespace}>", 1))
    )


def _lay_out(document: "Document", *, across: bool) -> None:
    """Set A4 with even margins, and have Word read the file as its own."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    edge = Mm(10 if across else 25)
    section.left_margin = section.right_margin = edge
    section.top_margin = section.bottom_margin = edge
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.header_distance = section.footer_distance = Mm(5)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _head_and_foot(document: "Document", framing: Framing) -> None:
    """Head each page with what it is of, foot it with its number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section = document.sections[0]
    head = f"{runs(framing.head)}{TAB}{runs(framing.beside)}" if framing.head else ""
    foot = (
        f"{runs(f'{framing.foot}Page ')}{field('PAGE', '1')}{runs(' of ')}{field('NUMPAGES', '1')}"
    )
    for edge, inner in ((section.header, head), (section.footer, foot)):
        edge.is_linked_to_previous = False
        paragraph = edge.part.element[0]
        for run in parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"):
            paragraph.append(run)


def _sign(document: "Document", framing: Framing) -> None:
    """Set the file's properties: nothing of the template's, no name, no hour of export."""
    moment = framing.as_of.astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = xml_text(f"{framing.project}: {framing.subject.lower()}")[:_LONGEST_PROPERTY]
    properties.subject = framing.subject
    properties.author = properties.last_modified_by = "qualcode"
    properties.created = properties.modified = moment
    properties.comments = ""
    properties.language = xml_text(framing.language)[:_LONGEST_PROPERTY]


def _leave_out(document: "Document") -> None:
    """Drop the template's picture and its leftovers."""
    package = document.part.package
    if package is None:
        return
    for links in (package.rels, document.part.rels):
        for name in [key for key, link in links.items() if link.reltype.endswith(_UNWANTED)]:
            del links[name]
