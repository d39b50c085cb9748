"""What the fields of a code are called."""

from dataclasses import fields

from qualcode.domain.code_fields import FIELD_WORDS
from qualcode.domain.codebook import Code
from qualcode.domain.proposals import PROPOSED_FIELDS


def test_every_field_a_reader_meets_has_words() -> None:
    told_otherwise = {"id", "position", "successors"}
    assert set(FIELD_WORDS) == {one.name for one in fields(Code)} - told_otherwise


def test_what_can_be_proposed_comes_in_the_order_in_which_fields_are_told() -> None:
    told = [name for name in FIELD_WORDS if name in PROPOSED_FIELDS]
    assert list(PROPOSED_FIELDS) == told
