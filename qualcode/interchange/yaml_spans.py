"""Where things stand in a YAML text, and how a few are changed while the rest stays as it is.

Positions count characters of the text as it was read. What cannot be changed in place, such
as an entry in the middle of a line, is refused by `NotInPlaceError`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qualcode.interchange.codebook_writing import WIDTH, dumped

if TYPE_CHECKING:
    import yaml

_NARROWEST = 40


class NotInPlaceError(Exception):
    """A text is laid out so that a change would touch more than it is about."""


class Edit(NamedTuple):
    """Other words for a stretch of the text."""

    start: int
    end: int
    words: str


class Stretch(NamedTuple):
    """Where an item of a list stands: to the end of its line, and the remarks of its own below.

    `start` follows the item before; `own` is where the remarks right above the item begin.
    """

    start: int
    own: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines:
    """A YAML text, its newline, and the changes that were asked for so far."""

    text: str
    edits: list[Edit] = field(default_factory=list)

    @property
    def newline(self) -> str:
        """How the lines of the text end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def apart(self) -> "Lines":
        """Begin another list of changes to the same text."""
        return Lines(self.text)

    def changed(self, start: int = 0, end: int | None = None) -> str:
        """Give a stretch of the text with the changes that lie in it."""
        stop = len(self.text) if end is None else end
        pieces, at = [], start
        for edit in sorted(self.edits):
            if start <= edit.start and edit.end <= stop:
                pieces += [self.text[at : edit.start], edit.words]
                at = edit.end
        return "".join((*pieces, self.text[at:stop]))

    def set_field(self, node: "yaml.MappingNode", name: str, value: object) -> None:
        """Give a field of an entry another value, or add the field after the last."""
        self.set_words(node, name, self.laid_out({name: value}, node.start_mark.column))

    def set_words(
        self, node: "yaml.MappingNode", name: str, words: str, *, end: int | None = None
    ) -> None:
        """Put words in the place of a field, up to its end or another; or after the last field."""
        if node.flow_style or not node.value:
            raise NotInPlaceError
        column = node.start_mark.column
        for key, old in node.value:
            if key.value == name:
                stop = self.content_end(old) if end is None else end
                self.edits.append(Edit(key.start_mark.index, stop, words))
                return
        at = self.entry_end(node, max(column - 1, 0))
        self.edits.append(Edit(at, at, f"{self.newline}{' ' * column}{words}"))

    def drop_field(self, node: "yaml.MappingNode", name: str, *, end: int | None = None) -> None:
        """Take the lines of a field out, up to the end of its words or to another."""
        key, old = next(pair for pair in node.value if pair[0].value == name)
        start = self.line_start(key.start_mark.index)
        if node.flow_style or not start or self.text[start : key.start_mark.index].strip():
            raise NotInPlaceError
        stop = self.line_end(self.content_end(old)) if end is None else end
        self.edits.append(Edit(self.line_end(start - 1), stop, ""))

    def laid_out(self, value: object, column: int) -> str:
        """Write a value so that it stands in a column; its first line is not indented."""
        width = max(WIDTH - column, _NARROWEST)
        lines = dumped(value, width=width).rstrip("\n").split("\n")
        return f"{self.newline}{' ' * column}".join(lines)

    def content_end(self, node: "yaml.Node") -> int:
        """Find where the words of a node end: before blanks, remarks and empty lines."""
        import yaml

        last = node
        while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
            item = last.value[-1]
            last = item[1] if isinstance(item, tuple) else item
        end = int(last.end_mark.index)
        if isinstance(last, yaml.ScalarNode) and last.style in ("|", ">"):
            start = int(last.start_mark.index)
            return start + len(self.text[start:end].rstrip())
        return end

    def line_start(self, at: int) -> int:
        """Find where the line of a position begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Find where the line of a position ends, before its newline."""
        found = self.text.find("\n", at)
        end = len(self.text) if found < 0 else found
        return end - 1 if self.text[at:end].endswith("\r") else end

    def entry_end(self, node: "yaml.Node", column: int) -> int:
        """Find where the lines of a node end, with remarks below that stand in beyond a column."""
        end = self.line_end(self.content_end(node))
        while (start := self._next_line(end)) < len(self.text):
            line = self.text[start : self.line_end(start)]
            bare = line.lstrip(" ")
            if not bare.startswith("#") or len(line) - len(bare) <= column:
                break
            end = start + len(line)
        return end

    def items(self, node: "yaml.SequenceNode") -> list[Stretch]:
        """Part a list into its items, each with the remarks above it.

        Remarks that an empty line parts from the first item belong to the list.
        """
        if node.flow_style:
            raise NotInPlaceError
        found: list[Stretch] = []
        for item in node.value:
            line = self.line_start(item.start_mark.index)
            before = self.text[line : item.start_mark.index]
            column = node.start_mark.column
            if before.strip() != "-" or before.index("-") != column:
                raise NotInPlaceError
            floor = self._next_line(found[-1].end) if found else 0
            own = self._above(line, floor, "#")
            start = min(line, floor) if found else self._above(own, floor, "")
            if not self.text[start:own].strip():
                own = start
            found.append(Stretch(start, own, self.entry_end(item, column)))
        return found

    def _above(self, line: int, floor: int, sign: str) -> int:
        """Find where the remarks (sign #) or empty lines begin that stand right above a line."""
        while line > floor:
            above = self.line_start(line - 1)
            if above < floor or self.text[above:line].strip()[:1] != sign:
                break
            line = above
        return line

    def _next_line(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1


def shifted(words: str, by: int) -> str:
    """Move lines to the right by some blanks, or to the left where `by` is below nothing."""
    lines = words.split("\n")
    if by >= 0:
        return "\n".join(f"{' ' * by}{line}" if line.strip() else line for line in lines)
    return "\n".join(line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)


def fields_of(node: "yaml.Node") -> Mapping[str, "yaml.Node"]:
    """Give the values of an entry by the names of its fields."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}


def items_of(node: "yaml.Node | None") -> Sequence["yaml.MappingNode"]:
    """Give the entries of a list."""
    import yaml

    items: Iterable[yaml.Node] = node.value if isinstance(node, yaml.SequenceNode) else ()
    return [item for item in items if isinstance(item, yaml.MappingNode)]
