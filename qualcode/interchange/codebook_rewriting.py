"""A codebook file that a team edits by hand, brought up to date without disturbing the rest.

Only what reads otherwise is written anew: a field, or a whole entry where it has to be. All
other lines, remarks and layout stay letter for letter. What comes out is read back before
anybody relies on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Codebook, Origin, folded
from qualcode.domain.errors import ExportRefusedError, ImportRefusedError
from qualcode.interchange.codebook_entries import (
    bare,
    called,
    current_fields,
    differing_fields,
    names_of,
)
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.codebook_losses import losses
from qualcode.interchange.codebook_remarks import remarks_lost
from qualcode.interchange.codebook_troubles import Troubles
from qualcode.interchange.codebook_writing import (
    codebook_fields,
    part_fields,
    written_code,
    written_part,
    written_retired,
)
from qualcode.interchange.codebook_yaml import composed
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Upload
from qualcode.interchange.yaml_spans import (
    Edit,
    Lines,
    NotInPlaceError,
    Stretch,
    fields_of,
    items_of,
    shifted,
)

if TYPE_CHECKING:
    import yaml

_HEAD = {"title": "", "version": "1", "language": "en"}
_OF_RETIRED = ("part", "successors")
_COMES_AND_GOES = (*_OF_RETIRED, "earlier_names")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The file's new bytes, what was written anew in it, and which remarks did not stay."""

    data: bytes
    changed: tuple[str, ...]
    lost: tuple[str, ...] = ()


def rewritten(old: Upload, codebook: Codebook) -> Rewritten:
    """Bring a codebook file up to date; refuse one that is none, or cannot be changed in place.

    Raises ImportRefusedError where the file is no codebook that can be read.
    """
    import yaml

    read_codebook(old)
    encoding = decoded(old, None).encoding
    sign = "\ufeff".encode(encoding)
    mark = sign if old.data.startswith(sign) else b""
    text = old.data.removeprefix(mark).decode(encoding)
    root = composed(Troubles(old.name), text, yaml.BaseLoader)
    if not isinstance(root, yaml.MappingNode):
        raise _not_in_place(old)
    for carrying in (True, False):
        work = _Rewriting(Lines(text), codebook, carrying=carrying)
        new = _worked(work, root)
        data = mark + new.encode(encoding)
        if new and _reads_back(Upload(old.name, data), codebook):
            changed = tuple(dict.fromkeys(work.changed))
            return Rewritten(data, changed, remarks_lost(text, new))
    raise _not_in_place(old)


def _worked(work: "_Rewriting", root: "yaml.MappingNode") -> str:
    """Give the text with its changes, or nothing where they cannot be made in place."""
    try:
        work.whole(root)
    except NotInPlaceError:
        return ""
    return work.lines.changed()


def _reads_back(new: Upload, codebook: Codebook) -> bool:
    try:
        return not losses(codebook, read_codebook(new))
    except ImportRefusedError:
        return False


def _not_in_place(old: Upload) -> ExportRefusedError:
    return ExportRefusedError(
        f"{old.name} is laid out so that it cannot be changed in place; it was not touched.",
        hint="Export to a new file, and carry your remarks over.",
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One entry of a list as it is to read: what finds it, its name, and its fields."""

    names: tuple[str, ...]
    shown: str
    fields: Mapping[str, object]
    origin: str = Origin.NOT_STATED.value
    inside: Callable[["yaml.MappingNode", Lines], None] | None = None


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """The changes to one file."""

    lines: Lines
    codebook: Codebook
    carrying: bool = True
    changed: list[str] = field(default_factory=list)
    entries: dict[str, "yaml.MappingNode"] = field(default_factory=dict)
    homes: dict[int, "yaml.SequenceNode"] = field(default_factory=dict)
    stretches: dict[int, list[Stretch]] = field(default_factory=dict)

    def whole(self, root: "yaml.MappingNode") -> None:
        """Go through the file from its head to the retired codes."""
        top = fields_of(root)
        self._gather(root)
        self._head(root, top.get("codebook"))
        parts = [
            _Wanted(
                (str(part.number),),
                f"part {part.number}",
                written_part(self.codebook, part),
                inside=lambda node, lines, part=part: self._codes(node, part.number, lines),  # type: ignore[misc]
            )
            for part in self.codebook.parts
        ]
        self._list(root, "parts", parts, "part", self.lines)
        retired = [
            _Wanted(
                names_of(code),
                code.label,
                written_retired(self.codebook, code),
                self.codebook.part_of(code).origin.value,
            )
            for code in self.codebook.retired
        ]
        self._list(root, "retired", retired, "code", self.lines)

    def _gather(self, root: "yaml.MappingNode") -> None:
        """Find the entry of each code, in whatever list, by its label or else an earlier one."""
        import yaml

        there: dict[str, yaml.MappingNode] = {}
        for above in (*items_of(fields_of(root).get("parts")), root):
            node = fields_of(above).get("retired" if above is root else "codes")
            for item in items_of(node):
                there[folded(called(item, "code"))] = item
                if isinstance(node, yaml.SequenceNode):
                    self.homes[id(item)] = node
        names = [names_of(code) for code in (*self.codebook.codes, *self.codebook.retired)]
        own = {one[0] for one in names}
        for label, *earlier in names:
            found = [one for one in (label, *earlier) if one in there]
            free = [one for one in found if one == label or one not in own]
            if free:
                self.entries[label] = there.pop(free[0])

    def _head(self, root: "yaml.MappingNode", node: "yaml.Node | None") -> None:
        """Bring title, version and language up to date; what the team keeps there stays."""
        import yaml

        current = current_fields(node) if node is not None else {}
        differing = differing_fields(current, codebook_fields(self.codebook), _HEAD)
        self.changed.extend(f"the codebook’s {name}" for name in differing)
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            if differing:
                self.lines.set_field(root, "codebook", {**current, **differing})
            return
        for name, value in differing.items():
            self.lines.set_field(node, name, value)

    def _codes(self, node: "yaml.MappingNode", number: int, lines: Lines) -> None:
        part = next(one for one in self.codebook.parts if one.number == number)
        self._entry(node, part_fields(part), f"part {number}", lines)
        codes = [
            _Wanted(names_of(code), code.label, written_code(code, part), part.origin.value)
            for code in self.codebook.codes
            if code.part == number
        ]
        self._list(node, "codes", codes, "code", lines)

    def _list(
        self,
        above: "yaml.MappingNode",
        name: str,
        wanted: Sequence[_Wanted],
        by: str,
        lines: Lines,
    ) -> None:
        """Bring a list up to date: entry by entry, and as a whole where their order changed."""
        import yaml

        node = fields_of(above).get(name)
        there = items_of(node)
        found = self._found(there, wanted, by)
        if not there:
            if wanted:
                self._begun(above, name, wanted, found, lines)
            return
        if not isinstance(node, yaml.SequenceNode):
            raise NotInPlaceError
        if not wanted:
            self._emptied(above, name, node, lines)
            names = [called(item, by) for item in there]
            self.changed.extend(names if by == "code" else [f"part {one}" for one in names])
            return
        inner = lines.apart()
        pieces = [
            self._item(item, one, node, inner) for item, one in zip(found, wanted, strict=True)
        ]
        if found == list(there):
            lines.edits.extend(inner.edits)
            return
        self._reordered(node, found, pieces, lines, inner)

    def _found(
        self, there: Sequence["yaml.MappingNode"], wanted: Sequence[_Wanted], by: str
    ) -> list["yaml.MappingNode | None"]:
        """Find the entry of each that is wanted, in this list or where it stood so far."""
        if by == "part":
            known = {called(item, by): item for item in there}
            return [known.get(one.names[0]) for one in wanted]
        found = [self.entries.get(one.names[0]) for one in wanted]
        return [item if self.carrying or item in there else None for item in found]

    def _item(
        self,
        item: "yaml.MappingNode | None",
        one: _Wanted,
        node: "yaml.SequenceNode",
        lines: Lines,
    ) -> str:
        """Bring an entry up to date in its list; give the words of one that was not in it."""
        if item is None or item not in node.value:
            return self._piece(item, one, node.start_mark.column)
        if one.inside is not None:
            one.inside(item, lines)
        else:
            self._entry(item, one.fields, one.shown, lines, origin=one.origin)
        return ""

    def _piece(self, item: "yaml.MappingNode | None", one: _Wanted, column: int) -> str:
        """Give the words of an entry that comes into a list: its own lines where it has some."""
        self.changed.append(one.shown)
        if item is not None:
            node, apart = self.homes[id(item)], self.lines.apart()
            try:
                self._entry(item, one.fields, one.shown, apart, origin=one.origin)
                if id(node) not in self.stretches:
                    self.stretches[id(node)] = apart.items(node)
                stretch = self.stretches[id(node)][node.value.index(item)]
            except NotInPlaceError:
                pass
            else:
                words = apart.changed(stretch.own, stretch.end)
                return shifted(words, column - node.start_mark.column)
        words = self.lines.laid_out(bare(one.fields), column + 2)
        return f"{' ' * column}- {words}"

    def _begun(
        self,
        above: "yaml.MappingNode",
        name: str,
        wanted: Sequence[_Wanted],
        found: Sequence["yaml.MappingNode | None"],
        lines: Lines,
    ) -> None:
        """Write a list where there was none."""
        column = above.start_mark.column + 2
        pieces = [self._piece(item, one, column) for item, one in zip(found, wanted, strict=True)]
        lines.set_words(above, name, lines.newline.join((f"{name}:", *pieces)))

    def _emptied(
        self, above: "yaml.MappingNode", name: str, node: "yaml.SequenceNode", lines: Lines
    ) -> None:
        """Leave of a list its name, and the remarks that are not about an entry of it."""
        spans = lines.items(node)
        key = next(key for key, value in above.value if value is node)
        begin = lines.text.index(":", key.end_mark.index) + 1
        head = lines.text[begin : spans[0].own].rstrip()
        left = [lines.text[one.start : one.own].rstrip() for one in spans[1:]]
        remarks = lines.newline.join((head, *filter(None, left)))
        if name == "retired" and not remarks.strip():
            lines.drop_field(above, name, end=spans[-1].end)
        else:
            lines.set_words(above, name, f"{name}: []{remarks}", end=spans[-1].end)

    def _reordered(
        self,
        node: "yaml.SequenceNode",
        found: Sequence["yaml.MappingNode | None"],
        pieces: Sequence[str],
        lines: Lines,
        inner: Lines,
    ) -> None:
        """Write a list in its new order; entries that were there bring their lines along.

        Remarks apart from an entry that leaves stay behind, above the one that follows it.
        """
        spans = lines.items(node)
        places = {id(item): span for item, span in zip(node.value, spans, strict=True)}
        kept = {id(item) for item in found}
        left: dict[int, list[str]] = {}
        waiting: list[str] = []
        for item, span in zip(node.value, spans, strict=True):
            if id(item) in kept:
                left[id(item)], waiting = waiting, []
            else:
                self.changed.append(called(item, "code") or f"part {called(item, 'part')}")
                remarks = lines.text[span.start : span.own].removesuffix(lines.newline)
                waiting += [remarks] if remarks.strip() else []
        words: list[str] = []
        for item, piece in zip(found, pieces, strict=True):
            words += left.get(id(item), [])
            words.append(piece or inner.changed(places[id(item)].start, places[id(item)].end))
        whole = lines.newline.join((*words, *waiting))
        lines.edits.append(Edit(spans[0].start, spans[-1].end, whole))

    def _entry(
        self,
        node: "yaml.Node",
        wanted: Mapping[str, object],
        shown: str,
        lines: Lines,
        *,
        origin: str = Origin.NOT_STATED.value,
    ) -> None:
        """Change the fields of an entry that read otherwise than they should."""
        import yaml

        if not isinstance(node, yaml.MappingNode):
            raise NotInPlaceError
        current = current_fields(node)
        differing = differing_fields(current, wanted, {"origin": origin})
        if not differing:
            return
        self.changed.append(shown)
        if node.flow_style:
            self._flow_entry(node, {**current, **differing}, lines)
            return
        for name, value in differing.items():
            self._field(node, name, value, lines)

    def _field(self, node: "yaml.MappingNode", name: str, value: object, lines: Lines) -> None:
        """Change a field; one that comes with a merge or a retirement goes with it."""
        old = fields_of(node).get(name)
        if old is None or value or name not in _COMES_AND_GOES:
            lines.set_field(node, name, value)
            return
        end = lines.content_end(old)
        remarked = "#" in lines.text[lines.line_start(old.start_mark.index) : lines.line_end(end)]
        if remarked and name not in _OF_RETIRED:
            lines.set_field(node, name, value)
            return
        try:
            lines.drop_field(node, name)
        except NotInPlaceError:
            lines.set_field(node, name, value)

    def _flow_entry(
        self, node: "yaml.MappingNode", fields: Mapping[str, object], lines: Lines
    ) -> None:
        """Write an entry that stood in braces as lines of its own."""
        start = node.start_mark.index
        before = lines.text[lines.line_start(start) : start]
        if before.strip() != "-":
            raise NotInPlaceError
        words = lines.laid_out(bare(fields), node.start_mark.column)
        lines.edits.append(Edit(start, lines.content_end(node), words))
