"""A codebook written as YAML (`qualcode-codebook/1`): read, with the line of everything."""

import re
from collections.abc import Iterator, Mapping

from qualcode.domain.codebook import Origin, Part
from qualcode.domain.display import shortened
from qualcode.interchange.codebook_drafts import CodebookDraft, DraftPart
from qualcode.interchange.codebook_fields import SHOWN, Fields
from qualcode.interchange.codebook_troubles import At, Troubles
from qualcode.interchange.codebook_yaml import Mapped, Plain, plain_yaml

SCHEMA = "qualcode-codebook/1"

_SCHEMA = re.compile(r"qualcode-codebook/1(?:\.\d+)?")
_TOP = frozenset({"schema", "codebook", "parts", "retired"})
_ABOUT = frozenset({"id", "title", "version", "language", "source", "unit"})
_PART = frozenset({"part", "theme", "note", "origin", "codes"})


def yaml_draft(text: str, troubles: Troubles) -> CodebookDraft:
    """Read a YAML text into a draft of a codebook."""
    top = plain_yaml(troubles, text)
    if not isinstance(top, Mapped) or "schema" not in top:
        troubles.refuse(
            At(),
            "this is no qualcode codebook: its schema is not stated.",
            hint=f"It begins with: schema: {SCHEMA}",
        )
    whole = Fields.of(troubles, "the file", top)
    schema = whole.text("schema")
    if not _SCHEMA.fullmatch(schema):
        shown = shortened(schema, to=SHOWN)
        troubles.refuse(
            At(top.lines["schema"]), f"its schema is “{shown}”; this program reads {SCHEMA}."
        )
    whole.known(_TOP)
    about = whole.values.get("codebook", "")
    told = Fields.of(troubles, "the codebook", about if isinstance(about, dict) else {})
    told.known(_ABOUT)
    return CodebookDraft(
        tuple(_parts(whole)),
        tuple(
            _named(troubles, values, f"entry {place} of the retired codes")
            for place, values in enumerate(whole.inner("retired"), 1)
        ),
        told.text("title"),
        told.number("version", otherwise=1),
        told.text("language").strip() or "en",
    )


def _parts(whole: Fields) -> Iterator[DraftPart]:
    for place, values in enumerate(whole.inner("parts"), 1):
        fields = Fields.of(whole.troubles, f"part {place} in the file", values).known(_PART)
        part = Part(
            fields.number("part", otherwise=None),
            fields.name("theme"),
            fields.text("note"),
            fields.origin(otherwise=Origin.NOT_STATED),
        )
        codes = [
            _named(whole.troubles, each, f"entry {count} of part {part.number}")
            for count, each in enumerate(fields.inner("codes"), 1)
        ]
        yield DraftPart(part, codes, fields.at)


def _named(troubles: Troubles, values: Mapping[str, Plain], otherwise: str) -> Fields:
    label = values.get("code")
    named = f"code “{shortened(label, to=SHOWN)}”" if isinstance(label, str) and label else ""
    return Fields.of(troubles, named or otherwise, values)
