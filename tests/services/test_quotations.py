"""Memos that are printed with a quotation."""

from collections.abc import Iterator

import pytest

from qualcode.services import coding, memos, projects
from qualcode.services.quotations import quotations
from tests.conftest import Qualcode
from tests.services.conftest import Choir


@pytest.fixture
def begun(study: Qualcode) -> Iterator[Choir]:
    """Open the choir study with a text of one turn, whose words begin with the text itself."""
    file = study.folder / "LEN.txt"
    file.write_text("I was there first, at the door.\n")
    study.done("import", file)
    project = projects.open_at(study.at)
    yield Choir(project)
    project.close()


def printed(choir: Choir, label: str) -> list[list[str]]:
    """Give the memos under each quotation of a code in a's layer."""
    who = choir.coder("a")
    _, found = quotations(choir.project, label, layer_name="a", by=who, round_name="r1")
    return [[remark.body for remark in each.remarks] for each in found]


def test_a_quotation_brings_the_memos_on_its_words_and_no_others(begun: Choir) -> None:
    seat, turn = begun.seat("a"), begun.spot("LEN:1")
    (made,) = begun.apply(seat, turn, "CH1A")
    assert turn.range.start == 0
    for body, on in (
        ("on words", begun.spot("LEN:1", "the door")),
        ("on the coding", made),
        ("on the source", turn.source),
        ("on the code", begun.code("CH1A")),
        ("on all", None),
    ):
        memos.write(begun.project, body, seat=seat, on=on)
    (bodies,) = printed(begun, "CH1A")
    assert sorted(bodies) == ["on the coding", "on words"]


def test_a_memo_is_printed_with_its_coding_wherever_that_stands(begun: Choir) -> None:
    seat = begun.seat("a")
    (made,) = begun.apply(seat, begun.spot("ANNA:4"), "CH1A")
    memos.write(begun.project, "Fear.", seat=seat, on=made)
    coding.adjust(begun.project, made, begun.spot("ANNA:6"), seat=seat)
    assert printed(begun, "CH1A") == [["Fear."]]
