"""The rows of the tree: folded, found, written."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from qualcode.domain.code_tree import CodeTree
from qualcode.domain.codebook import Code, Codebook, CodeState, Part
from qualcode.domain.ids import new_id
from qualcode.services.code_counts import Count
from qualcode.tui.codebook.rows import (
    RETIRED,
    Anchor,
    Marks,
    all_folds,
    found_rows,
    opened_to,
    place_of,
    siblings,
    tree_rows,
    without,
    written,
)
from qualcode.tui.widgets.row_list import ListRow
from qualcode.tui.widgets.row_list import written as in_cells


def _code(label: str, name: str, position: int, *, parent: str = "", part: int = 1) -> Code:
    return Code(new_id(), label, label.lower(), name, part, position, parent=parent)


HOUSE = _code("H", "House", 1)
KITCHEN = _code("K", "Kitchen", 2, parent="H")
KETTLE = _code("KE", "Kettle", 3, parent="K")
ATTIC = _code("A", "Attic", 4, parent="H")
GARDEN = _code("G", "Garden", 5, part=2)
CELLAR = replace(_code("C", "Cellar", 6), state=CodeState.RETIRED, successors=(KITCHEN.id,))
BOOK = Codebook(
    3,
    parts=(Part(1, "Inside"), Part(2, "Outside")),
    codes=(HOUSE, KITCHEN, KETTLE, ATTIC, GARDEN),
    retired=(CELLAR,),
)
TREE = CodeTree(BOOK)


def _shown(folded: set[Anchor]) -> list[str]:
    return [row.code.name if row.code else str(row.anchor) for row in tree_rows(TREE, folded)]


def test_all_codes_are_listed_by_part_and_parent_the_retired_last() -> None:
    assert _shown(set()) == [
        *("1", "House", "Kitchen", "Kettle", "Attic"),
        *("2", "Garden"),
        *(RETIRED, "Cellar"),
    ]


def test_what_stands_under_a_folded_code_is_left_out_at_any_depth() -> None:
    assert _shown({HOUSE.id}) == ["1", "House", "2", "Garden", RETIRED, "Cellar"]
    assert _shown({KITCHEN.id})[:4] == ["1", "House", "Kitchen", "Attic"]


def test_parts_and_the_retired_codes_are_folded_as_well() -> None:
    assert _shown({1, RETIRED}) == ["1", "2", "Garden", RETIRED]


def test_folding_all_folds_every_code_that_holds_others() -> None:
    assert all_folds(TREE) == {HOUSE.id, KITCHEN.id, RETIRED}


def test_what_is_found_stands_under_the_codes_it_belongs_to() -> None:
    rows, best = found_rows(TREE, "kettle")
    assert [(row.code.name if row.code else "", row.found) for row in rows] == [
        ("", True),
        ("House", False),
        ("Kitchen", False),
        ("Kettle", True),
    ]
    assert best == KETTLE.id


def test_a_code_found_between_two_others_is_listed_once() -> None:
    rows, _best = found_rows(TREE, "k")
    names = [row.code.name for row in rows if row.code]
    assert names.count("House") == 1
    assert names[:3] == ["House", "Kitchen", "Kettle"]


def test_retired_codes_are_found_too() -> None:
    rows, best = found_rows(TREE, "cellar")
    assert [row.anchor for row in rows] == [RETIRED, CELLAR.id]
    assert best == CELLAR.id


def test_nothing_fits_words_that_stand_nowhere() -> None:
    assert found_rows(TREE, "zzzz") == ([], None)


def test_rows_say_key_name_depth_and_what_took_the_place_of_a_retired_code() -> None:
    lines = [row.words for row in written(tree_rows(TREE, {KITCHEN.id}), Marks(), BOOK)]
    assert lines[0] == "▾ 1 Inside"
    assert lines[1] == "  ▾ h    House"
    assert lines[2] == "    ▸ k    Kitchen"
    assert lines[3] == "      a    Attic"
    assert lines[-1] == "    c    Cellar → k"


def test_rows_say_counts_gaps_and_proposals() -> None:
    marks = Marks({HOUSE.id: Count(2, 9, 3), ATTIC.id: Count(4, 4, 1)}, {HOUSE.id}, {ATTIC.id: 2})
    by_name = {row.words.split()[-1]: row for row in written(tree_rows(TREE, set()), marks, BOOK)}
    assert by_name["House"].right.split() == ["?", "2", "9"]
    assert by_name["Attic"].right.split() == ["+2", "4", "·"]
    assert by_name["Garden"].right.split() == []
    assert len({len(row.right) for row in by_name.values() if row.right}) == 1


def test_a_code_to_be_seen_is_no_longer_folded_away() -> None:
    folded: set[Anchor] = {HOUSE.id, KITCHEN.id, GARDEN.id, 1}
    assert opened_to(TREE, folded, KETTLE) == {GARDEN.id}
    assert opened_to(TREE, {RETIRED, 2}, CELLAR) == {2}


def test_one_stays_on_what_one_stood_on() -> None:
    rows = tree_rows(TREE, {KITCHEN.id})
    assert place_of(rows, ATTIC.id, 0) == 3
    assert place_of(rows, KETTLE.id, 7) == 7
    assert place_of(rows, None, 5) == 5


def test_codes_beside_each_other_have_the_same_parent() -> None:
    assert [code.name for code in siblings(TREE, ATTIC)] == ["Kitchen", "Attic"]
    assert siblings(TREE, HOUSE) == [HOUSE]
    assert HOUSE not in without(BOOK, HOUSE).codes


@pytest.mark.parametrize("name", ["Kitchen", "台所の中の台所", "a\x1b[2Jb", "👩‍👩‍👧 home"])
@pytest.mark.parametrize("width", [1, 7, 12, 40])
def test_a_row_fills_just_its_cells(name: str, width: int) -> None:
    line = in_cells(ListRow(name, " 12"), width)
    assert cell_len(line) == width
    assert "\x1b" not in line


def test_words_are_cut_before_counts_are() -> None:
    assert in_cells(ListRow("a long name", "12"), 8) == "a lo… 12"
