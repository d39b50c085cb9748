"""How a coding is called where several have to be told apart."""

from typing import TYPE_CHECKING

from qualcode.domain.codings import Coding
from qualcode.domain.display import shortened

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

_WORDS = 50


def named(screen: "CodingScreen", coding: Coding) -> str:
    """Name a coding by its code and the words it stands on; also by the code it was made under."""
    codebook = screen.seat.codebook
    code = codebook.by_id().get(coding.code)
    title = code.title if code else "a code that is no longer there"
    first = codebook.entry(coding.first_code) if coding.first_code else None
    title += f" (made under {first.label})" if first else ""
    return f"{title} on “{shortened(coding.words(screen.revision.text), to=_WORDS)}”"
