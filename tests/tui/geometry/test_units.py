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
from qualcode.tui.geometry.signs import signs
from qualcode.tui.geometry.units import (
    Selection,
    Size,
    Units,
    dealt_with,
    next_uncoded,
    previous_uncoded,
)

Talks = Callable[[str], tuple[str, tuple[Turn, ...]]]
Steps = list[str]
SIZES = {"t": Size.TURN, "s": Size.SENTENCE, "w": Size.WORD, "a": Size.CHARACTER}


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
            case size:
                selection = units.resized(selection, SIZES[size])
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
        ("a", "W"),
        ("al", "e"),
        ("all", " "),
        ("aLLL", "We r"),
        ("aLLLH", "We "),
        ("ah", "W"),
        ("sla", "Nobody asked."),
        ("slaH", "Nobody asked"),
        ("slaoL", "obody asked."),
        ("slaHw", "Nobody asked"),
        ("slaHHa", "Nobody aske"),
        ("aLLLw", "We ran"),
    ],
)
def test_keys_select(units: Units, keys: str, selected: str) -> None:
    assert walk(units, keys) == selected


@given(st.text("lhLHotswa", max_size=25))
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


@given(st.integers(0, 12), st.integers(0, 12), st.sampled_from("swa"))
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


@pytest.mark.parametrize(
    "words",
    [
        "Είμαι καλά· εσύ; e\u0301",
        "عمري 42 سَنة، وأنت؟",
        "בשנת 1998 שָׁלוֹם.",
        "👩‍👩‍👧🇬🇷🇨🇾 ok",
        "か\u3099庭 \u0301",
    ],
)
@pytest.mark.parametrize("size", [Size.CHARACTER, Size.WORD])
def test_steps_take_whole_signs_in_the_order_they_are_read(words: str, size: Size) -> None:
    text = f"Ana: {words}\nBo: Yes."
    end = 5 + len(words)
    turns = (
        Turn(1, "Ana", TurnRole.PARTICIPANT, 5, end),
        Turn(2, "Bo", TurnRole.PARTICIPANT, end + 5, end + 9),
    )
    units = Units(text, turns)
    selection, taken = units.resized(begin(units, 1), size), list[Range]()
    while selection.turn == 1:
        taken.append(selection.range)
        selection = units.next(selection)
    edges = {edge for sign in signs(text, Range(5, end)) for edge in (sign.start, sign.end)}
    assert all({stretch.start, stretch.end} <= edges for stretch in taken)
    assert all(one.end <= other.start for one, other in pairwise(taken))
    assert size is Size.WORD or "".join(one.of(text) for one in taken) == words
    back = list[Range]()
    while (selection := units.previous(selection)).range not in back:
        back.append(selection.range)
    assert back[::-1] == taken


def test_a_line_of_many_signs_is_stepped_through_at_both_ends() -> None:
    words = "e\u0301" * 5000
    units = Units(words, (Turn(1, "Ana", TurnRole.PARTICIPANT, 0, len(words)),))
    last = units.part(units.turns[0], Range(len(words) - 2, len(words)))
    assert units.resized(last, Size.CHARACTER).range == last.range
    assert units.previous(units.resized(last, Size.CHARACTER)).range == Range(9996, 9998)
    assert walk(units, "aLL", 1) == "e\u0301" * 3


def test_moves_pass_over_turns_that_are_not_shown(units: Units) -> None:
    only = Units(units.text, units.turns, units.sentences, frozenset({1, 4}))
    assert [turn.number for turn in only.open_turns] == [4]
    assert only.nearest(0) == units.turns[3]
    prompts = Units(units.text, units.turns, units.sentences, frozenset({1, 3}))
    assert walk(prompts, "sl", 1) == "And then?"
    assert Units(units.text, units.turns, (), frozenset()).nearest(0) is None


def test_a_stretch_keeps_its_punctuation_until_an_edge_is_moved(units: Units) -> None:
    turn = units.turns[1]
    stretch = Range(units.text.index("Nobody"), units.text.index("It grew"))
    selection = units.by_words(turn, stretch)
    assert selection.range == Range(stretch.start, stretch.end)
    assert walked(units, "H", selection).range.of(units.text) == "Nobody"
    assert walked(units, "L", selection).range.of(units.text) == "Nobody asked. It"
    assert walked(units, "oH", selection).range.of(units.text).startswith("garden. Nobody asked")


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
    def start(number: int) -> int:
        return units.turns[number - 1].start if number else -1

    def number(done: set[int], after: int) -> int | None:
        turn = next_uncoded(units.turns, done, after=start(after))
        return turn.number if turn else None

    assert number(set(), 0) == 2
    assert number(set(), 2) == 4
    assert number(set(), 4) == 2
    assert number({4}, 2) == 2
    assert number({2, 4}, 0) is None


def test_the_previous_uncoded_turn_is_found_upwards(units: Units) -> None:
    def start(number: int) -> int:
        return units.turns[number - 1].start

    def number(done: set[int], before: int) -> int | None:
        turn = previous_uncoded(units.turns, done, before=start(before))
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
