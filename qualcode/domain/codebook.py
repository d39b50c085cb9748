"""The codebook: its parts, its codes, and how a coder's typing finds one."""

import difflib
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from qualcode.domain.errors import UnknownCodeError

_PARTINGS = ";, "


class Origin(StrEnum):
    """Where a code came from."""

    A_PRIORI = "a priori"
    INDUCTIVE = "inductive"
    OPEN = "open"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the codebook."""

    number: int
    title: str
    note: str = ""
    origin: Origin = Origin.NOT_STATED


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the codebook, with the fields that team codebooks ask for.

    `label` is the lasting name such as TC1A, `key` what a coder types such as 1a,
    `name` the words a reader sees. `description` is the brief definition.
    """

    id: UUID
    label: str
    key: str
    name: str
    part: int
    position: int
    description: str = ""
    full_definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    sub_questions: tuple[str, ...] = ()
    not_to_confuse_with: tuple[str, ...] = ()
    parent: str = ""
    origin: Origin = Origin.NOT_STATED
    colour: str = ""

    @property
    def title(self) -> str:
        """Name the code in full: `TC1B Negatives`."""
        return f"{self.label} {self.name}" if self.name != self.label else self.label


@dataclass(frozen=True, slots=True)
class Codebook:
    """One numbered version of the codebook; its codes stand in order."""

    version: int
    title: str = ""
    language: str = "en"
    parts: tuple[Part, ...] = ()
    codes: tuple[Code, ...] = ()
    _by_name: dict[str, Code] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for code in self.codes:
            self._by_name[folded(code.label)] = code
        for code in self.codes:
            self._by_name.setdefault(folded(code.key), code)
        self._by_name.pop("", None)

    def holds(self, name: str) -> bool:
        """Say whether there is a code of this label or key, whatever the case."""
        return folded(name) in self._by_name

    def code(self, name: str) -> Code:
        """Find a code by its label or key, whatever the case."""
        found = self._by_name.get(folded(name))
        if found is None:
            near = difflib.get_close_matches(folded(name), self._by_name, n=3)
            raise UnknownCodeError(name, near=tuple(self._by_name[one].title for one in near))
        return found

    def by_id(self) -> dict[UUID, Code]:
        """Give the codes by their id."""
        return {code.id: code for code in self.codes}

    def part_of(self, code: Code) -> Part:
        """Find the part a code stands in."""
        return next(part for part in self.parts if part.number == code.part)


def codes_named(codebook: Codebook, words: str) -> list[Code]:
    """Find the codes named in a row, parted by semicolons, commas or blanks.

    A label that holds one of these is found as a whole.
    """
    words = words.strip()
    parting = next((sign for sign in _PARTINGS if sign in words), None)
    if parting is None or codebook.holds(words):
        return [codebook.code(words)]
    pieces = [piece for piece in words.split(parting) if piece.strip()]
    return [code for piece in pieces for code in codes_named(codebook, piece)]


def folded(words: str) -> str:
    """Fold words for finding: no accents, no case, single blanks (text itself never is)."""
    bare = unicodedata.normalize("NFKD", words)
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())


def instant(codebook: Codebook, typed: str) -> Code | None:
    """Find the code whose key was typed in full and begins no other key."""
    typed = folded(typed)
    begun = [code for code in codebook.codes if folded(code.key).startswith(typed)]
    return begun[0] if typed and len(begun) == 1 and folded(begun[0].key) == typed else None


def matching(codebook: Codebook, typed: str) -> list[Code]:
    """List the codes that fit what was typed, best first: key, label, name, description."""
    words = folded(typed).split()
    if not words:
        return list(codebook.codes)
    ranked = ((rank, code) for code in codebook.codes if (rank := _rank(code, words)) is not None)
    return [code for rank, code in sorted(ranked, key=lambda pair: (pair[0], pair[1].position))]


def _rank(code: Code, words: list[str]) -> tuple[int, int] | None:
    """Say how well a code fits all the words; None where one of them fits nowhere."""
    fields = [folded(text) for text in (code.key, code.label, code.name, code.description)]
    ranks = [rank for word in words if (rank := _field_rank(fields, word)) is not None]
    return (sum(ranks), ranks[0]) if len(ranks) == len(words) else None


def _field_rank(fields: list[str], word: str) -> int | None:
    """Say in which field a word was found, and how: a beginning before a middle before gaps."""
    for place, text in enumerate(fields):
        if text == word:
            return 10 * place
        if any(part.startswith(word) for part in text.split()):
            return 10 * place + 1
    for place, text in enumerate(fields):
        if word in text:
            return 10 * place + 5
    for place, text in enumerate(fields[:3]):
        if _in_order(word, text):
            return 100 + 10 * place
    return None


def _in_order(letters: str, text: str) -> bool:
    """Do the letters stand in the text in this order, others between them?"""
    rest = iter(text)
    return all(letter in rest for letter in letters)
