"""Codes as they are named in the line mode: by key, by label, or by a word of their name."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from qualcode.cli.plain.typed import Line, NotUnderstoodError, not_closed, opens_a_quotation
from qualcode.domain.code_search import matching
from qualcode.domain.codebook import Code, Codebook, folded
from qualcode.domain.errors import LaterCodeError, UnknownCodeError

_LONGEST_LABEL = 8
_SHORTEST_WORD = 3
_SHOWN = 4
_PARTING = ",;:"


def codes_called(
    line: Line, codebook: Codebook, *, is_over: Callable[[str], bool]
) -> tuple[Code, ...]:
    """Read the codes that come next, none or more; a word of which `is_over` says so ends them."""
    found: list[Code] = []
    while line.bare and not is_over(line.bare):
        found.append(code_called(line, codebook))
    return tuple(dict.fromkeys(found))


def code_called(line: Line, codebook: Codebook) -> Code:
    """Read one code. Raises NotUnderstoodError where none, or more than one, can be meant."""
    full = code_in_full(line, codebook)
    if full is not None:
        line.take(full.words)
        return full.code
    word = line.bare.strip(_PARTING)
    if opens_a_quotation(word):
        raise not_closed()
    if not word:
        raise NotUnderstoodError("Which code?", hint="Name one by its key; codes lists them.")
    code = _found(word, codebook)
    line.take()
    return code


class InFull(NamedTuple):
    """A code called by its key or label in full: in how many words, and which they were."""

    code: Code
    words: int
    typed: str


def code_in_full(line: Line, codebook: Codebook) -> InFull | None:
    """Say which code comes next, if it is called by its key or label in full."""
    for number in range(_LONGEST_LABEL, 0, -1):
        typed = line.coming(number).rstrip(_PARTING)
        if typed and not typed.endswith(" ") and codebook.holds(typed):
            return InFull(codebook.code(typed), number, typed)
    return None


def code_before(line: Line, codebook: Codebook, words: Collection[str]) -> Code | None:
    """Read a code, in use or retired, if one of some words comes right behind it."""
    for number in range(1, _LONGEST_LABEL + 1):
        behind = line.coming(number + 1).split(" ")[-1]
        if behind in words:
            code = codebook.any_code(line.coming(number))
            line.take(number)
            return code
    return None


def _found(word: str, codebook: Codebook) -> Code:
    """Find the one code that has a word beginning like this in its label or name."""
    _refuse_if_not_here(word, codebook)
    fitting = [code for code in matching(codebook, word) if _begins_a_word(code, folded(word))]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise _unknown(word, matching(codebook, word))
    shown = ", ".join(f"{code.key or code.label} {code.name}" for code in fitting[:_SHOWN])
    raise NotUnderstoodError(
        f"“{word}” could be {shown}.", hint=f"Name it by its key; c {word} lists what fits."
    )


def _refuse_if_not_here(word: str, codebook: Codebook) -> None:
    """Raise RetiredCodeError where a word names a code that is gone, LaterCodeError one to come."""
    try:
        codebook.code(word)
    except LaterCodeError:
        raise
    except UnknownCodeError:
        return


def _begins_a_word(code: Code, begun: str) -> bool:
    words = folded(f"{code.label} {code.name}").split()
    return len(begun) >= _SHORTEST_WORD and any(word.startswith(begun) for word in words)


def _unknown(word: str, near: list[Code]) -> NotUnderstoodError:
    """Say that a word is neither a command nor a code; help where a code comes near."""
    sentence = f"“{word}” is neither a command nor a code."
    if not near or len(word) < _SHORTEST_WORD:
        return NotUnderstoodError(
            sentence,
            hint=f"? lists the commands, codes the codebook. c {word} says how to make it one.",
        )
    shown = ", ".join(f"{code.key or code.label} {code.name}" for code in near[:_SHOWN])
    return NotUnderstoodError(sentence, hint=f"Did you mean {shown}?")
