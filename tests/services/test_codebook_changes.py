"""What the lead does with the codebook, and what becomes of codings."""

import pytest

from qualcode.domain.codebook import Code
from qualcode.domain.errors import ChangedMeanwhileError, RefusedError, RetiredCodeError
from qualcode.services import codebook_changes, codebook_undo, codebooks, coding, rounds
from qualcode.services.codebook_changes import Draft
from tests.services.conftest import Choir


def current(choir: Choir, label: str) -> Code:
    return codebooks.codebook(choir.project).any_code(label)


def merged(choir: Choir, *absorbed: str, into: str) -> None:
    codes = [current(choir, label) for label in absorbed]
    codebook_changes.merge(
        choir.project, codes, into=current(choir, into), by=choir.coder("ada"), reason="the same"
    )


def test_a_merged_code_counts_once_a_passage(choir: Choir) -> None:
    labels = [code.label for code in codebooks.codebook(choir.project).codes]
    print(labels)
    seat = choir.seat("a", "free")
    spot = choir.spot("ANNA:2")
    choir.apply(seat, spot, labels[0], labels[1])
    merged(choir, labels[0], into=labels[1])
    seat = choir.seat("a", "free")
    assert [each.code for each in choir.exactly_on(seat, spot)] == [current(choir, labels[1]).id]
    assert coding.counts(choir.project, seat=seat) == {current(choir, labels[1]): 1}
    with pytest.raises(RetiredCodeError):
        seat.codebook.code(labels[0])
    codebook_undo.undo(choir.project, by=choir.coder("ada"))
    seat = choir.seat("a", "free")
    assert len(choir.exactly_on(seat, spot)) == 2
    codebook_undo.redo(choir.project, by=choir.coder("ada"))
    seat = choir.seat("a", "free")
    assert len(choir.exactly_on(seat, spot)) == 1
    assert coding.take_off(choir.project, choir.exactly_on(seat, spot), seat=seat)
    assert choir.exactly_on(seat, spot) == []
