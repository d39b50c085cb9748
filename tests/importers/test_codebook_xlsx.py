"""Codebooks that teams keep in Excel."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.codebook_file import read_codebook, read_whole
from qualcode.interchange.importing import Upload

Cell = str | float | date


def workbook(**sheets: list[list[Cell]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def read(data: bytes) -> Codebook:
    return read_codebook(Upload("ours.xlsx", data))


def refusal(data: bytes) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        read(data)
    return caught.value.sentence


def test_the_first_sheet_of_any_workbook_is_read_as_a_table_of_codes() -> None:
    rows: list[list[Cell]] = [
        ["Code", "Key", "Definition", "Include", "Proposed on"],
        ["Rota", 1.0, "Who works when.", "one\ntwo", date(2026, 2, 1)],
        ["", "", "", "", ""],
        ["Bus", "b2", "", "", ""],
    ]

    book = read(workbook(Sheet1=rows, Notes=[["nothing"]]))

    assert [(one.label, one.key, one.include) for one in book.codes] == [
        ("Rota", "1", ("one", "two")),
        ("Bus", "b2", ()),
    ]
    assert book.codes[0].proposed_on == "2026-02-01"
    assert (book.title, book.parts[0].title) == ("ours", "Codes")


def test_sheets_that_are_not_read_are_named_unless_they_are_empty() -> None:
    codes: list[list[Cell]] = [["code", "memo", "definition", "group"], ["A", "m", "d", "g"]]

    def told(**sheets: list[list[Cell]]) -> list[str]:
        data = workbook(**sheets)
        return [one.sentence for one in read_whole(Upload("ours.xlsx", data)).findings]

    assert told(Sheet1=codes, Notes=[["x"]], Sheet3=[]) == [
        "Left out: 2 columns (“memo”, “group”).",
        "Left out: 1 sheet (“Notes”).",
    ]
    assert told(Other=[["x"]], Codes=[["code"], ["A"]], Parts=[["part", "theme"]]) == [
        "Left out: 1 sheet (“Other”)."
    ]


def test_sheets_of_parts_and_of_the_whole_are_read_where_they_are_there() -> None:
    book = read(
        workbook(
            Codes=[["code", "part"], ["A", 2], ["B", 1]],
            Parts=[
                ["part", "theme", "note", "origin"],
                [1, "One", "n", "open"],
                [2, "Two", "", ""],
            ],
            Codebook=[["field", "value"], ["title", "Choir"], ["version", 4], ["language", "cy"]],
        )
    )

    assert (book.title, book.version, book.language) == ("Choir", 4, "cy")
    assert [(part.title, part.note) for part in book.parts] == [("One", "n"), ("Two", "")]
    assert [(one.label, one.part) for one in book.codes] == [("B", 1), ("A", 2)]


def test_a_mistake_names_its_row_as_the_spreadsheet_does() -> None:
    told = refusal(workbook(Sheet1=[["code", "parent"], ["A", ""], ["B", "C"]]))

    assert told.startswith("ours.xlsx, row 3: code “B” refers to “C”")


def test_a_part_that_will_not_do_names_its_sheet() -> None:
    told = refusal(workbook(Codes=[["code"], ["A"]], Parts=[["part", "theme"], ["x", "One"]]))

    assert told.startswith("ours.xlsx, sheet Parts, row 2: the part has a “part”")


def test_cells_that_lie_worlds_apart_are_refused_before_they_fill_the_memory() -> None:
    data = workbook(Sheet1=[["code"], ["A"]])
    far = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(far, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="A2"', b'r="XFD1048576"'))

    assert "too far apart" in refusal(far.getvalue())


def test_an_empty_or_damaged_workbook_is_a_sentence() -> None:
    assert "is empty" in refusal(workbook(Sheet1=[]))
    assert "damaged" in refusal(workbook(Sheet1=[["code"]])[:-40])
