"""The codebook as rows of text, for every format that is a table."""

from collections.abc import Iterator

from qualcode.domain.codebook import Code, Codebook
from qualcode.interchange.codebook_writing import successor_labels

COLUMNS = (
    "code",
    "key",
    "name",
    "part",
    "theme",
    "parent",
    "description",
    "full_definition",
    "include",
    "exclude",
    "examples",
    "sub_questions",
    "not_to_confuse_with",
    "origin",
    "colour",
    "earlier_names",
    "proposed_by",
    "proposed_on",
    "state",
    "successors",
)


def rows(codebook: Codebook) -> Iterator[list[str]]:
    """Give a row a code, those in use first; a list stands one item a line."""
    themes = {part.number: part.title for part in codebook.parts}
    for code in (*codebook.codes, *codebook.retired):
        yield _row(codebook, code, themes.get(code.part, ""))


def _row(codebook: Codebook, code: Code, theme: str) -> list[str]:
    cells: tuple[str | tuple[str, ...], ...] = (
        code.label,
        code.key,
        code.name,
        str(code.part),
        theme,
        code.parent,
        code.description,
        code.full_definition,
        code.include,
        code.exclude,
        code.examples,
        code.sub_questions,
        code.not_to_confuse_with,
        code.origin.value,
        code.colour,
        code.earlier_names,
        code.proposed_by,
        code.proposed_on,
        code.state.value,
        successor_labels(codebook, code),
    )
    return [cell if isinstance(cell, str) else "\n".join(cell) for cell in cells]
