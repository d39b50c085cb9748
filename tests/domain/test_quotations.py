import re

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.ids import new_id
from qualcode.domain.quotations import is_quotation_id, pieced, quotation_id

FERRY = new_id()


def test_a_quotation_keeps_its_id() -> None:
    first = quotation_id(FERRY, 4, "the gate stays shut")
    assert quotation_id(FERRY, 4, "the gate stays shut") == first


def test_source_turn_and_words_make_the_id() -> None:
    ids = {
        quotation_id(FERRY, 4, "the gate"),
        quotation_id(FERRY, 5, "the gate"),
        quotation_id(FERRY, 4, "the gates"),
        quotation_id(new_id(), 4, "the gate"),
    }
    assert len(ids) == 4


@given(st.integers(0, 10_000), st.text(st.characters(exclude_categories=["Cs"])))
def test_an_id_can_be_read_aloud(turn: int, words: str) -> None:
    assert re.fullmatch("Q[0-9A-HJKMNP-TV-Z]{7}", quotation_id(FERRY, turn, words))


def test_what_is_left_out_between_pieces_is_marked() -> None:
    assert pieced(["the gate"]) == "the gate"
    assert pieced(["the gate", "stays shut"]) == "the gate [...] stays shut"


def test_an_id_is_told_from_words() -> None:
    assert is_quotation_id(quotation_id(FERRY, 4, "the gate"))
    for words in ("", "Q", "QABCDEF", "QABCDEF01", "QABCDEFI", "qabcdef0", "Question", "RABCDEF0"):
        assert not is_quotation_id(words)


def test_twenty_thousand_quotations_have_as_many_ids() -> None:
    count = 20_000
    assert len({quotation_id(FERRY, turn, "yes") for turn in range(count)}) == count
