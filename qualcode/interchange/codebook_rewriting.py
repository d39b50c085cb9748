"""A codebook file that a team edits by hand, brought up to date without disturbing the rest.

Only what reads otherwise is written anew: a field, or a whole entry where it has to be. All
other lines, remarks and layout stay letter for letter. What comes out is read back before
anybody relies on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Code, Codebook, Origin, folded
from qualcode.domain.errors import ExportRefusedError
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_drafts import LISTS
from qualcode.interchange.codebook_file import read_codebook
from qualcode.interchange.codebook_losses import losses
from qualcode.interchange.codebook_troubles import Troubles
from qualcode.interchange.codebook_writing import (
    codebook_fields,
    part_fields,
    written_code,
    written_part,
    written_retired,
)
from qualcode.interchange.codebook_yaml import composed
from qualcode.interchange.importing import Upload
from qualcode.interchange.yaml_spans import Edit, Lines, NotInPlaceError, fields_of, items_of

if TYPE_CHECKING:
    import yaml

_HEAD = {"title": "", "version": "1", "language": "en"}
_STRIPPED = ("parent", "colour", "language", "part", "version")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The file's new bytes, and the names of what was written anew in it."""

    data: bytes
    changed: tuple[str, ...]


def rewritten(old: Upload, codebook: Codebook) -> Rewritten:
    """Bring a codebook file up to date; refuse one that is none, or cannot be changed in place.

    Raises ImportRefusedError where the file is no codebook that can be read.
    """
    import yaml

    read_codebook(old)
    mark = b"\xef\xbb\xbf" if old.data.startswith(b"\xef\xbb\xbf") else b""
    text = old.data.removeprefix(mark).decode(errors="replace")
    work = _Rewriting(Lines(text), codebook)
    root = composed(Troubles(old.name), text, yaml.BaseLoader)
    if not isinstance(root, yaml.MappingNode):
        raise _not_in_place(old)
    try:
        work.whole(root)
    except NotInPlaceError:
        raise _not_in_place(old) from None
    data = mark + work.lines.changed().encode()
    if losses(codebook, read_codebook(Upload(old.name, data))):
        raise _not_in_place(old)
    return Rewritten(data, tuple(dict.fromkeys(work.changed)))


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
    changed: list[str] = field(default_factory=list)

    def whole(self, root: "yaml.MappingNode") -> None:
        """Go through the file from its head to the retired codes."""
        top = fields_of(root)
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
                _names(code),
                code.label,
                written_retired(self.codebook, code),
                self.codebook.part_of(code).origin.value,
            )
            for code in self.codebook.retired
        ]
        self._list(root, "retired", retired, "code", self.lines)

    def _head(self, root: "yaml.MappingNode", node: "yaml.Node | None") -> None:
        """Bring title, version and language up to date; what the team keeps there stays."""
        import yaml

        current = _current(node) if node is not None else {}
        differing = _differing(current, codebook_fields(self.codebook), _HEAD)
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
            _Wanted(_names(code), code.label, written_code(code, part), part.origin.value)
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
        if not there:
            if wanted:
                lines.set_field(above, name, [_bare(one.fields) for one in wanted])
                self.changed.extend([one.shown for one in wanted])
            return
        if not wanted:
            lines.set_field(above, name, [])
            self.changed.extend([_key(item, by) for item in there])
            return
        if not isinstance(node, yaml.SequenceNode):
            raise NotInPlaceError
        found = _matched(there, wanted, by)
        inner = lines.apart()
        texts = [self._item(found[at], one, inner) for at, one in enumerate(wanted)]
        if [item for item in found if item is not None] == list(there) and None not in found:
            lines.edits.extend(inner.edits)
            return
        self._reordered(node, found, wanted, lines, inner, texts)

    def _item(self, item: "yaml.MappingNode | None", one: _Wanted, lines: Lines) -> bool:
        """Bring one entry up to date; say whether it has to be written as a whole."""
        if item is None:
            self.changed.append(one.shown)
            return True
        if one.inside is not None:
            one.inside(item, lines)
            return False
        self._entry(item, one.fields, one.shown, lines, origin=one.origin)
        return False

    def _reordered(
        self,
        node: "yaml.SequenceNode",
        found: Sequence["yaml.MappingNode | None"],
        wanted: Sequence[_Wanted],
        lines: Lines,
        inner: Lines,
        whole: Sequence[bool],
    ) -> None:
        """Write a list in its new order; entries that were there bring their lines along."""
        spans = lines.items(node)
        places = {id(item): span for item, span in zip(node.value, spans, strict=True)}
        column = node.start_mark.column
        pieces = []
        for item, one, anew in zip(found, wanted, whole, strict=True):
            if anew or item is None:
                words = lines.laid_out(_bare(one.fields), column + 2)
                pieces.append(f"{' ' * column}- {words}")
            else:
                pieces.append(inner.changed(*places[id(item)]))
        kept = {id(item) for item in found if item is not None}
        gone = [item for item in node.value if id(item) not in kept]
        self.changed.extend([_key(item, "code") for item in gone])
        lines.edits.append(Edit(spans[0][0], spans[-1][1], lines.newline.join(pieces)))

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
        current = _current(node)
        differing = _differing(current, wanted, {"origin": origin})
        if not differing:
            return
        self.changed.append(shown)
        if node.flow_style:
            self._flow_entry(node, {**current, **differing}, lines)
            return
        for name, value in differing.items():
            lines.set_field(node, name, value)

    def _flow_entry(
        self, node: "yaml.MappingNode", fields: Mapping[str, object], lines: Lines
    ) -> None:
        """Write an entry that stood in braces as lines of its own."""
        start = node.start_mark.index
        before = lines.text[lines.line_start(start) : start]
        if before.strip() != "-":
            raise NotInPlaceError
        words = lines.laid_out(_bare(fields), node.start_mark.column)
        lines.edits.append(Edit(start, lines.content_end(node), words))


def _current(node: "yaml.Node") -> dict[str, object]:
    return {name: _value(name, one) for name, one in fields_of(node).items()}


def _differing(
    current: Mapping[str, object], wanted: Mapping[str, object], otherwise: Mapping[str, object]
) -> dict[str, object]:
    """Give the fields that are to read otherwise; `otherwise` is what stands for an empty one."""
    differing: dict[str, object] = {}
    for name in dict.fromkeys((*wanted, *_known(current))):
        empty = otherwise.get(name, [] if name in LISTS else "")
        want = wanted.get(name) or empty
        have = current.get(name) or empty
        same = folded(str(want)) == folded(str(have)) if name == "parent" else False
        if not same and _text(want) != _text(have):
            differing[name] = want
    return differing


def _names(code: Code) -> tuple[str, ...]:
    """Give what a code may be called in the file: its label, else one it had."""
    return (folded(code.label), *map(folded, code.earlier_names))


def _bare(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Leave out of a new entry what is empty, but for the usual fields."""
    usual = ("description", "sub_questions", "include", "exclude", "examples", "codes", "title")
    return {name: value for name, value in fields.items() if value or name in usual}


def _matched(
    there: Sequence["yaml.MappingNode"], wanted: Sequence[_Wanted], by: str
) -> list["yaml.MappingNode | None"]:
    """Find the entry of each that is wanted: by what it is called, else by an earlier name."""
    known = {folded(_key(item, by)): item for item in there}
    own = {one.names[0] for one in wanted}
    found: list[yaml.MappingNode | None] = []
    for one in wanted:
        earlier = [name for name in one.names[1:] if name in known and name not in own]
        name = one.names[0] if one.names[0] in known else next(iter(earlier), "")
        found.append(known.pop(name, None))
    return found


def _key(item: "yaml.Node", by: str) -> str:
    node = fields_of(item).get(by)
    return as_stored(str(node.value)).text.strip() if node is not None else ""


def _value(name: str, node: "yaml.Node") -> object:
    """Give the value of a field as it reads."""
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [as_stored(str(item.value)).text for item in node.value]
    words = as_stored(str(node.value)).text
    if name in LISTS or name == "successors":
        return [words] if words else []
    return words.strip() if name in _STRIPPED else words


def _known(current: Mapping[str, object]) -> list[str]:
    """Name the fields of the file that qualcode keeps; others, such as a source, are the team's."""
    team = ("id", "source", "unit", "codes")
    return [name for name in current if name not in team]


def _text(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else str(value)
