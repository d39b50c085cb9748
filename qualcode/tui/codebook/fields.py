"""The fields of an entry as they are worded on the screen, and their texts."""

from collections.abc import Mapping

from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.proposals import PROPOSED_FIELDS

FIELDS: Mapping[str, str] = {name: FIELD_WORDS[name] for name in (*PROPOSED_FIELDS, "label", "key")}
"""What can be worded of an entry, and what that is called."""

_SEVERAL = 2
_ENTRY = "– "


def entries(value: str | tuple[str, ...]) -> str:
    """Give the text of a field; of several entries each begins a line, with a dash."""
    if not isinstance(value, tuple):
        return str(value)
    return (
        "\n".join(value) if len(value) < _SEVERAL else "\n".join(f"{_ENTRY}{one}" for one in value)
    )
