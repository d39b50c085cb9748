"""Transcripts and other texts: `.txt`, `.text` and Markdown."""

from typing import ClassVar

from qualcode.interchange import speakers
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Draft, Upload, Wishes


class TextImporter:
    """Reads plain text as it stands; Markdown's signs stay in the text."""

    title: ClassVar[str] = "Plain text"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text", ".md")

    def drafts(self, upload: Upload, wishes: Wishes) -> list[Draft]:
        """Read one source, its turns found by the speakers' labels."""
        read = decoded(upload, wishes.encoding)
        talk = speakers.talk(read.text)
        kind = wishes.kind or speakers.kind(upload.stem, read.text, labelled=talk.labelled)
        return [
            Draft(
                upload.stem,
                kind,
                read.text,
                talk.turns,
                encoding=read.encoding,
                findings=read.findings + talk.findings,
            )
        ]
