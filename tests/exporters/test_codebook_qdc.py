"""A .qdc that is written is what the REFI-QDA standard asks for, whatever the words in it."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from lxml import etree

from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.errors import ExportRefusedError
from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode.interchange.codebook_file import read_whole
from qualcode.interchange.importing import Upload
from qualcode_exporters.codebook_qdc import QdcExporter
from tests.interchange.drawn import codebooks

SPACE = "{urn:QDA-XML:codebook:1.0}"
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
HOSTILE = (
    "a]]>b",
    "<Code/> & \"quoted\" 'twice'",
    "\x00\x07\x1b[31m",
    "\ufffe\uffff\ud800",
    "\u202eטובה \u2066לילה\u2069",
    "🌙👩‍👩‍👧",
    "=SUM(1)",
)


def written(book: Codebook) -> bytes:
    stream = io.BytesIO()
    when = datetime(2026, 3, 4, tzinfo=UTC)
    QdcExporter().write(CodebookReport("Night", book, when, "3f" * 32, "qualcode 1.0"), stream)
    return stream.getvalue()


def breaches(data: bytes) -> list[str]:
    """List where a file is not what the standard's schema of codebooks allows."""
    root = etree.fromstring(data)
    if root.tag != f"{SPACE}CodeBook" or not set(root.attrib) <= {"origin"}:
        return ["the root"]
    if [child.tag for child in root] != [f"{SPACE}Codes"] or root[0].attrib or not len(root[0]):
        return ["Codes"]
    return [one for code in root[0] for one in _of_code(code)]


def _of_code(code: etree._Element) -> Iterator[str]:
    needed = {"guid", "name", "isCodable"}
    if code.tag != f"{SPACE}Code" or not needed <= set(code.attrib) <= needed | {"color"}:
        yield "a code"
    if not GUID.fullmatch(code.get("guid", "")):
        yield "a GUID"
    if code.get("isCodable") not in ("true", "false"):
        yield "a truth"
    if not COLOUR.fullmatch(code.get("color", "#000")):
        yield "a colour"
    below = list(code)
    if below and below[0].tag == f"{SPACE}Description":
        first = below.pop(0)
        if len(first) or first.attrib:
            yield "a description"
    for each in below:
        yield from _of_code(each)


@settings(deadline=None, max_examples=40)
@given(book=codebooks())
def test_any_codebook_is_written_as_the_standard_asks(book: Codebook) -> None:
    data = written(book)

    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert breaches(data) == []
    guids = [str(one.get("guid")) for one in etree.fromstring(data).iter(f"{SPACE}Code")]
    assert len(set(guids)) == len(guids)


@settings(deadline=None, max_examples=40)
@given(book=codebooks())
def test_nothing_is_left_out_of_a_file_of_our_own(book: Codebook) -> None:
    read = read_whole(Upload("ours.qdc", written(book)))

    assert [one for one in read.findings if one.kind == "left out"] == []


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_no_words_break_the_file(words: str) -> None:
    code = Code(UUID(int=1), words, "k", words, 1, 1, description=words, include=(words,))
    under = replace(code, id=UUID(int=2), label=f"{words}2", parent=words, colour="#00aaFF")

    data = written(Codebook(1, words, "en", (Part(1, words, words),), (code, under)))

    assert breaches(data) == []
    names = [one.get("name") for one in etree.fromstring(data).iter(f"{SPACE}Code")]
    assert len(names) == len([code, under, "the part"])
    assert all(len(str(name)) >= len(words) for name in names)


def test_a_codebook_without_a_part_is_refused_for_no_reader_may_take_it() -> None:
    with pytest.raises(ExportRefusedError, match="this codebook is empty"):
        written(Codebook(1, "Empty"))


def test_the_standard_is_asked_for_in_earnest() -> None:
    head = f'<CodeBook xmlns="{SPACE[1:-1]}"><Codes>'
    code = '<Code guid="{}" name="A" isCodable="{}" color="{}">{}</Code>'
    bad = code.format("x", "yes", "red", "<Description/><Description/>")

    assert breaches(f"{head}{bad}</Codes></CodeBook>".encode()) == [
        "a GUID",
        "a truth",
        "a colour",
        "a code",
        "a GUID",
        "a truth",
    ]
    assert breaches(f"{head}</Codes></CodeBook>".encode()) == ["Codes"]
    assert breaches(b"<CodeBook/>") == ["the root"]
