"""Labels and keys for a new code, in the manner of its neighbours."""

import re

from qualcode.domain.codebook import Codebook, folded

_COUNTED = re.compile(r"(?P<head>.*?)(?P<count>[A-Za-z]|\d+)$", re.DOTALL)
_LETTERS = 26


def suggested_names(codebook: Codebook, part: int) -> tuple[str, str]:
    """Suggest a label and a key: those after the last of the part, such as TC3B and 3b.

    A part without codes, or whose codes are not counted through, gets a number of its own.
    """
    taken = {
        folded(name)
        for code in (*codebook.codes, *codebook.retired)
        for name in (code.label, code.key, *code.earlier_names)
    }
    here = [code for code in (*codebook.codes, *codebook.retired) if code.part == part]
    last = here[-1] if here else None
    label = _next(last.label, taken) if last else ""
    key = _next(last.key, taken) if last else ""
    return label or _numbered("C", part, taken), key or _numbered("", part, taken)


def _next(name: str, taken: set[str]) -> str:
    """Count a name's last letter or number up until it is free; "" where it cannot be."""
    found = _COUNTED.match(name)
    if found is None:
        return ""
    head, count = found["head"], found["count"]
    if count.isdigit():
        numbers = range(int(count) + 1, int(count) + len(taken) + 2)
        return next(one for one in (f"{head}{n}" for n in numbers) if folded(one) not in taken)
    first = "a" if count.islower() else "A"
    letters = (chr(ord(first) + place) for place in range(_LETTERS))
    after = (f"{head}{letter}" for letter in letters if letter > count)
    return next((one for one in after if folded(one) not in taken), "")


def _numbered(head: str, part: int, taken: set[str]) -> str:
    numbers = range(1, len(taken) + 2)
    return next(one for one in (f"{head}{part}n{n}" for n in numbers) if folded(one) not in taken)
