"""YAML read as text and nothing else: no types, no aliases, no field twice; lines are kept."""

from typing import TYPE_CHECKING, TypeAlias

from qualcode.domain.display import shortened
from qualcode.domain.text import as_stored
from qualcode.interchange.codebook_troubles import At, Troubles

if TYPE_CHECKING:
    import yaml

Plain: TypeAlias = "str | list[Plain] | Mapped"

_DEEPEST = 20
_SHOWN = 80


class Mapped(dict[str, Plain]):
    """The fields of one thing, with the line where it begins and the line of each field."""

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


def plain_yaml(troubles: Troubles, text: str) -> Plain:
    """Read a YAML text into strings, lists and fields."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    node = composed(troubles, text, loader)
    return "" if node is None else _plain(troubles, node)


def composed(troubles: Troubles, text: str, loader: "type[yaml.BaseLoader]") -> "yaml.Node | None":
    """Read a YAML text into its tree of nodes; refuse what is no YAML, and tricks."""
    import yaml

    try:
        _refuse_tricks(troubles, text, loader)
        return yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + 1 if trouble.problem_mark else 1
        problem = _problem(trouble, text)
        troubles.refuse(
            At(line), f"this cannot be read as YAML: {problem}{_begun(trouble, text, loader)}."
        )
    except yaml.YAMLError:
        troubles.refuse(At(), "it cannot be read as YAML.")


def _problem(trouble: "yaml.MarkedYAMLError", text: str) -> str:
    """Say what is wrong; a tab in front of an entry looks right and is the usual one."""
    mark = trouble.problem_mark
    line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
    if mark and line[: mark.column + 1].strip(" -") == "\t":
        return "a tab stands where only blanks set an entry in"
    return shortened(trouble.problem or "it breaks off", to=_SHOWN)


def _begun(trouble: "yaml.MarkedYAMLError", text: str, loader: "type[yaml.BaseLoader]") -> str:
    """Say where that begins which did not end as it should: words in quotes, or what holds them.

    A quote that lacks its end runs on to the next quote, and the trouble is found only there.
    """
    line = trouble.problem_mark.line + 1 if trouble.problem_mark else 1
    quoted = _quoted_until(line, text, loader)
    if quoted:
        return f"; the text in quotes that ends there begins at line {quoted}"
    begun = trouble.context_mark.line + 1 if trouble.context_mark else line
    if begun == line:
        return ""
    what = "text" if "scalar" in (trouble.context or "") else "list or entry around it"
    return f"; the {what} begins at line {begun}"


def _quoted_until(line: int, text: str, loader: "type[yaml.BaseLoader]") -> int:
    """Find the line where quoted words begin that end in a line further down; 0 is none."""
    import yaml

    found = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            quoted = isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"')
            if quoted and event.start_mark and event.end_mark:
                begins, ends = event.start_mark.line + 1, event.end_mark.line + 1
                found = begins if begins < ends == line else found
    except yaml.YAMLError:
        pass
    return found


def _refuse_tricks(troubles: Troubles, text: str, loader: "type[yaml.BaseLoader]") -> None:
    """Refuse aliases, by which a few lines can stand for millions, and deep nesting."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        at = At(event.start_mark.line + 1 if event.start_mark else 1)
        if isinstance(event, yaml.AliasEvent):
            troubles.refuse(at, "a YAML alias (*) is not allowed.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            troubles.refuse(at, "this is nested too deeply.")


def _plain(troubles: Troubles, node: "yaml.Node") -> Plain:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_plain(troubles, item) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return as_stored(str(node.value)).text
    fields = Mapped(node.start_mark.line + 1)
    for key, value in node.value:
        name = as_stored(str(key.value)).text if isinstance(key, yaml.ScalarNode) else ""
        line = key.start_mark.line + 1
        if name in fields:
            troubles.add(At(line), f"“{shortened(name, to=_SHOWN)}” stands there twice.")
        fields[name] = _plain(troubles, value)
        fields.lines[name] = line
    return fields
