"""The rows of the codebook's tree: which are shown, and how each is written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias
from uuid import UUID

from qualcode.domain.code_search import matching
from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.services.code_counts import Count
from qualcode.tui.widgets.row_list import ListRow

GAPS, WAITING = "?", "+"
RETIRED = "retired"
_INDENT = 2
_KEY = 4
_SIGNS = 4
_COUNT = 6

Anchor: TypeAlias = UUID | int | str
"""What a row stands for, whatever happens to the others: a code, a part, the retired codes."""


class Kind(StrEnum):
    """What a row of the tree is."""

    PART = "part"
    CODE = "code"
    RETIRED = "retired codes"
    GONE = "retired code"


class TreeRow(NamedTuple):
    """A row: a heading or a code, how deep it stands, and whether rows are folded under it.

    A code that only leads to one that was found is not `found`.
    """

    kind: Kind
    code: Code | None = None
    part: Part | None = None
    depth: int = 0
    holds: int = 0
    folded: bool = False
    found: bool = True

    @property
    def anchor(self) -> Anchor:
        """What the row stands for."""
        if self.code is not None:
            return self.code.id
        return self.part.number if self.part is not None else RETIRED


@dataclass(frozen=True, slots=True)
class Marks:
    """What is written beside codes: how often they stand, who has gaps, who has proposals."""

    counts: Mapping[UUID, Count] = field(default_factory=dict)
    gaps: Collection[UUID] = frozenset()
    waiting: Mapping[UUID, int] = field(default_factory=dict)


def tree_rows(tree: CodeTree, folded: Collection[Anchor]) -> list[TreeRow]:
    """List the rows of a codebook, those under folded ones left out."""
    rows: list[TreeRow] = []
    for part in tree.codebook.parts:
        rows += _part_rows(tree, part, folded)
    gone = tree.codebook.retired
    if gone:
        is_folded = RETIRED in folded
        rows.append(TreeRow(Kind.RETIRED, holds=len(gone), folded=is_folded))
        rows += [] if is_folded else [TreeRow(Kind.GONE, code) for code in gone]
    return rows


def _part_rows(tree: CodeTree, part: Part, folded: Collection[Anchor]) -> Iterator[TreeRow]:
    is_folded = part.number in folded
    holds = len(tree.roots(part))
    yield TreeRow(Kind.PART, part=part, holds=holds, folded=is_folded and holds > 0)
    if is_folded:
        return
    hidden_below: int | None = None
    for code, depth in tree.walk(part):
        if hidden_below is not None and depth > hidden_below:
            continue
        children = len(tree.children(code))
        shut = children > 0 and code.id in folded
        hidden_below = depth if shut else None
        yield TreeRow(Kind.CODE, code, depth=depth, holds=children, folded=shut)


class Found(NamedTuple):
    """The rows that lead to what was found, and the best of all, if any."""

    rows: list[TreeRow]
    best: Anchor | None


def found_rows(tree: CodeTree, typed: str) -> Found:
    """List the codes that fit the words typed, in use or retired, and those they stand under."""
    book = tree.codebook
    fitting = matching(book, typed)
    gone = matching(Codebook(0, codes=book.retired), typed) if book.retired else []
    best = next(iter([*fitting, *gone]), None)
    wanted = {code.id for code in fitting}
    rows: list[TreeRow] = []
    for part in book.parts:
        below = _leading(tree, part, wanted)
        if below:
            rows += [TreeRow(Kind.PART, part=part, holds=len(below)), *below]
    if gone:
        in_order = sorted(gone, key=book.retired.index)
        rows.append(TreeRow(Kind.RETIRED, holds=len(gone)))
        rows += [TreeRow(Kind.GONE, code) for code in in_order]
    return Found(rows, best.id if best else None)


def _leading(tree: CodeTree, part: Part, wanted: Collection[UUID]) -> list[TreeRow]:
    """List the wanted codes of a part, each after those it stands under."""
    rows: list[TreeRow] = []
    path: list[TreeRow] = []
    given = 0
    for code, depth in tree.walk(part):
        is_wanted = code.id in wanted
        del path[depth:]
        given = min(given, depth)
        holds = len(tree.children(code))
        path.append(TreeRow(Kind.CODE, code, depth=depth, holds=holds, found=is_wanted))
        if is_wanted:
            rows += path[given:]
            given = depth + 1
    return rows


def written(rows: Sequence[TreeRow], marks: Marks, book: Codebook) -> list[ListRow]:
    """Write rows for the list."""
    return [_written(row, marks, book) for row in rows]


def _written(row: TreeRow, marks: Marks, book: Codebook) -> ListRow:
    if row.part is not None:
        words = f"{_fold_sign(row)} {row.part.number} {row.part.title}"
        return ListRow(words, _held(row), heading=True)
    if row.code is None:
        return ListRow(f"{_fold_sign(row)} Retired", _held(row), heading=True)
    if row.kind is Kind.GONE:
        return ListRow(_gone(row.code, book), _right(row.code, marks), dim=True)
    words = f"{' ' * _INDENT * (row.depth + 1)}{_fold_sign(row)} {row.code.key:<{_KEY}} "
    return ListRow(words + row.code.name, _right(row.code, marks), dim=not row.found)


def _gone(code: Code, book: Codebook) -> str:
    went = ", ".join(one.key for one in book.successors(code))
    return f"{' ' * _INDENT}  {code.key:<{_KEY}} {code.name}{f' → {went}' if went else ''}"


def _fold_sign(row: TreeRow) -> str:
    return " " if not row.holds else "▸" if row.folded else "▾"


def _held(row: TreeRow) -> str:
    return f"({row.holds})" if row.folded else ""


def _right(code: Code, marks: Marks) -> str:
    waits = marks.waiting.get(code.id, 0)
    signs = f"{GAPS if code.id in marks.gaps else ' '}{f'{WAITING}{waits}' if waits else ''}"
    count = marks.counts.get(code.id)
    if count is None:
        return f"{signs:<{_SIGNS}}{'':>{2 * _COUNT}}"
    below = count.with_below if count.with_below != count.own else "·"
    return f"{signs:<{_SIGNS}}{count.own or '·':>{_COUNT}}{below:>{_COUNT}}"


HEADS = ListRow("", f"{'':<{_SIGNS}}{'own':>{_COUNT}}{'below':>{_COUNT}}", dim=True)
"""What the columns at the right are called."""


def place_of(rows: Sequence[TreeRow], anchor: Anchor | None, otherwise: int) -> int:
    """Say which row stands for something; where none does, the one named otherwise."""
    if anchor is None:
        return otherwise
    return next((at for at, row in enumerate(rows) if row.anchor == anchor), otherwise)


def all_folds(tree: CodeTree) -> set[Anchor]:
    """Give everything that can be folded within the parts, and the retired codes."""
    return {RETIRED, *(code.id for code in tree.codebook.codes if tree.children(code))}


def opened_to(tree: CodeTree, folded: Collection[Anchor], code: Code) -> set[Anchor]:
    """Give what stays folded if a code is to be seen."""
    if not code.in_use:
        return set(folded) - {RETIRED}
    above = tree.above(code)
    top = above[-1] if above else code
    return set(folded) - {one.id for one in above} - {top.part}


def siblings(tree: CodeTree, code: Code) -> list[Code]:
    """List the codes beside one, itself included, in order."""
    above = tree.above(code)
    if above:
        return list(tree.children(above[0]))
    return tree.roots(next(part for part in tree.codebook.parts if part.number == code.part))


def without(codebook: Codebook, code: Code) -> Codebook:
    """Give a codebook to choose another code from: without this one."""
    return replace(codebook, codes=tuple(one for one in codebook.codes if one.id != code.id))
