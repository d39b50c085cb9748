"""REFI-QDA codebooks of other programs come in with their names, trees, colours and words."""

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.codebook_file import read_codebook, read_whole
from qualcode.interchange.files import take
from qualcode.interchange.importing import Upload

HEAD = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Elsewhere 9"><Codes>'
TAIL = "</Codes></CodeBook>"
ONE = "0D4E2F1A-0000-4000-8000-00000000000"


def code(name: str, number: int = 0, inner: str = "", **more: str) -> str:
    told = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<Code guid="{ONE}{number}" name="{name}" isCodable="true"{told}>{inner}</Code>\n'


def read(words: str) -> Codebook:
    return read_codebook(Upload("theirs.qdc", f"{HEAD}{words}{TAIL}".encode()))


def told(words: str, after: str = "") -> list[str]:
    """Give what is said of a file that was read."""
    data = f"{HEAD}{words}{TAIL.replace('</CodeBook>', after + '</CodeBook>')}".encode()
    return [one.sentence for one in read_whole(Upload("theirs.qdc", data)).findings]


def refusal(data: bytes) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        read_codebook(Upload("theirs.qdc", data))
    return caught.value.sentence


def test_a_tree_of_codes_comes_whole() -> None:
    book = read(
        code(
            "Night",
            1,
            "<Description>After ten.\nOr so.</Description>" + code("Bus", 2, code("Late", 3)),
            color="#3366CC",
        )
        + code("Day", 4, color="#abc")
    )

    assert [(one.label, one.name, one.parent, one.key) for one in book.codes] == [
        ("Night", "Night", "", "night"),
        ("Bus", "Bus", "Night", "bus"),
        ("Late", "Late", "Bus", "late"),
        ("Day", "Day", "", "day"),
    ]
    assert [one.colour for one in book.codes] == ["#3366CC", "", "", "#aabbcc"]
    assert book.codes[0].description == "After ten.\nOr so."
    assert book.codes[0].id == UUID(f"{ONE}1")
    assert [part.title for part in book.parts] == ["Codes"]


def test_what_cannot_be_applied_at_the_top_is_a_part_and_no_name_is_dropped() -> None:
    category = '<Code guid="x" name="Work" isCodable="false"><Description>Why.</Description>'
    inner = '<Code guid="y" name="Shifts" isCodable="false">' + code("Early", 2) + "</Code>"

    book = read(f"{category}{inner}</Code>" + code("Loose", 3))

    assert [(part.title, part.note) for part in book.parts] == [("Work", "Why."), ("Codes", "")]
    assert [(one.label, one.parent, one.part) for one in book.codes] == [
        ("Shifts", "", 1),
        ("Early", "Shifts", 1),
        ("Loose", "", 2),
    ]


def test_names_that_stand_there_twice_are_told_apart_by_what_is_above() -> None:
    book = read(
        code("Fear", 1, code("Other", 2)) + code("Hope", 3, code("Other", 4)) + code("other", 5)
    )

    assert [(one.label, one.name) for one in book.codes] == [
        ("Fear", "Fear"),
        ("Other", "Other"),
        ("Hope", "Hope"),
        ("Other (Hope)", "Other"),
        ("other 2", "other"),
    ]


def test_a_description_may_lie_in_another_namespace_and_ids_need_be_none() -> None:
    words = (
        '<c:CodeBook xmlns:c="urn:QDA-XML:codebook:0:4"><c:Codes><c:Code guid="c001" name="A">'
        "<c:Description>Said.</c:Description></c:Code></c:Codes><Sets/></c:CodeBook>"
    )

    book = read_codebook(Upload("theirs.qdc", b"\xef\xbb\xbf" + words.encode()))

    assert [(one.label, one.description) for one in book.codes] == [("A", "Said.")]


def test_a_colour_written_in_another_way_is_none() -> None:
    assert read(code("A", color="rgb(1,2,3)")).codes[0].colour == ""


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        (code("A&#10;B"), "theirs.qdc, line 1: code “A B” has a “code” that is not one line"),
        (code("A") + code(""), "theirs.qdc, line 2: code “” has no “code”"),
        (code("x" * 201), "at most 200 typed signs"),
        (
            code("A", inner="<Description>--- qualcode ---\nkey: [</Description>"),
            "what stands under “--- qualcode ---” cannot be read",
        ),
    ],
)
def test_a_name_that_will_not_do_is_told_with_its_line(words: str, trouble: str) -> None:
    assert trouble in refusal(f"{HEAD}{words}{TAIL}".encode())


def test_what_is_no_codebook_or_brings_a_dtd_is_refused() -> None:
    assert "does not begin with CodeBook" in refusal(b"<Project/>")
    assert "DOCTYPE" in refusal(b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>')
    assert "damaged" in refusal(b"<CodeBook><Codes>")


def test_a_name_that_was_changed_elsewhere_is_taken_over() -> None:
    fence = "--- qualcode ---\ncode: TC1A\nkey: 1a\nlabel: Needs\n"
    was = f"<Description>New words.\n\n{fence}</Description>"

    book = read(
        code("TC1A Wants", 1, was) + code("Gaps", 2, was.replace("1a", "1b").replace("1A", "1B"))
    )

    assert [(one.label, one.name) for one in book.codes] == [("TC1A", "Wants"), ("TC1B", "Gaps")]
    assert book.codes[0].description == "New words."


def test_sets_and_notes_are_said_to_be_left_out_once_a_kind() -> None:
    around = f"""<Sets><Set guid="{ONE}8" name="Fear"><Description>Of it.</Description>
        <MemberCode guid="{ONE}1"/></Set><Set guid="{ONE}9" name="Hope"/></Sets>
        <Notes><Note guid="{ONE}7" name="Monday"/></Notes>"""
    reference = f'<NoteRef targetGUID="{ONE}7"/>'

    assert told(code("A", 1, reference + reference), around) == [
        "Left out: 2 references to notes.",
        "Left out: 2 sets of codes (“Fear”, “Hope”).",
        "Left out: 1 note (“Monday”).",
    ]
    assert told(code("A", 1), "<Sets/>") == []


def test_what_no_standard_knows_is_said_to_be_left_out_whatever_its_name() -> None:
    words = "<Description>Late <b>or</b> not</Description><Memo>x</Memo><Codes/>"

    assert told(code("A", 1, words, created="2020") + code("B", 2, created="2021")) == [
        "Left out: 3 other elements (“b”, “Memo”, “Codes”).",
        "Left out: 2 other attributes of codes (“created”).",
    ]


def test_what_came_in_otherwise_than_it_was_is_said() -> None:
    inner = f'<Code guid="{ONE}1" name="Shifts" isCodable="false" color="rgb(1,2,3)"/>'
    part = f'<Code guid="{ONE}2" name="Work" isCodable="0" color="#112233">{inner}</Code>'
    bell = "<Description>Bell\u009b\u007f</Description>"

    assert told(part + code("Bus", 3) + code("bus", 4, bell) + code("Late", 3)) == [
        "Left out: 1 colour, for it is not written like #3366cc (“Shifts”).",
        "1 code can be applied here, though not in the file (“Shifts”).",
        "1 name that stands there twice was told apart (“bus 2”).",
        "1 code has no id of its own and is known by its name alone (“Late”).",
        "Left out: 1 colour of a part (“Work”).",
        "2 control characters are stored as �, one for one.",
    ]


def test_many_names_are_counted_and_the_first_ones_named() -> None:
    sets = "".join(f'<Set name="s{number}"/>' for number in range(9))

    assert told(code("A", 1), f"<Sets>{sets}</Sets>") == [
        "Left out: 9 sets of codes (“s0”, “s1”, “s2”, “s3”, “s4”, “s5” and 3 more)."
    ]


def test_what_was_put_under_the_retired_codes_elsewhere_is_retired_however_deep() -> None:
    holder = (
        f'<Code guid="{ONE}1" name="Retired codes" isCodable="false">'
        "<Description>--- qualcode ---\nholds: retired\n</Description>"
    )

    book = read(f"{code('A', 2)}{holder}{code('B', 3, code('C', 4))}</Code>")

    assert [one.label for one in book.retired] == ["B", "C"]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_codebook_or_a_refusal(data: bytes) -> None:
    for name in ("b.qdc", "b.xlsx"):
        try:
            read_codebook(Upload(name, data))
        except ImportRefusedError:
            continue


def test_a_real_codebook_comes_in_with_every_name(shared: Path) -> None:
    book = read_codebook(take(shared / "samples" / "qdc" / "taguette152_codebook.qdc"))

    assert len(book.codes) == 48
    assert len({one.key for one in book.codes}) == 48
