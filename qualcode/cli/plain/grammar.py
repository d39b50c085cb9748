"""The grammar of the line mode: what was typed, and what is meant by it.

The letters are the keys of the screen. A line may hold several commands; it is read as a
whole before anything is done, so a line that is not understood changes nothing.
"""

from collections.abc import Callable
from functools import partial

from qualcode.cli.plain.explaining import only_on_the_screen
from qualcode.cli.plain.meanings import (
    Adjust,
    Anew,
    Apply,
    Bare,
    CodeHits,
    Command,
    Create,
    Define,
    Explain,
    Filter,
    Find,
    Go,
    Mark,
    Meaning,
    Open,
    Others,
    Propose,
    Redecide,
    Repeat,
    Say,
    Search,
    TakeOff,
    Unit,
    Where,
)
from qualcode.cli.plain.naming import code_before, code_called, code_in_full, codes_called
from qualcode.cli.plain.parts import names_a_part, numbered, part_named
from qualcode.cli.plain.remembering import remember
from qualcode.cli.plain.typed import Line, NotUnderstoodError, not_closed, opens_a_quotation
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codings import FlagKind

Reading = Callable[[Line, Codebook], Meaning]

_BEFORE_WORDS = ("/", ":")
_SIGNS = ("!", "*", "=", "+", "?")
_SAME = {
    "b": Bare.CODEBOOK,
    "B": Bare.CODEBOOK,
    "S": Bare.SOURCES,
    "quit": Bare.LEAVE,
    "exit": Bare.LEAVE,
}
_AS = "as"
_TOO_LONG = 7
_BARE = {each.value: each for each in Bare if each} | _SAME


def parse(text: str, codebook: Codebook) -> tuple[Meaning, ...]:
    """Read a line as typed; an empty one means Enter. Raises NotUnderstoodError."""
    line = Line(text)
    meanings: list[Meaning] = []
    while line.next is not None:
        meanings.append(_one(line, codebook))
    return tuple(meanings) or (Bare.ENTER,)


def _one(line: Line, codebook: Codebook) -> Meaning:
    """Read one command and what belongs to it."""
    word = line.bare
    if word[:1] in _BEFORE_WORDS or (word[:1] in _SIGNS and not codebook.holds(word)):
        word = line.parted(word[:1])
    if word in _READINGS:
        line.take()
        return _READINGS[word](line, codebook)
    if word in _BARE:
        line.take()
        return _BARE[word]
    return _said_or_applied(line, codebook)


def _said_or_applied(line: Line, codebook: Codebook) -> Meaning:
    """Read codes to put on; part of a turn by itself is to be said."""
    word = line.bare
    if opens_a_quotation(word):
        raise not_closed()
    if not word:
        raise NotUnderstoodError(
            f"What is to be done with “{line.take().text}”?",
            hint='Say that first: 1b "words" codes them, / words finds them.',
        )
    part = None if codebook.holds(word) else numbered(word)
    if part is not None:
        line.take()
        return Say(part)
    if only_on_the_screen(word) and not codebook.holds(word):
        raise NotUnderstoodError(f"“{word}” {only_on_the_screen(word)}", hint="? is the help.")
    first = code_called(line, codebook)
    return Apply(_with_more(first, line, codebook), part_named(line))


def _with_more(first: Code, line: Line, codebook: Codebook) -> tuple[Code, ...]:
    more = codes_called(line, codebook, is_over=_is_over)
    return tuple(dict.fromkeys((first, *more)))


def _is_over(word: str) -> bool:
    """Do the names of codes end before this word? It is a command, or names part of the turn."""
    is_sign = word[:1] in (*_SIGNS, *_BEFORE_WORDS)
    return is_sign or word in _BARE or word in _READINGS or names_a_part(word)


def _plus(line: Line, codebook: Codebook) -> Meaning:
    """Read codes, whatever they are called: after + even n or w is one."""
    first = code_called(line, codebook)
    more = codes_called(
        line, codebook, is_over=lambda word: names_a_part(word) and not codebook.holds(word)
    )
    return Apply(tuple(dict.fromkeys((first, *more))), part_named(line))


def _repeat(line: Line, _codebook: Codebook) -> Meaning:
    return Repeat(extent=part_named(line))


def _recent(line: Line, _codebook: Codebook) -> Meaning:
    if not _is_number(line.bare):
        return Bare.RECENT
    return Repeat(int(line.take().text), part_named(line))


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < _TOO_LONG


def _take_off(line: Line, codebook: Codebook) -> Meaning:
    return TakeOff(codes_called(line, codebook, is_over=_is_over), part_named(line))


def _redecide(line: Line, codebook: Codebook) -> Meaning:
    """Read `v`, `v 1h 1i`, `v keep`, `v off`; `v 1a as 1h` and `v 1a keep` where several wait."""
    of = code_before(line, codebook, (_AS, Anew.KEEP, Anew.OFF))
    if line.bare in (Anew.KEEP, Anew.OFF):
        return Redecide(Anew(line.take().text), of, part_named(line))
    if line.bare == _AS:
        line.take()
    codes = codes_called(line, codebook, is_over=_is_over)
    if of is not None and not codes:
        raise NotUnderstoodError("Which code takes its place?", hint="v 1a as 1h, or v 1a off.")
    return Redecide(codes or Anew.TELL, of, part_named(line))


def _adjust(line: Line, codebook: Codebook) -> Meaning:
    code = _code_if_named(line, codebook)
    first = part_named(line)
    if first is None:
        raise NotUnderstoodError(
            "Which words is the coding to stand on?",
            hint='Say the new ones: e 1b "these words", or e 1b s1-2.',
        )
    second = part_named(line)
    return Adjust(code, first) if second is None else Adjust(code, second, first)


def _mark(kind: FlagKind, line: Line, _codebook: Codebook) -> Meaning:
    return Mark(kind, part_named(line))


def _propose(line: Line, _codebook: Codebook) -> Meaning:
    part = part_named(line)
    if line.bare != _AS:
        return Propose(part)
    line.take()
    return Propose(part, line.rest().strip('"“”'))


def _create(line: Line, _codebook: Codebook) -> Meaning:
    part = part_named(line)
    if line.bare == _AS:
        line.take()
    name = line.rest().strip('"“”')
    if not name and part is None:
        raise NotUnderstoodError(
            "Make which code?", hint='Name it: create cold halls, or create "words" as cold halls.'
        )
    return Create(name, part)


def _others(line: Line, codebook: Codebook) -> Meaning:
    return Others(_code_if_named(line, codebook))


def _code_if_named(line: Line, codebook: Codebook) -> Code | None:
    """Read a code, if one comes next rather than a command or part of the turn."""
    if not line.bare or (_is_over(line.bare) and code_in_full(line, codebook) is None):
        return None
    return code_called(line, codebook)


def _define(line: Line, codebook: Codebook) -> Meaning:
    return Define(codes_called(line, codebook, is_over=_is_over))


def _find(line: Line, _codebook: Codebook) -> Meaning:
    typed = line.rest()
    return Find(typed) if typed else Bare.CODEBOOK


def _open(line: Line, _codebook: Codebook) -> Meaning:
    place = line.rest()
    if not place:
        raise NotUnderstoodError("Open which source?", hint="open FG6, or open FG6:8. See: sources")
    return Open(place)


def _go(line: Line, _codebook: Codebook) -> Meaning:
    word = line.bare
    if _is_number(word):
        return Go(int(line.take().text))
    if word in tuple(Where):
        return Go(Where(line.take().text))
    raise NotUnderstoodError(
        f"There is no way to go to “{word}”." if word else "Go where?",
        hint="A turn's number, or u uncoded, f flagged, m with a memo, r to decide anew, "
        "l the last place.",
    )


def _filter(line: Line, _codebook: Codebook) -> Meaning:
    by, _, value = line.rest().partition(" ")
    return Filter(by.casefold(), value.strip())


def _search(line: Line, _codebook: Codebook) -> Meaning:
    words = line.rest().strip('"“”')
    if not words.strip():
        raise NotUnderstoodError(
            "Find which words?",
            hint="/ words finds them in this source; a full stop ends the hunt.",
        )
    return Search(words.strip())


def _code_hits(line: Line, codebook: Codebook) -> Meaning:
    codes = _with_more(code_called(line, codebook), line, codebook)
    return CodeHits(codes, Unit(line.take().text) if line.bare in tuple(Unit) else None)


def _explain(line: Line, _codebook: Codebook) -> Meaning:
    return Explain(line.take().text if line.next is not None else "")


def _command(line: Line, _codebook: Codebook) -> Meaning:
    typed = line.rest()
    if not typed:
        raise NotUnderstoodError("Which command?", hint="As typed after qualcode, e.g. : status")
    return Command(typed)


_READINGS: dict[str, Reading] = {
    "+": _plus,
    "r": _repeat,
    "R": _recent,
    "x": _take_off,
    "v": _redecide,
    "e": _adjust,
    "m": remember,
    "!": partial(_mark, FlagKind.TEAM),
    "*": partial(_mark, FlagKind.QUOTABLE),
    "i": _propose,
    "create": _create,
    "=": _others,
    "d": _define,
    "c": _find,
    "open": _open,
    "g": _go,
    "f": _filter,
    "/": _search,
    "all": _code_hits,
    "y": _code_hits,
    "?": _explain,
    "help": _explain,
    ":": _command,
}
