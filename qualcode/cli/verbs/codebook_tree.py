"""The codebook as a tree of lines: parts, codes, and how often each is used."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.display import shortened
from qualcode.services.code_counts import Count

_WORDS = 160
_COUNT = 6


def tree_lines(book: Codebook, used: Mapping[UUID, Count]) -> Iterator[str]:
    """Write the codes by part, each further in than the one it stands under.

    Once anything is coded, before each code stands how often it is used itself; where any
    code has others below it, then how often with all of these, if that is more.
    """
    tree = CodeTree(book)
    counts = _columns(tree, used)
    if heads := counts(None):
        yield heads
    for part in book.parts:
        none_yet = "" if tree.roots(part) else " · no code yet"
        yield from ("", f"{part.number} {part.title}{none_yet}")
        for code, depth in tree.walk(part):
            about = f" · {shortened(code.description, to=_WORDS)}" if code.description else ""
            yield f"{counts(code)}  {'  ' * depth}{code.key:4} {code.title}{about}"
    if book.retired:
        yield from ("", "Retired")
    for code in book.retired:
        went = " and ".join(one.title for one in book.successors(code))
        became = f" · {went} took its place" if went else ""
        yield f"{counts(code)}  {code.key:4} {code.title}{became}"


def _columns(tree: CodeTree, used: Mapping[UUID, Count]) -> Callable[[Code | None], str]:
    """Give what writes the counts of a code, or without one the heads of their columns."""
    if not any(one.with_below for one in used.values()):
        return lambda _code: ""
    nested = any(tree.children(code) for code in tree.codebook.codes)

    def written(code: Code | None) -> str:
        count = used.get(code.id, Count()) if code else None
        own = (count.own or "·") if count else "own" if nested else "used"
        more = "·" if count and count.with_below == count.own else ""
        below = more or (count.with_below if count else "below")
        return f"{own:>{_COUNT}}{f'{below:>{_COUNT}}' if nested else ''}"

    return written
