import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.interchange.exporting import Report
from qualcode_exporters.csv import COLUMNS, CsvExporter


def written(report: Report) -> bytes:
    stream = io.BytesIO()
    CsvExporter().write(report, stream)
    return stream.getvalue()


def rows(report: Report) -> list[dict[str, str]]:
    text = io.StringIO(written(report).decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text))


def test_each_quotation_has_a_row_under_each_code(report: Report) -> None:
    read = [(row["code"], row["id"]) for row in rows(report)]
    assert read == [(section.code.label, each.id) for section, each in report.quotations()]
    assert len(read) == 62


def test_a_row_holds_all_there_is_to_say(report: Report) -> None:
    row = rows(report)[4]
    assert list(row) == list(COLUMNS)
    assert row == {
        "id": "Q0000004",
        "source": "S12",
        "kind": "survey",
        "turn": "7",
        "start": "400",
        "end": "463",
        "speaker": "",
        "label": "S12",
        "part": "1",
        "code": "NW1A",
        "name": "How the night is learned",
        "words": "So I rang XXX and she said, well, it isn't our corridor, is it?",
        "coders": "Ada; Ben",
        "memos": "B: Compare passage 4.\nIs this one yes?",
        "made_under": "",
        "codebook_version": "0",
    }


def test_excel_sees_that_the_table_is_utf_8(report: Report) -> None:
    assert written(report).startswith(b"\xef\xbb\xbfid,source,")


def test_lines_end_as_rfc_4180_says(saying: Callable[[str], Report]) -> None:
    data = written(saying('she said "no",\nand left'))
    assert data.count(b"\r\n") == 2
    assert b'"she said ""no"",\nand left"' in data


@pytest.mark.parametrize("leader", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_is_a_formula(saying: Callable[[str], Report], leader: str) -> None:
    words = f'{leader}HYPERLINK("http://example.org")'
    assert rows(saying(words))[0]["words"] == f"'{words}"


@settings(deadline=None)
@given(words=st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_words_are_read_back_as_they_were(saying: Callable[[str], Report], words: str) -> None:
    kept = "".join(sign for sign in words if sign.isprintable() or sign == "\n")
    read = rows(saying(kept))[0]["words"]
    assert read in {kept, f"'{kept}"}


def test_a_lone_surrogate_is_replaced(saying: Callable[[str], Report]) -> None:
    assert rows(saying("a\ud800b\x00c"))[0]["words"] == "a\ufffdb\ufffdc"


def test_what_is_not_yet_redecided_says_so(report: Report) -> None:
    chapter = report.chapters[0]
    waiting = replace(chapter.sections[0], undecided="It was split.")
    changed = replace(report, chapters=(replace(chapter, sections=(waiting,)),))
    named = {row["name"] for row in rows(changed)}
    assert named == {f"{waiting.code.name}, not yet re-decided"}
    assert waiting.title.endswith(f", not yet re-decided ({len(waiting.quotations)})")
