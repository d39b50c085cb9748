"""Quotations by code as a Word document."""

from itertools import count
from typing import BinaryIO, ClassVar

from qualcode.interchange.exporting import Report
from qualcode_exporters.word_contents import Entry, contents, pages_of
from qualcode_exporters.word_findings import chapter_opening, part_title, section_body
from qualcode_exporters.word_frame import Framing, frame, pack
from qualcode_exporters.word_matter import (
    SUBJECT,
    how_to_read,
    participants,
    proof,
    register,
    title_block,
)
from qualcode_exporters.word_remarks import Margin
from qualcode_exporters.word_styles import CODE, PART, Look
from qualcode_exporters.word_text import Block, flowing, heading


class WordExporter:
    """Writes a document a reader can trust and an author can write on in."""

    title: ClassVar[str] = "Word document with quotations by code"
    suffix: ClassVar[str] = ".docx"

    def write(self, report: Report, stream: BinaryIO) -> None:
        """Write the report to the stream."""
        draft = _Draft(report)
        body = draft.whole()
        pack(frame(_framing(report)), (block.xml for block in body), draft.margin.xml(), stream)


def _framing(report: Report) -> Framing:
    return Framing(
        report.project,
        SUBJECT,
        report.language,
        report.as_of,
        head=report.project,
        beside=f"{report.round}, {report.layer}",
    )


class _Draft:
    """The document as it grows: its blocks, the entries of its contents, its margin."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.margin = Margin()
        self._entries: list[Entry] = []
        self._numbers = count()

    def whole(self) -> list[Block]:
        """Set the document from its title to its last line."""
        front = [*title_block(self.report), *how_to_read(self.report)]
        rest = self._rest()
        reckoned = pages_of([*front, *contents(self._entries, {}), *rest])
        return [*front, *contents(self._entries, reckoned), *rest]

    def _rest(self) -> list[Block]:
        blocks = [flowing(self._heading(PART, "Participants"))]
        blocks += participants(self.report)
        for chapter in self.report.chapters:
            blocks.append(self._heading(PART, part_title(chapter.part)))
            blocks += chapter_opening(chapter)
            for section in chapter.sections:
                blocks.append(self._heading(CODE, section.title))
                blocks += section_body(section, self.margin)
        blocks.append(self._heading(PART, "Quotation register"))
        blocks += register(self.report)
        blocks.append(proof(self.report))
        return blocks

    def _heading(self, look: Look, words: str) -> Block:
        number = next(self._numbers)
        entry = Entry(words, look, f"_Toc{number:09}")
        self._entries.append(entry)
        return heading(look, words, anchor=entry.anchor, number=number)
