"""The fields of an entry, as they are called."""

from collections.abc import Mapping

FIELDS: Mapping[str, str] = {
    "description": "brief definition",
    "full_definition": "full definition",
    "include": "when to use",
    "exclude": "when not to use",
    "examples": "examples",
    "not_to_confuse_with": "not to confuse with",
    "sub_questions": "sub-questions",
    "origin": "origin",
    "colour": "colour",
    "label": "label",
    "key": "key",
}
