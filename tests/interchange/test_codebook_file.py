from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Code, Codebook, Origin, Part, folded
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_file import read_codebook, write_codebook
from qualcode.interchange.importing import Upload
from qualcode.interchange.ready_codebooks import ready, ready_names

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
    return caught.value.trouble


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
        ("key: no,", "", "code “NW1B” has no “key”"),
        ("label: Rota,", "", "code “NW1B” has no “label”"),
        ("code: NW1B,", "", "entry 2 of part 1 has no “code”"),
        ("code: NW1B", "code: nẃ1a", "entries 1 and 2 are both called “nẃ1a”"),
        ("parent: nw1a", "parent: gone", "code “NW1B” refers to “gone”"),
        ("parent: nw1a", "parent: nw1b", "circle: “NW1B” under “NW1B”"),
        ('"#3366cc"', "blue", "code “NW1B” has a “colour”"),
        ("origin: inductive", "origin: dreamt", "code “NW1B” has the origin “dreamt”"),
        ("origin: inductive", "inlcude: [x]", "code “NW1B” has a field “inlcude”"),
        ("origin: inductive", "retired_in: 4", "code “NW1B” is retired (retired_in)"),
        ("origin: inductive", "include: {a: b}", "code “NW1B” has a “include” that is not"),
        ("label: Rota", 'label: "a\\nb"', "code “NW1B” has a “label” that is not one line"),
        ("label: Rota", 'label: "a\\e[2J"', "code “NW1B” has a “label” that is not one line"),
        ("label: Rota", "label: [a]", "code “NW1B” has a “label” that is not one text"),
        ("part: 2", "part: 1", "part 1 stands there twice"),
        ("part: 2", "part: two", "part 2 in the file has a “part” that is not a whole number"),
        ("part: 2", "part: 0", "has a “part” of 0"),
        ("part: 2", "number: 2", "part 2 in the file has a field “number”"),
        ("theme: Paper", "note: Paper", "line 13 repeats “note”"),
        ("theme: Paper", "origin: open", "part 2 in the file has no “theme”"),
        ("version: 3", "version: third", "the codebook has a “version”"),
        ("key: no,", "key: no, key: n2,", "line 10 repeats “key”"),
        ("key: no,", "key: &here no, label: *here,", "line 10 uses a YAML alias"),
        ("label: Rota", "label: " + "[" * 30 + "]" * 30, "is nested too deeply"),
        ("label: Rota", "label: 'Rota", "cannot be read as YAML"),
        ("codes:\n      -", "codes: x\n      -", "cannot be read as YAML"),
        ("label: Rota", "label: " + "x" * 201, "at most 200"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_place(old: str, new: str, trouble: str) -> None:
    assert old in YAML
    assert trouble in refusal(YAML.replace(old, new))


def test_parents_that_form_a_circle_are_named() -> None:
    entry = "      - {{code: {0}, key: {0}, label: {0}, parent: {1}}}\n"
    circle = "".join(entry.format(*pair) for pair in ("ab", "bc", "cb"))
    words = f"schema: qualcode-codebook/1\nparts:\n  - part: 1\n    theme: x\n    codes:\n{circle}"

    assert "circle: “b” under “c” under “b”" in refusal(words)


def test_many_codes_in_one_line_of_descent_are_no_circle() -> None:
    rows = [f"c{number},c{number - 1}," for number in range(1, 2000)]
    book = read("code,parent,definition\nc0,,\n" + "\n".join(rows), "deep.csv")

    assert len(book.codes) == 2000


@pytest.mark.parametrize("words", ["[]", "just words", "a: b", "- a", "? [a]\n: b"])
def test_yaml_that_is_no_codebook_is_refused(words: str) -> None:
    assert "its schema is not stated" in refusal(words)


def test_a_file_that_is_too_large_or_of_another_format_is_refused() -> None:
    assert "more than 4 MB" in refusal("#" * 4_200_000)
    assert "from YAML or CSV" in refusal("x", "codes.qdc")


def test_every_ready_codebook_reads_and_writes_back_the_same() -> None:
    for name in ready_names():
        book = read_codebook(ready(name))

        assert _without_ids(read(write_codebook(book))) == _without_ids(book)


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


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("title,definition\nx,y\n", "Its columns are: “title”, “definition”"),
        ("code,parent\na,\n,a\n", "row 3 has no “code”"),
        ("code,parent\na,b\nb,a\n", "circle: “a” under “b” under “a”"),
        ('code,parent\nFear,\n"fear ",\n', "entries 1 and 2 are both called “fear”"),
        ("code,key\na,x\nb,X\n", "the key “X” of “b” also names “a”"),
        ('code,parent\n"two\nlines",\n', "code “two lines” (row 2) has a “code” that is not"),
        ("code,part\na,first\n", "row 2 has a “part” that is not a whole number"),
    ],
)
def test_a_mistake_in_a_table_names_its_row(words: str, trouble: str) -> None:
    assert trouble in refusal(words, "n.csv")


def _without_ids(book: Codebook) -> Codebook:
    return replace(book, codes=tuple(replace(code, id=UUID(int=0)) for code in book.codes))


_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffd\u2028\u2029")
_LINE = st.text(_SIGNS, min_size=1, max_size=20).filter(lambda words: bool(words.strip()))
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(
    lambda words: as_stored(words).text
)
_LISTS = st.lists(_WORDS.filter(bool), max_size=3).map(tuple)


@st.composite
def _books(draw: st.DrawFn) -> Codebook:
    parts = tuple(
        Part(number, draw(_LINE), draw(_WORDS), draw(st.sampled_from(Origin)))
        for number in range(1, draw(st.integers(1, 3)) + 1)
    )
    labels = draw(st.lists(_LINE, max_size=5, unique_by=folded))
    known = {f"k{place}" for place in range(9)}
    labels = [label for label in labels if folded(label) and folded(label) not in known]
    places = sorted(draw(st.integers(1, len(parts))) for _ in labels)
    codes = tuple(
        Code(
            UUID(int=0),
            label,
            f"k{place}",
            draw(_LINE),
            places[place],
            place + 1,
            description=draw(_WORDS),
            full_definition=draw(_WORDS),
            include=draw(_LISTS),
            exclude=draw(_LISTS),
            examples=draw(_LISTS),
            sub_questions=draw(_LISTS),
            parent=draw(st.sampled_from(["", *labels[:place]])),
            not_to_confuse_with=draw(st.lists(st.sampled_from(labels), max_size=2).map(tuple)),
            origin=draw(st.sampled_from(Origin)),
            colour=draw(st.sampled_from(["", "#00aaFF"])),
        )
        for place, label in enumerate(labels)
    )
    return Codebook(draw(st.integers(1, 99)), draw(_WORDS), "cy", parts, codes)


@given(_books())
def test_what_is_written_reads_back_the_same(book: Codebook) -> None:
    assert _without_ids(read(write_codebook(book))) == book


@given(st.binary(max_size=200), st.sampled_from(["b.yaml", "b.csv"]))
def test_any_bytes_are_a_codebook_or_a_refusal(data: bytes, name: str) -> None:
    try:
        book = read_codebook(Upload(name, data))
    except ImportRefusedError:
        return
    assert [code.position for code in book.codes] == list(range(1, len(book.codes) + 1))
