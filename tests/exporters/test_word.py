import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from qualcode.domain.errors import ExportRefusedError
from qualcode.interchange.doors import xml_text
from qualcode.interchange.exporting import Report, count_line
from qualcode_exporters.word import WordExporter


def written(report: Report) -> io.BytesIO:
    stream = io.BytesIO()
    WordExporter().write(report, stream)
    stream.seek(0)
    return stream


def read(report: Report) -> Document:
    return docx.Document(written(report))


def styled(document: Document, *names: str) -> list[str]:
    return [
        each.text
        for each in document.paragraphs
        if each.style is not None and each.style.name in names
    ]


@pytest.fixture(scope="module")
def document(report: Report) -> Document:
    return read(report)


def test_each_part_and_each_code_has_its_heading(document: Document) -> None:
    assert styled(document, "Heading 1") == [
        "Participants",
        "Part 1: The work at night",
        "Part 2: Life around it",
        "Quotation register",
    ]
    assert styled(document, "Heading 2") == [
        "NW1A How the night is learned",
        "NW1B Handing over",
        "NW1C Being out of sight",
        "NW2A Home and sleep",
        "NW2B Money and contracts",
        "NW2C What would help",
    ]


def test_the_contents_list_every_heading_in_order(document: Document) -> None:
    entries = [
        link.text.rpartition("\t")[0] for each in document.paragraphs for link in each.hyperlinks
    ]
    assert entries == styled(document, "Heading 1", "Heading 2")
    assert [entry.partition("\t")[0] for entry in styled(document, "toc 1", "toc 2")] == entries


def test_the_contents_lead_to_the_headings(document: Document) -> None:
    links = [link.fragment for each in document.paragraphs for link in each.hyperlinks]
    marks = document.element.iter(qn("w:bookmarkStart"))
    assert links == [mark.get(qn("w:name")) for mark in marks]
    assert len(set(links)) == 10
    fields = [str(each.text).strip() for each in document.element.iter(qn("w:instrText"))]
    assert fields == [r'TOC \o "1-2" \h \z', *(rf"PAGEREF {name} \h" for name in links)]


def test_every_field_is_opened_parted_and_ended(document: Document) -> None:
    kinds = [each.get(qn("w:fldCharType")) for each in document.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 11
    assert kinds[0] == "begin"
    assert kinds[-1] == "end"


def test_word_asks_nothing_at_opening(report: Report) -> None:
    with zipfile.ZipFile(written(report)) as archive:
        assert b"updateFields" not in archive.read("word/settings.xml")
        assert b"w:dirty" not in archive.read("word/document.xml")


def test_the_quotations_stand_verbatim_and_in_order(document: Document, report: Report) -> None:
    assert styled(document, "Quote") == [each.words for _, each in report.quotations()]


def test_each_quotation_is_followed_by_its_label_and_place(document: Document) -> None:
    texts = [each.text for each in document.paragraphs]
    here = texts.index(
        "You learn the building by its noises. The lift on four sighs before it opens."
    )
    assert texts[here + 1 : here + 3] == ["(FG1)", "FG1, turn 3 · Q0000000"]
    styles = [each.style.name for each in document.paragraphs if each.style is not None]
    assert styles[here : here + 3] == ["Quote", "Quotation label", "Quotation locator"]


def test_words_quoted_twice_say_where_else(document: Document) -> None:
    assert styled(document, "Also quoted") == [
        "Also quoted under NW2A and NW2B",
        "Also quoted under NW1A",
        "Also quoted under NW1A",
    ]


def test_a_quotation_never_bears_no_label(saying: Callable[[str], Report]) -> None:
    report = saying("I said it")
    chapter = report.chapters[0]
    section = chapter.sections[0]
    bare = replace(section, quotations=(replace(section.quotations[0], label=""),))
    document = read(replace(report, chapters=(replace(chapter, sections=(bare,)),)))
    assert styled(document, "Quotation label") == ["(S12)"]


def test_each_code_has_its_count_and_a_place_for_the_author(
    document: Document, report: Report
) -> None:
    counts = [count_line(s.quotations) for chapter in report.chapters for s in chapter.sections]
    assert styled(document, "Count line") == counts
    assert counts[-1] == "No quotations"
    assert styled(document, "Author text") == [""] * 6


def test_each_code_has_its_rules_or_says_that_it_has_none(document: Document) -> None:
    rules = styled(document, "Rule")
    assert rules[:3] == [
        "Include\tUse it for the speaker's own nights, now or in an earlier post.",
        "Exclude\tLeave it off when the speaker tells of day work only.",
        "Not the same as\tNW1B, NW1C",
    ]
    assert rules.count("Rules\tNo rule recorded.") == 1


def test_a_code_without_a_definition_says_so(saying: Callable[[str], Report]) -> None:
    report = saying("I said it")
    chapter = report.chapters[0]
    section = chapter.sections[0]
    bare = replace(section, code=replace(section.code, description="", full_definition=""))
    document = read(replace(report, chapters=(replace(chapter, sections=(bare,)),)))
    assert styled(document, "Definition") == ["No definition recorded."]


def test_the_title_says_of_which_study_and_which_state(document: Document) -> None:
    assert styled(document, "Title", "Subtitle") == ["Working at night", "Quotations by code"]
    twice = "(62 in print: some stand under more than one code)"
    assert styled(document, "Fact") == [
        f"Quotations\t60 quotations from 7 sources {twice}",
        "Round and layer\tRound 2, consensus",
        "Codebook\tversion 3",
        "State of\t4 March 2026, 14:05 UTC",
        "Made with\tqualcode 0.1.0",
        "Journal head\t3fa2b9c01d4e",
    ]


def test_the_sources_that_speak_are_counted_by_kind(document: Document) -> None:
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [
        ["Kind of source", "Sources (n)", "Quotations (n)"],
        ["Interviews", "2", "17"],
        ["Focus groups", "3", "26"],
        ["Survey respondents", "2", "17"],
        ["All", "7", "60"],
    ]


def test_the_register_lists_each_quotation_once_by_source_and_place(document: Document) -> None:
    register = document.tables[1]
    rows = [[cell.text for cell in row.cells] for row in register.rows]
    assert rows[0] == ["Id", "Label", "Place", "Codes"]
    assert len(rows) == 1 + 60
    assert len({row[0] for row in rows}) == 61
    assert ["Q0000003", "(FG2)", "FG2, turn 6", "NW1A, NW2A, NW2B"] in rows
    sources = list(dict.fromkeys(row[1] for row in rows[1:]))
    assert sources == ["(FG1)", "(FG2)", "(FG10)", "(INT1)", "(INT2)", "(S07)", "(S12)"]
    head = register.rows[0]._tr
    assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_the_last_line_proves_that_nothing_went_missing(document: Document, report: Report) -> None:
    assert document.paragraphs[-1].text == (
        "Stored 66 = printed 62 + left out 4. 4 codings stand on headings. "
        f"Journal head: {report.head}."
    )


def test_more_printed_than_stored_is_refused(report: Report) -> None:
    with pytest.raises(ExportRefusedError, match="62 quotations to print, but only 3 codings"):
        written(replace(report, stored=3))


def test_memos_are_comments_on_the_words(document: Document, report: Report) -> None:
    notes = list(document.comments)
    assert [note.initials for note in notes] == ["B"] * 5
    assert notes[0].author == "Coder B"
    assert [each.text for each in notes[0].paragraphs] == ["Compare passage 4.", "Is this one yes?"]
    assert notes[0].timestamp == datetime(2026, 2, 11, 9, 30, tzinfo=UTC)
    start = document.element.find(f".//{qn('w:commentRangeStart')}")
    assert start is not None
    quote = start.getparent()
    assert "".join(each.text or "" for each in quote.iter(qn("w:t"))).startswith("So I rang XXX")
    assert [child.tag for child in quote][1:4] == [
        qn("w:commentRangeStart"),
        qn("w:r"),
        qn("w:commentRangeEnd"),
    ]


def test_a_memo_is_dated_in_utc(saying: Callable[[str], Report]) -> None:
    report = saying("I said it")
    chapter = report.chapters[0]
    section = chapter.sections[0]
    quotation = section.quotations[0]
    abroad = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    late = replace(quotation, remarks=(replace(quotation.remarks[0], written=abroad),))
    sections = (replace(section, quotations=(late,)),)
    document = read(replace(report, chapters=(replace(chapter, sections=sections),)))
    assert [note.timestamp for note in document.comments] == [
        datetime(2025, 12, 31, 22, 30, tzinfo=UTC)
    ]


def test_the_properties_name_the_study_and_nobody(document: Document) -> None:
    properties = document.core_properties
    assert properties.title == "Working at night: quotations by code"
    assert properties.author == properties.last_modified_by == "qualcode"
    moment = datetime(2026, 3, 4, 14, 5, 6, tzinfo=UTC)
    assert properties.created == properties.modified == moment
    assert properties.comments == ""


def test_no_trace_of_the_template_is_left(report: Report) -> None:
    with zipfile.ZipFile(written(report)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything


def test_nothing_in_the_file_leads_outside_it(report: Report) -> None:
    with zipfile.ZipFile(written(report)) as archive:
        links = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert links
    assert not [link for link in links if b"External" in link]


def test_every_member_is_well_formed_and_undated(report: Report) -> None:
    with zipfile.ZipFile(written(report)) as archive:
        for member in archive.infolist():
            etree.fromstring(archive.read(member))
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert member.create_system == 3


def test_pages_are_a4_with_project_layer_and_number(document: Document) -> None:
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "Working at night\tRound 2, consensus"
    footer = section.footer.paragraphs[0]
    assert footer.text == "Page 1 of 1"
    fields = [str(each.text).strip() for each in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("language", "tongue"), [("en", "en-GB"), ("cy-GB", "cy-GB")])
def test_the_words_are_in_the_language_of_the_study(
    report: Report, language: str, tongue: str
) -> None:
    document = read(replace(report, language=language))
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == tongue


@pytest.mark.parametrize("name", ["Heading 1", "Heading 2", "Quote", "Quotation label"])
def test_what_belongs_together_stays_on_one_page(document: Document, name: str) -> None:
    style = document.styles[name]
    assert style.element.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_a_long_name_of_a_study_fits_in_the_properties(saying: Callable[[str], Report]) -> None:
    document = read(replace(saying("I said it"), project="Night " * 100))
    assert len(document.core_properties.title) == 255


@settings(deadline=None, max_examples=50)
@given(words=st.text(st.characters(), max_size=80))
def test_any_words_come_back_letter_by_letter(saying: Callable[[str], Report], words: str) -> None:
    kept = xml_text(words).replace("\r\n", "\n").replace("\r", "\n")
    assert styled(read(saying(words)), "Quote") == [kept]


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("http://example.org","free money")',
        "</w:t></w:r></w:p><w:p/>",
        "&amp; <b>bold</b> ]]> <!-- x -->",
        "  two blanks before, two after  ",
        "\x1b[31mred\x07\x00",
        "a\ud800b\ufffec",
        "\u202eevil\u202c",
    ],
)
def test_words_that_look_like_commands_stay_words(
    saying: Callable[[str], Report], words: str
) -> None:
    assert styled(read(saying(words)), "Quote") == [xml_text(words)]
