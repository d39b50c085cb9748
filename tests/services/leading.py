"""What a lead does with the codebook of the choir study."""

from dataclasses import dataclass

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.people import Coder
from qualcode.services import codebook_changes, codebook_undo, codebooks
from qualcode.services.codebook_changes import Changed, Draft
from tests.services.conftest import Choir


@dataclass(frozen=True)
class Lead:
    """The lead of the choir study; `by` is another where there are two."""

    choir: Choir
    name: str = "lead"

    @property
    def by(self) -> Coder:
        return self.choir.coder(self.name)

    @property
    def book(self) -> Codebook:
        return codebooks.codebook(self.choir.project)

    def code(self, label: str) -> Code:
        return self.book.any_code(label)

    def merge(self, *absorbed: str, into: str) -> Changed:
        codes = [self.code(label) for label in absorbed]
        return codebook_changes.merge(
            self.choir.project, codes, into=self.code(into), by=self.by, reason="The same."
        )

    def split(self, label: str, *names: str) -> Changed:
        drafts = [Draft(name) for name in names]
        return codebook_changes.split(
            self.choir.project, self.code(label), drafts, by=self.by, reason="Two things."
        )

    def retire(self, label: str) -> Changed:
        return codebook_changes.retire(
            self.choir.project, self.code(label), by=self.by, reason="Never used."
        )

    def rename(self, code: str, /, **names: str) -> Changed:
        return codebook_changes.rename(self.choir.project, self.code(code), by=self.by, **names)

    def reword(self, label: str, **words: object) -> Changed:
        return codebook_changes.reword(
            self.choir.project, self.code(label), words, by=self.by, reason="Clearer."
        )

    def undo(self) -> Changed:
        return codebook_undo.undo(self.choir.project, by=self.by)

    def redo(self) -> Changed:
        return codebook_undo.redo(self.choir.project, by=self.by)

    def versions(self) -> int:
        return self.book.version
