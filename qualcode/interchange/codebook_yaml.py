"""YAML read as text and nothing else: no types, no aliases, no field twice."""

from typing import TYPE_CHECKING, TypeAlias

from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import as_stored
from qualcode.interchange.importing import Upload

if TYPE_CHECKING:
    import yaml

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_DEEPEST = 20
_SHOWN = 80


def plain_yaml(upload: Upload, text: str) -> Plain:
    """Read a YAML text into strings, lists and mappings of strings."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _refuse_tricks(upload, text, loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + 1 if trouble.problem_mark else 1
        problem = shortened(trouble.problem or "it breaks off", to=_SHOWN)
        raise ImportRefusedError(
            upload.name, f"line {line} cannot be read as YAML: {problem}."
        ) from None
    except yaml.YAMLError:
        raise ImportRefusedError(upload.name, "it cannot be read as YAML.") from None
    return "" if node is None else _plain(upload, node)


def _refuse_tricks(upload: Upload, text: str, loader: "type[yaml.BaseLoader]") -> None:
    """Refuse aliases, by which a few lines can stand for millions, and deep nesting."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ImportRefusedError(
                upload.name, f"line {line} uses a YAML alias (*), which is not allowed."
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ImportRefusedError(upload.name, f"line {line} is nested too deeply.")


def _plain(upload: Upload, node: "yaml.Node") -> Plain:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_plain(upload, item) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return as_stored(str(node.value)).text
    fields: dict[str, Plain] = {}
    for key, value in node.value:
        name = as_stored(str(key.value)).text if isinstance(key, yaml.ScalarNode) else ""
        if name in fields:
            raise ImportRefusedError(
                upload.name,
                f"line {key.start_mark.line + 1} repeats “{shortened(name, to=_SHOWN)}”.",
            )
        fields[name] = _plain(upload, value)
    return fields
