"""Codebooks in files: whatever the format, read by its ending into one checked codebook.

Every scalar is text: a key `1e3` stays what was typed. A mistake is a sentence that names
the line or row and the code; nothing is loaded from a file that holds one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.findings import Finding
from qualcode.interchange.codebook_building import built
from qualcode.interchange.codebook_drafts import CodebookDraft
from qualcode.interchange.codebook_reading import yaml_draft
from qualcode.interchange.codebook_table import csv_draft
from qualcode.interchange.codebook_troubles import Troubles
from qualcode.interchange.codebook_writing import write_codebook
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Upload
from qualcode.interchange.plugins import codebook_importers

__all__ = ["YAML", "CodebookRead", "read_codebook", "read_whole", "write_codebook"]

YAML = (".yaml", ".yml")
_TABLES = (".csv", ".tsv")
_LARGEST = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class CodebookRead:
    """A codebook as read, and what the file tells that has no place in it."""

    codebook: Codebook
    findings: tuple[Finding, ...] = ()


def read_codebook(upload: Upload) -> Codebook:
    """Read a codebook; positions run from 1, each code before those under it.

    Its codes get new ids, but for those that the file itself gives one.
    """
    return read_whole(upload).codebook


def read_whole(upload: Upload) -> CodebookRead:
    """Read a codebook, and say what of the file was left out or replaced."""
    reader = _reader(upload)
    if len(upload.data) > _LARGEST:
        raise ImportRefusedError(upload.name, "a codebook of more than 4 MB is not read.")
    troubles = Troubles(upload.name)
    draft = reader(upload, troubles)
    return CodebookRead(built(draft, troubles), draft.findings)


def _reader(upload: Upload) -> Callable[[Upload, Troubles], CodebookDraft]:
    if upload.suffix in YAML:
        return _yaml
    if upload.suffix in _TABLES:
        return csv_draft
    others = codebook_importers()
    for one in others:
        if upload.suffix in one.suffixes:
            return one.draft
    known = [*YAML, *_TABLES, *(suffix for one in others for suffix in one.suffixes)]
    raise ImportRefusedError(
        upload.name,
        "a codebook is not read from a file of this ending.",
        hint=f"Give it as one of: {', '.join(dict.fromkeys(known))}.",
    )


def _yaml(upload: Upload, troubles: Troubles) -> CodebookDraft:
    read = decoded(upload, None)
    return replace(yaml_draft(read.text, troubles), findings=read.findings)
