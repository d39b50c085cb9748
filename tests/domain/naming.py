"""A codebook of one part, its codes named one by one, and the labels of those that are found."""

from collections.abc import Iterable
from dataclasses import replace

from qualcode.domain.codebook import Code, Codebook, Part
from qualcode.domain.ids import new_id


def code(label: str, key: str, name: str = "", description: str = "") -> Code:
    """Name a code; without a name it is called by its label."""
    return Code(new_id(), label, key, name or label, 1, 0, description)


def codebook(*codes: Code) -> Codebook:
    """Put codes into a codebook, in order."""
    placed = [replace(each, position=place) for place, each in enumerate(codes)]
    return Codebook(1, "Ferries", "en", (Part(1, "Waiting"),), tuple(placed))


def labels(codes: Iterable[Code]) -> list[str]:
    """List the labels of codes."""
    return [each.label for each in codes]


FERRIES = codebook(
    code("TC1A", "1a", "Waiting", "Time spent at the gate."),
    code("TC1B", "1b", "Café", "Where they wait."),
    code("TC1AB", "1ab", "Both", "Waiting, and the gate."),
    code("TC2", "2", "Weather", "Rain and wind, a gate for the bold."),
)
