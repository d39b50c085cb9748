"""What is typed for the fields of a code becomes a wording, or one sentence."""

from dataclasses import replace

import pytest

from qualcode.cli.rewording import FIELDS, wording_of
from qualcode.domain.codebook import Code, Codebook, Origin, Part
from qualcode.domain.errors import NotFoundError, QualcodeError, RefusedError
from qualcode.domain.ids import new_id

OTHER = Code(new_id(), "KL2", "2", "Glaze", 1, 2)
CODE = replace(
    Code(new_id(), "KL1", "1", "Cracks", 1, 1),
    description="Pots that break.",
    include=("seen", "heard", "3"),
    not_to_confuse_with=("KL2",),
    origin=Origin.A_PRIORI,
    colour="#aa3300",
)
BOOK = Codebook(1, parts=(Part(1, "The fire"),), codes=(CODE, OTHER))


def worded(*, sets: str = "", adds: str = "", drops: str = "") -> dict[str, object]:
    """Part what is typed at semicolons."""
    typed = [[one for one in each.split(";") if one] for each in (sets, adds, drops)]
    return wording_of(CODE, *typed, codebook=BOOK)


@pytest.mark.parametrize(
    ("sets", "field", "value"),
    [
        ("definition=They break.", "description", "They break."),
        ("Brief definition = They break. ", "description", "They break."),
        ("full_definition=a=b", "full_definition", "a=b"),
        ("when=felt", "include", ("felt",)),
        ("when=felt;include=smelt;when=felt", "include", ("felt", "smelt")),
        ("when-not=", "exclude", ()),
        ("not-to-confuse-with=2", "not_to_confuse_with", ("KL2",)),
        ("origin=a-priori", "origin", Origin.A_PRIORI),
        ("origin=Not stated", "origin", Origin.NOT_STATED),
        ("color=#00FF7f", "colour", "#00FF7f"),
        ("colour=", "colour", ""),
        ("examples=QABCDEF0", "examples", ("QABCDEF0",)),
    ],
)
def test_a_field_is_set(sets: str, field: str, value: object) -> None:
    assert worded(sets=sets) == {field: value}


def test_only_what_is_named_is_in_the_wording() -> None:
    assert worded() == {}
    assert set(worded(sets="colour=", adds="when=felt", drops="definition")) == {
        "colour",
        "include",
        "description",
    }


def test_an_entry_is_added_once_and_at_the_end() -> None:
    assert worded(adds="when=felt") == {"include": ("seen", "heard", "3", "felt")}
    assert worded(adds="when=seen") == {"include": ("seen", "heard", "3")}
    assert worded(sets="when=felt", adds="when=smelt") == {"include": ("felt", "smelt")}


@pytest.mark.parametrize(
    ("drops", "left"),
    [
        ("when=heard", ("seen", "3")),
        ("when=1", ("heard", "3")),
        ("when=3", ("seen", "heard")),
        ("when=1;when=2", ("3",)),
        ("when", ()),
    ],
)
def test_entries_are_dropped_by_their_words_or_their_numbers(
    drops: str, left: tuple[str, ...]
) -> None:
    assert worded(drops=drops) == {"include": left}


def test_numbers_count_as_the_card_shows_the_entries_whatever_is_added() -> None:
    assert worded(adds="when=felt", drops="when=1") == {"include": ("heard", "3", "felt")}


def test_another_code_is_dropped_by_its_key_or_label_or_number() -> None:
    for name in ("2", "KL2", "kl2", "1"):
        assert worded(drops=f"not-to-confuse-with={name}") == {"not_to_confuse_with": ()}


def test_a_text_is_emptied() -> None:
    assert worded(drops="definition;origin") == {
        "description": "",
        "origin": Origin.NOT_STATED,
    }


def test_a_new_code_begins_empty() -> None:
    assert wording_of(None, [], ["when=felt"]) == {"include": ("felt",)}


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_can_be_named(field: str) -> None:
    assert worded(drops=field)


@pytest.mark.parametrize(
    ("typed", "kind", "sentence"),
    [
        ({"sets": "weight=3"}, RefusedError, "A code has no field “weight”."),
        ({"sets": "when"}, RefusedError, "It is not said what “when” shall be."),
        ({"adds": "definition=x"}, RefusedError, "“definition” holds one text only."),
        ({"drops": "colour=#aa3300"}, RefusedError, "“colour” holds one text only."),
        ({"drops": "when=4"}, NotFoundError, "“when” has no entry “4”."),
        ({"drops": "examples=x"}, NotFoundError, "“examples” has no entry “x”."),
        ({"sets": "colour=red"}, RefusedError, "“red” is no colour."),
        ({"sets": "origin=dreamt"}, RefusedError, "There is no origin “dreamt”."),
        ({"adds": "not-to-confuse-with=9"}, NotFoundError, "The codebook has no code “9”."),
    ],
)
def test_what_cannot_be_is_one_sentence_with_a_way_out(
    typed: dict[str, str], kind: type[QualcodeError], sentence: str
) -> None:
    with pytest.raises(kind) as mishap:
        worded(**typed)
    assert mishap.value.sentence == sentence
    assert mishap.value.hint
