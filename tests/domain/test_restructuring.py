"""Changing a codebook: what comes of it, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Codebook, Origin
from qualcode.domain.errors import (
    AlreadyThereError,
    NotFoundError,
    QualcodeError,
    RefusedError,
    UnknownCodeError,
)
from qualcode.domain.restructuring import (
    Place,
    add,
    add_part,
    move,
    rename,
    rename_part,
    retire,
    reword,
    split,
)
from tests.domain.planting import FERRIES, drawn, is_whole, new_code, reworded, tree
from tests.domain.stepping import STEPS, Step

# adding


@pytest.mark.parametrize(
    ("place", "before"),
    [
        (Place(part=1), "2 Weather"),
        (Place(part=3), None),
        (Place(under="B"), "    E"),
        (Place(under="g"), "3 Nothing yet"),
        (Place(before="B"), "    B"),
        (Place(before="F"), "  F"),
        (Place(after="B"), "    E"),
        (Place(after="A"), "  F"),
        (Place(after="H"), "3 Nothing yet"),
    ],
)
def test_a_code_is_put_where_it_is_said(place: Place, before: str | None) -> None:
    added = add(FERRIES, new_code("X"), place)
    lines = drawn(added).splitlines()
    line = next(one for one in lines if one.strip() == "X")
    behind = lines[lines.index(line) + 1 :]
    assert (behind[0] if behind else None) == before
    assert [one for one in lines if one != line] == drawn(FERRIES).splitlines()
    assert is_whole(added)


def test_beside_a_code_is_under_the_same_parent() -> None:
    assert add(FERRIES, new_code("X"), Place(after="C")).code("X").parent == "B"
    assert add(FERRIES, new_code("X"), Place(before="G")).code("X").part == 2


def test_a_code_needs_a_place_that_is_there() -> None:
    for place, mishap in (
        (Place(), RefusedError),
        (Place(part=9), NotFoundError),
        (Place(under="nobody"), UnknownCodeError),
    ):
        with pytest.raises(mishap):
            add(FERRIES, new_code("X"), place)


@pytest.mark.parametrize("taken", ["A", "a", "À"])
def test_a_label_or_key_is_given_to_one_code_only(taken: str) -> None:
    for code in (replace(new_code("X"), label=taken), replace(new_code("X"), key=taken)):
        with pytest.raises(AlreadyThereError):
            add(FERRIES, code, Place(part=1))


@pytest.mark.parametrize("key", ["", "1 a", "1-a", "x;"])
def test_a_key_holds_letters_and_digits_only(key: str) -> None:
    with pytest.raises(RefusedError):
        add(FERRIES, replace(new_code("X"), key=key), Place(part=1))


def test_a_new_code_refers_to_others_by_their_labels() -> None:
    draft = replace(new_code("X"), not_to_confuse_with=("a", "A", "x", "g"))
    assert add(FERRIES, draft, Place(part=1)).code("X").not_to_confuse_with == ("A", "G")
    for name in ("nobody", "Name of"):
        with pytest.raises(UnknownCodeError):
            add(FERRIES, replace(draft, not_to_confuse_with=(name,)), Place(part=1))


def test_parts_are_counted_on_and_called_differently() -> None:
    wider = add_part(FERRIES, "Going")
    assert [part.number for part in wider.parts] == [1, 2, 3, 4]
    with pytest.raises(AlreadyThereError):
        add_part(FERRIES, "WAITING")
    assert rename_part(FERRIES, 2, "Rain").parts[1].title == "Rain"
    with pytest.raises(NotFoundError):
        rename_part(FERRIES, 9, "Rain")


def test_the_first_part_of_an_empty_codebook_is_number_one() -> None:
    assert [part.number for part in add_part(Codebook(0), "Going").parts] == [1]


# rewording


def test_rewording_changes_the_words_and_nothing_else() -> None:
    code = FERRIES.code("B")
    after = reword(FERRIES, code, {"description": "New.", "origin": Origin.INDUCTIVE})
    assert after.code("B") == replace(code, description="New.", origin=Origin.INDUCTIVE)
    assert [one for one in after.codes if one.label != "B"] == [
        one for one in FERRIES.codes if one.label != "B"
    ]


@pytest.mark.parametrize("field", ["label", "key", "parent", "part", "state", "successors", "id"])
def test_names_places_and_states_are_no_words(field: str) -> None:
    with pytest.raises(RefusedError, match=field):
        reword(FERRIES, FERRIES.code("B"), {field: "X"})


def test_what_a_rewording_refers_to_must_be_there() -> None:
    code = FERRIES.code("B")
    assert reword(FERRIES, code, {"not_to_confuse_with": ("c",)}).code("B").not_to_confuse_with == (
        "C",
    )
    with pytest.raises(UnknownCodeError):
        reword(FERRIES, code, {"not_to_confuse_with": ("nobody",)})


def test_an_old_reference_into_the_void_keeps_nobody_from_rewording() -> None:
    book = reworded(FERRIES, "B", not_to_confuse_with=("Long gone",))
    assert reword(book, book.code("B"), {"description": "x"}).code("B").description == "x"


# renaming


def test_what_refers_to_a_code_follows_its_new_label() -> None:
    book = reworded(FERRIES, "G", not_to_confuse_with=("b", "F"))
    after = rename(book, book.code("B"), label="X", key="x")
    assert drawn(after) == drawn(book).replace("B", "X")
    assert after.code("G").not_to_confuse_with == ("X", "F")
    assert is_whole(after)


def test_the_labels_and_names_a_code_had_stay_its_own() -> None:
    after = rename(FERRIES, FERRIES.code("F"), label="X", name="Gate")
    assert after.code("F").earlier_names == ("F", "Name of F")
    assert after.code("name of f").label == "X"
    for taken in ("F", "name of F"):
        with pytest.raises(AlreadyThereError, match="was a name of X"):
            add(after, replace(new_code("Y"), label=taken), Place(part=1))


def test_a_key_that_was_given_up_stays_with_its_code() -> None:
    with pytest.raises(AlreadyThereError):
        add(FERRIES, replace(new_code("Y"), key="kf"), Place(part=1))
    after = rename(FERRIES, FERRIES.code("F"), key="x")
    assert after.code("kf").label == "F"
    with pytest.raises(AlreadyThereError, match="was a name of F"):
        add(after, replace(new_code("Y"), key="kf"), Place(part=1))
    back = rename(after, after.code("F"), key="kf")
    assert (back.code("F").key, back.code("F").earlier_names) == ("kf", ("x",))


def test_a_code_can_have_its_own_earlier_label_again() -> None:
    there = rename(FERRIES, FERRIES.code("F"), label="X")
    back = rename(there, there.code("F"), label="F")
    assert back.code("F").earlier_names == ("X",)
    assert rename(there, there.code("F"), key="x2").code("x2").earlier_names == ("F", "kf")


def test_a_former_label_is_kept_where_the_name_is_the_same_words() -> None:
    book = reworded(FERRIES, "F", name="F")
    after = rename(book, book.code("F"), label="X")
    assert after.code("F").label == "X"
    again = rename(after, after.code("X"), key="x")
    assert again.code("F").label == "X"
    with pytest.raises(AlreadyThereError):
        add(again, replace(new_code("Y"), label="F"), Place(part=1))


def test_another_spelling_is_no_earlier_name() -> None:
    assert rename(FERRIES, FERRIES.code("F"), label="f", name="NAME of f").code("F") == replace(
        FERRIES.code("F"), label="f", name="NAME of f"
    )


def test_a_label_may_be_kept_that_another_code_once_had_as_its_name() -> None:
    book = reworded(FERRIES, "G", name="F")
    other = rename(book, book.code("G"), name="Wind")
    assert rename(other, other.code("F"), key="x").code("x").label == "F"


@pytest.mark.parametrize("names", [{"label": "G"}, {"key": "KG"}, {"label": "kg"}, {"key": "A"}])
def test_a_code_cannot_take_anothers_label_or_key(names: dict[str, str]) -> None:
    with pytest.raises(AlreadyThereError):
        rename(FERRIES, FERRIES.code("F"), **names)


@pytest.mark.parametrize("name", ["name of  G", "kg", "G", "Old G"])
def test_no_code_is_called_as_another_is_or_was(name: str) -> None:
    book = reworded(FERRIES, "G", earlier_names=("Old G",))
    taken = replace(new_code("X"), name=name)
    with pytest.raises(AlreadyThereError, match=r"G Name of G\.$"):
        rename(book, book.code("F"), name=name)
    with pytest.raises(AlreadyThereError, match=r"G Name of G\.$"):
        add(book, taken, Place(part=1))
    with pytest.raises(AlreadyThereError, match=r"G Name of G\.$"):
        split(book, book.code("F"), [new_code("Y"), taken])


def test_a_code_keeps_a_name_that_it_shares_since_it_was_loaded() -> None:
    book = reworded(FERRIES, "F", name="Name of G")
    assert rename(book, book.code("F"), key="x").code("x").name == "Name of G"


def test_the_name_of_a_split_code_may_go_on_with_one_of_the_new() -> None:
    new = [replace(new_code("X"), name="Name of F"), new_code("Y")]
    assert split(FERRIES, FERRIES.code("F"), new).code("Name of F").label == "X"


def test_the_codes_of_a_split_are_called_differently() -> None:
    for name in ("Name of X", "Name of F"):
        twins = [replace(new_code(label), name=name) for label in "XY"]
        with pytest.raises(AlreadyThereError):
            split(FERRIES, FERRIES.code("F"), twins)


def test_the_name_of_a_retired_code_is_free_again() -> None:
    after = retire(FERRIES, FERRIES.code("F"))
    again = add(after, replace(new_code("X"), name="Name of F"), Place(part=1))
    assert again.code("Name of F").label == "X"


# moving


def test_a_code_moves_with_all_that_stands_under_it() -> None:
    after = move(FERRIES, FERRIES.code("B"), Place(under="G"))
    assert drawn(after) == tree(
        """
        1 Waiting
          A
            E
          F
        2 Weather
          G
            H
            B
              C
              D
        3 Nothing yet
        """
    )
    assert is_whole(after)


def test_a_code_moves_among_its_brothers_and_sisters() -> None:
    after = move(FERRIES, FERRIES.code("A"), Place(after="F"))
    assert drawn(after).splitlines()[1:3] == ["  F", "  A"]
    assert drawn(move(after, after.code("A"), Place(before="F"))) == drawn(FERRIES)
    assert move(FERRIES, FERRIES.code("B"), Place(before="E")).codes == FERRIES.codes


def test_a_code_moves_to_the_top_of_an_empty_part() -> None:
    after = move(FERRIES, FERRIES.code("B"), Place(part=3))
    assert drawn(after).splitlines()[-4:] == ["3 Nothing yet", "  B", "    C", "    D"]
    assert {after.code(label).part for label in "BCD"} == {3}
    assert after.code("B").parent == ""


@pytest.mark.parametrize(
    "place",
    [Place(under="B"), Place(under="C"), Place(before="b"), Place(after="D"), Place(under="a")],
)
def test_a_code_cannot_stand_under_itself_or_what_stands_under_it(place: Place) -> None:
    code = FERRIES.code("A" if place.under == "a" else "B")
    with pytest.raises(RefusedError):
        move(FERRIES, code, place)


def test_a_code_cannot_move_to_where_there_is_no_part() -> None:
    with pytest.raises(NotFoundError):
        move(FERRIES, FERRIES.code("B"), Place(part=9))


# all of them, in any order


@given(
    st.lists(
        st.tuples(st.sampled_from(list(STEPS.values())), st.integers(0, 99), st.integers(0, 99)),
        max_size=25,
    )
)
def test_no_change_loses_a_code_or_tears_the_tree(
    steps: list[tuple[Step, int, int]],
) -> None:
    book = FERRIES
    for step, one, other in steps:
        if not book.codes:
            break
        known = {code.id for code in (*book.codes, *book.retired)}
        code, beside = (book.codes[place % len(book.codes)] for place in (one, other))
        try:
            after = step(book, code, beside)
        except QualcodeError:
            continue
        assert known <= {each.id for each in (*after.codes, *after.retired)}
        assert set(book.retired) <= {*after.retired}
        assert set(after.by_id()) >= known
        assert is_whole(after)
        book = after
