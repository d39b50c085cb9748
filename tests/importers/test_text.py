import pytest

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.sources import SourceKind
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode_importers.text import TextImporter

TALK = "INT: Is it “fine”?\r\n\r\nP1: Café, mostly.\r\n"


def draft(data: bytes, name: str = "P1.txt", wishes: Wishes | None = None) -> Draft:
    (made,) = TextImporter().drafts(Upload(name, data), wishes or Wishes())
    return made


def test_a_transcript_is_one_source_named_after_its_file() -> None:
    made = draft(TALK.encode())

    assert (made.name, made.kind, made.encoding) == ("P1", SourceKind.INTERVIEW, "utf-8")
    assert made.text == TALK.replace("\r\n", "\n")
    assert [turn.range.of(made.text) for turn in made.turns] == ["Is it “fine”?", "Café, mostly."]


def test_the_encoding_and_the_kind_wished_for_hold() -> None:
    wishes = Wishes(encoding="cp1252", kind=SourceKind.FIELD_NOTES)
    made = draft(TALK.encode("cp1252"), wishes=wishes)

    assert made.text == TALK.replace("\r\n", "\n")
    assert (made.kind, made.encoding) == (SourceKind.FIELD_NOTES, "cp1252")


def test_markdown_keeps_its_signs() -> None:
    made = draft(b"# Talk\n\n**INT:** So?\n\n**Ada:** *Well.*\n\n## Later\n", "FG1.md")

    assert made.kind is SourceKind.FOCUS_GROUP
    assert made.text.startswith("# Talk\n\n**INT:** So?")
    assert [turn.range.of(made.text) for turn in made.turns] == ["So?", "*Well.*", "## Later"]


def test_what_was_replaced_is_reported() -> None:
    assert [finding.kind for finding in draft(b"P1: a\x07b").findings] == ["replaced"]


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="the file holds no text"):
        draft(b"\n\n")
