"""Codebooks drawn as trees, and trees drawn of codebooks."""

import inspect
from dataclasses import replace
from uuid import NAMESPACE_OID, UUID, uuid5

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, Part

STEP = 2


def planted(drawing: str, *, version: int = 1) -> Codebook:
    """Read a codebook: a part a line, its codes indented under it, theirs under them.

    A code's key is `k` and its label in small letters, its name `Name of` its label.
    """
    parts: list[Part] = []
    codes: list[Code] = []
    above: list[str] = []
    for line in inspect.cleandoc(drawing).splitlines():
        words = line.strip()
        depth = (len(line) - len(line.lstrip())) // STEP
        if depth == 0:
            number, _, title = words.partition(" ")
            parts.append(Part(int(number), title))
            above = [""]
            continue
        above[depth:] = [words]
        codes.append(new_code(words, parts[-1].number, len(codes) + 1, above[depth - 1]))
    return Codebook(version, "Ferries", "en", tuple(parts), tuple(codes))


def new_code(label: str, part: int = 0, position: int = 0, parent: str = "") -> Code:
    """Draft a code; the same label has the same id."""
    key = f"k{label.lower()}"
    return Code(code_id(label), label, key, f"Name of {label}", part, position, parent=parent)


def code_id(label: str) -> UUID:
    """Give the id of a code that was drawn by this label."""
    return uuid5(NAMESPACE_OID, label)


def drawn(codebook: Codebook) -> str:
    """Draw a codebook as a tree, in order; what is retired is not in it."""
    tree = CodeTree(codebook)
    lines: list[str] = []
    for part in codebook.parts:
        lines.append(f"{part.number} {part.title}")
        for branch in tree.walk(part):
            assert branch.code.part == part.number
            lines.append(" " * STEP * (branch.depth + 1) + branch.code.label)
    return "\n".join(lines)


def tree(drawing: str) -> str:
    """Give a drawing as `drawn` gives it."""
    return inspect.cleandoc(drawing)


def gone(codebook: Codebook) -> dict[str, list[str]]:
    """Give, by the label of each retired code, the labels of its own successors."""
    return {
        code.label: [entry.label for one in code.successors if (entry := codebook.entry(one))]
        for code in codebook.retired
    }


def is_whole(codebook: Codebook) -> bool:
    """Say whether the codes are in tree order, counted through, and refer only to each other."""
    labels = {code.label for code in codebook.codes}
    ids = [code.id for code in (*codebook.codes, *codebook.retired)]
    walked = [
        branch.code.label for part in codebook.parts for branch in CodeTree(codebook).walk(part)
    ]
    return (
        walked == [code.label for code in codebook.codes]
        and [code.position for code in codebook.codes] == list(range(1, len(walked) + 1))
        and len(ids) == len(set(ids))
        and all(code.parent in {*labels, ""} for code in codebook.codes)
        and all(set(code.not_to_confuse_with) <= labels - {code.label} for code in codebook.codes)
    )


def reworded(codebook: Codebook, label: str, **fields: object) -> Codebook:
    """Give a codebook in which a code has other fields."""
    codes = [
        replace(code, **fields) if code.label == label else code  # type: ignore[arg-type]
        for code in codebook.codes
    ]
    return replace(codebook, codes=tuple(codes))


def named(codebook: Codebook, *labels: str) -> list[Code]:
    """Find several codes by their labels."""
    return [codebook.code(label) for label in labels]


FERRIES = planted(
    """
    1 Waiting
      A
        B
          C
          D
        E
      F
    2 Weather
      G
        H
    3 Nothing yet
    """
)
