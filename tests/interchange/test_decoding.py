import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.display import visible_line
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import as_stored
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Upload

TALK = "Interviewer: Was it “fine”?\nP01: Café, ŵ, שלום — 🙂.\n"
WESTERN = "Interviewer: Was it “fine”?\nP01: Café — yes.\n"


def taken(data: bytes, encoding: str | None = None) -> str:
    return decoded(Upload("talk.txt", data), encoding).text


def refusal(data: bytes, encoding: str | None = None) -> ImportRefusedError:
    with pytest.raises(ImportRefusedError) as caught:
        decoded(Upload("talk.txt", data), encoding)
    return caught.value


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-8"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    read = decoded(Upload("talk.txt", mark + TALK.encode(encoding)), None)

    assert (read.text, read.encoding, read.findings) == (TALK, encoding, ())


def test_a_byte_order_mark_wins_over_the_encoding_named() -> None:
    assert taken(codecs.BOM_UTF8 + TALK.encode(), "cp1252") == TALK


def test_a_mark_inside_the_text_is_kept() -> None:
    assert taken(codecs.BOM_UTF8 + "a\ufeffb".encode()) == "a\ufeffb"
    assert taken("\ufeffa\ufeffb".encode("utf-16-le"), "utf-16-le") == "a\ufeffb"
    assert taken("\ufeffa\ufeffb".encode("gb18030"), "gb18030") == "a\ufeffb"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_one_text_saved_in_many_ways_is_stored_once_and_for_all(
    encoding: str, newline: str
) -> None:
    named = encoding if encoding == "cp1252" else None

    assert taken(WESTERN.replace("\n", newline).encode(encoding), named) == WESTERN


@given(
    st.text(st.characters(exclude_characters="\0"), min_size=1).filter(
        lambda text: bool(text.strip("\ufeff").strip())
    )
)
def test_what_is_utf_8_is_stored_as_the_domain_says(text: str) -> None:
    data = text.encode("utf-8", "replace")

    assert taken(data) == as_stored(data.decode().removeprefix("\ufeff")).text


def test_a_stray_nul_is_replaced_and_counted() -> None:
    read = decoded(Upload("talk.txt", b"before\0after\n"), None)

    assert read.text == "before�after\n"
    assert read.findings[0].sentence == "1 control character is stored as �, one for one."


def test_control_characters_are_replaced_one_for_one_and_counted() -> None:
    read = decoded(Upload("talk.txt", "a\x1b[2Jb\x85c\x7f".encode()), None)

    assert read.text == "a�[2Jb�c�"
    assert [finding.kind for finding in read.findings] == ["replaced"]
    assert read.findings[0].sentence.startswith("3 control characters")


def test_what_is_not_utf_8_is_refused_with_its_byte_its_line_and_its_readings() -> None:
    mishap = refusal(b"line one\nline two caf\xe9 x\nline three\n")

    assert mishap.sentence.startswith("talk.txt: byte 21 (line 2) is not UTF-8.")
    assert "“line two café x” as cp1252" in mishap.sentence
    assert mishap.hint == "Say which: --encoding cp1252"


def test_words_in_doubt_are_shown_without_acting() -> None:
    assert "\x1b" not in refusal(b"a \x1b[2J caf\xe9").sentence


def test_a_file_that_ends_inside_a_character_is_said_to_be_cut_off() -> None:
    assert "ends inside a character (byte 6, line 1)" in refusal("café €".encode()[:-1]).sentence


@pytest.mark.parametrize("data", [b"path \xc0\xaf etc\n", b"smile \xed\xa0\xbd end\n"])
def test_forms_that_utf_8_forbids_are_refused(data: bytes) -> None:
    assert "is not UTF-8" in refusal(data).sentence


def test_the_encoding_named_is_followed_strictly() -> None:
    assert taken("naïve — “so”".encode("cp1252"), "Windows-1252") == "naïve — “so”"
    assert "byte 3 (line 2) cannot be read as cp1252" in refusal(b"a\nb\x81", "cp1252").sentence
    assert "cannot be read as utf-16" in refusal(b"odd", "utf-16-le").sentence


@pytest.mark.parametrize(
    "name",
    ["klingon", "rot13", "zip", "hex", "undefined", "unicode_escape", "idna", "punycode", "", "\0"],
)
def test_a_name_that_is_no_text_encoding_is_refused(name: str) -> None:
    mishap = refusal(b"abc", name)

    assert "there is no text encoding called" in mishap.sentence
    assert "cp1252" in mishap.hint


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
        b"PK\x03\x04 something",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
        b"%PDF-1.7 text",
        b"{\\rtf1 text}",
        b"words " + b"\0" * 40,
    ],
)
def test_what_is_no_text_file_is_called_that(data: bytes) -> None:
    assert "this is not a text file" in refusal(data).sentence


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_refused_with_the_encoding_to_say(encoding: str) -> None:
    data = "Hi there\n".encode(encoding)

    assert refusal(data).hint == f"Say which: --encoding {encoding}"
    assert taken(data, encoding) == "Hi there\n"


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", codecs.BOM_UTF8, "\u2003\r\n".encode()])
def test_white_space_is_no_text(data: bytes) -> None:
    assert "holds no text" in refusal(data).sentence


@given(st.binary(max_size=300), st.sampled_from([None, "cp1252", "utf-16", "utf-7", "big5"]))
def test_any_bytes_are_read_or_refused(data: bytes, encoding: str | None) -> None:
    try:
        read = decoded(Upload("talk.txt", data), encoding)
    except ImportRefusedError as mishap:
        shown = mishap.sentence
        assert visible_line(shown) == shown
    else:
        assert as_stored(read.text) == (read.text, 0)
