"""From bytes to text: a byte order mark, else strict UTF-8, else the person says which.

Nothing is guessed in silence and no character is dropped: what cannot be read for
certain is refused with its place and, as an offer, how it would read.
"""

import codecs
import re
from dataclasses import dataclass

from qualcode.domain.display import shortened, visible_line
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.text import as_stored
from qualcode.interchange.importing import Upload

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip or an Office file"),
    (b"PK\x05\x06", "a zip or an Office file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or protected Office file"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text file"),
)
_NOT_CHARACTERS = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"}
)
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})
_FEW_NULS = 0.01
_STRAY_NULS = 8
_UTF16_NULS = 0.3
_SHOWN = 60
_GUESSED_FROM = 128 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text in stored form, the text encoding it was read by, and what was replaced."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decoded(upload: Upload, encoding: str | None) -> Decoded:
    """Read a file's text; refuse with the place in doubt what cannot be read for certain.

    A byte order mark decides before the encoding named; both decide before UTF-8.
    """
    for beginning, what in _OTHER_FORMATS:
        if upload.data.startswith(beginning):
            raise ImportRefusedError(upload.name, f"this is not a text file but {what}.")
    for mark, named in _MARKS:
        if upload.data.startswith(mark):
            return _stored(upload, _strict(upload, upload.data[len(mark) :], named), named)
    if encoding is None:
        _refuse_nuls(upload)
        return _stored(upload, _utf_8(upload), "utf-8")
    named = _character_encoding(upload, encoding)
    return _stored(upload, _strict(upload, upload.data, named).removeprefix("\ufeff"), encoding)


def replaced(count: int) -> tuple[Finding, ...]:
    """Say how many control characters are stored as U+FFFD; nothing where there are none."""
    if not count:
        return ()
    amount = "1 control character is" if count == 1 else f"{count} control characters are"
    return (Finding("replaced", f"{amount} stored as �, one for one."),)


def _stored(upload: Upload, text: str, encoding: str) -> Decoded:
    if not text or text.isspace():
        raise ImportRefusedError(upload.name, "the file holds no text.")
    if _is_stored_already(upload.data, encoding):
        return Decoded(text, encoding)
    stored = as_stored(text)
    return Decoded(stored.text, encoding, replaced(stored.replaced))


def _is_stored_already(data: bytes, encoding: str) -> bool:
    """Do the bytes of a UTF-8 text show, without a look at every letter, nothing to change?"""
    return (
        encoding == "utf-8"
        and len(data.translate(None, _CONTROLS)) == len(data)
        and (data.isascii() or re.search(b"\xc2[\x80-\x9f]", data) is None)
    )


def _character_encoding(upload: Upload, name: str) -> str:
    """Find a text encoding by the name a person gave it."""
    try:
        found = codecs.lookup(name).name
        b" ".decode(found, "ignore")
    except (LookupError, ValueError):
        found = "undefined"
    if found in _NOT_CHARACTERS:
        raise ImportRefusedError(
            upload.name,
            f"there is no text encoding called “{shortened(name, to=_SHOWN)}”.",
            hint="Common ones: utf-8, utf-16, cp1252, latin-1, mac-roman.",
        )
    return found


def _strict(upload: Upload, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as trouble:
        place = trouble.start + len(upload.data) - len(data)
        line = _line_number(data[: trouble.start].decode(encoding, "replace"))
        raise ImportRefusedError(
            upload.name,
            f"byte {place} (line {line}) cannot be read as {encoding}.",
            hint="Say which text encoding it is: --encoding cp1252",
        ) from None
    except ValueError:
        raise ImportRefusedError(upload.name, f"it cannot be read as {encoding}.") from None


def _utf_8(upload: Upload) -> str:
    try:
        return upload.data.decode()
    except UnicodeDecodeError as trouble:
        raise _in_doubt(upload, trouble) from None


def _in_doubt(upload: Upload, trouble: UnicodeDecodeError) -> ImportRefusedError:
    """Say which byte and line is not UTF-8, and how the line would read otherwise."""
    place = trouble.start
    line = upload.data.count(b"\n", 0, place) + 1
    if trouble.reason == "unexpected end of data":
        return ImportRefusedError(
            upload.name,
            f"the file ends inside a character (byte {place}, line {line}): it is cut off.",
            hint="Fetch the file again, or say which text encoding it is: --encoding cp1252",
        )
    readings = _readings(upload.data, place)
    shown = ", ".join(f"“{words}” as {name}" for words, name in readings.items())
    offer = f" The words there read {shown}." if readings else ""
    return ImportRefusedError(
        upload.name,
        f"byte {place} (line {line}) is not UTF-8.{offer}",
        hint=f"Say which: --encoding {next(iter(readings.values()), 'cp1252')}",
    )


def _readings(data: bytes, place: int) -> dict[str, str]:
    """Read the words about a byte as Windows writes them, and as the whole file suggests."""
    start = max(data.rfind(b"\n", 0, place) + 1, place - _SHOWN // 2)
    end = data.find(b"\n", place, place + _SHOWN // 2)
    words = data[start : end if end >= 0 else place + _SHOWN // 2]
    readings: dict[str, str] = {}
    for encoding in dict.fromkeys(("cp1252", _suggested(data, place))):
        try:
            reading = visible_line(words.decode(encoding).strip())
        except (LookupError, ValueError):
            continue
        readings.setdefault(reading, encoding)
    return readings


def _suggested(data: bytes, place: int) -> str:
    from charset_normalizer import from_bytes

    start = max(0, place - _GUESSED_FROM // 2)
    best = from_bytes(data[start : start + _GUESSED_FROM]).best()
    return best.encoding.replace("_", "-") if best else "cp1252"


def _refuse_nuls(upload: Upload) -> None:
    """Refuse what is full of NULs: UTF-16 without its mark, or no text at all."""
    data = upload.data
    nuls = data.count(0)
    if nuls <= _FEW_NULS * len(data):
        return
    low, high = data[1::2].count(0), data[::2].count(0)
    if max(low, high) >= _UTF16_NULS * len(data) and min(low, high) <= _FEW_NULS * len(data):
        raise ImportRefusedError(
            upload.name,
            "half of its bytes are NUL: it looks like UTF-16 without its mark.",
            hint=f"Say which: --encoding utf-16-{'le' if low > high else 'be'}",
        )
    if nuls > _STRAY_NULS:
        raise ImportRefusedError(upload.name, "this is not a text file: it is full of NUL bytes.")


def _line_number(before: str) -> int:
    return as_stored(before).text.count("\n") + 1
