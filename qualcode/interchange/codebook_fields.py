"""One part or code as a file describes it: its fields, each asked for by what it must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.codebook import Origin
from qualcode.domain.display import shortened
from qualcode.domain.errors import ImportRefusedError
from qualcode.domain.text import REPLACEMENT
from qualcode.interchange.codebook_yaml import Plain

_SHOWN = 60
_LONGEST_NAME = 200
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of something in a file; `what` names it in a refusal: `code “TC1A”`."""

    file: str
    what: str
    values: Mapping[str, Plain]

    def refusal(self, trouble: str) -> ImportRefusedError:
        """Write a refusal that names this part or code."""
        return ImportRefusedError(self.file, f"{self.what} {trouble}.")

    def known(self, names: frozenset[str]) -> "Fields":
        """Refuse a field of another name: it may be a slip, and its words would be lost."""
        for name in self.values:
            if name not in names:
                raise self.refusal(f"has a field “{shortened(name, to=_SHOWN)}”, which is unknown")
        return self

    def text(self, name: str) -> str:
        """Give a field that is one piece of text; "" where it is missing."""
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise self.refusal(f"has a “{name}” that is not one text")
        return value

    def name(self, name: str) -> str:
        """Give a field that must be there, on one line, of signs that can be typed."""
        value = self.text(name)
        if not value.strip():
            raise self.refusal(f"has no “{name}”")
        one_line = len(value.splitlines()) == 1 and not {REPLACEMENT, "\t"} & set(value)
        if not one_line or len(value) > _LONGEST_NAME:
            raise self.refusal(
                f"has a “{name}” that is not one line of at most {_LONGEST_NAME} typed signs"
            )
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a field that is a list of texts; one text alone is a list of one."""
        value = self.values.get(name, "")
        items = value if isinstance(value, list) else [value] if value else []
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            raise self.refusal(f"has a “{name}” that is not a list of texts")
        return tuple(texts)

    def number(self, name: str, *, otherwise: int | None = None) -> int:
        """Give a field that is a whole number from 1."""
        value = self.text(name).strip() or str(otherwise or "")
        if not value:
            raise self.refusal(f"has no “{name}”")
        if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER):
            raise self.refusal(f"has a “{name}” that is not a whole number")
        if int(value) == 0:
            raise self.refusal(f"has a “{name}” of 0; they count from 1")
        return int(value)

    def origin(self, *, otherwise: Origin) -> Origin:
        """Give where the part or code came from."""
        value = self.text("origin").strip() or otherwise.value
        if value not in list(Origin):
            known = ", ".join(Origin)
            shown = shortened(value, to=_SHOWN)
            raise self.refusal(f"has the origin “{shown}”; it is one of {known}")
        return Origin(value)

    def inner(self, name: str) -> Sequence[Mapping[str, Plain]]:
        """Give a field that is a list of parts or codes."""
        value = self.values.get(name, [])
        items: list[Plain] = value if isinstance(value, list) else [] if value == "" else [value]
        inner = [item for item in items if isinstance(item, dict)]
        if len(inner) < len(items):
            raise self.refusal(f"has “{name}” that are not a list of entries")
        return inner
