"""Codebooks in files: read from YAML (`qualcode-codebook/1`) or CSV, written as YAML.

Every scalar is text: a key `1e3` stays what was typed. A mistake is one sentence that
names the code; nothing is loaded from a file that holds one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.domain.codebook import Code, Codebook, Origin, Part
from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.ids import new_id
from qualcode.interchange.codebook_checks import checked
from qualcode.interchange.codebook_fields import Fields
from qualcode.interchange.codebook_table import table_parts
from qualcode.interchange.codebook_yaml import plain_yaml
from qualcode.interchange.decoding import decoded
from qualcode.interchange.importing import Upload

SCHEMA = "qualcode-codebook/1"

_SCHEMA = re.compile(r"qualcode-codebook/1(?:\.\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LARGEST = 4 * 1024**2
_SHOWN = 60
_LISTS = ("sub_questions", "include", "exclude", "examples", "not_to_confuse_with")
_TOP = frozenset({"schema", "codebook", "parts"})
_ABOUT = frozenset({"id", "title", "version", "language", "source", "unit"})
_PART = frozenset({"part", "theme", "note", "origin", "codes"})
_CODE = frozenset(
    {"code", "key", "label", "description", "full_definition", "parent", "origin", "colour"}
).union(_LISTS)


def read_codebook(upload: Upload) -> Codebook:
    """Read a codebook; its codes get new ids, and positions from 1 in their order."""
    if len(upload.data) > _LARGEST:
        raise ImportRefusedError(upload.name, "a codebook of more than 4 MB is not read.")
    if upload.suffix in (".yaml", ".yml"):
        return checked(upload, _from_yaml(upload))
    if upload.suffix in (".csv", ".tsv"):
        return checked(upload, _with_parts(Codebook(1, upload.stem), table_parts(upload)))
    raise ImportRefusedError(
        upload.name, "a codebook is read from YAML or CSV.", hint="Give it as .yaml or .csv."
    )


def write_codebook(codebook: Codebook) -> str:
    """Write a codebook as YAML that reads back as the same codebook."""
    import yaml

    about = {
        "title": codebook.title,
        "version": codebook.version,
        "language": codebook.language,
    }
    parts = [_written_part(codebook, part) for part in codebook.parts]
    written = {"schema": SCHEMA, "codebook": about, "parts": parts}
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=88)


def _from_yaml(upload: Upload) -> Codebook:
    top = plain_yaml(upload, decoded(upload, None).text)
    if not isinstance(top, dict) or "schema" not in top:
        raise ImportRefusedError(
            upload.name,
            "this is no qualcode codebook: its schema is not stated.",
            hint=f"It begins with: schema: {SCHEMA}",
        )
    whole = Fields(upload.name, "the file", top)
    schema = whole.text("schema")
    if not _SCHEMA.fullmatch(schema):
        shown = shortened(schema, to=_SHOWN)
        raise ImportRefusedError(
            upload.name, f"its schema is “{shown}”; this program reads {SCHEMA}."
        )
    whole.known(_TOP)
    about = whole.values.get("codebook", "")
    told = Fields(upload.name, "the codebook", about if isinstance(about, dict) else {})
    told.known(_ABOUT)
    language = told.text("language").strip() or "en"
    version = told.number("version", otherwise=1)
    codebook = Codebook(version, told.text("title"), language)
    return _with_parts(codebook, [_part(upload.name, one) for one in _parts(whole)])


def _parts(whole: Fields) -> Iterator[Fields]:
    for place, values in enumerate(whole.inner("parts"), 1):
        yield Fields(whole.file, f"part {place} in the file", values).known(_PART)


def _part(file: str, fields: Fields) -> tuple[Part, list[Fields]]:
    part = Part(
        fields.number("part"),
        fields.name("theme"),
        fields.text("note"),
        fields.origin(otherwise=Origin.NOT_STATED),
    )
    codes = []
    for place, values in enumerate(fields.inner("codes"), 1):
        label = values.get("code")
        named = f"code “{shortened(label, to=_SHOWN)}”" if isinstance(label, str) and label else ""
        what = named or f"entry {place} of part {part.number}"
        codes.append(Fields(file, what, values))
    return part, codes


def _with_parts(codebook: Codebook, parts: Sequence[tuple[Part, Sequence[Fields]]]) -> Codebook:
    """Put parts and codes in; positions run on from part to part."""
    pairs = [(part, fields) for part, these in parts for fields in these]
    codes = [_code(part, fields, place) for place, (part, fields) in enumerate(pairs, 1)]
    return replace(codebook, parts=tuple(part for part, _ in parts), codes=tuple(codes))


def _code(part: Part, fields: Fields, position: int) -> Code:
    retired = {"retired_in", "merged_into"}.intersection(fields.values)
    if retired:
        raise fields.refusal(f"is retired ({', '.join(sorted(retired))}); take it out of the file")
    fields.known(_CODE)
    colour = fields.text("colour").strip()
    if colour and not _COLOUR.fullmatch(colour):
        raise fields.refusal("has a “colour” that is not written like #3366cc")
    return Code(
        new_id(),
        fields.name("code"),
        fields.name("key"),
        fields.name("label"),
        part.number,
        position,
        description=fields.text("description"),
        full_definition=fields.text("full_definition"),
        include=fields.texts("include"),
        exclude=fields.texts("exclude"),
        examples=fields.texts("examples"),
        sub_questions=fields.texts("sub_questions"),
        not_to_confuse_with=fields.texts("not_to_confuse_with"),
        parent=fields.text("parent").strip(),
        origin=fields.origin(otherwise=part.origin),
        colour=colour,
    )


def _written_part(codebook: Codebook, part: Part) -> dict[str, object]:
    codes = [_written_code(code, part) for code in codebook.codes if code.part == part.number]
    written: dict[str, object] = {"part": part.number, "theme": part.title}
    if part.note:
        written["note"] = part.note
    return written | {"origin": part.origin.value, "codes": codes}


def _written_code(code: Code, part: Part) -> dict[str, object]:
    """Write the usual fields always, for a gap is a fact too, and the others where filled."""
    written: dict[str, object] = {
        "code": code.label,
        "key": code.key,
        "label": code.name,
        "description": code.description,
        "sub_questions": list(code.sub_questions),
        "include": list(code.include),
        "exclude": list(code.exclude),
        "examples": list(code.examples),
    }
    others: dict[str, object] = {
        "full_definition": code.full_definition,
        "not_to_confuse_with": list(code.not_to_confuse_with),
        "parent": code.parent,
        "colour": code.colour,
        "origin": "" if code.origin is part.origin else code.origin.value,
    }
    return written | {name: value for name, value in others.items() if value}
