"""The codebook: its parts, its codes in use and those retired, and how codes are found."""

import difflib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from qualcode.domain.errors import LaterCodeError, RetiredCodeError, UnknownCodeError

_PARTINGS = ";, "


class Origin(StrEnum):
    """Where a code came from."""

    A_PRIORI = "a priori"
    INDUCTIVE = "inductive"
    OPEN = "open"
    NOT_STATED = "not stated"


class CodeState(StrEnum):
    """Whether a code can be applied."""

    IN_USE = "in use"
    RETIRED = "retired"


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
    `name` the words a reader sees. `description` is the brief definition. `parent` and
    `not_to_confuse_with` name other codes by their labels; `examples` are quotation ids or
    words. `earlier_names` are labels, keys and names it went by, or that were joined in it.
    `proposed_by` and `proposed_on` (a date as 2026-11-25) say who first asked for it.

    A retired code keeps its label and key for good. Its `successors` are where its codings
    go: one, and they read as codings of that one; more, and each is to be decided anew.
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
    state: CodeState = CodeState.IN_USE
    successors: tuple[UUID, ...] = ()
    earlier_names: tuple[str, ...] = ()
    proposed_by: str = ""
    proposed_on: str = ""

    @property
    def in_use(self) -> bool:
        """Can the code be applied?"""
        return self.state is CodeState.IN_USE

    @property
    def title(self) -> str:
        """Name the code in full: `TC1B Negatives`."""
        return f"{self.label} {self.name}" if self.name != self.label else self.label


@dataclass(frozen=True, slots=True)
class Later:
    """How codes read in versions after one that is looked at, each with its version.

    `kept_by` names the round that keeps the earlier version, where one does.
    """

    entries: tuple[tuple[int, Code], ...] = ()
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """One numbered version of the codebook; its codes in use, and those retired, in order.

    What came `later` is no part of it: it only tells who names such a code why it is not here.
    """

    version: int
    title: str = ""
    language: str = "en"
    parts: tuple[Part, ...] = ()
    codes: tuple[Code, ...] = ()
    retired: tuple[Code, ...] = ()
    later: Later = field(default=Later(), repr=False, compare=False)
    _by_name: dict[str, Code] = field(default_factory=dict, init=False, repr=False, compare=False)
    _gone: dict[str, Code] = field(default_factory=dict, init=False, repr=False, compare=False)
    _called: dict[str, Code] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_id: dict[UUID, Code] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _enter(self._by_name, self.codes)
        _enter(self._gone, self.retired)
        called = Counter(folded(code.name) for code in self.codes)
        for code in self.codes:
            if called[folded(code.name)] == 1:
                self._called[folded(code.name)] = code
        for code in (*self.codes, *self.retired):
            for name in code.earlier_names:
                self._called.setdefault(folded(name), code)
        self._called.pop("", None)
        own = {code.id: code for code in (*self.retired, *self.codes)}
        self._by_id.update(own)
        for code in self.retired:
            standing = code
            while not standing.in_use and len(standing.successors) == 1:
                standing = own[standing.successors[0]]
            self._by_id[code.id] = standing

    def holds(self, name: str) -> bool:
        """Say whether there is a code in use of this label or key, whatever the case."""
        return folded(name) in self._by_name

    def code(self, name: str) -> Code:
        """Find a code in use by its label, key, name or an earlier name, whatever the case."""
        found = self.any_code(name)
        if not found.in_use:
            raise RetiredCodeError(found.label, tuple(one.title for one in self.successors(found)))
        return found

    def any_code(self, name: str) -> Code:
        """Find a code, in use or retired, by its label, key or name, or by an earlier name.

        A name that two codes have finds neither.
        """
        wanted = folded(name)
        for names in (self._by_name, self._gone, self._called):
            if wanted in names:
                return names[wanted]
        self._must_not_be_later(name)
        near = difflib.get_close_matches(wanted, self._by_name, n=3)
        titles = dict.fromkeys(self._by_name[one].title for one in near)
        raise UnknownCodeError(name, near=tuple(titles))

    def _must_not_be_later(self, name: str) -> None:
        """Say of a name that only a later version has with which it came."""
        wanted = folded(name)
        for came, code in self.later.entries:
            if wanted and wanted in map(folded, (code.label, code.key, code.name)):
                own = self.entry(code.id)
                raise LaterCodeError(
                    name,
                    came,
                    version=self.version,
                    kept_by=self.later.kept_by,
                    here=f"{own.title} ({own.key})" if own else "",
                )

    def by_id(self) -> dict[UUID, Code]:
        """Give, by the id of every code there ever was, the code that stands for it now.

        That is itself where it is in use, the code it was merged into, and again itself
        where it is retired and nothing, or more than one code, took its place.
        """
        return dict(self._by_id)

    def entry(self, code_id: UUID) -> Code | None:
        """Find a code's own entry, in use or retired."""
        return next((one for one in (*self.codes, *self.retired) if one.id == code_id), None)

    def successors(self, code: Code) -> list[Code]:
        """List the codes in use that took the place of a retired one, in order.

        Where one of those was retired in turn, what took its place stands here.
        """
        found: set[Code] = set()
        waiting = list(code.successors)
        while waiting:
            entry = self.entry(waiting.pop())
            if entry is not None and entry.in_use:
                found.add(entry)
            elif entry is not None:
                waiting.extend(entry.successors)
        return sorted(found, key=lambda one: one.position)

    def part_of(self, code: Code) -> Part:
        """Find the part a code stands in; that of a retired one may have no title any more."""
        found = (part for part in self.parts if part.number == code.part)
        return next(found, Part(code.part, ""))


def _enter(names: dict[str, Code], codes: Sequence[Code]) -> None:
    """Let codes be found by their labels and keys; a label goes before a key."""
    for code in codes:
        names[folded(code.label)] = code
    for code in codes:
        names.setdefault(folded(code.key), code)
    names.pop("", None)


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
    if words.isascii():
        return " ".join(words.lower().split())
    bare = unicodedata.normalize("NFKD", words)
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())
