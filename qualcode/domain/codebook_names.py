"""Labels and keys for a new code, in the manner of its neighbours; and those that mislead."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.domain.codebook import Code, Codebook, folded

_NUMBERED = re.compile(r"(?P<head>.*?)(?P<count>\d+)$", re.DOTALL)
_LETTERED = re.compile(r"(?P<head>(?:.*[\W\d_])?)(?P<count>[A-Za-z])$", re.DOTALL)
_PARTED = re.compile(
    r"(?P<head>\D*)(?P<part>\d+)(?P<parting>[^\w\s]?)(?P<count>[A-Za-z]|(?<=\D)\d+)"
)
_LETTERS = 26
_SHOWN = 3


def suggested_names(codebook: Codebook, part: int) -> tuple[str, str]:
    """Suggest a label and a key: those after the last of the part, such as TC3B and 3b.

    A part without codes, or whose codes are not counted through, begins with its own number,
    in the manner of the other parts.
    """
    everyone = (*codebook.codes, *codebook.retired)
    taken = {
        folded(name)
        for code in everyone
        for name in (code.label, code.key, code.name, *code.earlier_names)
    }
    here = [code for code in codebook.codes if code.part == part]
    here = here or [code for code in codebook.retired if code.part == part]
    label = _next([code.label for code in here], taken)
    key = _next([code.key for code in here], taken)
    labels = _manner([(code.label, code.part) for code in everyone]) or ("C", "A")
    keys = _manner([(code.key, code.part) for code in everyone]) or ("", "a")
    return label or _begun(part, *labels, taken), key or _begun(part, *keys, taken)


def _manner(names: Sequence[tuple[str, int]]) -> tuple[str, str] | None:
    """Say what most names have before and after their part's number, such as TC and A of TC1C.

    What comes after is the first of its kind: a letter, or a number as long as theirs.
    """
    found = [
        (match["head"], match["parting"] + _first_of(match["count"]))
        for name, part in names
        if (match := _PARTED.fullmatch(name)) and int(match["part"]) == part
    ]
    return next(
        (one for one, often in Counter(found).most_common(1) if 2 * often > len(names)), None
    )


def _first_of(count: str) -> str:
    if count.isdecimal():
        return "1".zfill(len(count))
    return "a" if count.islower() else "A"


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


def _begun(part: int, head: str, first: str, taken: set[str]) -> str:
    """Begin a part's names with its number, such as C1A and 1a, and go on where that is taken."""
    name = f"{head}{part}{first}"
    if folded(name) not in taken:
        return name
    return _next([name], taken) or _next_number(f"{head}{part}", "00", taken)


def misleading(before: Codebook, after: Codebook) -> list[str]:
    """Say which keys since a change wait for Enter, and which names find no code."""
    return [*_waiting(before, after), *_finding_none(before, after)]


def _waiting(before: Codebook, after: Codebook) -> Iterator[str]:
    """Say of keys that they begin another, where one of the two is new."""
    known = {(code.id, folded(code.key)) for code in before.codes}
    keys = [(folded(code.key), code) for code in after.codes if code.key]
    new = {key for key, code in keys if (code.id, key) not in known}
    begun: dict[str, list[Code]] = {}
    there = {key for key, _code in keys}
    for key, code in keys:
        for end in range(1, len(key)):
            if key[:end] in there and (key in new or key[:end] in new):
                begun.setdefault(key[:end], []).append(code)
    for key, code in keys:
        if longer := begun.get(key):
            shown = ", ".join(f"{one.key} ({one.title})" for one in longer[:_SHOWN])
            more = f" and {len(longer) - _SHOWN} more" if len(longer) > _SHOWN else ""
            changed = code if key in new else longer[0]
            yield (
                f"The key {code.key} of {code.title} begins {shown}{more}, so it waits for Enter. "
                f"Give another: qualcode codebook rename {changed.key} --key KEY"
            )


def _finding_none(before: Codebook, after: Codebook) -> Iterator[str]:
    """Say of names that several codes have them, where one of these has it newly."""
    known = {(code.id, folded(code.name)) for code in before.codes}
    called: dict[str, list[Code]] = {}
    for code in after.codes:
        called.setdefault(folded(code.name), []).append(code)
    for name, codes in called.items():
        if len(codes) > 1 and any((code.id, name) not in known for code in codes):
            labels = ", ".join(code.label for code in codes[:_SHOWN])
            more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
            yield f"{labels}{more} are called “{codes[0].name}”: the name finds none of them."
