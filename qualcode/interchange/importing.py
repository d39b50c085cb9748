"""What an importer is: bytes in, drafts of sources out, and a list of what was lost.

An importer is a class named by an entry point of the group `qualcode.importers`. It sees
this room and the domain, never the store: it reads, and the program stores, all or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import ClassVar, Protocol, runtime_checkable

from qualcode.domain.findings import Finding
from qualcode.domain.sources import SourceKind, Turn


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed over: its name without folders, and its bytes."""

    name: str
    data: bytes = field(repr=False)

    @property
    def stem(self) -> str:
        """The name without its ending: what the source is called unless told otherwise."""
        return PurePath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending in lower case, with its dot."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who imports said about the files.

    `encoding` names a text encoding; `id_column` and `text_columns` (patterns such as
    `open_*`) map a table; `kind` overrides what the importer takes the source for.
    """

    encoding: str | None = None
    id_column: str | None = None
    text_columns: tuple[str, ...] = ()
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A source as read: its text is in stored form, its turns are ranges of that text."""

    name: str
    kind: SourceKind
    text: str
    turns: tuple[Turn, ...]
    encoding: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@runtime_checkable
class Importer(Protocol):
    """Reads one format."""

    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    def drafts(self, upload: Upload, wishes: Wishes) -> list[Draft]:
        """Read a file into drafts of sources; raise ImportRefusedError when it cannot be."""
        ...
