import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from qualcode.interchange.doors import xml_text
from qualcode_exporters.word_styles import QUOTE
from qualcode_exporters.word_text import from_right, line, runs

NIGHT = "לילה"
WORK = "עבודה"
MIXED = st.lists(st.sampled_from([*"ab1 .-\n", *NIGHT, *"لام", "e\u0301"])).map("".join)


def stretches(words: str) -> list[tuple[str, bool]]:
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{runs(words)}</w:p>")
    return [
        (str(run.text), run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None) for run in paragraph
    ]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("night", False),
        (NIGHT, True),
        (f"12 {NIGHT}", True),
        (f"XXX {NIGHT}", False),
        ("...", False),
        ("", False),
    ],
)
def test_the_first_letter_decides_the_direction(words: str, right: bool) -> None:
    assert from_right(words) is right


def test_a_paragraph_that_begins_from_the_right_is_set_from_the_right() -> None:
    assert "<w:bidi/>" in line(QUOTE, f"{NIGHT} and day").xml
    assert "<w:bidi/>" not in line(QUOTE, f"day and {NIGHT}").xml


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("night only", [("night only", False)]),
        (f"the {NIGHT}!", [("the ", False), (NIGHT, True), ("!", False)]),
        (f"{NIGHT}, {WORK} 12.", [(f"{NIGHT}, {WORK} 12.", True)]),
        (f"a {NIGHT} 7 {WORK} b", [("a ", False), (f"{NIGHT} 7 {WORK}", True), (" b", False)]),
        (
            f"{NIGHT} covid 19, {WORK}",
            [(f"{NIGHT} ", True), ("covid 19", False), (f", {WORK}", True)],
        ),
    ],
)
def test_each_stretch_is_marked_with_its_direction(
    words: str, expected: list[tuple[str, bool]]
) -> None:
    assert stretches(words) == expected


@given(MIXED)
def test_no_letter_is_lost_between_directions(words: str) -> None:
    assert "".join(text for text, _ in stretches(words)) == words


@given(MIXED)
def test_no_accent_is_parted_from_its_letter(words: str) -> None:
    assert not [text for text, _ in stretches(words) if text.startswith("\u0301")]


@given(st.text(st.characters(), max_size=40))
def test_what_xml_cannot_hold_is_replaced_one_for_one(words: str) -> None:
    one_line = words.replace("\r", "").replace("\n", "").replace("\t", "")
    assert "".join(text for text, _ in stretches(one_line)) == xml_text(one_line)


@pytest.mark.parametrize(
    ("sign", "element"), [("\n", "br"), ("\r", "br"), ("\r\n", "br"), ("\t", "tab")]
)
def test_breaks_and_tabs_are_words_own(sign: str, element: str) -> None:
    run = parse_xml(f"<w:p {nsdecls('w')}>{runs(f'one{sign}two')}</w:p>")[0]
    assert [child.tag for child in run] == [qn("w:t"), qn(f"w:{element}"), qn("w:t")]


@pytest.mark.parametrize("words", [" late ", "so\n late", f" {NIGHT} "])
def test_blanks_at_the_edges_are_kept(words: str) -> None:
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{runs(words)}</w:p>")
    spaces = {text.get(qn("xml:space")) for text in paragraph.iter(qn("w:t"))}
    assert spaces == {"preserve"}
