"""Codings drawn under a line of text, in the docstring of a test."""

import inspect
import re
from dataclasses import dataclass, field
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from qualcode.domain.codings import Coding
from qualcode.domain.text import Range, words_hash

_DRAWN = re.compile(r"\[(?P<code>[^\[\]-]+)-*\]")


@dataclass
class Sketch:
    """A line of text and what each coder marked in it.

    The first line of the drawing is the text. Each line below names a coder, then draws
    codings under the words they stand on, from [ to ] with the code's name after the [.
    A coder may have several lines; one with an empty line has no coding.
    """

    text: str
    by_name: dict[str, list[Coding]] = field(default_factory=dict)

    @classmethod
    def drawn(cls, drawing: str) -> "Sketch":
        """Read a drawing."""
        first, *below = [line for line in inspect.cleandoc(drawing).splitlines() if line.strip()]
        margin = len(first) - len(first.lstrip())
        sketch = cls(first.strip())
        for line in below:
            codings = sketch.by_name.setdefault(line[:margin].strip(), [])
            for found in _DRAWN.finditer(line[margin:]):
                codings.append(sketch.coding(found["code"], Range(*found.span())))
        return sketch

    @property
    def by_coder(self) -> list[list[Coding]]:
        """Give the codings of all coders, in the order drawn."""
        return list(self.by_name.values())

    def code(self, name: str) -> UUID:
        """Give the id of a code drawn by this name."""
        return uuid5(NAMESPACE_OID, name)

    def codes(self, *names: str) -> frozenset[UUID]:
        """Give the ids of several codes."""
        return frozenset(map(self.code, names))

    def coding(self, code: str, *ranges: Range) -> Coding:
        """Make a coding on the text."""
        return Coding(
            id=uuid5(NAMESPACE_OID, f"{code}{ranges}"),
            layer=uuid5(NAMESPACE_OID, "layer"),
            source=uuid5(NAMESPACE_OID, "source"),
            revision=uuid5(NAMESPACE_OID, "revision"),
            code=self.code(code),
            codebook_version=1,
            ranges=ranges,
            words_hash=words_hash("".join(each.of(self.text) for each in ranges)),
        )

    def range(self, coder: str, place: int = 0) -> Range:
        """Give the extent of one of a coder's codings."""
        return self.by_name[coder][place].extent


@pytest.fixture
def sketch(request: pytest.FixtureRequest) -> Sketch:
    """Read the docstring of the test that asks."""
    return Sketch.drawn(request.function.__doc__)
