"""Each way in which a codebook changes, as a step that may be drawn."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.restructuring import Place, add, merge, move, rename, retire, reword, split
from tests.domain.planting import new_code

Step: TypeAlias = Callable[[Codebook, Code, Code], Codebook]
"""What makes of a codebook, a code in use and another (or the same) the codebook after it."""


def fresh(book: Codebook, label: str) -> Code:
    """Draft a code that the codebook never held."""
    return new_code(f"{label}{len(book.codes) + len(book.retired)}")


STEPS: Mapping[str, Step] = {
    "add": lambda book, _, other: add(book, fresh(book, "X"), Place(under=other.label)),
    "rename": lambda book, code, other: rename(
        book, code, label=f"{code.label}x", key=f"{other.key}y"
    ),
    "name": lambda book, code, _: rename(book, code, name="Another"),
    "under": lambda book, code, other: move(book, code, Place(under=other.label)),
    "after": lambda book, code, other: move(book, code, Place(after=other.label)),
    "before": lambda book, code, other: move(book, code, Place(before=other.label)),
    "away": lambda book, code, other: move(book, code, Place(part=other.part)),
    "merge": lambda book, code, other: merge(book, [code], other),
    "merge all": lambda book, code, other: merge(book, [code, *CodeTree(book).above(code)], other),
    "split": lambda book, code, _: split(book, code, [fresh(book, "Y"), fresh(book, "Z")]),
    "retire": lambda book, code, _: retire(book, code),
    "confuse": lambda book, code, other: reword(
        book, code, {"not_to_confuse_with": (other.label,)}
    ),
}
