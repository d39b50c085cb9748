"""REFI-QDA codebooks (`.qdc`), from qualcode or from any other program.

Elements are matched by their local names, for the namespaces in use differ. A code at the
top that cannot be applied is a part; any other one is a code, whatever it says of itself.
Names need not be unique there: a second one is told apart by the code above it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from qualcode.domain.codebook import Part, folded
from qualcode.domain.display import shortened
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_drafts import CodebookDraft, DraftPart, made_key
from qualcode.interchange.codebook_fence import unfenced
from qualcode.interchange.codebook_fields import SHOWN, Fields
from qualcode.interchange.codebook_troubles import At, Troubles
from qualcode.interchange.codebook_yaml import Mapped, Plain
from qualcode.interchange.importing import Upload
from qualcode.interchange.unpacking import xml_root

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_SHORT_COLOUR = 4
_ONE_PART = "Codes"


@dataclass(slots=True)
class _Entry:
    """One code of the file; `own` are the fields that qualcode put there, if it did."""

    name: str
    guid: str
    codable: bool
    colour: str
    words: str
    own: Mapped | None
    at: At
    above: "_Entry | None"
    label: str = ""
    under: "list[_Entry]" = field(default_factory=list)

    def told(self, name: str) -> str:
        """Give one of the fields that qualcode put there."""
        return str(self.own.get(name, "")) if self.own is not None else ""


class QdcImporter:
    """Reads codebooks that programs for coding exchange."""

    title: ClassVar[str] = "REFI-QDA codebook"
    suffixes: ClassVar[tuple[str, ...]] = (".qdc",)

    def draft(self, upload: Upload, troubles: Troubles) -> CodebookDraft:
        """Read the tree of codes into a draft of a codebook."""
        root = xml_root(upload.data, name=upload.name)
        if _local(root) != "CodeBook":
            troubles.refuse(At(), "this is no REFI-QDA codebook: it does not begin with CodeBook.")
        top = list(_tree(root, troubles))
        return _Gathering(troubles, top).draft(upload.stem)


class _Gathering:
    """The parts and codes found so far, and the names they have taken."""

    def __init__(self, troubles: Troubles, top: list[_Entry]) -> None:
        self.troubles = troubles
        self.top = top
        self.parts: dict[int, DraftPart] = {}
        self.retired: list[Fields] = []
        self._ids: set[UUID] = set()
        self._keys: set[str] = set()
        self._labels: set[str] = set()
        self._count = 0

    def draft(self, title: str) -> CodebookDraft:
        """Put every code in its part, those that qualcode named before those it must name."""
        parts = [one for one in self.top if _is_part(one)]
        loose = [one for one in self.top if not _is_part(one) and not _holds_retired(one)]
        gone = [each for one in self.top if _holds_retired(one) for each in one.under]
        codes = [each for one in (*parts, *loose) for each in _walked(one) if not _is_part(each)]
        self._name([*codes, *gone])
        for one in parts:
            part = self._part(one)
            for each in list(_walked(one))[1:]:
                self._own_part(each, part).codes.append(self._code(each))
        if loose:
            part = self._new_part(Part(self._free_number(), _ONE_PART), At())
            for one in loose:
                for each in _walked(one):
                    self._own_part(each, part).codes.append(self._code(each))
        self.retired = [self._retired(one) for one in gone]
        return CodebookDraft(tuple(self.parts.values()), tuple(self.retired), title)

    def _name(self, entries: list[_Entry]) -> None:
        """Give labels: the one qualcode wrote, else the name, told apart where it is taken."""
        for one in entries:
            if one.own is not None:
                one.label = one.told("code")
                self._labels.add(folded(one.label))
                self._keys.add(folded(one.told("key")))
        for one in entries:
            if one.own is None:
                one.label = self._free_label(one)
                self._labels.add(folded(one.label))

    def _free_label(self, one: _Entry) -> str:
        if folded(one.name) not in self._labels:
            return one.name
        longer = f"{one.name} ({one.above.name})" if one.above else one.name
        number = 2
        label = longer
        while folded(label) in self._labels:
            label = f"{longer} {number}"
            number += 1
        return label

    def _part(self, one: _Entry) -> DraftPart:
        values: dict[str, Plain] = {**(one.own or {}), "theme": one.name}
        fields = Fields(self.troubles, f"part “{shortened(one.name, to=SHOWN)}”", values, one.at)
        number = fields.number("part", otherwise=self._free_number())
        origin = fields.origin(otherwise=Part(0, "").origin)
        return self._new_part(Part(number, fields.name("theme"), one.words, origin), one.at)

    def _new_part(self, part: Part, at: At) -> DraftPart:
        if part.number in self.parts:
            self.troubles.add(at, f"part {part.number} stands there twice.")
        return self.parts.setdefault(part.number, DraftPart(part, at=at))

    def _own_part(self, one: _Entry, otherwise: DraftPart) -> DraftPart:
        """Find the part of a code that stands under one of another part."""
        number = one.told("part")
        return self.parts.get(int(number), otherwise) if number.isdecimal() else otherwise

    def _free_number(self) -> int:
        told = {one.told("part") for one in self.top}
        number = len(self.parts) + 1
        while number in self.parts or str(number) in told:
            number += 1
        return number

    def _code(self, one: _Entry) -> Fields:
        above = one.above
        parent = "" if above is None or _is_part(above) else above.label
        return self._fields(one, {"parent": parent}, without=("part",))

    def _retired(self, one: _Entry) -> Fields:
        return self._fields(one, {"part": "1"} if one.own is None else {})

    def _fields(
        self, one: _Entry, more: dict[str, Plain], *, without: tuple[str, ...] = ()
    ) -> Fields:
        self._count += 1
        own: dict[str, Plain] = dict(one.own or {})
        values = {name: value for name, value in own.items() if name not in without}
        values |= {"code": one.label, "label": _name_of(one), "description": one.words, **more}
        if one.colour:
            values["colour"] = one.colour
        if not values.get("key"):
            key = made_key(one.label, self._count, self._keys, self._labels)
            self._keys.add(key)
            values["key"] = key
        what = f"code “{shortened(one.name, to=SHOWN)}”"
        return Fields(self.troubles, what, values, one.at, id=self._id(one))

    def _id(self, one: _Entry) -> UUID | None:
        try:
            found = UUID(one.guid.strip())
        except ValueError:
            return None
        if found in self._ids:
            return None
        self._ids.add(found)
        return found


def _tree(root: "_Element", troubles: Troubles) -> Iterator[_Entry]:
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


def _entry(element: "_Element", above: _Entry | None, troubles: Troubles) -> _Entry:
    at = At(_line(element))
    texts = [str(piece) for one in _children(element, "Description") for piece in one.itertext()]
    text = "".join(texts)
    words, own = unfenced(as_stored(text).text, troubles, at)
    return _Entry(
        as_stored(element.get("name", "")).text,
        element.get("guid", ""),
        element.get("isCodable", "true").strip() not in ("false", "0"),
        _colour(element.get("color", "")),
        words,
        own,
        at,
        above,
    )


def _line(element: "_Element") -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _walked(top: _Entry) -> Iterator[_Entry]:
    waiting = [top]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.under))


def _is_part(one: _Entry) -> bool:
    return one.above is None and not one.codable and not _holds_retired(one)


def _holds_retired(one: _Entry) -> bool:
    return one.above is None and one.told("holds") == "retired"


def _name_of(one: _Entry) -> str:
    """Take the name as it stands now, without the label that qualcode wrote before it."""
    label = one.label
    if one.own is None or not one.name:
        return one.name
    written = one.told("label")
    if one.name == label:
        return label
    return written if one.name == f"{label} {written}" else one.name.removeprefix(f"{label} ")


def _colour(words: str) -> str:
    """Give a colour as #rrggbb; any other way of writing one is none."""
    if not _COLOUR.fullmatch(words):
        return ""
    if len(words) == _SHORT_COLOUR:
        return "#" + "".join(sign * 2 for sign in words[1:])
    return words


def _children(element: "_Element", name: str) -> list["_Element"]:
    return [child for child in element if _local(child) == name]


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]
