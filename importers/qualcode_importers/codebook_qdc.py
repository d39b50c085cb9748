"""REFI-QDA codebooks (`.qdc`), from qualcode or from any other program.

Elements are matched by their local names, for the namespaces in use differ. A code at the
top that cannot be applied is a part; any other one is a code, whatever it says of itself.
Names need not be unique there: a second one is told apart by the code above it.
"""

from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from qualcode.domain.codebook import Part, folded
from qualcode.domain.display import shortened
from qualcode.interchange.codebook_drafts import CodebookDraft, DraftPart, made_key
from qualcode.interchange.codebook_fields import SHOWN, Fields
from qualcode.interchange.codebook_troubles import At, Troubles
from qualcode.interchange.codebook_yaml import Plain
from qualcode.interchange.importing import Upload
from qualcode.interchange.unpacking import xml_root
from qualcode_importers.codebook_qdc_left_out import left_out_of
from qualcode_importers.codebook_qdc_tree import Entry, local_name, tree

_ONE_PART = "Codes"


class QdcImporter:
    """Reads codebooks that programs for coding exchange."""

    title: ClassVar[str] = "REFI-QDA codebook"
    suffixes: ClassVar[tuple[str, ...]] = (".qdc",)

    def draft(self, upload: Upload, troubles: Troubles) -> CodebookDraft:
        """Read the tree of codes into a draft of a codebook."""
        root = xml_root(upload.data, name=upload.name)
        if local_name(root) != "CodeBook":
            troubles.refuse(At(), "this is no REFI-QDA codebook: it does not begin with CodeBook.")
        top = list(tree(root, troubles))
        draft = _Gathering(troubles, top).draft(upload.stem)
        return replace(draft, findings=tuple(left_out_of(root, top)))


class _Gathering:
    """The parts and codes found so far, and the names they have taken."""

    def __init__(self, troubles: Troubles, top: list[Entry]) -> None:
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
        parts = [one for one in self.top if one.is_part]
        loose = [one for one in self.top if not one.is_part and not one.holds_retired]
        gone = [each for one in self.top if one.holds_retired for each in one.below()]
        codes = [each for one in (*parts, *loose) for each in one.walked() if not each.is_part]
        self._name([*codes, *gone])
        for one in parts:
            part = self._part(one)
            for each in one.below():
                self._own_part(each, part).codes.append(self._code(each))
        if loose:
            part = self._new_part(Part(self._free_number(), _ONE_PART), At())
            for one in loose:
                for each in one.walked():
                    self._own_part(each, part).codes.append(self._code(each))
        self.retired = [self._retired(one) for one in gone]
        return CodebookDraft(tuple(self.parts.values()), tuple(self.retired), title)

    def _name(self, entries: list[Entry]) -> None:
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

    def _free_label(self, one: Entry) -> str:
        if folded(one.name) not in self._labels:
            return one.name
        longer = f"{one.name} ({one.above.name})" if one.above else one.name
        number = 2
        label = longer
        while folded(label) in self._labels:
            label = f"{longer} {number}"
            number += 1
        return label

    def _part(self, one: Entry) -> DraftPart:
        values: dict[str, Plain] = {**(one.own or {}), "theme": one.name}
        fields = Fields(self.troubles, f"part “{shortened(one.name, to=SHOWN)}”", values, one.at)
        number = fields.number("part", otherwise=self._free_number())
        origin = fields.origin(otherwise=Part(0, "").origin)
        return self._new_part(Part(number, fields.name("theme"), one.words, origin), one.at)

    def _new_part(self, part: Part, at: At) -> DraftPart:
        if part.number in self.parts:
            self.troubles.add(at, f"part {part.number} stands there twice.")
        return self.parts.setdefault(part.number, DraftPart(part, at=at))

    def _own_part(self, one: Entry, otherwise: DraftPart) -> DraftPart:
        """Find the part of a code that stands under one of another part."""
        number = one.told("part")
        return self.parts.get(int(number), otherwise) if number.isdecimal() else otherwise

    def _free_number(self) -> int:
        told = {one.told("part") for one in self.top}
        number = len(self.parts) + 1
        while number in self.parts or str(number) in told:
            number += 1
        return number

    def _code(self, one: Entry) -> Fields:
        above = one.above
        parent = "" if above is None or above.is_part else above.label
        return self._fields(one, {"parent": parent}, without=("part",))

    def _retired(self, one: Entry) -> Fields:
        return self._fields(one, {"part": "1"} if one.own is None else {})

    def _fields(
        self, one: Entry, more: dict[str, Plain], *, without: tuple[str, ...] = ()
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

    def _id(self, one: Entry) -> UUID | None:
        try:
            found = UUID(one.guid.strip())
        except ValueError:
            return None
        if found in self._ids:
            return None
        self._ids.add(found)
        one.has_id = True
        return found


def _name_of(one: Entry) -> str:
    """Take the name as it stands now, without the label that qualcode wrote before it."""
    label = one.label
    if one.own is None or not one.name:
        return one.name
    written = one.told("label")
    if one.name == label:
        return label
    return written if one.name == f"{label} {written}" else one.name.removeprefix(f"{label} ")
