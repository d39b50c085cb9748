"""Making codes while coding: for the lead, in the free round."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qualcode.domain.codebook import Origin
from qualcode.domain.errors import AlreadyThereError, RefusedError
from qualcode.domain.ids import new_id
from qualcode.services import codebook_undo, codebooks, growing, projects, strokes
from tests.conftest import CHOIR, Qualcode
from tests.services.conftest import Choir


@pytest.fixture
def bare(qualcode: Qualcode) -> Iterator[Choir]:
    """Give a study that begins without a codebook."""
    qualcode.done("init", "--name", "Growing", "--lead", "lead")
    qualcode.done("import", CHOIR / "ANNA.txt")
    qualcode.done("coder", "add", "a")
    project = projects.open_at(qualcode.at)
    yield Choir(project)
    project.close()


def test_a_codebook_grows_from_nothing_while_coding(bare: Choir) -> None:
    seat, spot = bare.seat("lead", "free"), bare.spot("ANNA:2")
    assert growing.may_create(seat)
    first = growing.create(bare.project, spot, " Warm\n rooms ", seat=seat)
    assert (first.code.name, first.part, first.version) == ("Warm rooms", "Codes", 1)
    assert first.code.origin is Origin.INDUCTIVE
    second = growing.create(bare.project, bare.spot("ANNA:4"), "Tea", seat=seat)
    book = codebooks.codebook(bare.project)
    assert [code.name for code in book.codes] == ["Warm rooms", "Tea"]
    assert len(book.parts) == 1
    (coding,) = bare.exactly_on(bare.seat("lead", "free"), bare.spot("ANNA:4"))
    assert (coding.code, coding.codebook_version) == (second.code.id, 2)
    assert bare.is_sound()


def test_a_new_code_is_said_with_its_key_and_stands_at_the_end_of_the_first_part(
    at_desk: Choir,
) -> None:
    seat = at_desk.seat("lead", "free")
    said = strokes.create(at_desk.project, seat, at_desk.spot("ANNA:6", "low notes"), "Basses")
    assert said == (
        "+ CH1C Basses on 2 words: a new code, 1c, in part “Coming and staying” (codebook 2). "
        "u takes the coding off; the code stays: codebook undo."
    )
    labels = [code.label for code in codebooks.codebook(at_desk.project).codes]
    assert labels == ["CH1A", "CH1B", "CH1C", "CH2A", "Low notes"]


def test_undo_takes_the_coding_off_and_leaves_the_code_as_was_said(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("lead", "free"), at_desk.spot("ANNA:6")
    strokes.create(at_desk.project, seat, spot, "Basses")
    assert strokes.undo(at_desk.project, seat) == "Undone: coded ANNA turn 6: CH1C Basses"
    assert at_desk.exactly_on(at_desk.seat("lead", "free"), spot) == []
    assert codebooks.codebook(at_desk.project).code("1c").name == "Basses"


def test_undoing_the_code_keeps_what_was_coded_with_it(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("lead", "free"), at_desk.spot("ANNA:6")
    grown = growing.create(at_desk.project, spot, "Basses", seat=seat)
    codebook_undo.undo(at_desk.project, by=seat.coder)
    book = codebooks.codebook(at_desk.project)
    entry = book.entry(grown.code.id)
    assert entry is not None
    assert not entry.in_use
    (coding,) = at_desk.exactly_on(at_desk.seat("lead", "free"), spot)
    assert coding.code == grown.code.id


def test_others_propose_and_rounds_keep_their_codebook(at_desk: Choir) -> None:
    spot = at_desk.spot("ANNA:6")
    before = at_desk.entries()
    for seat in (at_desk.seat("a"), at_desk.seat("a", "free")):
        assert not growing.may_create(seat)
        with pytest.raises(RefusedError, match="Only the lead makes codes"):
            growing.create(at_desk.project, spot, "Basses", seat=seat)
    seat = at_desk.seat("lead", "r1")
    assert not growing.may_create(seat)
    with pytest.raises(RefusedError, match="r1 keeps its version"):
        growing.create(at_desk.project, spot, "Basses", seat=seat)
    assert at_desk.entries() == before


def test_a_name_that_is_there_or_a_place_that_is_not_data_makes_no_code(at_desk: Choir) -> None:
    seat = at_desk.seat("lead", "free")
    before = at_desk.entries()
    with pytest.raises(AlreadyThereError, match="CH2A Place and time"):
        growing.create(at_desk.project, at_desk.spot("ANNA:6"), "Place and time", seat=seat)
    with pytest.raises(RefusedError, match="needs a name"):
        growing.create(at_desk.project, at_desk.spot("ANNA:6"), " ", seat=seat)
    with pytest.raises(RefusedError, match="not a participant"):
        growing.create(at_desk.project, at_desk.spot("ANNA:1"), "Basses", seat=seat)
    assert at_desk.entries() == before


def test_where_the_text_was_corrected_no_code_is_made(at_desk: Choir) -> None:
    seat, spot = at_desk.seat("lead", "free"), at_desk.spot("ANNA:6")
    old = replace(spot, revision=replace(spot.revision, id=new_id()))
    before, book = at_desk.entries(), codebooks.codebook(at_desk.project)
    with pytest.raises(RefusedError, match="ANNA was corrected meanwhile"):
        growing.create(at_desk.project, old, "Basses", seat=seat)
    assert (at_desk.entries(), codebooks.codebook(at_desk.project)) == (before, book)


def test_a_code_whose_coding_is_refused_between_the_two_steps_is_taken_back(
    at_desk: Choir, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, spot = at_desk.seat("lead", "free"), at_desk.spot("ANNA:6")
    book, elsewhere = codebooks.codebook(at_desk.project), at_desk.seat("lead", "r1")
    monkeypatch.setattr(growing, "take_seat", lambda *_args: elsewhere)
    with pytest.raises(RefusedError, match="does not code in round r1"):
        growing.create(at_desk.project, spot, "Basses", seat=seat)
    now = codebooks.codebook(at_desk.project)
    assert replace(now, version=book.version) == book
    assert at_desk.is_sound()
