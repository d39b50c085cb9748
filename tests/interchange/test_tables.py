import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import as_stored
from qualcode.interchange.importing import Upload
from qualcode.interchange.tables import Row, Table, read_table


def table(words: str, *, encoding: str = "utf-8", expected: tuple[str, ...] = ()) -> Table:
    return read_table(Upload("answers.csv", words.encode(encoding)), None, expected=expected)


def refusal(words: str) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        table(words)
    return caught.value.sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_delimiter_is_found_and_the_mark_is_dropped(encoding: str, delimiter: str) -> None:
    read = table(f"id{delimiter}said\r\n07{delimiter}yes\r\n", encoding=encoding)

    assert read.columns == ("id", "said")
    assert read.rows == (Row(2, ("07", "yes")),)


def test_the_columns_expected_decide_between_delimiters() -> None:
    read = table("id;a, b, c and d\n1;yes, no\n", expected=("id",))

    assert read.columns == ("id", "a, b, c and d")


def test_newlines_in_quoted_cells_are_kept_and_rows_count_as_a_spreadsheet_does() -> None:
    read = table('id,said\n1,"one\ntwo ""so"" three"\n\n2,four\n')

    assert read.rows == (Row(2, ("1", 'one\ntwo "so" three')), Row(4, ("2", "four")))


def test_cells_left_off_at_the_end_are_empty() -> None:
    assert table("id,a,b\n1,x\n2,x,y,,\n").rows == (
        Row(2, ("1", "x", "")),
        Row(3, ("2", "x", "y")),
    )


def test_words_beyond_the_last_column_are_refused() -> None:
    assert "row 3 has 3 cells, but there are 2 column names" in refusal("id,a\n1,x\n2,y,z\n")


@pytest.mark.parametrize("row", ['1,"she said "no" twice"', '1,"it never ends'])
def test_a_quotation_mark_that_would_slide_the_cells_is_refused(row: str) -> None:
    assert "row 2 (line 2) cannot be read" in refusal(f"id,said\n{row}\n")


def test_a_cell_may_be_long_and_the_limit_of_the_program_stays() -> None:
    before = csv.field_size_limit()
    words = "x" * 200_000

    assert table(f"id,said\n1,{words}\n").rows[0].cells[1] == words
    assert csv.field_size_limit() == before


def test_a_column_is_found_by_its_exact_name_first() -> None:
    read = table("Id,id,Sagt é\n1,2,3\n")

    assert [read.place(name) for name in ("id", "Id", "sagt e", "none")] == [1, 0, 2, None]
    assert read.place("ID") is None


def test_columns_are_listed_on_one_line_without_acting() -> None:
    assert table('"a\nb","\x1b[2J"\n1,2\n').listed() == "“a b”, “�[2J”"


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=6))
def test_what_a_spreadsheet_writes_is_read_cell_by_cell(rows: list[tuple[str, ...]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("id", "a", "b"), *rows])
    if stream.getvalue().count("\0") > 8:
        return

    kept = [tuple(as_stored(cell).text for cell in row) for row in rows]
    assert [row.cells for row in table(stream.getvalue(), expected=("id", "a", "b")).rows] == [
        row for row in kept if any(cell.strip() for cell in row)
    ]
