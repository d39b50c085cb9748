"""Labels and keys for a new code, in the manner of its neighbours."""

import re
from collections.abc import Sequence

from qualcode.domain.codebook import Codebook, folded

_NUMBERED = re.compile(r"(?P<head>.*?)(?P<count>\d+)$", re.DOTALL)
_LETTERED = re.compile(r"(?P<head>(?:.*[\W\d_])?)(?P<count>[A-Za-z])$", re.DOTALL)
_LETTERS = 26


def suggested_names(codebook: Codebook, part: int) -> tuple[str, str]:
    """Suggest a label and a key: those after the last of the part, such as TC3B and 3b.

    A part without codes, or whose codes are not counted through, begins with its own number.
    """
    everyone = (*codebook.codes, *codebook.retired)
    taken = {
        folded(name) for code in everyone for name in (code.label, code.key, *code.earlier_names)
    }
    here = [code for code in codebook.codes if code.part == part]
    here = here or [code for code in codebook.retired if code.part == part]
    label = _next([code.label for code in here], taken)
    key = _next([code.key for code in here], taken)
    return label or _first(f"C{part}", "A", taken), key or _first(f"{part}", "a", taken)


def _next(names: Sequence[str], taken: set[str]) -> str:
    """Count on from the last of the names that is counted, to the next free; "" if none is."""
    for name in reversed(names):
        numbered, lettered = _NUMBERED.match(name), _LETTERED.match(name)
        if numbered:
            return _next_number(numbered["head"], numbered["count"], taken)
        if lettered:
            return _next_letter(lettered["head"], lettered["count"], taken)
    return ""


def _next_number(head: str, count: str, taken: set[str]) -> str:
    numbers = (str(int(count) + more).zfill(len(count)) for more in range(1, len(taken) + 2))
    return next(one for one in (head + number for number in numbers) if folded(one) not in taken)


def _next_letter(head: str, count: str, taken: set[str]) -> str:
    first = "a" if count.islower() else "A"
    letters = (chr(ord(first) + place) for place in range(_LETTERS))
    after = (head + letter for letter in letters if letter > count)
    return next((one for one in after if folded(one) not in taken), "")


def _first(head: str, letter: str, taken: set[str]) -> str:
    """Begin with the part's number and a letter, such as C1A and 1a, and go on by numbers."""
    if folded(head + letter) not in taken:
        return head + letter
    return _next_letter(head, letter, taken) or _next_number(head, "00", taken)
