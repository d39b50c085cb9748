"""A codebook written as YAML that reads back as the same codebook."""

from collections.abc import Mapping

from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.interchange.codebook_reading import SCHEMA

WIDTH = 88
_USUAL = ("description", "sub_questions", "include", "exclude", "examples")
_NAMES = {"label": "code", "key": "key", "name": "label"}


def write_codebook(codebook: Codebook) -> str:
    """Write a whole codebook."""
    written: dict[str, object] = {
        "schema": SCHEMA,
        "codebook": codebook_fields(codebook),
        "parts": [written_part(codebook, part) for part in codebook.parts],
    }
    if codebook.retired:
        written["retired"] = [written_retired(codebook, code) for code in codebook.retired]
    return dumped(written)


def dumped(value: object, *, width: int = WIDTH) -> str:
    """Write a value in the manner of the whole file: lists stand in by two."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - yaml's own
            super().increase_indent(flow, indentless=False)

    return str(yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=width))


def codebook_fields(codebook: Codebook) -> dict[str, object]:
    """Give what is said of the codebook as a whole."""
    return {
        "title": codebook.title,
        "version": codebook.version,
        "language": codebook.language,
    }


def part_fields(part: Part) -> dict[str, object]:
    """Give what is said of a part, its note where it has one."""
    note: dict[str, object] = {"note": part.note} if part.note else {}
    return {"part": part.number, "theme": part.title, **note, "origin": part.origin.value}


def written_part(codebook: Codebook, part: Part) -> dict[str, object]:
    """Give a part with its codes."""
    codes = [written_code(code, part) for code in codebook.codes if code.part == part.number]
    return {**part_fields(part), "codes": codes}


def written_code(code: Code, part: Part) -> dict[str, object]:
    """Give the usual fields always, for a gap is a fact too, and the others where filled."""
    names: dict[str, object] = {"code": code.label, "key": code.key, "label": code.name}
    usual = {name: plain(getattr(code, name)) for name in _USUAL}
    others: Mapping[str, object] = {
        "full_definition": code.full_definition,
        "not_to_confuse_with": plain(code.not_to_confuse_with),
        "parent": code.parent,
        "colour": code.colour,
        "origin": "" if code.origin is part.origin else code.origin.value,
        "earlier_names": plain(code.earlier_names),
        "proposed_by": code.proposed_by,
        "proposed_on": code.proposed_on,
    }
    return {**names, **usual, **{name: value for name, value in others.items() if value}}


def written_retired(codebook: Codebook, code: Code) -> dict[str, object]:
    """Give a retired code: its part, and by their labels what took its place."""
    fields = written_code(code, codebook.part_of(code))
    names = {name: fields.pop(name) for name in _NAMES.values()}
    filled = {name: value for name, value in fields.items() if value}
    successors = successor_labels(codebook, code)
    return {**names, "part": code.part, "successors": list(successors), **filled}


def successor_labels(codebook: Codebook, code: Code) -> tuple[str, ...]:
    """Name what took the place of a retired code, in the order it is kept."""
    entries = (codebook.entry(one) for one in code.successors)
    return tuple(entry.label for entry in entries if entry is not None)


def plain(value: object) -> object:
    """Give a list where there was a tuple."""
    return list(value) if isinstance(value, tuple) else value
