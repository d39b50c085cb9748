"""What can be meant in the line mode: frozen values, each a thing a coder may ask for."""

from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.codebook import Code
from qualcode.domain.codings import FlagKind, MemoOn


class Unit(StrEnum):
    """Units that are told by number within a turn."""

    SENTENCE = "s"
    WORD = "w"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Part of a turn, given by its words; they must occur there once."""

    words: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """Part of a turn, given by the numbers of its sentences or words, both included, from 1."""

    unit: Unit
    first: int
    last: int


Extent = Quoted | Numbered
"""Part of a turn. Where none is given, the whole turn is meant."""


class Bare(StrEnum):
    """What is said in one word, and needs no other."""

    ENTER = ""
    NEXT = "n"
    PREVIOUS = "N"
    DOWN = "j"
    UP = "k"
    TURN = "t"
    SENTENCES = "s"
    WORDS = "w"
    READ = "-"
    RECENT = "R"
    UNFILTER = "F"
    PROMPTS = "z"
    END_OF_HUNT = "."
    UNDO = "u"
    REDO = "U"
    CODEBOOK = "codes"
    SOURCES = "sources"
    LEAVE = "q"


@dataclass(frozen=True, slots=True)
class Open:
    """Open a source, or one of its turns: the place as typed."""

    place: str


class Where(StrEnum):
    """Where one can go other than to a number."""

    UNCODED = "u"
    FLAGGED = "f"
    MEMO = "m"
    ANEW = "r"
    LAST = "l"


@dataclass(frozen=True, slots=True)
class Go:
    """Go to a turn by its number, or to the next one of a kind."""

    to: int | Where


@dataclass(frozen=True, slots=True)
class Apply:
    """Put codes on the turn, or on part of it."""

    codes: tuple[Code, ...]
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """Put the last codes on again; with a number, the recent code of that number."""

    recent: int | None = None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class TakeOff:
    """Take codes off; without a code the only one here."""

    codes: tuple[Code, ...] = ()
    extent: Extent | None = None


class Anew(StrEnum):
    """How a coding can be decided anew but by another code; or that the ways are to be told."""

    TELL = ""
    KEEP = "keep"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Redecide:
    """Decide anew on a coding; `of` is its code and `extent` its words where several wait."""

    how: Anew | tuple[Code, ...] = Anew.TELL
    of: Code | None = None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Adjust:
    """Give a coding other words; `of` says which one where its code stands here twice."""

    code: Code | None
    to: Extent
    of: Extent | None = None


@dataclass(frozen=True, slots=True)
class Remember:
    """Write a memo; without a body it is asked for, line by line."""

    on: MemoOn
    body: str = ""
    code: Code | None = None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Flag the turn or part of it; said again, the flag is taken away."""

    kind: FlagKind
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Propose:
    """Propose a code in the participants' own words, or under another label."""

    extent: Extent | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Create:
    """Make a code, and put it on the turn or part of it; without a name, its words are it."""

    name: str = ""
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Say part of the turn aloud."""

    extent: Numbered


@dataclass(frozen=True, slots=True)
class Others:
    """Show other passages under a code; without one, under the only code here."""

    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Define:
    """Say what codes mean; without any, those that stand here."""

    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """List the codes that fit what was typed."""

    typed: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Show only the turns of a speaker, of a role, under a code, or one's own; nothing: ask."""

    by: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """Find words in the source, and go through the places with n and N."""

    words: str


@dataclass(frozen=True, slots=True)
class CodeHits:
    """Show each place found for yes or no; code its turn, its sentence or the words alone."""

    codes: tuple[Code, ...]
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Explain:
    """Say how the line mode works, or what one letter does."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Carry out any command, as typed after `qualcode`."""

    typed: str


Meaning = (
    Bare
    | Open
    | Go
    | Apply
    | Repeat
    | TakeOff
    | Redecide
    | Adjust
    | Remember
    | Mark
    | Propose
    | Create
    | Say
    | Others
    | Define
    | Find
    | Filter
    | Search
    | CodeHits
    | Explain
    | Command
)
