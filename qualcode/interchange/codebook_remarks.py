"""The remarks in a codebook file that a team keeps, and which of them an update lost."""

import re
from collections import Counter
from collections.abc import Iterator

from qualcode.domain.display import shortened

_LIKE = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)
_SHOWN = 80


def remarks_lost(old: str, new: str) -> tuple[str, ...]:
    """Say, each with its line in the old text, which remarks the new text has no more."""
    if not Counter(_like(old)) - Counter(_like(new)):
        return ()
    kept = Counter(_kept(new, {words for _, words in _remarks(old)}))
    lost = []
    for line, words in _remarks(old):
        kept[words] -= 1
        if kept[words] < 0:
            shown = shortened(words, to=_SHOWN)
            lost.append(f"The remark in line {line} of the old file was not kept: {shown}")
    return tuple(lost)


def _like(text: str) -> list[str]:
    """List what may be a remark; some of it may be words in quotes."""
    return [found.group().rstrip() for found in _LIKE.finditer(text)]


def _kept(text: str, wanted: set[str]) -> Iterator[str]:
    for line in text.split("\n"):
        bare = line.rstrip()
        yield from (words for words in wanted if "#" in bare and bare.endswith(words))


def _remarks(text: str) -> Iterator[tuple[int, str]]:
    """Find the remarks of a YAML text with their lines: they stand between its words."""
    import yaml

    at = 0
    for token in yaml.scan(text, Loader=yaml.BaseLoader):
        yield from _between(text, at, token.start_mark.index)
        at = max(at, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            start = token.start_mark.index
            end = text.find("\n", start)
            yield from _between(text, start, at if end < 0 else end)
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in _LIKE.finditer(text, start, max(start, end)):
        yield text.count("\n", 0, found.start()) + 1, found.group().rstrip()
