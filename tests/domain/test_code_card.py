"""The card of a code says its whole entry, names its gaps, and invents nothing."""

from dataclasses import fields, replace

import pytest

from qualcode.domain.code_card import Line, card
from qualcode.domain.codebook import Code, Codebook, CodeState, Origin, Part
from qualcode.domain.ids import new_id


def code(label: str, key: str, name: str, **more: object) -> Code:
    return replace(Code(new_id(), label, key, name, 1, 0), **more)  # type: ignore[arg-type]


ROOT = code("KL1", "1", "Kiln")
BRANCH = code("KL2", "2", "Firing", parent="KL1")
FULL = code(
    "KL3",
    "3",
    "Cracks",
    parent="kl2",
    description="Pots that break in the fire.",
    full_definition="Any pot that does not come out whole, whatever the reason.",
    include=("A crack is seen.", "A crack is heard."),
    exclude=("The pot was dropped.",),
    examples=("QABCDEF0", "it went with a bang"),
    not_to_confuse_with=("KL1", "Glaze"),
    origin=Origin.INDUCTIVE,
    colour="#aa3300",
    sub_questions=("Who is blamed?",),
    earlier_names=("Breakage",),
    proposed_by="ada",
    proposed_on="2026-11-25",
)
BARE = code("KL4", "4", "Smoke", not_to_confuse_with=("KL5",))
GONE = code("KL5", "5", "Ash", state=CodeState.RETIRED)
SPLIT = code("KL6", "6", "Heat", state=CodeState.RETIRED, successors=(BARE.id, FULL.id))
BOOK = Codebook(
    3,
    "Pottery",
    "en",
    (Part(1, "The fire"),),
    tuple(replace(one, position=place) for place, one in enumerate((ROOT, BRANCH, BARE, FULL), 1)),
    (GONE, SPLIT),
)


def said(of: Code, **examples: str) -> list[str]:
    return [line.whole for line in card(BOOK, BOOK.any_code(of.label), examples=examples)]


def test_a_full_entry_is_said_whole_and_in_order() -> None:
    assert said(FULL, QABCDEF0="There was a crack") == [
        "Code: KL3 Cracks, key 3",
        "Brief definition: Pots that break in the fire.",
        "Full definition: Any pot that does not come out whole, whatever the reason.",
        "When to use: A crack is seen.",
        "When to use: A crack is heard.",
        "When not to use: The pot was dropped.",
        "Example: QABCDEF0 “There was a crack”",
        "Example: it went with a bang",
        "Not to confuse with: KL1 Kiln",
        "Not to confuse with: Glaze",
        "Stands under: KL1 Kiln › KL2 Firing",
        "Part: 1 The fire",
        "Origin: inductive; proposed by ada on 2026-11-25",
        "Came from: KL6 Heat",
        "Colour: #aa3300",
        "Sub-question: Who is blamed?",
        "Earlier names: Breakage",
    ]


def test_gaps_are_named_and_what_else_is_empty_is_left_out() -> None:
    assert said(BARE) == [
        "Code: KL4 Smoke, key 4",
        "Brief definition: no definition recorded",
        "When to use: no rule recorded",
        "When not to use: no rule recorded",
        "Example: no example recorded",
        "Not to confuse with: KL5 Ash (retired)",
        "Part: 1 The fire",
        "Came from: KL6 Heat",
    ]


def test_an_example_whose_words_are_not_to_be_seen_stays_an_id() -> None:
    assert "Example: QABCDEF0" in said(FULL)


@pytest.mark.parametrize(
    ("gone", "state"),
    [
        (GONE, "retired; nothing took its place"),
        (SPLIT, "retired; KL4 Smoke and KL3 Cracks took its place"),
    ],
)
def test_a_retired_code_says_what_took_its_place(gone: Code, state: str) -> None:
    assert said(gone)[1] == f"State: {state}"


def test_a_code_that_another_was_merged_into_says_so() -> None:
    merged = replace(GONE, successors=(ROOT.id,))
    book = replace(BOOK, retired=(merged,))
    assert "Took in: KL5 Ash" in [line.whole for line in card(book, book.code("KL1"))]


def test_a_full_definition_that_repeats_the_brief_one_is_said_once() -> None:
    same = replace(FULL, full_definition=FULL.description)
    assert [line.text for line in card(BOOK, same)].count(FULL.description) == 1


@pytest.mark.parametrize(
    ("who", "when", "text"),
    [
        ("ada", "", "inductive; proposed by ada"),
        ("", "2026-11-25", "inductive; proposed on 2026-11-25"),
        ("", "", "inductive"),
    ],
)
def test_the_origin_says_what_is_known_of_it(who: str, when: str, text: str) -> None:
    known = replace(FULL, proposed_by=who, proposed_on=when)
    assert Line("Origin", text) in card(BOOK, known)


def test_who_proposed_it_is_said_once_where_the_entry_does_not() -> None:
    lines = card(BOOK, FULL, proposers=("ada", "Coder B of round r1"))
    assert [line for line in lines if line.heading == "Proposed by"] == [
        Line("Proposed by", "Coder B of round r1")
    ]
    assert lines.index(Line("Proposed by", "Coder B of round r1")) == 1 + [
        line.heading for line in lines
    ].index("Origin")


def test_every_field_of_an_entry_is_on_its_card() -> None:
    """A field that is added to the codebook must not be missing where people read it."""
    shown = "\n".join(line.whole for line in card(BOOK, FULL))
    unsaid = {"id", "position", "successors", "state"}
    for name in {field.name for field in fields(Code)} - unsaid:
        value = getattr(FULL, name)
        for one in value if isinstance(value, tuple) else (value,):
            assert str(BOOK.code("KL2").label if name == "parent" else one) in shown
