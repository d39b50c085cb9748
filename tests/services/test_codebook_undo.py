"""What can be taken back in the codebook, by whom and until when."""

from collections.abc import Callable

import pytest

from qualcode.domain.codebook import Codebook
from qualcode.domain.errors import ChangedMeanwhileError, RefusedError
from qualcode.domain.people import Role
from qualcode.domain.restructuring import Place
from qualcode.services import codebook_changes, codebook_undo, coding, memos, people, rounds
from qualcode.services.codebook_changes import Draft
from tests.services.conftest import Choir
from tests.services.leading import Lead


@pytest.fixture
def lead(at_desk: Choir) -> Lead:
    """Lead the choir study, begun and not yet coded."""
    return Lead(at_desk)


def add_tea(lead: Lead) -> None:
    codebook_changes.add(lead.choir.project, Draft("Tea"), Place(part=2), by=lead.by)


def same(one: Codebook, other: Codebook) -> bool:
    """Do two versions read the same?"""
    return (one.parts, one.codes, one.retired) == (other.parts, other.codes, other.retired)


def test_every_change_can_be_taken_back_and_brought_back(lead: Lead) -> None:
    books = [lead.book]
    steps: list[Callable[[], object]] = [
        lambda: lead.merge("CH1A", into="CH1B"),
        lambda: lead.split("CH1B", "One", "Two"),
        lambda: lead.retire("Low notes"),
        lambda: lead.rename("CH2A", label="CH2Z"),
        lambda: lead.reword("CH2Z", description="New."),
        lambda: codebook_changes.add_part(lead.choir.project, "After", by=lead.by),
    ]
    for change in steps:
        change()
        books.append(lead.book)
    for book in reversed(books[:-1]):
        assert same(lead.undo().codebook, book)
    for book in books[1:]:
        assert same(lead.redo().codebook, book)
    for book in reversed(books[:-1]):
        lead.undo()
        assert same(lead.book, book)
    assert lead.choir.is_sound()


def test_taking_back_is_a_version_of_its_own(lead: Lead) -> None:
    lead.merge("CH1A", into="CH1B")
    undone = lead.undo()
    assert undone.codebook.version == 3
    assert next(change.sentence for change in undone.changes) == "CH1A Ways in is in use again."
    with lead.choir.project.reading() as view:
        last = view.codebooks.versions()[-1]
    assert (last.undoes, last.redoes, last.reason) == (2, None, "The same.")


def test_the_first_version_cannot_be_taken_back(lead: Lead) -> None:
    assert codebook_undo.undoable(lead.choir.project, by=lead.by) == (None, None)
    with pytest.raises(RefusedError, match="nothing in the codebook to undo"):
        lead.undo()
    with pytest.raises(RefusedError, match="nothing in the codebook to redo"):
        lead.redo()


def test_what_can_be_taken_back_is_told(lead: Lead) -> None:
    lead.retire("Low notes")
    lead.merge("CH1A", into="CH1B")
    lead.undo()
    back, again = codebook_undo.undoable(lead.choir.project, by=lead.by)
    assert back is not None
    assert again is not None
    assert (back.number, again.number) == (2, 3)
    assert codebook_undo.undoable(lead.choir.project, by=lead.choir.coder("a")) == (None, None)


def test_a_new_change_closes_the_way_back(lead: Lead) -> None:
    lead.retire("Low notes")
    lead.undo()
    lead.rename("CH1A", name="x")
    with pytest.raises(RefusedError):
        lead.redo()


def test_nobody_takes_back_what_another_changed(lead: Lead) -> None:
    people.add(lead.choir.project, "ada", role=Role.LEAD, by=lead.by)
    ada = Lead(lead.choir, "ada")
    lead.retire("Low notes")
    with pytest.raises(RefusedError, match="version 2, is lead's"):
        ada.undo()
    assert codebook_undo.undoable(lead.choir.project, by=ada.by) == (None, None)
    with pytest.raises(RefusedError, match="Only the lead"):
        Lead(lead.choir, "a").undo()
    lead.undo()
    with pytest.raises(RefusedError, match="is lead's"):
        ada.redo()


def test_a_change_stands_for_good_once_a_round_is_closed_after_it(lead: Lead) -> None:
    lead.retire("Low notes")
    lead.undo()
    lead.merge("CH1A", into="CH1B")
    lead.choir.turn_to("closed")
    with pytest.raises(RefusedError, match="A round was closed since version 4"):
        lead.undo()
    assert codebook_undo.undoable(lead.choir.project, by=lead.by) == (None, None)
    lead.rename("CH2A", name="x")
    lead.undo()
    with pytest.raises(RefusedError, match="A round was closed"):
        lead.undo()


def test_a_change_after_a_round_was_closed_can_be_taken_back(lead: Lead) -> None:
    lead.choir.turn_to("closed")
    lead.merge("CH1A", into="CH1B")
    lead.undo()
    assert lead.book.holds("CH1A")


def test_an_added_code_nobody_used_is_gone_as_if_it_never_was(lead: Lead) -> None:
    add_tea(lead)
    lead.undo()
    assert lead.book.retired == ()
    add_tea(lead)
    assert lead.code("CH2B").name == "Tea"


@pytest.mark.parametrize("use", ["coding", "coding taken off", "memo"])
def test_an_added_code_that_was_used_is_retired_instead(lead: Lead, use: str) -> None:
    choir = lead.choir
    add_tea(lead)
    seat = choir.seat("a", "free")
    if use == "memo":
        memos.write(choir.project, "Strong.", seat=seat, on=lead.code("CH2B"))
    else:
        coding.apply(choir.project, choir.spot("ANNA:2"), [lead.code("CH2B")], seat=seat)
    if use == "coding taken off":
        coding.take_off(choir.project, choir.exactly_on(seat, choir.spot("ANNA:2")), seat=seat)
    undone = lead.undo()
    assert [change.sentence for change in undone.changes] == ["CH2B Tea is retired."]
    assert [code.label for code in lead.book.retired] == ["CH2B"]
    lead.redo()
    assert lead.book.holds("CH2B")
    assert lead.book.retired == ()
    assert choir.is_sound()


def test_an_added_code_that_a_round_goes_by_is_retired_instead(lead: Lead) -> None:
    add_tea(lead)
    rounds.take_up(lead.choir.project, "r1", by=lead.by)
    lead.undo()
    assert [code.label for code in lead.book.retired] == ["CH2B"]


def test_codings_of_codes_from_a_split_read_as_the_old_code_once_it_is_taken_back(
    lead: Lead,
) -> None:
    choir = lead.choir
    lead.split("CH1A", "One", "Two")
    seat, spot = choir.seat("a", "free"), choir.spot("ANNA:2")
    coding.apply(choir.project, spot, [lead.code("CH1C")], seat=seat)
    lead.undo()
    (read,) = choir.exactly_on(choir.seat("a", "free"), spot)
    assert read.code == lead.code("CH1A").id
    assert [code.name for code in lead.book.retired] == ["One"]
    lead.redo()
    (again,) = choir.exactly_on(choir.seat("a", "free"), spot)
    assert again.code == lead.code("CH1C").id


def test_a_used_code_in_a_part_that_is_taken_back_stays_readable(lead: Lead) -> None:
    choir, project = lead.choir, lead.choir.project
    codebook_changes.add_part(project, "After", by=lead.by)
    codebook_changes.add(project, Draft("Tea", label="T", key="t"), Place(part=3), by=lead.by)
    coding.apply(project, choir.spot("ANNA:2"), [lead.code("T")], seat=choir.seat("a", "free"))
    lead.undo()
    lead.undo()
    assert [part.number for part in lead.book.parts] == [1, 2]
    assert lead.book.part_of(lead.code("T")).number == 3
    assert choir.is_sound()


def test_somebody_who_still_sees_a_code_that_is_gone_cannot_apply_it(lead: Lead) -> None:
    choir = lead.choir
    add_tea(lead)
    seat, code = choir.seat("a", "free"), lead.code("CH2B")
    lead.undo()
    with pytest.raises(RefusedError, match="is there no more"):
        coding.apply(choir.project, choir.spot("ANNA:2"), [code], seat=seat)
    assert choir.is_sound()


def test_only_the_change_its_reader_saw_is_taken_back_or_brought_back(lead: Lead) -> None:
    project, by = lead.choir.project, lead.by
    with pytest.raises(ChangedMeanwhileError, match=r"by lead \(codebook version 1\)"):
        codebook_undo.undo(project, by=by, seen=2)
    lead.retire("Low notes")
    lead.rename("CH1A", name="x")
    with pytest.raises(ChangedMeanwhileError) as refused:
        codebook_undo.undo(project, by=by, seen=2)
    assert refused.value.sentence == (
        "The codebook was changed meanwhile by lead (codebook version 3)."
    )
    assert lead.versions() == 3
    assert codebook_undo.undo(project, by=by, seen=3).codebook.version == 4
    with pytest.raises(ChangedMeanwhileError, match="codebook version 4"):
        codebook_undo.redo(project, by=by, seen=2)
    assert codebook_undo.redo(project, by=by, seen=3).codebook.version == 5
    with pytest.raises(ChangedMeanwhileError, match="codebook version 5"):
        codebook_undo.redo(project, by=by, seen=3)
