"""The tree of the codebook: which codes stand under which, and in what order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from qualcode.domain.codebook import Code, Codebook, Part, folded


class Branch(NamedTuple):
    """A code where it stands in the tree; `depth` is 0 at the top of its part."""

    code: Code
    depth: int


@dataclass(frozen=True, slots=True)
class CodeTree:
    """The codes in use of one codebook by part and parent, brothers and sisters in order."""

    codebook: Codebook
    _under: dict[str, list[Code]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        labels = {folded(code.label) for code in self.codebook.codes}
        for code in self.codebook.codes:
            parent = folded(code.parent)
            self._under.setdefault(parent if parent in labels else "", []).append(code)

    def children(self, code: Code) -> Sequence[Code]:
        """List the codes that stand directly under a code."""
        return self._under.get(folded(code.label), [])

    def roots(self, part: Part) -> list[Code]:
        """List the codes at the top of a part."""
        return [code for code in self._under.get("", []) if code.part == part.number]

    def below(self, code: Code) -> list[Code]:
        """List all codes under a code, at any depth, each before those under it."""
        return [branch.code for branch in self._walk(code, 0)][1:]

    def branch(self, code: Code) -> list[Code]:
        """List a code and all codes under it: what a roll-up counts together."""
        return [code, *self.below(code)]

    def above(self, code: Code) -> list[Code]:
        """List the codes a code stands under, the nearest first."""
        by_label = {folded(each.label): each for each in self.codebook.codes}
        found: list[Code] = []
        while (parent := by_label.get(folded(code.parent))) is not None:
            found.append(parent)
            code = parent
        return found

    def walk(self, part: Part) -> Iterator[Branch]:
        """Go through a part's codes from the top, each before those under it."""
        for root in self.roots(part):
            yield from self._walk(root, 0)

    def _walk(self, code: Code, depth: int) -> Iterator[Branch]:
        waiting = [Branch(code, depth)]
        while waiting:
            branch = waiting.pop()
            yield branch
            under = self.children(branch.code)
            waiting.extend(Branch(child, branch.depth + 1) for child in reversed(under))


def in_tree_order(codebook: Codebook) -> Codebook:
    """Put the codes in order and number them: parts in order, each code before those under it.

    A code that stands under one of another part comes with that one; what stands in no part
    comes last.
    """
    tree = CodeTree(codebook)
    walked = [branch.code for part in codebook.parts for branch in tree.walk(part)]
    known = {code.id for code in walked}
    walked += [code for code in codebook.codes if code.id not in known]
    codes = [
        code if code.position == place else replace(code, position=place)
        for place, code in enumerate(walked, 1)
    ]
    return replace(codebook, codes=tuple(codes))
