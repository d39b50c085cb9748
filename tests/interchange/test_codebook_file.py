import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Codebook, Origin, Part
from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.codebook_file import read_codebook, read_whole, write_codebook
from qualcode.interchange.importing import Upload
from qualcode.interchange.ready_codebooks import ready, ready_names
from tests.interchange.drawn import by_labels, codebooks

YAML = """
schema: qualcode-codebook/1
codebook: {id: night, title: Night work, version: 3, language: cy, source: ours, unit: a turn}
parts:
  - part: 1
    theme: Learning
    origin: a priori
    codes:
      - {code: NW1A, key: 1e3, label: "Yes", description: on, include: [one, two], examples: Q1}
      - {code: NW1B, key: no, label: Rota, parent: nw1a, colour: "#3366cc", origin: inductive}
  - part: 2
    theme: Paper
    note: >-
      Two lines
      of note.
    codes:
"""


def read(words: str, name: str = "night.yaml") -> Codebook:
    return read_codebook(Upload(name, words.encode()))


def refusal(words: str, name: str = "night.yaml") -> str:
    with pytest.raises(ImportRefusedError) as caught:
        read(words, name)
    return caught.value.sentence


def test_a_yaml_codebook_is_read_field_by_field() -> None:
    book = read(YAML)

    assert (book.version, book.title, book.language) == (3, "Night work", "cy")
    assert book.parts == (
        Part(1, "Learning", "", Origin.A_PRIORI),
        Part(2, "Paper", "Two lines of note.", Origin.NOT_STATED),
    )
    first, second = book.codes
    assert (first.label, first.name, first.description) == ("NW1A", "Yes", "on")
    assert (first.include, first.examples, first.exclude) == (("one", "two"), ("Q1",), ())
    assert (first.origin, second.origin) == (Origin.A_PRIORI, Origin.INDUCTIVE)
    assert (second.parent, second.colour) == ("NW1A", "#3366cc")
    assert [code.position for code in book.codes] == [1, 2]
    assert first.id != second.id


def test_scalars_stay_what_was_typed() -> None:
    assert [code.key for code in read(YAML).codes] == ["1e3", "no"]


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        ("schema: qualcode-codebook/1", "schema: qualcode-codebook/2", "this program reads"),
        ("schema: qualcode-codebook/1", "plan: x", "its schema is not stated"),
        ("key: no,", "key: 1E3,", "the key “1E3” of “NW1B” also names “NW1A”"),
        ("key: no,", "key: nw1a,", "the key “nw1a” of “NW1B” also names “NW1A”"),
        ("key: no,", "key: n-o,", "code “NW1B” has the key “n-o”"),
        ("key: no,", "", "night.yaml, line 10: code “NW1B” has no “key”"),
        ("label: Rota,", "", "code “NW1B” has no “label”"),
        ("code: NW1B,", "", "entry 2 of part 1 has no “code”"),
        ("code: NW1B", "code: nẃ1a", "line 10: “nẃ1a” is the name of the code in line 9 already"),
        ("parent: nw1a", "parent: gone", "code “NW1B” refers to “gone”"),
        ("parent: nw1a", "parent: nw1b", "circle: “NW1B” under “NW1B”"),
        ('"#3366cc"', "blue", "code “NW1B” has a “colour”"),
        ("origin: inductive", "origin: dreamt", "code “NW1B” has the origin “dreamt”"),
        ("origin: inductive", "inlcude: [x]", "code “NW1B” has a field “inlcude”"),
        (
            "origin: inductive",
            "retired_in: 4",
            "code “NW1B” is retired (retired_in); list it under “retired”",
        ),
        ("origin: inductive", "include: {a: b}", "code “NW1B” has a “include” that is not"),
        ("label: Rota", 'label: "a\\nb"', "code “NW1B” has a “label” that is not one line"),
        ("label: Rota", 'label: "a\\e[2J"', "code “NW1B” has a “label” that is not one line"),
        ("label: Rota", "label: [a]", "code “NW1B” has a “label” that is not one text"),
        ("part: 2", "part: 1", "part 1 stands there twice"),
        ("part: 2", "part: two", "part 2 in the file has a “part” that is not a whole number"),
        ("part: 2", "part: 0", "has a “part” of 0"),
        ("part: 2", "number: 2", "part 2 in the file has a field “number”"),
        ("theme: Paper", "note: Paper", "line 13: “note” stands there twice"),
        ("theme: Paper", "origin: open", "part 2 in the file has no “theme”"),
        ("version: 3", "version: third", "the codebook has a “version”"),
        ("key: no,", "key: no, key: n2,", "line 10: “key” stands there twice"),
        ("key: no,", "key: &here no, label: *here,", "line 10: a YAML alias (*) is not allowed"),
        ("label: Rota", "label: " + "[" * 30 + "]" * 30, "is nested too deeply"),
        ("label: Rota", "label: 'Rota", "cannot be read as YAML"),
        ("codes:\n      -", "codes: x\n      -", "cannot be read as YAML"),
        ("label: Rota", "label: " + "x" * 201, "at most 200"),
        (
            "    theme: Paper",
            "\ttheme: Paper",
            "line 12: this cannot be read as YAML: a tab stands",
        ),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_place(old: str, new: str, trouble: str) -> None:
    assert old in YAML
    assert trouble in refusal(YAML.replace(old, new))


RETIRED = """
retired:
  - {code: NW1C, key: n3, label: Lists, part: 1, successors: [nw1a]}
  - {code: NW1D, key: n4, label: Bells, part: 2, successors: [NW1C, NW1B]}
  - {code: NW1E, key: n5, label: Keys, part: 7}
"""


def test_retired_codes_come_with_what_took_their_place() -> None:
    book = read(YAML + RETIRED)

    assert [code.label for code in book.codes] == ["NW1A", "NW1B"]
    lists, bells, keys = book.retired
    assert book.successors(lists) == [book.code("NW1A")]
    assert [code.label for code in book.successors(bells)] == ["NW1A", "NW1B"]
    assert (keys.part, keys.successors, keys.in_use) == (7, (), False)


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        ("successors: [nw1a]", "successors: [NW9]", "line 19: code “NW1C” has a successor “NW9”"),
        ("successors: [nw1a]", "successors: [NW1D]", "comes round to itself"),
        ("code: NW1C", "code: NW1B", "line 19: “NW1B” is the name of the code in line 10 already"),
        ("key: n3", "key: no", "line 19: the key “no” of “NW1C” also names “NW1B”"),
        ("label: Lists", "label: Lists, parent: NW1A", "is retired and can have no “parent”"),
        ("part: 1, successors", "successors", "code “NW1C” has no “part”"),
    ],
)
def test_a_retired_code_that_contradicts_another_is_refused(
    old: str, new: str, trouble: str
) -> None:
    assert old in RETIRED
    assert trouble in refusal(YAML + RETIRED.replace(old, new, 1))


def test_all_that_is_wrong_is_told_at_once_line_by_line() -> None:
    words = YAML.replace("key: 1e3,", "").replace("origin: inductive", "origin: dreamt")

    told = refusal(words.replace("part: 2", "part: two")).splitlines()

    assert told == [
        "night.yaml, line 9: code “NW1A” has no “key”.",
        (
            "night.yaml, line 10: code “NW1B” has the origin “dreamt”; it is one of"
            " a priori, inductive, open, not stated."
        ),
        "night.yaml, line 11: part 2 in the file has a “part” that is not a whole number.",
    ]


def test_no_more_than_ten_findings_are_told() -> None:
    rows = "".join(f"c{number},x\n" for number in range(14))

    told = refusal(f"code,parent\n{rows}", "n.csv").splitlines()

    assert len(told) == 11
    assert told[0] == "n.csv, row 2: code “c0” refers to “x”, which the codebook does not hold."
    assert told[-1] == "… and 4 more."


def test_parents_that_form_a_circle_are_named() -> None:
    entry = "      - {{code: {0}, key: {0}, label: {0}, parent: {1}}}\n"
    circle = "".join(entry.format(*pair) for pair in ("ab", "bc", "cb"))
    words = f"schema: qualcode-codebook/1\nparts:\n  - part: 1\n    theme: x\n    codes:\n{circle}"

    assert "line 7: the parents form a circle: “b” under “c” under “b”." in refusal(words)


def test_a_code_stands_after_the_one_it_is_under_wherever_the_file_has_it() -> None:
    book = read("code,parent\na,\nb,d\nc,\nd,a\n", "n.csv")

    assert [code.label for code in book.codes] == ["a", "d", "b", "c"]


def test_many_codes_in_one_line_of_descent_are_no_circle() -> None:
    rows = [f"c{number},c{number - 1}," for number in range(1, 2000)]
    book = read("code,parent,definition\nc0,,\n" + "\n".join(rows), "deep.csv")

    assert len(book.codes) == 2000


@pytest.mark.parametrize("words", ["[]", "just words", "a: b", "- a", "? [a]\n: b"])
def test_yaml_that_is_no_codebook_is_refused(words: str) -> None:
    assert "its schema is not stated" in refusal(words)


def test_a_file_that_is_too_large_or_of_another_format_is_refused() -> None:
    assert "more than 4 MB" in refusal("#" * 4_200_000)
    assert "not read from a file of this ending" in refusal("x", "codes.odt")


def test_every_ready_codebook_reads_and_writes_back_the_same() -> None:
    for name in ready_names():
        book = read_codebook(ready(name))

        assert by_labels(read(write_codebook(book))) == by_labels(book)


def test_a_table_is_read_with_parents_and_made_keys() -> None:
    book = read("code,parent,definition\nAt night,,Dark\nrota 2,at night,\nrota2,,\n", "n.csv")

    assert [(code.label, code.key, code.name) for code in book.codes] == [
        ("At night", "atnight", "At night"),
        ("rota 2", "rota23", "rota 2"),
        ("rota2", "rota2", "rota2"),
    ]
    assert (book.codes[0].description, book.codes[1].parent) == ("Dark", "At night")
    assert [part.title for part in book.parts] == ["Codes"]


def test_made_keys_never_name_two_codes() -> None:
    book = read("code,key\nA b,\nab,\na-b,\nx,ab3\n[/],\n", "n.csv")

    assert [code.key for code in book.codes] == ["ab2", "ab", "ab4", "ab3", "6"]


def test_a_table_may_hold_parts_names_keys_and_lists() -> None:
    book = read(
        'label;name;key;theme;include;colour\nA1;"Rota";a;Work;"one\ntwo";#112233\nB1;Bus;b;Way;;\n',
        "n.csv",
    )

    assert [(part.number, part.title) for part in book.parts] == [(1, "Work"), (2, "Way")]
    assert [(code.label, code.name, code.key, code.part) for code in book.codes] == [
        ("A1", "Rota", "a", 1),
        ("B1", "Bus", "b", 2),
    ]
    assert (book.codes[0].include, book.codes[0].colour) == (("one", "two"), "#112233")


def test_a_table_may_hold_retired_codes() -> None:
    book = read(
        "code,part,theme,state,successors\na,1,Work,in use,\nb,1,Work,retired,a\nc,2,,retired,\n",
        "n.csv",
    )

    assert [part.title for part in book.parts] == ["Work"]
    assert [(code.label, code.part) for code in book.retired] == [("b", 1), ("c", 2)]
    assert book.successors(book.retired[0]) == [book.code("a")]


def test_columns_that_are_not_read_are_named() -> None:
    words = "tag,description,memo,number of highlights,,unused\na,on,m,3,x,\nb,,m,,,\n"

    read = read_whole(Upload("n.csv", words.encode()))

    assert [one.description for one in read.codebook.codes] == ["on", "m"]
    assert [one.sentence for one in read.findings] == [
        "Left out: 3 columns (“memo”, “number of highlights”)."
    ]
    assert read_whole(Upload("n.csv", b"code,part,theme,state\na,1,One,in use\n")).findings == ()


@pytest.mark.parametrize("name", ["n.csv", "n.yaml"])
def test_control_characters_that_were_replaced_are_counted(name: str) -> None:
    yaml = "schema: qualcode-codebook/1\nparts: [{part: 1, theme: A}] # \x7f\x9b\n"
    words = {"n.csv": "code,definition\na,\x7f\x9b\n", "n.yaml": yaml}[name]

    found = read_whole(Upload(name, words.encode())).findings

    assert [one.sentence for one in found] == ["2 control characters are stored as �, one for one."]


def test_a_part_whose_title_ends_in_a_blank_is_known_again_in_a_row() -> None:
    words = "code,part,theme\na,1,Work\nb,1,Work \n"

    assert [part.title for part in read(words, "n.csv").parts] == ["Work"]


def test_a_cell_that_was_made_safe_reads_as_it_was() -> None:
    book = read("code,definition\na,'=1+1\nb,''=2\nc,'tis\n", "n.csv")

    assert [code.description for code in book.codes] == ["=1+1", "'=2", "'tis"]


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("code,state\na,gone\n", "row 2: code “a” has the state “gone”; it is one of in use"),
        ("code,successors\na,b\nb,\n", "code “a” has successors and is yet in use"),
        ("title,definition\nx,y\n", "Its columns are: “title”, “definition”"),
        ("code,parent\na,\n,a\n", "n.csv, row 3: the row has no “code”"),
        ("code,parent\na,b\nb,a\n", "circle: “a” under “b” under “a”"),
        (
            'code,parent\nFear,\n"fear ",\n',
            "row 3: “fear” is the name of the code in row 2 already",
        ),
        ("code,key\na,x\nb,X\n", "the key “X” of “b” also names “a”"),
        ('code,parent\n"two\nlines",\n', "row 2: code “two lines” has a “code” that is not"),
        ("code,part\na,first\n", "row 2: the row has a “part” that is not a whole number"),
    ],
)
def test_a_mistake_in_a_table_names_its_row(words: str, trouble: str) -> None:
    assert trouble in refusal(words, "n.csv")


@given(codebooks())
def test_what_is_written_reads_back_the_same(book: Codebook) -> None:
    assert by_labels(read(write_codebook(book))) == by_labels(book)


@given(st.binary(max_size=200), st.sampled_from(["b.yaml", "b.csv"]))
def test_any_bytes_are_a_codebook_or_a_refusal(data: bytes, name: str) -> None:
    try:
        book = read_codebook(Upload(name, data))
    except ImportRefusedError:
        return
    assert [code.position for code in book.codes] == list(range(1, len(book.codes) + 1))


def test_a_quote_without_its_end_is_told_with_the_line_where_it_begins() -> None:
    begun = 'schema: x\nparts:\n  - part: 1\n    theme: "Open\n    codes: []\n'
    more = "  - part: 2\n    theme: "

    told = refusal(f"{begun}{more}x")
    assert "line 7: this cannot be read as YAML" in told
    assert "; the text begins at line 4." in told
    assert "the text in quotes that ends there begins at line 4." in refusal(f'{begun}{more}"x"\n')
