"""The codes of a REFI-QDA codebook as a tree, each as its file describes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_fence import unfenced
from qualcode.interchange.codebook_troubles import At, Troubles
from qualcode.interchange.codebook_yaml import Mapped

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_SHORT_COLOUR = 4


@dataclass(slots=True)
class Entry:
    """One code of the file; `own` are the fields that qualcode put there, if it did.

    `painted` is its colour as the file writes it, `replaced` counts its control characters.
    `label` and `has_id` are found out when it takes its place in the codebook.
    """

    name: str
    guid: str
    codable: bool
    painted: str
    words: str
    own: Mapped | None
    at: At
    above: "Entry | None"
    replaced: int = 0
    has_id: bool = False
    label: str = ""
    under: "list[Entry]" = field(default_factory=list)

    def told(self, name: str) -> str:
        """Give one of the fields that qualcode put there."""
        return str(self.own.get(name, "")) if self.own is not None else ""

    @property
    def colour(self) -> str:
        """Give its colour as #rrggbb; any other way of writing one is none."""
        if not _COLOUR.fullmatch(self.painted):
            return ""
        if len(self.painted) == _SHORT_COLOUR:
            return "#" + "".join(sign * 2 for sign in self.painted[1:])
        return self.painted

    @property
    def is_part(self) -> bool:
        """Is it a part: at the top, and not to be applied?"""
        return self.above is None and not self.codable and not self.holds_retired

    @property
    def holds_retired(self) -> bool:
        """Does it hold the retired codes of a codebook that qualcode wrote?"""
        return self.above is None and self.told("holds") == "retired"

    def walked(self) -> "Iterator[Entry]":
        """Go through it and all that stands under it, each before those under it."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.under))

    def below(self) -> "list[Entry]":
        """List all that stands under it, each before those under it."""
        return list(self.walked())[1:]


def tree(root: "_Element", troubles: Troubles) -> Iterator[Entry]:
    """Go through the codes at the top; those below hang under them."""
    for codes in _children(root, "Codes"):
        for top in _children(codes, "Code"):
            first = _entry(top, None, troubles)
            waiting = [(top, first)]
            while waiting:
                element, entry = waiting.pop()
                for child in _children(element, "Code"):
                    below = _entry(child, entry, troubles)
                    entry.under.append(below)
                    waiting.append((child, below))
            yield first


def _entry(element: "_Element", above: Entry | None, troubles: Troubles) -> Entry:
    at = At(_line(element))
    texts = [str(piece) for one in _children(element, "Description") for piece in one.itertext()]
    stored = as_stored("".join(texts))
    words, own = unfenced(stored.text, troubles, at)
    return Entry(
        as_stored(element.get("name", "")).text,
        element.get("guid", ""),
        element.get("isCodable", "true").strip() not in ("false", "0"),
        element.get("color", "").strip(),
        words,
        own,
        at,
        above,
        stored.replaced,
    )


def _line(element: "_Element") -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _children(element: "_Element", name: str) -> list["_Element"]:
    return [child for child in element if local_name(child) == name]


def local_name(element: "_Element") -> str:
    """Name an element or attribute without its namespace."""
    return str(element.tag).rpartition("}")[2]
