"""How an entry of a codebook file reads, and in which fields otherwise than it should."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Code, folded
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_drafts import LISTS
from qualcode.interchange.yaml_spans import fields_of

if TYPE_CHECKING:
    import yaml

USUAL = ("description", "sub_questions", "include", "exclude", "examples", "codes", "title")
_STRIPPED = ("parent", "colour", "language", "part", "version")


def current_fields(node: "yaml.Node") -> dict[str, object]:
    """Give the fields of an entry as they read."""
    return {name: _value(name, one) for name, one in fields_of(node).items()}


def differing_fields(
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


def names_of(code: Code) -> tuple[str, ...]:
    """Give what a code may be called in the file: its label, else one it had."""
    return (folded(code.label), *map(folded, code.earlier_names))


def bare(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Leave out of a new entry what is empty, but for the usual fields."""
    return {name: value for name, value in fields.items() if value or name in USUAL}


def called(item: "yaml.Node", by: str) -> str:
    """Give the words of the field by which an entry is known: its code, or number of a part."""
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
