"""10,000 quotations to Word, against the same paragraphs by lxml and as strings of XML."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape

from benchmarks.generator import CODES, Generator, code_label
from benchmarks.studies import Studies
from benchmarks.timing import Row, Targets, ready, side_by_side
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.ids import new_id
from qualcode.domain.quotations import quotation_id
from qualcode.domain.sources import SourceKind
from qualcode.interchange.exporting import Chapter, Quotation, Report, Section
from qualcode.interchange.plugins import exporter

_QUOTATIONS = 10_000
_EACH = 150
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rows_once(studies: Studies) -> Iterator[Row]:
    """Measure the document alone, from a report at hand."""
    report = _report(studies.generator)
    writer = exporter("word")
    quotations = [quotation for _, quotation in report.quotations()]
    empty = _written(_report_of([], report.codebook))
    ours, strings, tree = side_by_side(
        [
            ready(lambda: writer.write(report, io.BytesIO())),
            ready(lambda: _packed(empty, _as_strings(quotations))),
            ready(lambda: _packed(empty, _as_tree(quotations))),
        ],
        repeats=5,
    )
    job = f"{len(quotations):,} quotations to Word"
    size = f"{len(quotations):,} quotations"
    yield Row(job, size, ours, strings, "XML strings, zip", Targets(must=5, ambitious=2))
    yield Row(job, size, ours, tree, "lxml, zip", Targets(promise=3))


def _report(generator: Generator) -> Report:
    """Set up a report of 10,000 quotations from 67 interviews under 40 codes."""
    codes = tuple(
        Code(new_id(), code_label(each), code_label(each).lower(), f"Code {each}", 1, each)
        for each in range(CODES)
    )
    codebook = Codebook(1, "Made up", "en", (Part(1, "Part 1"),), codes)
    found: list[list[Quotation]] = [[] for _ in codes]
    for number in range(_QUOTATIONS // _EACH + 1):
        interview = generator.interview(number)
        source = new_id()
        marks = generator.marks(interview, number, 1)[0]
        for turn, (stretch, code) in enumerate(marks):
            if code is not None:
                words = stretch.of(interview.text)
                made = Quotation(
                    quotation_id(source, turn, words),
                    interview.name,
                    SourceKind.INTERVIEW,
                    "Participant",
                    interview.name,
                    f"turn {turn}",
                    turn,
                    *stretch,
                    words,
                    ("coder1",),
                )
                found[code].append(made)
    return _report_of(found, codebook)


def _report_of(found: Sequence[Sequence[Quotation]], codebook: Codebook) -> Report:
    sections = tuple(
        Section(code, tuple(those)) for code, those in zip(codebook.codes, found, strict=False)
    )
    chapters = (Chapter(codebook.parts[0], sections),)
    moment = datetime(2030, 1, 2, tzinfo=UTC)
    stored = sum(map(len, found))
    about = ("Benchmark", "coder1", "r1", codebook, chapters, moment, "0" * 64, "qualcode")
    return Report(*about, stored)


def _written(report: Report) -> bytes:
    stream = io.BytesIO()
    exporter("word").write(report, stream)
    return stream.getvalue()


def _as_strings(quotations: Sequence[Quotation]) -> bytes:
    """Do the least that sets quotations: one string, a paragraph for the words and one below."""
    pieces = []
    for each in quotations:
        for style, words in (("Quote", each.words), ("Normal", f"{each.label}, {each.locator}")):
            pieces.append(
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>'
                f'<w:t xml:space="preserve">{escape(words, quote=False)}</w:t></w:r></w:p>'
            )
    body = "".join(pieces)
    return f'<w:document xmlns:w="{_SPACE}"><w:body>{body}</w:body></w:document>'.encode()


def _as_tree(quotations: Sequence[Quotation]) -> bytes:
    from lxml import etree

    document = etree.Element(f"{{{_SPACE}}}document", nsmap={"w": _SPACE})
    body = etree.SubElement(document, f"{{{_SPACE}}}body")
    for each in quotations:
        for style, words in (("Quote", each.words), ("Normal", f"{each.label}, {each.locator}")):
            paragraph = etree.SubElement(body, f"{{{_SPACE}}}p")
            properties = etree.SubElement(paragraph, f"{{{_SPACE}}}pPr")
            named = etree.SubElement(properties, f"{{{_SPACE}}}pStyle")
            named.set(f"{{{_SPACE}}}val", style)
            run = etree.SubElement(paragraph, f"{{{_SPACE}}}r")
            etree.SubElement(run, f"{{{_SPACE}}}t").text = words
    return etree.tostring(document)


def _packed(empty: bytes, body: bytes) -> bytes:
    """Swap the document into a package, as quickly as zip does it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(empty)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for member in old.infolist():
            is_body = member.filename == "word/document.xml"
            new.writestr(member.filename, body if is_body else old.read(member))
    return stream.getvalue()
