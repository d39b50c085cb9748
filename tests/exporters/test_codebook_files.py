"""What is written of a codebook reads back as the same, or is said to be lost."""

import io
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.codebook import Code, Codebook, CodeState, Origin, Part, folded
from qualcode.domain.errors import ExportRefusedError, ImportRefusedError
from qualcode.interchange.codebook_exporting import CodebookExporter, CodebookReport
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.codebook_losses import losses
from qualcode.interchange.importing import Upload
from qualcode.interchange.plugins import card_exporters, codebook_exporters
from tests.interchange.drawn import by_labels, codebooks

WRITERS = {one.suffix: one for one in codebook_exporters()}
ALL = [*WRITERS.values(), *card_exporters()]
READ_BACK = sorted(suffix for suffix, one in WRITERS.items() if not one.for_people)
BOOK = Codebook(
    3,
    "Night work",
    "en",
    (Part(1, "Learning", "A note.", Origin.A_PRIORI), Part(2, "Empty")),
    (Code(UUID(int=1), "NW1A", "1a", "Lists", 1, 1, include=("one", "two")),),
)


def report(book: Codebook) -> CodebookReport:
    return CodebookReport(
        "Night", book, datetime(2026, 3, 4, tzinfo=UTC), "3fa2b9c0" * 8, "qualcode 1.0"
    )


def written(writer: CodebookExporter, book: Codebook) -> bytes:
    stream = io.BytesIO()
    writer.write(report(book), stream)
    assert not stream.closed
    return stream.getvalue()


def back(suffix: str, book: Codebook) -> Codebook:
    return read_codebook(Upload(f"book{suffix}", written(WRITERS[suffix], book)))


def test_every_format_that_is_promised_is_installed() -> None:
    assert READ_BACK == [".csv", ".qdc", ".xlsx", ".yaml"]
    assert ".docx" in WRITERS


@pytest.mark.parametrize("writer", ALL, ids=lambda one: type(one).__name__)
def test_the_same_codebook_makes_the_same_bytes(writer: CodebookExporter) -> None:
    assert isinstance(writer, CodebookExporter)
    assert writer.title
    assert written(writer, BOOK) == written(writer, replace(BOOK))


@pytest.mark.parametrize("writer", ALL, ids=lambda one: type(one).__name__)
@settings(deadline=None, max_examples=10)
@given(book=codebooks())
def test_no_words_stop_an_export(writer: CodebookExporter, book: Codebook) -> None:
    assert written(writer, book)


@pytest.mark.parametrize("suffix", [".yaml", ".xlsx"])
@settings(deadline=None, max_examples=40)
@given(book=codebooks())
def test_what_yaml_and_a_workbook_hold_reads_back_whole(suffix: str, book: Codebook) -> None:
    held = book if suffix == ".yaml" else _plain(book)
    read = back(suffix, held)

    assert by_labels(read) == by_labels(held)
    assert losses(held, read) == ()


@settings(deadline=None, max_examples=40)
@given(book=codebooks())
def test_a_qdc_keeps_every_code_with_its_id(book: Codebook) -> None:
    plain = _plain(book)
    read = back(".qdc", plain)

    assert replace(read, title=plain.title, version=plain.version, language="cy") == plain


@pytest.mark.parametrize("suffix", READ_BACK)
@settings(deadline=None, max_examples=40)
@given(book=codebooks())
def test_whatever_differs_on_the_way_back_is_said(suffix: str, book: Codebook) -> None:
    try:
        read = back(suffix, book)
    except ImportRefusedError as mishap:
        pytest.fail(mishap.sentence)
    said = losses(book, read)
    for what, name in _differing(book, read):
        assert any(what in one and (name in one or " more." in one) for one in said), (what, name)
    assert bool(said) == bool(_differing(book, read) or _whole_differs(book, read))


def _plain(book: Codebook) -> Codebook:
    """Take out what cells and XML cannot hold: line breaks in items, words of blanks only."""

    def clean(words: str) -> str:
        kept = "".join(
            sign for sign in words if sign not in "\n\ufffe\uffff" and sign.isprintable()
        )
        return " ".join(kept.split())

    def code(one: Code) -> Code:
        texts = ("description", "full_definition", "proposed_by", "proposed_on")
        lists = ("include", "exclude", "examples", "sub_questions", "earlier_names")
        fit: dict[str, Any] = {name: clean(getattr(one, name)) for name in texts}
        fit |= {name: tuple(filter(None, map(clean, getattr(one, name)))) for name in lists}
        fit |= {name: clean(getattr(one, name)) or f"x{one.id.int}" for name in ("label", "name")}
        return replace(one, **fit, parent="", not_to_confuse_with=())

    codes = tuple(code(one) for one in book.codes)
    retired = tuple(code(one) for one in book.retired)
    labels = [folded(one.label) for one in (*codes, *retired)]
    if len(set(labels)) < len(labels):
        codes, retired = codes[:0], retired[:0]
    parts = tuple(
        replace(part, title=clean(part.title) or "x", note=clean(part.note)) for part in book.parts
    )
    codes = tuple(replace(one, position=at) for at, one in enumerate(sorted_by_part(codes), 1))
    return replace(book, title=clean(book.title) or "t", parts=parts, codes=codes, retired=retired)


def sorted_by_part(codes: tuple[Code, ...]) -> list[Code]:
    return sorted(codes, key=lambda one: one.part)


def _differing(book: Codebook, read: Codebook) -> list[tuple[str, str]]:
    """List the fields that came back otherwise, by what they are called and the code."""
    there = {folded(one.label): one for one in (*read.codes, *read.retired)}
    found = []
    for code in (*book.codes, *book.retired):
        other = there[folded(code.label)]
        found += [
            (FIELD_WORDS[one.name], code.label)
            for one in fields(Code)
            if one.name in FIELD_WORDS and getattr(code, one.name) != getattr(other, one.name)
        ]
    return found


def _whole_differs(book: Codebook, read: Codebook) -> bool:
    return (book.title, book.version, book.language, book.parts) != (
        read.title,
        read.version,
        read.language,
        read.parts,
    ) or by_labels(replace(book, title="", parts=())) != by_labels(
        replace(read, title="", parts=())
    )


def test_a_table_says_that_it_has_no_place_for_parts_and_title() -> None:
    assert losses(BOOK, back(".csv", BOOK)) == (
        "The title of the codebook is not held.",
        "The version of the codebook is not held.",
        "Parts without codes are not held: 2.",
        "The note of a part is not held: 1.",
        "The origin of a part is not held: 1.",
    )


def test_an_item_with_a_line_break_is_said_to_come_back_otherwise() -> None:
    book = replace(BOOK, codes=(replace(BOOK.codes[0], examples=("one\nand two",)),))

    assert "“examples” reads back otherwise: NW1A." in losses(book, back(".xlsx", book))


def test_a_part_whose_title_ends_in_a_blank_reads_back_with_its_codes() -> None:
    parts = (Part(1, "Learning\u00a0"), Part(2, " Paper "))
    book = replace(
        BOOK,
        parts=parts,
        retired=(
            replace(
                BOOK.codes[0], id=UUID(int=2), part=2, label="NW9", key="9", state=CodeState.RETIRED
            ),
        ),
    )

    read = back(".xlsx", book)

    assert (read.parts, [one.part for one in read.codes]) == (parts, [1])


def test_a_text_too_long_for_a_cell_is_refused_and_never_cut() -> None:
    book = replace(BOOK, codes=(replace(BOOK.codes[0], full_definition="x" * 32_768),))

    with pytest.raises(ExportRefusedError, match="NW1A: “full_definition” is longer than"):
        written(WRITERS[".xlsx"], book)
    assert losses(book, back(".qdc", book))[:1] == ("The title of the codebook is not held.",)


@given(st.sampled_from(["=1+1", "+4", "-x", "@y", "'=z", "''=z", "\t=a", "https://x.example/"]))
@settings(deadline=None)
def test_words_that_look_like_a_formula_or_a_link_stay_words(words: str) -> None:
    book = replace(BOOK, codes=(replace(BOOK.codes[0], description=words),))

    for suffix in READ_BACK:
        assert back(suffix, book).codes[0].description == words
    assert b"<f>" not in written(WRITERS[".xlsx"], book)
