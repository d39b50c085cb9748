"""What the fields of a code are called."""

from collections.abc import Mapping
from types import MappingProxyType

FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "label": "label",
        "key": "key",
        "name": "name",
        "part": "part",
        "description": "brief definition",
        "full_definition": "full definition",
        "include": "when to use",
        "exclude": "when not to use",
        "examples": "examples",
        "not_to_confuse_with": "not to confuse with",
        "sub_questions": "sub-questions",
        "parent": "parent",
        "origin": "origin",
        "colour": "colour",
        "state": "state",
        "earlier_names": "earlier names",
        "proposed_by": "proposed by",
        "proposed_on": "proposed on",
    }
)
"""The field's words for each field, in the order in which fields are told."""
