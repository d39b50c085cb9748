from collections.abc import Callable, Mapping

import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.sources import SourceKind
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode_importers.word import WordImporter

MakeDocx = Callable[..., bytes]
STYLES = """
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="Plain"><w:name w:val="Body"/></w:style>
"""


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def par(*inner: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(inner)}</w:p>"


def draft(docx: MakeDocx, body: str, parts: Mapping[str, str] | None = None) -> Draft:
    upload = Upload("talk.docx", docx(body, parts))
    (made,) = WordImporter().drafts(upload, Wishes())
    return made


def told(made: Draft) -> list[tuple[int, str, str]]:
    return [(turn.number, turn.speaker, turn.range.of(made.text)) for turn in made.turns]


def sentences(made: Draft) -> list[str]:
    return [finding.sentence for finding in made.findings]


def test_paragraphs_are_lines_and_labels_are_found(docx: MakeDocx) -> None:
    made = draft(docx, par(run("INT: So?")) + par(run("P1: We"), run("ll.")) + par(run("More.")))

    assert made.text == "INT: So?\nP1: Well.\nMore."
    assert (made.kind, made.encoding) == (SourceKind.INTERVIEW, "docx")
    assert told(made) == [(1, "INT", "So?"), (2, "P1", "Well.\nMore.")]


def test_without_labels_each_paragraph_is_a_turn(docx: MakeDocx) -> None:
    made = draft(docx, par(run("One.")) + par() + par(run("Two.")))

    assert told(made) == [(1, "", "One."), (2, "", "Two.")]


def test_tracked_insertions_are_kept_and_deletions_counted(docx: MakeDocx) -> None:
    made = draft(
        docx,
        par(
            run("I "),
            f"<w:ins>{run('never ')}</w:ins>",
            "<w:del><w:r><w:delText>always </w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('gladly ')}</w:moveFrom>",
            f"<w:moveTo>{run('quite ')}</w:moveTo>",
            run("agreed."),
        ),
    )

    assert made.text == "I never quite agreed."
    assert sentences(made) == ["Left out: 2 tracked deletions."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(docx: MakeDocx) -> None:
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('one ')}</w:p>"

    assert draft(docx, joined + par(run("line"))).text == "one line"


def test_controls_tags_links_and_fields_give_their_words(docx: MakeDocx) -> None:
    made = draft(
        docx,
        par(
            f"<w:sdt><w:sdtPr><w:tab/></w:sdtPr><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>",
            f"<w:smartTag>{run('b')}</w:smartTag>",
            f"<w:hyperlink>{run('c')}</w:hyperlink>",
            f"<w:fldSimple>{run('d')}</w:fldSimple>",
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        )
        + f"<w:sdt><w:sdtContent>{par(run('e'))}</w:sdtContent></w:sdt>",
    )

    assert made.text == "abcd\ne"


def test_breaks_tabs_and_hyphens_are_written_as_signs(docx: MakeDocx) -> None:
    inner = "<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
    made = draft(docx, f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r>{inner}</w:r></w:p>")

    assert made.text == "a\nb\tc-d"


def test_tables_come_in_their_place_a_tab_between_cells(docx: MakeDocx) -> None:
    rows = "".join(
        f"<w:tr><w:tc>{par(run(who))}</w:tc><w:tc>{par(run(what))}{par(run('more'))}</w:tc></w:tr>"
        for who, what in (("Int", "So?"), ("P1", "Well."))
    )
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{par(run('gone'))}</w:tc></w:tr>"
    made = draft(docx, f"<w:tbl>{rows}{deleted}</w:tbl>")

    assert made.text == "Int\tSo?\nmore\nP1\tWell.\nmore"


def test_a_table_of_times_and_speakers_is_a_transcript(docx: MakeDocx) -> None:
    lines = [
        ("Time", "Who", "What"),
        ("0:05", "I", "So?"),
        ("0:09", "R5", "Well."),
        ("1:00", "I", "Ah."),
    ]
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{par(run(cell))}</w:tc>" for cell in line) + "</w:tr>"
        for line in lines
    )
    made = draft(docx, f"<w:tbl>{rows}</w:tbl>")

    assert told(made)[1:] == [(1, "I", "So?"), (2, "R5", "Well."), (3, "I", "Ah.")]
    assert [turn.started_ms for turn in made.turns[1:]] == [5000, 9000, 60000]


def test_notes_stand_at_the_end_and_are_marked(docx: MakeDocx) -> None:
    made = draft(
        docx,
        par(run("P1: here"), '<w:r><w:footnoteReference w:id="7"/></w:r>', run(".")),
        {"footnotes": f'<w:footnote w:id="7">{par(run("a farm"))}</w:footnote>'},
    )

    assert made.text == "P1: here[note 1].\n\n[note 1] a farm"
    assert [(turn.number, turn.role.value) for turn in made.turns] == [
        (1, "participant"),
        (0, "note"),
    ]


def test_a_text_box_is_read_once_after_its_paragraph(docx: MakeDocx) -> None:
    box = f"<w:txbxContent>{par(run('boxed'))}</w:txbxContent>"
    choice = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    both = f"<mc:AlternateContent>{choice}<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    made = draft(docx, par(run("a "), f"<w:r>{both}</w:r>", run("b")) + par(run("c")))

    assert made.text == "a b\nboxed\nc"


def test_what_is_left_out_is_counted(docx: MakeDocx) -> None:
    made = draft(
        docx,
        par(
            run("P1: a"),
            "<w:r><w:drawing><a:blip/></w:drawing><w:commentReference/></w:r>",
            run("secret", "<w:vanish/>"),
            run("b", '<w:vanish w:val="0"/>'),
            '<w:r><w:sym w:char="F0E0"/><w:sym w:char="2192"/></w:r>',
        ),
    )

    assert made.text == "P1: ab�→"
    assert sentences(made) == [
        "Left out: 1 comment.",
        "Left out: 1 picture.",
        "Left out: 1 sign of a symbol font, stored as �.",
        "Left out: 1 stretch of hidden text.",
    ]


def test_heading_styles_make_headings_by_their_name_or_level(docx: MakeDocx) -> None:
    body = "".join(
        (
            par(run("INT: So?")),
            par(run("Second part"), style="berschrift1"),
            par(run("P1: one: two"), style="Plain"),
            par(run("Note: third"), style="Own"),
        )
    )
    made = draft(docx, body, {"styles": STYLES})

    assert told(made) == [
        (1, "INT", "So?"),
        (0, "", "Second part"),
        (2, "P1", "one: two"),
        (0, "", "Note: third"),
    ]


def test_names_in_bold_are_labels(docx: MakeDocx) -> None:
    pairs = [("Ada", " hello"), ("Ben", " so"), ("Ada", " bye"), ("Ben", " bye")]
    body = "".join(par(run(name, "<w:b/>"), run(words)) for name, words in pairs)

    assert [speaker for _, speaker, _ in told(draft(docx, body))] == ["Ada", "Ben", "Ada", "Ben"]


def test_teams_writes_a_paragraph_a_turn_with_line_breaks(docx: MakeDocx) -> None:
    body = par(run("Meeting")) + "".join(
        f"<w:p>{run(name, '<w:b/>')}{run(f'   {clock}')}<w:r><w:br/></w:r>{run('One: two.')}"
        f"<w:r><w:br/></w:r>{run('Three.')}</w:p>"
        for name, clock in (("Lee, Ada", "0:04"), ("P07 (Guest)", "1:02:45"))
    )
    made = draft(docx, body + par(run("Lee, Ada stopped transcription")))

    assert told(made) == [
        (0, "", "Meeting"),
        (1, "Lee, Ada", "One: two.\nThree."),
        (2, "P07 (Guest)", "One: two.\nThree."),
        (0, "", "Lee, Ada stopped transcription"),
    ]
    assert [turn.started_ms for turn in made.turns] == [None, 4000, 3765000, None]


def test_control_characters_are_replaced_and_counted(docx: MakeDocx) -> None:
    made = draft(docx, par(run("P1: a&#x85;b&#13;c")))

    assert made.text == "P1: a�b c"
    assert sentences(made) == ["1 control character is stored as �, one for one."]


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"words", "this is not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "password, or in the old .doc format"),
        (b"PK\x03\x04 cut", "damaged or incomplete"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, trouble: str) -> None:
    with pytest.raises(ImportRefusedError, match=trouble):
        WordImporter().drafts(Upload("talk.docx", data), Wishes())


def test_a_document_without_words_or_body_is_refused(docx: MakeDocx) -> None:
    with pytest.raises(ImportRefusedError, match="holds no text"):
        draft(docx, par())
    with pytest.raises(ImportRefusedError, match="no Word document inside"):
        WordImporter().drafts(
            Upload("talk.docx", docx("").replace(b"document2", b"document3")), Wishes()
        )
