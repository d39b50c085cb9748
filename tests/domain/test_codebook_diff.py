"""What changed from one version of the codebook to another, in sentences."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.code_tree import in_tree_order
from qualcode.domain.codebook import Codebook, Origin
from qualcode.domain.codebook_diff import (
    ChangeKind,
    changes,
    replayed,
    structural_changes,
    structure,
)
from qualcode.domain.errors import QualcodeError
from qualcode.domain.restructuring import (
    Place,
    add,
    add_part,
    merge,
    move,
    rename,
    rename_part,
    retire,
    reword,
    split,
)
from tests.domain.planting import new_code, planted, reworded
from tests.domain.stepping import STEPS

BOOK = planted(
    """
    1 Waiting
      A
        B
          C
      D
    2 Weather
      E
    """
)
FULL = {code.label: f"{code.label} Name of {code.label}" for code in BOOK.codes}


def told(before: Codebook, after: Codebook) -> list[str]:
    return [change.sentence for change in changes(before, after)]


def test_nothing_changed_is_told_by_nothing() -> None:
    assert told(BOOK, replace(BOOK, version=2)) == []


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (
            lambda: add(BOOK, new_code("X"), Place(after="D")),
            ["X Name of X (kx) is new."],
        ),
        (
            lambda: rename(BOOK, BOOK.code("D"), label="Z", key="z", name="Gate"),
            ["D Name of D is called Z Gate.", "The key of Z Gate is z (was kd)."],
        ),
        (
            lambda: rename(BOOK, BOOK.code("B"), label="Z"),
            ["B Name of B is called Z Name of B."],
        ),
        (
            lambda: reword(BOOK, BOOK.code("D"), {"description": "New.", "colour": "#123456"}),
            [
                "D Name of D: “brief definition” was added.",
                "D Name of D: “colour” was added.",
            ],
        ),
        (
            lambda: move(BOOK, BOOK.code("B"), Place(part=2)),
            ["B Name of B now stands in part 2 “Weather”."],
        ),
        (
            lambda: move(BOOK, BOOK.code("C"), Place(under="E")),
            ["C Name of C now stands under E Name of E."],
        ),
        (
            lambda: move(BOOK, BOOK.code("D"), Place(before="A")),
            ["The order of the codes changed: D Name of D stands elsewhere."],
        ),
        (
            lambda: merge(BOOK, [BOOK.code("D")], BOOK.code("E")),
            ["D Name of D was merged into E Name of E."],
        ),
        (
            lambda: split(BOOK, BOOK.code("D"), [new_code(one) for one in "XYZ"]),
            [
                "X Name of X (kx) is new.",
                "Y Name of Y (ky) is new.",
                "Z Name of Z (kz) is new.",
                "D Name of D was split into X Name of X, Y Name of Y and Z Name of Z.",
            ],
        ),
        (
            lambda: retire(BOOK, BOOK.code("A")),
            ["B Name of B now stands in part 1 “Waiting”.", "A Name of A is retired."],
        ),
        (lambda: add_part(BOOK, "Going"), ["Part 3 “Going” is new."]),
        (lambda: rename_part(BOOK, 2, "Rain"), ["Part 2 is called “Rain” (was “Weather”)."]),
        (
            lambda: replace(BOOK, title="Boats", language="de"),
            [
                "The title of the codebook is “Boats” (was “Ferries”).",
                "The language of the codebook is “de” (was “en”).",
            ],
        ),
    ],
)
def test_a_change_is_told_in_sentences(
    change: Callable[[], Codebook], sentences: list[str]
) -> None:
    assert told(BOOK, change()) == sentences


def test_a_codebook_begins_with_its_first_version() -> None:
    first = replace(BOOK, language="de")
    assert told(Codebook(0), first)[:3] == [
        "The codebook “Ferries” begins.",
        "The language of the codebook is “de”.",
        "Part 1 “Waiting” is new.",
    ]
    assert told(replace(BOOK, title=""), BOOK) == ["The title of the codebook is “Ferries”."]


def part_told(**fields: object) -> Codebook:
    first, second = BOOK.parts
    return replace(BOOK, parts=(first, replace(second, **fields)))  # type: ignore[arg-type]


def test_what_changed_in_a_part_beside_its_title_is_told() -> None:
    noted = part_told(note="Heard often.", origin=Origin.INDUCTIVE)
    assert told(BOOK, noted) == [
        "Part 2 “Weather”: “note” was added.",
        "Part 2 “Weather”: “origin” was reworded.",
    ]
    (note, _origin) = changes(noted, part_told(note="", origin=Origin.OPEN))
    assert (note.field, note.before, note.after) == ("note", "Heard often.", "")
    assert note.sentence == "Part 2 “Weather”: “note” was taken out."
    turned = replace(BOOK, parts=BOOK.parts[::-1])
    assert told(BOOK, turned) == ["The order of the parts changed."]


def named(label: str, *earlier: str) -> Codebook:
    return reworded(BOOK, label, earlier_names=earlier)


def test_under_which_names_more_a_code_is_found_is_told() -> None:
    assert told(BOOK, named("E", "Rain", "Fog")) == ["E Name of E is also known as Rain, Fog."]
    assert told(named("E", "Rain", "Fog"), named("E", "Fog", "Ice")) == [
        "E Name of E is also known as Ice.",
        "E Name of E is no longer known as Rain.",
    ]
    assert told(named("E", "Rain", "Fog"), named("E", "Fog", "Rain")) == [
        "E Name of E: its earlier names are listed otherwise."
    ]


def test_names_that_a_renaming_or_merge_leaves_are_not_told_twice() -> None:
    renamed = rename(BOOK, BOOK.code("D"), label="Z")
    assert told(BOOK, renamed) == ["D Name of D is called Z Name of D."]
    twice = rename(renamed, renamed.code("Z"), label="Y")
    assert told(BOOK, twice) == [
        "D Name of D is called Y Name of D.",
        "Y Name of D is also known as Z.",
    ]
    merged = merge(renamed, [renamed.code("Z")], renamed.code("E"))
    assert told(renamed, merged) == ["Z Name of D was merged into E Name of E."]
    assert told(merged, renamed) == ["Z Name of D is in use again."]


def test_lines_that_are_parted_otherwise_are_a_change() -> None:
    one = reword(BOOK, BOOK.code("D"), {"include": ("one\ntwo",)})
    two = reword(BOOK, BOOK.code("D"), {"include": ("one", "two")})
    assert told(one, two) == ["D Name of D: “when to use” was reworded."]


def test_taking_a_change_back_is_told_too() -> None:
    merged = merge(BOOK, [BOOK.code("D")], BOOK.code("E"))
    assert told(merged, BOOK) == ["D Name of D is in use again."]
    assert told(add(BOOK, new_code("X"), Place(part=2)), BOOK) == ["X Name of X is there no more."]
    assert told(add_part(BOOK, "Going"), BOOK) == ["Part 3 “Going” is there no more."]
    worded = reword(BOOK, BOOK.code("D"), {"include": ("one", "two")})
    assert told(worded, BOOK) == ["D Name of D: “when to use” was taken out."]


def test_a_rewording_gives_both_texts_and_says_whether_a_rule_changed() -> None:
    worded = reword(BOOK, BOOK.code("D"), {"include": ("one", "two"), "examples": ("q1",)})
    again = reword(worded, worded.code("D"), {"include": ("two",), "examples": ("q2",)})
    found = changes(worded, again)
    assert [(one.kind, one.field, one.before, one.after) for one in found] == [
        (ChangeKind.REWORDED, "include", "one\ntwo", "two"),
        (ChangeKind.DETAILED, "examples", "q1", "q2"),
    ]
    assert {one.code for one in found} == {BOOK.code("D").id}


def test_a_code_that_only_moves_along_is_not_told_of() -> None:
    found = changes(BOOK, move(BOOK, BOOK.code("A"), Place(part=2)))
    assert [one.sentence for one in found] == ["A Name of A now stands in part 2 “Weather”."]


def test_several_codes_in_another_order_are_told_in_one_sentence() -> None:
    after = move(move(BOOK, BOOK.code("D"), Place(before="A")), BOOK.code("B"), Place(under="E"))
    assert told(BOOK, after) == [
        "B Name of B now stands under E Name of E.",
        "The order of the codes changed: D Name of D now stands before A Name of A.",
    ]


def test_a_retired_code_that_leads_elsewhere_is_told_of() -> None:
    merged = merge(BOOK, [BOOK.code("D")], BOOK.code("E"))
    gone = replace(merged, retired=(replace(merged.retired[0], successors=()),))
    assert told(merged, gone) == ["D Name of D is retired."]


CHAIN: list[Callable[[Codebook], Codebook]] = [
    lambda book: add(book, new_code("X"), Place(under="C")),
    lambda book: merge(book, [book.code("A")], book.code("C")),
    lambda book: move(book, book.code("D"), Place(part=2)),
    lambda book: split(book, book.code("D"), [new_code("Y"), new_code("Z")]),
    lambda book: rename(book, book.code("B"), label="Bee", key="bee"),
    lambda book: retire(book, book.code("X")),
    lambda _: BOOK,
]


def test_what_the_journal_notes_of_each_change_makes_the_structure_again() -> None:
    book, kept = BOOK, structure(BOOK)
    for step in CHAIN:
        after = step(book)
        noted = json.loads(json.dumps(structural_changes(book, after)))
        kept = replayed(kept, noted)
        assert kept == structure(after)
        book = after


def test_what_did_not_change_is_not_noted() -> None:
    assert structural_changes(BOOK, reword(BOOK, BOOK.code("A"), {"description": "x"})) == {}
    renamed = rename(BOOK, BOOK.code("A"), label="Z", key="z")
    assert structural_changes(BOOK, renamed) == {str(BOOK.code("A").id): {"key": ["ka", "z"]}}


# whatever differs is told

_WORDS = st.sampled_from(["", "One.", "Two."])
_LIST = st.lists(st.sampled_from(["One.", "Two.", "One.\nTwo."]), unique=True, max_size=3)
_LISTS = ("include", "exclude", "examples", "sub_questions", "earlier_names")
_TEXTS = ("description", "full_definition", "colour", "proposed_by", "proposed_on")
_FIELDS = st.one_of(
    st.tuples(st.sampled_from(_TEXTS), _WORDS),
    st.tuples(st.sampled_from(_LISTS), _LIST.map(tuple)),
    st.tuples(st.just("origin"), st.sampled_from(Origin)),
)
_PART = st.one_of(
    st.tuples(st.sampled_from(["title", "note"]), _WORDS),
    st.tuples(st.just("origin"), st.sampled_from(Origin)),
)


@st.composite
def _codebooks(draw: st.DrawFn) -> Codebook:
    """Draw what a few changes, one after the other, make of the same codebook."""
    book = BOOK
    for _ in range(draw(st.integers(0, 4))):
        try:
            book = _changed(draw, book)
        except QualcodeError:  # such as a move under itself
            continue
    return book


def _changed(draw: st.DrawFn, book: Codebook) -> Codebook:
    what = draw(st.sampled_from(["field", "part", "parts", "whole", *STEPS]))
    if what == "field":
        everyone = [code.label for code in (*book.codes, *book.retired)]
        name, words = draw(_FIELDS)
        label = draw(st.sampled_from(everyone))
        return replace(
            reworded(book, label, **{name: words}),
            retired=tuple(
                replace(code, **{name: words}) if code.label == label else code
                for code in book.retired
            ),
        )
    if what == "part":
        name, words = draw(_PART)
        last = replace(book.parts[-1], **{name: words})
        return replace(book, parts=(*book.parts[:-1], last))
    if what == "parts":
        return in_tree_order(replace(book, parts=tuple(draw(st.permutations(book.parts)))))
    if what == "whole":
        return replace(book, title=draw(_WORDS), language=draw(st.sampled_from(["en", "de"])))
    one, other = (draw(st.sampled_from(book.codes)) for _ in range(2))
    return STEPS[what](book, one, other)


def _without_places_of_retired(book: Codebook) -> Codebook:
    retired = sorted((replace(one, position=0) for one in book.retired), key=lambda one: one.id)
    return replace(book, retired=tuple(retired))


@given(_codebooks(), _codebooks())
def test_codebooks_that_differ_have_a_change_and_only_those(
    before: Codebook, after: Codebook
) -> None:
    differ = _without_places_of_retired(before) != _without_places_of_retired(after)
    assert bool(changes(before, after)) == differ
