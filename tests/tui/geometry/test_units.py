import unicodedata
from collections.abc import Callable
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codebook import Code
from qualcode.domain.codings import Coding, Desk, ReadMark
from qualcode.domain.sources import Turn, TurnRole
from qualcode.domain.text import Range
from qualcode.tui.geometry.units import (
    Selection,
    Size,
    Units,
    dealt_with,
    next_uncoded,
    previous_uncoded,
    words,
)
from qualcode.tui.geometry.wrapping import signs

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]
Steps = list[str]


@pytest.fixture
def units(talk: Talks) -> Units:
    """Two participants with an interviewer between them, their sentences found."""
    text, turns = talk("""
        INT: How did it begin?
        Ana: We ran a garden. Nobody asked. It grew…
        INT: And then?
        Bo: Yes, mostly. Then rain came.
    """)
    return Units(text, turns, sentences_of(text, turns))


def sentences_of(text: str, turns: tuple[Turn, ...]) -> list[Range]:
    """End a sentence at each full stop, question mark and ellipsis."""
    found = []
    for turn in turns:
        start = turn.start
        for at in range(turn.start, turn.end):
            if text[at] in ".?…":
                found.append(Range(start, at + 1))
                start = at + 1
    return found


def begin(units: Units, number: int = 2) -> Selection:
    turn = units.turn(number)
    assert turn is not None
    return units.whole(turn)


def walk(units: Units, steps: str, number: int = 2) -> str:
    """Press the coder's keys from a whole turn on, and read what is selected."""
    return walked(units, steps, begin(units, number)).range.of(units.text)


def walked(units: Units, steps: str, selection: Selection) -> Selection:
    """Press the coder's keys."""
    for step in steps:
        match step:
            case "l":
                selection = units.next(selection)
            case "h":
                selection = units.previous(selection)
            case "L":
                selection = units.pushed(selection)
            case "H":
                selection = units.pulled(selection)
            case "o":
                selection = selection.turned_round()
            case "t":
                selection = units.resized(selection, Size.TURN)
            case "s":
                selection = units.resized(selection, Size.SENTENCE)
            case "w":
                selection = units.resized(selection, Size.WORD)
    return selection


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("", "We ran a garden. Nobody asked. It grew…"),
        ("s", "We ran a garden."),
        ("sl", "Nobody asked."),
        ("slh", "We ran a garden."),
        ("sL", "We ran a garden. Nobody asked."),
        ("sLLL", "We ran a garden. Nobody asked. It grew…"),
        ("sLH", "We ran a garden."),
        ("slLoL", "It grew…"),
        ("slLoH", "We ran a garden. Nobody asked. It grew…"),
        ("slH", "We ran a garden. Nobody asked."),
        ("w", "We"),
        ("wLL", "We ran a"),
        ("swH", "We ran a"),
        ("slHwL", "ran a garden. Nobody asked"),
        ("slwoH", "garden. Nobody asked"),
        ("wllls", "We ran a garden."),
        ("slt", "We ran a garden. Nobody asked. It grew…"),
        ("sll", "It grew…"),
        ("slll", "Yes, mostly."),
        ("slllh", "It grew…"),
        ("l", "Yes, mostly. Then rain came."),
        ("lh", "We ran a garden. Nobody asked. It grew…"),
        ("ll", "Yes, mostly. Then rain came."),
        ("sh", "We ran a garden."),
        ("L", "We ran a garden. Nobody asked. It grew…"),
    ],
)
def test_keys_select(units: Units, keys: str, selected: str) -> None:
    assert walk(units, keys) == selected


@given(st.text("lhLHotsw", max_size=25))
def test_a_selection_stays_inside_its_turn(keys: str) -> None:
    text = "Ana: One two. Three four five.\nINT: And?\nBo: Six.\n"
    turns = (
        Turn(1, "Ana", TurnRole.PARTICIPANT, 5, 30),
        Turn(2, "INT", TurnRole.INTERVIEWER, 36, 40),
        Turn(3, "Bo", TurnRole.PARTICIPANT, 45, 49),
    )
    units = Units(text, turns, sentences_of(text, turns))
    selection = walked(units, keys, begin(units, 1))
    turn = units.turn(selection.turn)
    assert turn is not None
    assert turn.codable
    assert turn.range.holds(selection.range)
    assert selection.range.length


@given(st.integers(0, 12), st.integers(0, 12), st.sampled_from("sw"))
def test_pushing_then_pulling_the_edge_changes_nothing(at: int, pushes: int, size: str) -> None:
    text = "Ana: One two three. Four five six. Seven eight nine. Ten."
    units = Units(text, (Turn(1, "Ana", TurnRole.PARTICIPANT, 5, len(text)),), [])
    units = Units(text, units.turns, sentences_of(text, units.turns))
    before = walked(units, size + "l" * at, begin(units, 1))
    after = before
    moved = 0
    for _ in range(pushes):
        moved += units.pushed(after) != after
        after = units.pushed(after)
    for _ in range(moved):
        after = units.pulled(after)
    assert after == before


def test_a_turn_without_sentences_is_its_own(units: Units) -> None:
    assert walk(Units(units.text, units.turns), "s") == walk(units, "")


def test_a_sentence_that_runs_over_two_turns_is_cut_at_their_edges(units: Units) -> None:
    over = Units(units.text, units.turns, [Range(0, len(units.text))])
    assert walk(over, "s") == walk(units, "")


def test_words_come_without_their_punctuation() -> None:
    text = "“Well,” she said — it’s well-known … (and/or) [laughter]!"
    assert [word.of(text) for word in words(text, Range(0, len(text)))] == [
        "Well",
        "she",
        "said",
        "it’s",
        "well-known",
        "and",
        "or",
        "laughter",
    ]


def test_signs_of_scripts_without_blanks_are_words() -> None:
    text = "庭は the garden"
    assert [word.of(text) for word in words(text, Range(0, len(text)))] == [
        "庭",
        "は",
        "the",
        "garden",
    ]


@given(
    st.lists(
        st.sampled_from(["a", " ", ".", "e\u0301", "👩‍👩‍👧", "か\u3099", "—", "\u0301", "\u200d"])
    ).map("".join)
)
def test_words_are_whole_signs_in_order(text: str) -> None:
    found = words(text, Range(0, len(text)))
    edges = {0, len(text)} | {sign.start for sign in signs(text, Range(0, len(text)))}
    assert all(word.start in edges and word.end in edges for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    letters = {at for at, sign in enumerate(text) if unicodedata.category(sign)[0] in "LS"}
    assert letters <= {at for word in found for at in range(*word)}


def test_moves_lead_to_every_turn_where_none_is_a_participants(talk: Talks) -> None:
    text, turns = talk("""
        INT: One.
        ADD: Two.
    """)
    assert walk(Units(text, turns), "l", 1) == "Two."


def test_a_turn_is_found_by_a_position_in_its_words(units: Units) -> None:
    garden = units.turn_at(units.text.index("garden"))
    assert garden is units.turns[1]
    assert units.turn_at(units.text.index("Bo")) is None
    assert units.turn_at(0) is None


def test_a_stretch_is_selected_as_far_as_the_turn_reaches(units: Units) -> None:
    turn = units.turns[1]
    start = units.text.index("grew")
    part = units.part(turn, Range(start, turn.end + 10))
    assert part.range.of(units.text) == "grew…"
    assert units.part(turn, Range(0, len(units.text))) == units.whole(turn)


def test_the_next_uncoded_turn_is_a_participants_and_comes_round(units: Units) -> None:
    def number(done: set[int], after: int) -> int | None:
        turn = next_uncoded(units.turns, done, after=after)
        return turn.number if turn else None

    assert number(set(), 0) == 2
    assert number(set(), 2) == 4
    assert number(set(), 4) == 2
    assert number({4}, 2) == 2
    assert number({2, 4}, 0) is None


def test_the_previous_uncoded_turn_is_found_upwards(units: Units) -> None:
    def number(done: set[int], before: int) -> int | None:
        turn = previous_uncoded(units.turns, done, before=before)
        return turn.number if turn else None

    assert number(set(), 4) == 2
    assert number(set(), 2) == 4
    assert number({2, 4}, 4) is None


def test_a_turn_is_dealt_with_by_a_coding_or_a_read_mark(
    units: Units, coded: Callable[..., Coding], codes: dict[str, Code]
) -> None:
    nobody = UUID(int=0)
    read = ReadMark(nobody, nobody, nobody, nobody, units.turns[3].range)
    garden = Range(units.turns[1].start + 3, units.turns[1].start + 6)
    desk = Desk((coded(1, codes["1a"], garden),), (read,))
    assert dealt_with(units.turns, desk) == {2, 4}
    assert dealt_with(units.turns, Desk()) == frozenset()
