"""Meeting transcripts with times: WebVTT as Teams, Zoom and transcription programs write it."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding
from qualcode.domain.sources import Turn
from qualcode.domain.text import Range, as_stored
from qualcode.interchange import speakers
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Draft, Upload, Wishes
from qualcode.interchange.labels import Label, Line, Style, candidates, lines, role_of

if TYPE_CHECKING:
    from webvtt.models import Timestamp

_VOICE = re.compile(r"<v(?:\.[^\s<>.]+)*+[ \t]++([^<>]*)>")
_TAG = re.compile(r"</?(?:b|c|i|u|v|lang|ruby|rt)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")
_UNKNOWN = "Unknown"
_SENTENCE_ENDS = (".", "?", "!", "…")
_PAUSE_MS = 3000
_ARROW = "-->"


class _Said(NamedTuple):
    """Some words of one speaker, "" where none is named; times are milliseconds."""

    speaker: str
    words: str
    started_ms: int
    ended_ms: int


class WebVttImporter:
    """Reads cues, and joins the successive cues of one speaker into one turn."""

    title: ClassVar[str] = "WebVTT transcript"
    suffixes: ClassVar[tuple[str, ...]] = (".vtt",)

    def drafts(self, upload: Upload, wishes: Wishes) -> list[Draft]:
        """Read one source: `SPEAKER: words` for each turn, times kept beside the text."""
        read = decoded(upload, wishes.encoding)
        said, lost = _said(upload, read.text)
        if not said:
            raise ImportRefusedError(upload.name, "the transcript holds no words.")
        named = any(one.speaker for one in said)
        text, turns = _written(list(_joined(said, by_pauses=not named)))
        kind = wishes.kind or speakers.kind(upload.stem, text, labelled=True)
        findings = (*read.findings, *_lost(lost), *_unnamed(said, named=named))
        return [Draft(upload.stem, kind, text, turns, encoding=read.encoding, findings=findings)]


def _said(upload: Upload, text: str) -> tuple[list[_Said], int]:
    """Read the cues; say how many could not be read."""
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        cues = WebVTT.from_string(text).captions
    except MalformedFileError:
        raise ImportRefusedError(
            upload.name, "it has no WEBVTT line at its top, so it is no WebVTT file."
        ) from None
    except (MalformedCaptionError, ValueError):
        raise ImportRefusedError(upload.name, "one of its times cannot be read.") from None
    pieces = [
        _Said(speaker, words, start := _clock(cue.start_time), max(start, _clock(cue.end_time)))
        for cue in cues
        for speaker, words in _voices(cue.raw_text)
    ]
    if not any(piece.speaker for piece in pieces):
        pieces = [piece for piece in _by_prefix(pieces) if piece.words]
    arrows = sum(_ARROW in line for line in text.split("\n"))
    return pieces, arrows - len(cues)


def _clock(time: "Timestamp") -> int:
    return ((time.hours * 60 + time.minutes) * 60 + time.seconds) * 1000 + time.milliseconds


def _voices(cue: str) -> Iterator[tuple[str, str]]:
    """Part a cue's words by its voice tags; words before the first have no speaker."""
    speaker, start = "", 0
    for tag in _VOICE.finditer(cue):
        yield from _spoken(speaker, cue[start : tag.start()])
        speaker, start = _plain(tag[1]).lstrip("/ ").strip(), tag.end()
    yield from _spoken(speaker, cue[start:])


def _spoken(speaker: str, words: str) -> Iterator[tuple[str, str]]:
    plain = _plain(words)
    if plain:
        yield speaker, plain


def _plain(words: str) -> str:
    """Take the tags out, then read the entities, on one line."""
    return as_stored(" ".join(html.unescape(_TAG.sub("", words)).split())).text


def _by_prefix(pieces: Sequence[_Said]) -> list[_Said]:
    """Take speakers from the beginnings of cues: `Name: words` or `[Guest 2]: words`."""
    text = "\n".join(piece.words for piece in pieces)
    rows = lines(text, 0)
    found = {label.line: label for label in speakers.accepted(_colons(text, rows), rows)}
    return [
        piece if label is None else _without_label(text, row, piece, label)
        for row, piece, label in zip(rows, pieces, map(found.get, range(len(rows))), strict=True)
    ]


def _colons(text: str, rows: Sequence[Line]) -> list[Label]:
    return candidates(text, rows)[Style.COLON]


def _without_label(text: str, row: Line, piece: _Said, label: Label) -> _Said:
    return piece._replace(speaker=label.name, words=text[label.words : row.end].strip())


def _joined(said: Sequence[_Said], *, by_pauses: bool) -> Iterator[_Said]:
    """Join successive cues of a speaker; where nobody is named, a pause parts sentences."""
    together: list[_Said] = []
    for piece in said:
        if together and not _goes_on(together[-1], piece, by_pauses=by_pauses):
            yield _one_turn(together)
            together = []
        together.append(piece)
    yield _one_turn(together)


def _goes_on(before: _Said, piece: _Said, *, by_pauses: bool) -> bool:
    pause = piece.started_ms - before.ended_ms
    rests = by_pauses and pause > _PAUSE_MS and before.words.endswith(_SENTENCE_ENDS)
    return piece.speaker == before.speaker and not rests


def _one_turn(together: Sequence[_Said]) -> _Said:
    words = " ".join(piece.words for piece in together)
    return together[0]._replace(words=words, ended_ms=max(one.ended_ms for one in together))


def _written(said: Sequence[_Said]) -> tuple[str, tuple[Turn, ...]]:
    """Write the turns as paragraphs, and note where each one's words stand."""
    pieces: list[str] = []
    turns: list[Turn] = []
    start = 0
    for number, one in enumerate(said, 1):
        speaker = one.speaker or _UNKNOWN
        label = f"{speaker}: "
        words = Range(start + len(label), start + len(label) + len(one.words))
        role = role_of(speaker)
        turns.append(Turn(number, speaker, role, *words, one.started_ms, one.ended_ms))
        pieces.append(f"{label}{one.words}")
        start = words.end + 2
    return "\n\n".join(pieces), tuple(turns)


def _lost(count: int) -> Iterator[Finding]:
    if count > 0:
        cues = "1 cue has" if count == 1 else f"{count} cues have"
        yield Finding("left out", f"{cues} no readable times; the words were left out.")


def _unnamed(said: Sequence[_Said], *, named: bool) -> Iterator[Finding]:
    count = sum(not one.speaker for one in said)
    if not named:
        yield Finding("speaker", "No cue names a speaker; a pause after a sentence parts turns.")
    elif count:
        cues = "1 cue names" if count == 1 else f"{count} cues name"
        yield Finding("speaker", f"{cues} no speaker; the words stand under “{_UNKNOWN}”.")
