"""A table is coded whole or not at all, and twice is as good as once."""

import pytest

from tests.conftest import CHOIR, Qualcode

from .conftest import MakeTable

HEADS = "source,turn,start,end,words,codes,memo"


def codings(study: Qualcode, source: str) -> list[tuple[str, str]]:
    """List what a has coded in a source: the words and the code."""
    found: list[tuple[str, str]] = []
    for turn in study.asked("show", source, "--as", "a")["turns"]:
        for each in turn["codings"]:
            start, end = each["start"] - turn["start"], each["end"] - turn["start"]
            found.append((turn["words"][start:end], each["code"]))
    return found


def taken(study: Qualcode, file: object) -> tuple[int, int, int, int]:
    data = study.asked("code", "--from", str(file), "--as", "a")
    return data["codings"], data["read_marks"], data["memos"], data["already"]


def test_a_table_brings_codings_marks_and_memos(study: Qualcode) -> None:
    assert taken(study, CHOIR / "a.csv") == (13, 3, 1, 0)
    turn = study.asked("show", "FG1:5", "--as", "a")["turns"][0]
    assert [each["memo"] for each in turn["memos"]] == ["Compare ANNA on tea."]
    assert study.asked("show", "FG1:3", "--as", "a")["turns"][0]["read"]


def test_the_same_table_again_brings_nothing(study: Qualcode) -> None:
    taken(study, CHOIR / "a.csv")
    before = study.asked("status"), study.done("show", "FG1", "--as", "a")
    assert taken(study, CHOIR / "a.csv") == (0, 0, 0, 17)
    assert (study.asked("status"), study.done("show", "FG1", "--as", "a")) == before


def test_a_table_is_one_step(study: Qualcode) -> None:
    taken(study, CHOIR / "a.csv")
    study.done("undo", "--as", "a")
    assert study.asked("next", "--as", "a")["left"] == 15
    study.done("redo", "--as", "a")
    assert study.asked("next", "--as", "a") is None
    study.done("check")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("FG1,3,,,,1a,", "I hum. My daughter says that I hum the news."),
        ("FG1,3,,,hum the news,1a,", "hum the news"),
        ("fg1,3,0,6,,1a,", "I hum."),
        ("FG1,3,0,6,I hum.,1a,", "I hum."),
        ("FG1,,71,77,I hum.,1a,", "I hum."),
        ("FG1,3,71,77,I hum.,1a,", "I hum."),
        ("FG1,3,0,7, I hum. ,1a,", "I hum."),
    ],
)
def test_a_row_says_where_in_several_ways(
    study: Qualcode, table: MakeTable, row: str, words: str
) -> None:
    taken(study, table(HEADS, row))
    assert codings(study, "FG1") == [(words, "CH1A")]


@pytest.mark.parametrize("names", ["1a;1b", "'1a, 1b'", "CH1A; ch1b", "'1a;Low notes'", "1a;;1a"])
def test_codes_are_parted_by_semicolons_or_commas(
    study: Qualcode, table: MakeTable, names: str
) -> None:
    cell = names.replace("'", '"')
    taken(study, table(HEADS, f"FG1,3,,,,{cell},"))
    wanted = {"1a;;1a": 1}.get(names, 2)
    assert len(codings(study, "FG1")) == wanted


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        ("FG9,3,,,,1a,", "There is no source “FG9”."),
        ("FG1,9,,,,1a,", "FG1 has no turn 9."),
        ("FG1,x,,,,1a,", "its turn is no whole number: “x”."),
        ("FG1,,5,,,1a,", "its end is no whole number: “”."),
        ("FG1,,,,hum,1a,", "it names neither a turn nor a start in FG1."),
        ("FG1,3,,,hum,1a,", "the words “hum” occur more than once in that turn."),
        ("FG1,3,,,sing,1a,", "the words “sing” occur not in that turn."),
        ("FG1,3,0,6,You hum,1a,", "the words do not stand at that place."),
        ("FG1,,5000,5001,,1a,", "5000-5001 lies outside the text of FG1."),
        ("FG1,3,,,,CH1Z,", "The codebook has no code “CH1Z”. Did you mean CH1"),
        ("FG1,3,,,,,", "it names no code; write - for read and nothing applies."),
        ("FG1,4,,,,1a,", "Turn 4 of FG1 was added to the transcript"),
        ("FG1,1,,,,-,", "Turn 1 of FG1 is not a participant's words."),
    ],
)
def test_one_wrong_row_leaves_everything_out_and_is_named(
    study: Qualcode, table: MakeTable, row: str, trouble: str
) -> None:
    before = study.kept()
    file = table(HEADS, "FG1,2,,,,1a,good", "", row, "FG1,6,,,,1b,")
    sentence = study.refused("code", "--from", file, "--as", "a", status=14)
    assert sentence.startswith(f"table.csv: row 4: {trouble}")
    assert study.kept() == before


def test_many_wrong_rows_are_counted(study: Qualcode, table: MakeTable) -> None:
    file = table(HEADS, *[f"FG1,{turn},,,,1a," for turn in range(20, 28)])
    sentence = study.refused("code", "--from", file, "--as", "a", status=14)
    assert sentence.count("has no turn") == 5
    assert sentence.endswith("(and 3 more)")


@pytest.mark.parametrize(
    ("rows", "trouble"),
    [
        (["turn,codes", "3,1a"], "a coding table needs the columns source and codes"),
        ([HEADS], "the table has column names and no row."),
        ([HEADS, 'FG1,3,,,"a "b" c",1a,'], "row 2 (line 2) cannot be read"),
    ],
)
def test_what_is_no_table_is_refused(
    study: Qualcode, table: MakeTable, rows: list[str], trouble: str
) -> None:
    assert trouble in study.refused("code", "--from", table(*rows), "--as", "a", status=14)


def test_a_spreadsheet_from_the_continent_and_a_long_cell_are_read(
    study: Qualcode, table: MakeTable
) -> None:
    long = "word " * 40_000
    taken(study, table("source;turn;codes;memo", f'FG1;3;"1a;1b";{long}'))
    assert len(codings(study, "FG1")) == 2


def test_a_text_encoding_can_be_named(study: Qualcode, table: MakeTable) -> None:
    file = table("source,turn,codes,memo")
    file.write_bytes(b"source,turn,codes,memo\nFG1,3,1a,caf\xe9\n")
    study.refused("code", "--from", file, "--as", "a", status=14)
    study.done("code", "--from", file, "--encoding", "cp1252", "--as", "a")
    (turn,) = study.asked("show", "FG1:3", "--as", "a")["turns"]
    assert [each["memo"] for each in turn["memos"]] == ["café"]


def test_coded_and_read_never_stand_together(study: Qualcode, table: MakeTable) -> None:
    study.done("read", "FG1:2", "--as", "a")
    rows = ["FG1,2,,,,1a,", "FG1,3,,,,-,", "FG1,3,,,I hum.,1b,", "FG1,6,,,,-,", "FG1,6,,,,-,"]
    assert taken(study, table(HEADS, *rows)) == (2, 1, 0, 2)
    turns = {turn["number"]: turn for turn in study.asked("show", "FG1", "--as", "a")["turns"]}
    assert [turns[number]["read"] for number in (2, 3, 6)] == [False, False, True]
    study.done("check")


def test_what_was_exported_can_be_coded_from(coded: Qualcode) -> None:
    file, as_a = coded.folder / "layer.csv", ("--as", "a")
    coded.done("export", "csv", file, "--layer", "a", "--as", "a")
    coded.done("round", "new", "r2", "--coders", "a")
    assert taken(coded, file) == (13, 0, 0, 0)

    def layer(within: str) -> list[tuple[str, int, int]]:
        return [
            (one["source"], one["start"], one["end"])
            for code in ("1a", "1b", "2a", "2b")
            for one in coded.asked("quotes", code, "--layer", "a", "--round", within, *as_a)[
                "quotations"
            ]
        ]

    assert layer("r2") == layer("r1")
