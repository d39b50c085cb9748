"""The codebook as a Word document: every code with its whole entry, counts and examples."""

from itertools import count
from typing import BinaryIO, ClassVar

from qualcode.domain.code_tree import CodeTree
from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode_exporters.codebook_entry import entry
from qualcode_exporters.codebook_matter import (
    SUBJECT,
    closing,
    history,
    how_to_read,
    retired,
    title_block,
)
from qualcode_exporters.codebook_styles import CODEBOOK_LOOKS, code_look
from qualcode_exporters.word_contents import Entry, contents, pages_of
from qualcode_exporters.word_findings import part_title
from qualcode_exporters.word_frame import Framing, frame, pack
from qualcode_exporters.word_remarks import Margin
from qualcode_exporters.word_styles import NORMAL, PART, Look
from qualcode_exporters.word_text import Block, heading, line


class WordCodebookExporter:
    """Writes a document to print, to learn the codes from, and to put in an appendix."""

    title: ClassVar[str] = "Codebook as a Word document, with counts, examples and history"
    suffix: ClassVar[str] = ".docx"
    for_people: ClassVar[bool] = True

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the codebook to the stream."""
        body = _Draft(report).whole()
        framing = Framing(
            report.project,
            SUBJECT,
            report.language,
            report.as_of,
            head=report.project,
            beside=f"Codebook, version {report.codebook.version}",
            looks=CODEBOOK_LOOKS,
        )
        pack(frame(framing), (block.xml for block in body), Margin().xml(), stream)


class _Draft:
    """The document as it grows: its blocks, and the entries of its contents."""

    def __init__(self, report: CodebookReport) -> None:
        self.report = report
        self._entries: list[Entry] = []
        self._numbers = count()

    def whole(self) -> list[Block]:
        """Set the document from its title to its last line."""
        front = [*title_block(self.report), *how_to_read(self.report)]
        rest = [*self._parts(), *self._back()]
        reckoned = pages_of([*front, *contents(self._entries, {}), *rest])
        return [*front, *contents(self._entries, reckoned), *rest]

    def _parts(self) -> list[Block]:
        codebook = self.report.codebook
        tree = CodeTree(codebook)
        blocks: list[Block] = []
        for part in codebook.parts:
            blocks.append(self._heading(PART, part_title(part)))
            if part.note:
                blocks.append(line(NORMAL, part.note))
            branches = list(tree.walk(part))
            if not branches:
                blocks.append(line(NORMAL, "No code stands in this part."))
            for code, depth in branches:
                blocks.append(self._heading(code_look(depth), code.title))
                blocks += entry(self.report, code, has_below=bool(tree.children(code)))
        return blocks

    def _back(self) -> list[Block]:
        blocks: list[Block] = []
        if self.report.history:
            blocks.append(self._heading(PART, "How the codebook came to be"))
            blocks += history(self.report)
        if self.report.codebook.retired:
            blocks.append(self._heading(PART, "Retired codes"))
            blocks += retired(self.report)
        return [*blocks, closing(self.report)]

    def _heading(self, look: Look, words: str) -> Block:
        number = next(self._numbers)
        made = Entry(words, look, f"_Toc{number:09}")
        self._entries.append(made)
        return heading(look, words, anchor=made.anchor, number=number)
