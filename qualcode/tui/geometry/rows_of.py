"""Words cut into rows, as signs to be painted."""

from qualcode.domain.display import visible
from qualcode.domain.text import Range
from qualcode.tui.geometry.signs import TAB
from qualcode.tui.geometry.wrapping import wrapped


def rows_of(text: str, width: int) -> list[str]:
    """Cut a text into rows of at most so many cells, nothing in them acting."""
    shown = visible(text).expandtabs(TAB)
    return [row.of(shown).rstrip() for row in wrapped(shown, Range(0, len(shown)), width)]
