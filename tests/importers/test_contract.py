"""What every importer keeps to, whichever are installed."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.sources import TurnRole
from qualcode.domain.text import as_stored, trimmed
from qualcode.interchange.importing import Draft, Importer, Upload, Wishes
from qualcode.interchange.plugins import importer_for, importers

MakeDocx = Callable[..., bytes]
WISHES = Wishes(id_column="id", text_columns=("open_*",))
TALK = "# kind: interview\n\nINT: So?\n\nP1: [added] Café.\n\n## Two\n\nP1: 🙂 well\r\nyes.\n"
TABLE = 'id,Age,open_1,open_2\nAda,41,"One ""so""\nmore",Two\nBen,39,,Three\n'
CUES = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ada>A &amp; b\n\n00:02.000 --> 00:03.000\nno\n"
BODY = (
    "<w:p><w:r><w:t>INT: So?</w:t></w:r></w:p>"
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>P1: </w:t></w:r><w:ins><w:r><w:t>well</w:t><w:br/>"
    '<w:t>yes</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
NOTES = '<w:footnote w:id="1"><w:p><w:r><w:t>aside</w:t></w:r></w:p></w:footnote>'
TEXTS = {".txt": TALK, ".text": TALK, ".md": TALK, ".csv": TABLE, ".tsv": TABLE, ".vtt": CUES}
SUFFIXES = sorted({suffix for one in importers().values() for suffix in one.suffixes})
modest = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="session")
def good(docx: MakeDocx) -> dict[str, bytes]:
    """Give a good file of every format that is read."""
    files = {suffix: words.encode() for suffix, words in TEXTS.items()}
    return files | {".docx": docx(BODY, {"footnotes": NOTES})}


def is_sound(draft: Draft) -> bool:
    """Does the draft keep what every draft promises?"""
    text, turns = draft.text, draft.turns
    spoken = [turn for turn in turns if turn.role not in (TurnRole.HEADING, TurnRole.NOTE)]
    ends = [0, *(turn.end for turn in turns)]
    return (
        as_stored(text) == (text, 0)
        and bool(draft.name)
        and bool(draft.encoding)
        and all(before <= turn.start for before, turn in zip(ends, turns, strict=False))
        and all(turn.start < turn.end <= len(text) for turn in turns)
        and all(trimmed(text, turn.range) == turn.range for turn in turns)
        and [turn.number for turn in spoken] == list(range(1, len(spoken) + 1))
        and not any(turn.number for turn in turns if turn not in spoken)
        and all(
            (turn.ended_ms or 0) >= (turn.started_ms or 0) or turn.ended_ms is None
            for turn in turns
        )
    )


def outcome(suffix: str, data: bytes) -> list[Draft]:
    upload = Upload(f"talk{suffix}", data)
    try:
        return importer_for(upload).drafts(upload, WISHES)
    except ImportRefusedError as mishap:
        if not mishap.sentence.startswith(f"talk{suffix}: "):
            raise AssertionError(mishap.sentence) from mishap
        return []


def test_every_importer_says_what_it_reads() -> None:
    for name, one in importers().items():
        assert isinstance(one, Importer), name
        assert one.title, name
        assert one.suffixes, name
        assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in one.suffixes)


def test_no_two_importers_read_the_same_ending() -> None:
    assert len(SUFFIXES) == sum(len(one.suffixes) for one in importers().values())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_good_file_becomes_sound_drafts(suffix: str, good: dict[str, bytes]) -> None:
    drafts = outcome(suffix, good[suffix])

    assert drafts
    assert all(is_sound(draft) for draft in drafts)
    assert all(draft.turns for draft in drafts)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_file_gives_the_same_drafts(suffix: str, good: dict[str, bytes]) -> None:
    assert outcome(suffix, good[suffix]) == outcome(suffix, good[suffix])


@pytest.mark.parametrize("suffix", SUFFIXES)
@modest
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    assert all(is_sound(draft) for draft in outcome(suffix, data))


@pytest.mark.parametrize("suffix", SUFFIXES)
@modest
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(
    suffix: str, good: dict[str, bytes], data: st.DataObject
) -> None:
    damaged = _damaged(data, good[suffix])

    assert all(is_sound(draft) for draft in outcome(suffix, damaged))


@modest
@given(data=st.data())
def test_damaged_xml_in_a_sound_archive_is_read_or_refused(
    good: dict[str, bytes], data: st.DataObject
) -> None:
    old = zipfile.ZipFile(io.BytesIO(good[".docx"]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, _damaged(data, old.read(name)))

    assert all(is_sound(draft) for draft in outcome(".docx", stream.getvalue()))


def _damaged(data: st.DataObject, good: bytes) -> bytes:
    """Cut a piece out, put another in, or change single bytes."""
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(damaged)))
        end = data.draw(st.integers(start, min(len(damaged), start + 40)))
        pieces = st.sampled_from(
            [b"", b"\n", b'"', b"<", b">", b":", b"\0", b"\xff", b"&#27;", b"\t"]
        )
        damaged[start:end] = (
            data.draw(pieces) if data.draw(st.booleans()) else damaged[start:end] * 2
        )
    return bytes(damaged)
