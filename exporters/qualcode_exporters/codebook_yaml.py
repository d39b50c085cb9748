"""The codebook as YAML, the format in which a team keeps and edits it by hand."""

from typing import BinaryIO, ClassVar

from qualcode.interchange.codebook_exporting import CodebookReport
from qualcode.interchange.codebook_writing import write_codebook


class YamlExporter:
    """Writes every field of every code, in use or retired."""

    title: ClassVar[str] = "Codebook as YAML"
    suffix: ClassVar[str] = ".yaml"
    for_people: ClassVar[bool] = False

    def write(self, report: CodebookReport, stream: BinaryIO) -> None:
        """Write the codebook to the stream."""
        stream.write(write_codebook(report.codebook).encode())
