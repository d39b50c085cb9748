import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.errors import ImportRefusedError
from qualcode.interchange.importing import Upload
from qualcode.interchange.unpacking import Archive, xml_root


def packed(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def opened(data: bytes) -> Archive:
    return Archive(Upload("study.docx", data))


def refusal(data: bytes) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        opened(data)
    return caught.value.trouble


def test_members_are_read_by_name() -> None:
    archive = opened(packed(("word/a.xml", b"one"), ("b.xml", b"two")))

    assert archive.names() == ["word/a.xml", "b.xml"]
    assert archive.read("word/a.xml") == b"one"
    assert "c.xml" not in archive


@pytest.mark.parametrize(
    "name", ["../evil.txt", "word/../../evil.txt", "/evil.txt", "C:evil.txt", "..\\evil.txt"]
)
def test_a_member_that_leads_out_is_refused(name: str) -> None:
    assert "leads out of it" in refusal(packed(("a.xml", b"x"), (name, b"x")))


def test_a_name_cut_short_by_a_nul_is_refused() -> None:
    data = packed(("aXevil.xml", b"x")).replace(b"aXevil", b"a\0evil")

    assert "leads out of it" in refusal(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["word/document.xml", "word/DOCUMENT.xml"])
def test_two_members_of_one_name_are_refused(twin: str) -> None:
    data = packed(("word/document.xml", b"one"), (twin, b"two"))

    assert "the same name" in refusal(data)


def test_a_member_behind_a_password_is_refused() -> None:
    data = bytearray(packed(("a.xml", b"x")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + offset, 1)

    assert "protected by a password" in refusal(bytes(data))


def test_too_many_members_are_refused() -> None:
    data = packed(*((f"{number}.xml", b"") for number in range(20_001)))

    assert "more than 20,000 files" in refusal(data)


@pytest.mark.parametrize("size", [12 * 1024**2, 65 * 1024**2])
def test_a_member_packed_to_burst_is_refused_when_read(size: int) -> None:
    archive = opened(packed(("small.xml", b"x"), ("big.xml", bytes(size))))

    assert archive.read("small.xml") == b"x"
    with pytest.raises(ImportRefusedError, match="too large when unpacked"):
        archive.read("big.xml")


def test_a_declared_size_is_not_believed() -> None:
    data = bytearray(packed(("a.xml", b"x" * 1000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)

    with pytest.raises(ImportRefusedError, match="damaged"):
        opened(bytes(data)).read("a.xml")


def test_declared_sizes_that_are_too_much_together_are_refused() -> None:
    data = bytearray(packed(("a.xml", b"x"), ("b.xml", b"x")))
    for signature in (b"PK\x01\x02",):
        place = data.index(signature)
        while place >= 0:
            struct.pack_into("<I", data, place + 24, 1_200_000_000)
            place = data.find(signature, place + 1)

    assert "too large when unpacked" in refusal(bytes(data))


@given(st.data())
def test_a_damaged_archive_is_refused_or_read(data: st.DataObject) -> None:
    good = bytearray(packed(("a.xml", b"some words " * 20), ("b.xml", b"more")))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        archive = opened(bytes(good[: data.draw(st.integers(0, len(good)))]))
        read = [archive.read(name) for name in archive.names()]
    except ImportRefusedError:
        return
    assert all(isinstance(member, bytes) for member in read)


def test_plain_xml_is_parsed_and_comments_are_dropped() -> None:
    root = xml_root(b"<a>one<!-- two --><b/>three</a>", name="study.docx")

    assert "".join(str(piece) for piece in root.itertext()) == "onethree"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY x "lol">]>',
        '<!DOCTYPE a SYSTEM "http://attacker.invalid/a.dtd">',
        "<!DOCTYPE a>",
    ],
)
def test_a_dtd_is_refused(declaration: str, encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<a/>'.encode(encoding)

    with pytest.raises(ImportRefusedError, match=r"study.docx: it brings a DTD"):
        xml_root(data, name="study.docx")


def test_a_dtd_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ImportRefusedError, match="it brings a DTD"):
        xml_root(b"<!DOCTYPE a [<!ENTITY never closed", name="study.docx")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a><b></a>",
        b"<a>" * 1000 + b"</a>" * 1000,
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        b"<a>&undefined;</a>",
        b"<a>" + b"x" * 11_000_000 + b"</a>",
    ],
)
def test_xml_that_is_broken_deep_or_huge_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError, match="damaged or nested too deeply"):
        xml_root(data, name="study.docx")
