"""One part or code as a file describes it: its fields, each asked for by what it must be.

What is wrong is noted with its place, and reading goes on as if the field were empty, so
that all that is wrong with a file is told at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from qualcode.domain.codebook import Origin
from qualcode.domain.display import shortened
from qualcode.domain.text import REPLACEMENT
from qualcode.interchange.codebook_troubles import NOWHERE, At, Troubles
from qualcode.interchange.codebook_yaml import Mapped, Plain

SHOWN = 60
_LONGEST_NAME = 200
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of something in a file; `what` names it in a finding: `code “TC1A”`.

    `lines` are the lines of single fields where they are known. `id` is the lasting id that
    the file gives, if any.
    """

    troubles: Troubles
    what: str
    values: Mapping[str, Plain]
    at: At = NOWHERE
    lines: Mapping[str, int] = field(default_factory=dict)
    id: UUID | None = None

    @classmethod
    def of(cls, troubles: Troubles, what: str, values: Mapping[str, Plain]) -> "Fields":
        """Take fields as YAML gave them, with their lines."""
        if isinstance(values, Mapped):
            return cls(troubles, what, values, At(values.line), values.lines)
        return cls(troubles, what, values)

    def trouble(self, words: str, *, about: str = "") -> None:
        """Note what is wrong with this part or code, at the line of the field it is about."""
        at = At(self.lines[about]) if about in self.lines else self.at
        self.troubles.add(at, f"{self.what} {words}.")

    def known(self, names: frozenset[str]) -> "Fields":
        """Note a field of another name: it may be a slip, and its words would be lost."""
        for name in self.values:
            if name not in names:
                shown = shortened(name, to=SHOWN)
                self.trouble(f"has a field “{shown}”, which is unknown", about=name)
        return self

    def text(self, name: str) -> str:
        """Give a field that is one piece of text; "" where it is missing."""
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        self.trouble(f"has a “{name}” that is not one text", about=name)
        return ""

    def name(self, name: str) -> str:
        """Give a field that must be there, on one line, of signs that can be typed."""
        value = self.text(name)
        if not value.strip():
            if isinstance(self.values.get(name, ""), str):
                self.trouble(f"has no “{name}”", about=name)
            return ""
        one_line = len(value.splitlines()) == 1 and not {REPLACEMENT, "\t"} & set(value)
        if one_line and len(value) <= _LONGEST_NAME:
            return value
        self.trouble(
            f"has a “{name}” that is not one line of at most {_LONGEST_NAME} typed signs",
            about=name,
        )
        return ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a field that is a list of texts; one text alone is a list of one."""
        value = self.values.get(name, "")
        items = value if isinstance(value, list) else [value] if value else []
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            self.trouble(f"has a “{name}” that is not a list of texts", about=name)
        return tuple(texts)

    def number(self, name: str, *, otherwise: int | None = None) -> int:
        """Give a field that is a whole number from 1; 0 where it is none."""
        value = self.text(name).strip() or str(otherwise or "")
        if not value:
            trouble = f"has no “{name}”"
        elif not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER):
            trouble = f"has a “{name}” that is not a whole number"
        elif int(value) == 0:
            trouble = f"has a “{name}” of 0; they count from 1"
        else:
            return int(value)
        self.trouble(trouble, about=name)
        return otherwise or 0

    def origin(self, *, otherwise: Origin) -> Origin:
        """Give where the part or code came from."""
        return Origin(self.one_of("origin", list(Origin), otherwise=otherwise))

    def one_of(self, name: str, allowed: Iterable[str], *, otherwise: str) -> str:
        """Give a field that is one of some words."""
        value = self.text(name).strip() or otherwise
        known = list(allowed)
        if value in known:
            return value
        shown = shortened(value, to=SHOWN)
        self.trouble(f"has the {name} “{shown}”; it is one of {', '.join(known)}", about=name)
        return otherwise

    def inner(self, name: str) -> Sequence[Mapping[str, Plain]]:
        """Give a field that is a list of parts or codes."""
        value = self.values.get(name, [])
        items: list[Plain] = value if isinstance(value, list) else [] if value == "" else [value]
        inner = [item for item in items if isinstance(item, dict)]
        if len(inner) < len(items):
            self.trouble(f"has “{name}” that are not a list of entries", about=name)
        return inner
