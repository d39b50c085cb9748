"""Which proposals belong together: by the words of their names, or by their passages."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from qualcode.domain.codebook import folded
from qualcode.domain.proposals import Proposal
from qualcode.domain.text import Range

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 2
_SHORTEST_ROOT = 3
_ENDINGS = ("ies", "ing", "ed", "es", "e")
_SMALL = """
a about after all an and any are as at be been but by can did do does for from had has have he
her his how i if in into is it its me my no not of on or our out she so than that the their
them then there they this to too up us was we were what when where which who why with you your
"""


def words_of(label: str) -> dict[str, str]:
    """Give the words of a name that carry its meaning, as written, by what they have in common.

    Case, accents and simple endings (a plural s, -ed, -ing) do not count, nor do small words
    such as “the” and “of”: “GPs miss it” and “missed by GP” have “gp” and “miss” in common.
    The endings and small words are those of English; other words just have to be the same.
    """
    found: dict[str, str] = {}
    for word in _WORD.findall(label):
        plain = folded(word)
        if len(plain) >= _SHORTEST and plain not in _SMALL.split():
            found.setdefault(_root(plain), word)
    return found


@lru_cache(maxsize=4096)
def _roots(label: str) -> frozenset[str]:
    return frozenset(words_of(label))


def _root(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
            rest = word[: -len(ending)]
            return f"{rest}y" if ending == "ies" else rest
    plural = word.endswith("s") and not word.endswith("ss") and len(word) > _SHORTEST
    return word[:-1] if plural else word


def words_shared(labels: Sequence[str]) -> tuple[str, ...]:
    """List the words that stand in more than one of some names, each in its shortest form."""
    forms: dict[str, list[str]] = {}
    for label in labels:
        for root, word in words_of(label).items():
            forms.setdefault(root, []).append(word)
    return tuple(min(words, key=len) for words in forms.values() if len(words) > 1)


def named_alike(one: Proposal, other: Proposal) -> bool:
    """Do two names share words, at least half of the words of the shorter one?"""
    words, others = _roots(one.label), _roots(other.label)
    shared = len(words & others)
    return bool(shared) and 2 * shared >= min(len(words), len(others))


def passage_shared(one: Proposal, other: Proposal) -> Range | None:
    """Give the words that the passages of two proposals have in common, if there are any."""
    if one.revision is None or one.revision != other.revision:
        return None
    start = max(one.range.start, other.range.start)
    end = min(one.range.end, other.range.end)
    return Range(start, end) if start < end else None


def together(items: Sequence[T], belong: Callable[[T, T], bool]) -> list[list[T]]:
    """Put things in groups: two that belong together are in one, and so are all between them.

    Groups stand in the order of their first, and so do the things in them.
    """
    group = list(range(len(items)))
    for place, item in enumerate(items):
        for before in range(place):
            if group[before] != group[place] and belong(items[before], item):
                first, second = sorted((group[before], group[place]))
                group = [first if one == second else one for one in group]
    found: dict[int, list[T]] = {}
    for number, item in zip(group, items, strict=True):
        found.setdefault(number, []).append(item)
    return list(found.values())
