"""What only qualcode knows of a code, kept at the end of a description others can read.

Above the fence stands the brief definition as it is; below it, as YAML, all other fields.
So every program shows the definition, and a person can read, and even change, the rest.
"""

import re
from collections.abc import Mapping

from qualcode.interchange.codebook_troubles import At, CodebookRefusedError, Troubles
from qualcode.interchange.codebook_writing import dumped
from qualcode.interchange.codebook_yaml import Mapped, plain_yaml

_FENCE = "--- qualcode ---"
_FOUND = re.compile(rf"^{re.escape(_FENCE)}\n", re.MULTILINE)


def fenced(words: str, fields: Mapping[str, object]) -> str:
    """Put fields under words; empty ones are left away."""
    filled = {name: value for name, value in fields.items() if value}
    if not filled:
        return words
    above = f"{words}\n\n" if words else ""
    return f"{above}{_FENCE}\n{dumped(filled)}"


def unfenced(text: str, troubles: Troubles, at: At) -> tuple[str, Mapped | None]:
    """Part words from the fields under them; None where there are none."""
    found = list(_FOUND.finditer(text))
    if not found:
        return text, None
    above, below = text[: found[-1].start()], text[found[-1].end() :]
    words = above[:-2] if above.endswith("\n\n") else above.removesuffix("\n")
    try:
        fields = plain_yaml(inner := Troubles(troubles.file), below)
        inner.refuse_if_any()
    except CodebookRefusedError as mishap:
        troubles.add(at, f"what stands under “{_FENCE}” cannot be read: {mishap.trouble}")
        return words, None
    return words, fields if isinstance(fields, Mapped) else None
