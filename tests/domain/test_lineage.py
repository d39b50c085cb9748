"""How codings read once their codes were merged, split or retired."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from qualcode.domain.codebook import Codebook
from qualcode.domain.codings import Coding, Desk, Memo
from qualcode.domain.ids import new_id
from qualcode.domain.lineage import desk_in_force, ids_of, in_force, twins_of
from qualcode.domain.restructuring import merge, retire, split
from qualcode.domain.text import Range
from tests.domain.planting import new_code, planted

BOOK = planted(
    """
    1 Waiting
      A
      B
      C
      D
    """
)
AB = merge(BOOK, [BOOK.code("A")], BOOK.code("B"))
ABC = merge(AB, [AB.code("B")], AB.code("C"))
APART = split(BOOK, BOOK.code("A"), [new_code("X"), new_code("Y")])
LAYER, SOURCE, REVISION = new_id(), new_id(), new_id()


def coding(label: str, *ends: int, layer: UUID = LAYER, version: int = 1) -> Coding:
    """Draft a coding on the words from 0 to each end, in one range each."""
    code = BOOK.code(label).id
    ranges = tuple(Range(end - 5, end) for end in ends or (5,))
    return Coding(new_id(), layer, SOURCE, REVISION, code, version, ranges, b"")


def read(codebook: Codebook, *codings: Coding) -> list[tuple[str, UUID]]:
    known = {code.id: code.label for code in (*codebook.codes, *codebook.retired)}
    return [(known[each.code], each.id) for each in in_force(codebook, codings)]


def test_nothing_is_read_otherwise_while_no_code_is_retired() -> None:
    codings = [coding("A"), coding("B")]
    assert in_force(BOOK, codings) == codings


def test_a_coding_reads_as_one_of_the_code_its_own_went_into() -> None:
    one = coding("A")
    (after,) = in_force(AB, [one])
    assert after == replace(one, code=BOOK.code("B").id, first_code=BOOK.code("A").id)
    assert after.made_under == one.code
    assert in_force(ABC, [one])[0].code == BOOK.code("C").id


def test_reading_again_under_another_version_begins_with_the_first_code() -> None:
    one = coding("A")
    there = in_force(ABC, [one])
    assert in_force(AB, there) == in_force(AB, [one])
    back = retire(BOOK, BOOK.code("D"))
    assert in_force(back, there) == [one]


def test_a_passage_counts_once_under_the_merged_code_the_earlier_coding_is_given() -> None:
    first, second, third = coding("B"), coding("A"), coding("C")
    assert read(AB, second, first, third) == [("B", first.id), ("C", third.id)]
    assert read(ABC, third, second, first) == [("C", first.id)]


def test_other_words_another_coder_and_another_piece_count_apart() -> None:
    codings = [coding("A", 5), coding("B", 6), coding("B", 5, 20), coding("B", layer=new_id())]
    assert len(in_force(AB, codings)) == 4


def test_codings_of_a_split_or_retired_code_stay_under_it() -> None:
    one = coding("A")
    for book in (APART, retire(BOOK, BOOK.code("A"))):
        assert in_force(book, [one]) == [one]
    merged_first = split(AB, AB.code("B"), [new_code("X"), new_code("Y")])
    assert read(merged_first, one) == [("B", one.id)]


def test_a_code_the_codebook_never_held_is_left_as_it_is() -> None:
    stray = replace(coding("A"), code=new_id())
    assert in_force(AB, [stray]) == [stray]


def memo(on: UUID | None) -> Memo:
    now = datetime.now(UTC)
    return Memo(new_id(), new_id(), LAYER, SOURCE, REVISION, Range(0, 5), on, "?", now)


def test_memos_of_both_codings_hang_on_the_one_that_is_shown() -> None:
    shown, hidden = coding("B"), coding("A")
    grown = replace(coding("A", 30), first=new_id())
    memos = tuple(memo(on) for on in (shown.root, hidden.root, grown.root, None, new_id()))
    desk = desk_in_force(AB, Desk((shown, hidden, grown), memos=memos))
    assert [each.id for each in desk.codings] == [shown.id, grown.id]
    assert [each.coding for each in desk.memos] == [
        shown.root,
        shown.root,
        grown.root,
        None,
        memos[-1].coding,
    ]


def test_a_desk_without_twins_keeps_its_memos_as_they_are() -> None:
    one = coding("A")
    desk = desk_in_force(AB, Desk((one,), memos=(memo(one.root),)))
    assert desk.codings[0].code == BOOK.code("B").id
    assert desk.memos[0].coding == one.root
    untouched = Desk((one,))
    assert desk_in_force(BOOK, untouched) is untouched


def test_twins_are_the_codings_that_read_as_one() -> None:
    first, second, third, elsewhere = coding("B"), coding("A"), coding("C"), coding("A", 30)
    everything = [first, second, third, elsewhere]
    assert twins_of(AB, [first], everything) == [first, second]
    assert twins_of(AB, in_force(AB, [second]), everything) == [first, second]
    assert twins_of(BOOK, [first], everything) == [first]


def test_a_code_gathers_the_ids_of_all_that_went_into_it_its_own_first() -> None:
    a, b, c = (BOOK.code(label) for label in "ABC")
    assert ids_of(ABC, c)[0] == c.id
    assert set(ids_of(ABC, c)) == {a.id, b.id, c.id}
    assert ids_of(ABC, BOOK.code("D")) == [BOOK.code("D").id]
    parted = split(AB, AB.code("B"), [new_code("X"), new_code("Y")])
    assert ids_of(parted, parted.code("X")) == [new_code("X").id]
    assert set(ids_of(parted, parted.any_code("B"))) == {a.id, b.id}
