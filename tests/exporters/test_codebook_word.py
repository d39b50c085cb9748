"""The codebook as a document, and the card for the wall."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT

from qualcode.domain.codebook import Code, Codebook, CodeState, Part
from qualcode.interchange.codebook_exporting import (
    CardExporter,
    CodebookExporter,
    CodebookReport,
    Example,
    Step,
    Tally,
)
from qualcode.interchange.plugins import card_exporters, codebook_exporters

WHEN = datetime(2026, 3, 4, 14, 5, tzinfo=UTC)
RULE = "Use it for the speaker's own nights, now or in an earlier post, and for no other ones."


def code(number: int, parent: str = "") -> Code:
    return Code(
        UUID(int=number),
        f"NW{number}",
        f"{number}",
        f"Name {number}",
        1,
        number,
        description="What night workers tell about it, in their own words.",
        include=(RULE,),
        exclude=(RULE,),
        parent=parent,
    )


def book(*codes: Code, retired: tuple[Code, ...] = ()) -> CodebookReport:
    parts = (Part(1, "The work at night", note="A note."),)
    return CodebookReport(
        "Night work",
        Codebook(2, "Nights", "en", parts, codes, retired),
        WHEN,
        "3fa2b9c0" * 8,
        "qualcode 1.0",
    )


def document(report: CodebookReport) -> WordDocument:
    writer = next(one for one in codebook_exporters() if one.suffix == ".docx")
    return Document(made(writer, report))


def made(writer: CodebookExporter, report: CodebookReport) -> io.BytesIO:
    stream = io.BytesIO()
    writer.write(report, stream)
    stream.seek(0)
    return stream


def wall() -> CardExporter:
    return card_exporters()[0]


def lines(report: CodebookReport) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in document(report).paragraphs if one.style]


def test_who_proposed_a_code_is_named_once_whether_its_entry_says_so_or_not() -> None:
    said = replace(code(1), proposed_by="ben", proposed_on="2026-11-25")
    asked = {UUID(int=1): ("ben", "Coder A of round r2"), UUID(int=2): ("cat",)}
    report = replace(book(said, code(2), code(3)), proposers=asked)

    told = [words for _style, words in lines(report) if "roposed by" in words]

    assert told == [
        "Key 1 · proposed by ben on 2026-11-25",
        "Proposed by\tCoder A of round r2",
        "Proposed by\tcat",
    ]


def test_headings_go_down_with_the_tree() -> None:
    report = book(code(1), code(2, "NW1"), code(3, "NW2"))

    heads = [(style, words) for style, words in lines(report) if style.startswith("Heading")]

    assert heads == [
        ("Heading 1", "Part 1: The work at night"),
        ("Heading 2", "NW1 Name 1"),
        ("Heading 3", "NW2 Name 2"),
        ("Heading 4", "NW3 Name 3"),
    ]


def test_a_codes_entry_names_its_gaps() -> None:
    bare = replace(code(1), description="", include=(), exclude=())

    said = [words for _style, words in lines(book(bare))]

    assert "No definition recorded." in said
    assert "When to use\tno rule recorded" in said
    assert "When not to use\tno rule recorded" in said
    assert "Example\tno example recorded" in said


def test_counts_stand_under_their_codes_and_only_where_something_was_counted() -> None:
    report = book(code(1), code(2, "NW1"))
    counts = {UUID(int=1): Tally(3, 5, 2), UUID(int=2): Tally(0, 0, 0)}

    said = [words for _style, words in lines(replace(report, counts=counts, counted="passages"))]

    assert "3 passages, 5 with the codes below, in 2 sources" in said
    assert "No passages" in said
    assert not any("coding" in words for style, words in lines(report) if style == "Code counts")


def test_examples_are_printed_with_their_words_or_say_that_these_cannot_be_shown() -> None:
    one = replace(code(1), examples=("Q1234567", "Q7654321", "in our own words"))
    report = replace(
        book(one), examples={"Q1234567": Example("I was tired.", "FG1, Ann"), "Q0": Example("", "")}
    )

    said = [words for style, words in lines(report) if style.startswith("Code example")]

    assert said[0] == "I was tired."
    assert said[1] == "(FG1, Ann) · Q1234567"
    assert said[2].startswith("Q7654321 (its words cannot be shown")
    assert said[3] == "in our own words"


def test_history_and_retired_codes_stand_at_the_end() -> None:
    gone = replace(
        code(9), state=CodeState.RETIRED, successors=(UUID(int=1),), description="It was."
    )
    report = replace(
        book(code(1), retired=(gone,)),
        history=(
            Step(1, WHEN, "ada", "", ("NW1 Name 1 (1) is new.",)),
            Step(2, WHEN, "ada", "Alike.", ("NW9 was merged into NW1.",)),
        ),
    )

    said = [words for _style, words in lines(report)]

    assert said.index("Version 2, 4 March 2026, 14:05 UTC, by ada") < said.index(
        "Version 1, 4 March 2026, 14:05 UTC, by ada"
    )
    assert "NW9 was merged into NW1." in said
    assert said[-1].startswith("Stored 2 codes = printed 1 in use + 1 retired. Journal head: 3fa2")
    cells = [cell.text for cell in document(report).tables[-1].rows[1].cells]
    assert cells == ["NW9 Name 9", "9", "NW1 Name 1", "It was."]


def test_the_card_lies_across_and_has_a_row_a_code() -> None:
    report = book(*(code(number) for number in range(1, 13)))

    card = Document(made(wall(), report))

    assert card.sections[0].orientation == WD_ORIENT.LANDSCAPE
    rows = [[cell.text for cell in row.cells] for row in card.tables[0].rows]
    assert rows[0] == ["Key", "Code", "When to use", "When not to use"]
    assert rows[2][:2] == ["1", f"NW1 Name 1\n{code(1).description}"]
    assert rows[2][2:] == [RULE, RULE]
    assert len(rows) == 2 + 12
    assert wall().pages(report) == 2


def test_a_card_of_few_codes_has_larger_letters_and_never_too_small_ones() -> None:
    sizes = {}
    for count in (2, 20, 80):
        styles = Document(made(wall(), book(*(code(n) for n in range(1, count + 1))))).styles
        sizes[count] = styles["Card words"].font.size.pt

    assert sizes[2] > sizes[20] > sizes[80] == 9
    assert wall().pages(book(*(code(n) for n in range(1, 81)))) > 2


def test_a_card_says_of_further_rules_that_there_are_some() -> None:
    report = book(replace(code(1), include=("a", "b", "c", "d"), exclude=()))

    cells = Document(made(wall(), report)).tables[0].rows[2].cells

    assert cells[2].text == "a\nb\n(and 2 more)"
    assert cells[3].text == "No rule recorded"


def test_a_colour_grounds_the_key_in_letters_that_show_on_it() -> None:
    dark, light = replace(code(1), colour="#102030"), replace(code(2), colour="#ffee88")

    with zipfile.ZipFile(made(wall(), book(dark, light))) as package:
        body = package.read("word/document.xml").decode()

    assert re.search(r'w:fill="102030".*?w:color w:val="FFFFFF"', body)
    assert re.search(r'w:fill="FFEE88".*?w:color w:val="000000"', body)


@pytest.mark.long
@pytest.mark.parametrize("count", [3, 12, 40, 80])
def test_the_card_stands_on_no_more_pages_than_it_says(tmp_path: Path, count: int) -> None:
    if not (shutil.which("soffice") and shutil.which("pdfinfo")):
        pytest.skip("LibreOffice and pdfinfo are not installed")
    report = book(*(code(number) for number in range(1, count + 1)))
    (tmp_path / "card.docx").write_bytes(made(wall(), report).getvalue())

    for command in (
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"],
        ["pdfinfo", "card.pdf"],
    ):
        more = ["--convert-to", "pdf", "card.docx"] if command[0] == "soffice" else []
        done = subprocess.run(
            [*command, *more], cwd=tmp_path, capture_output=True, check=True, timeout=120
        )

    told = next(each for each in done.stdout.decode().split("\n") if each.startswith("Pages:"))
    assert int(told.split()[1]) <= wall().pages(report)
