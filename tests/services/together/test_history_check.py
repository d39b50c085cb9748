"""Whoever checks histories finds what could not have been, and nothing else."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.services.together.history_check import Kept, Question, complaints
from tests.services.together.history_model import Fixed, State, Told, beginning

FIXED = Fixed({"S": ((0, 9), (10, 19))}, ("A", "B"), ("A", "B"))
START = beginning(FIXED, number=0, names={"A": "a", "B": "b"}, people=["ada"])
TURN = ["ada", "S", 0, 9]
ADDED: Told = {"added": ["A"]}
DESK: Told = {"codings": [[0, 9, "A"]], "marks": []}
BARE: Told = {"codings": [], "marks": []}
MARKED: Told = {"codings": [], "marks": [[0, 9]]}


def asked(what: str, words: list[Any], told: Told | None, when: float, entry: str = "") -> Question:
    """Ask something that takes a second; without an answer, its asker was killed."""
    if told is None:
        return Question("ada", what, words, when, entry)
    return Question("ada", what, words, when, entry, when + 1, told)


def mark(when: float, told: Told | None, entry: str = "m") -> Question:
    return asked("mark", TURN, told, when, entry)


def code(when: float, told: Told | None, entry: str = "c") -> Question:
    return asked("apply", [*TURN, ["A"]], told, when, entry)


def desk(when: float, told: Told) -> Question:
    return asked("read desk", ["ada", "S"], told, when)


def journal(*entries: str) -> list[Kept]:
    return [Kept(one, number, "ada", "") for number, one in enumerate(entries, start=1)]


def wrong(kept: list[Kept], *questions: Question) -> list[str]:
    return complaints(START, kept, questions)[0]


def end(kept: list[Kept], questions: Iterable[Question]) -> State:
    return complaints(START, kept, questions)[1]


@pytest.mark.parametrize(
    "history",
    [
        (journal("m", "c"), mark(0, {"marked": 1}), code(2, ADDED), desk(4, DESK)),
        (journal("m"), mark(0, {"marked": 1}), desk(2, MARKED), desk(4, MARKED)),
        (journal("m", "c"), mark(0, {"marked": 1}), desk(2, MARKED), code(2.5, ADDED)),
        (journal("m", "c"), mark(0, {"marked": 1}), desk(2.4, DESK), code(2.5, ADDED)),
        (journal("c"), code(0, ADDED), code(2, {"added": []}, "x"), mark(4, {"marked": 0}, "y")),
        (journal(), asked("undo", ["ada"], {"refused": "RefusedError", "sentence": "…"}, 0)),
        (journal("c"), code(0, None), desk(4, DESK)),
        (journal(), code(0, None), desk(4, BARE)),
    ],
)
def test_what_can_have_been_is_not_complained_of(history: tuple[Any, ...]) -> None:
    assert wrong(*history) == []


@pytest.mark.parametrize(
    ("history", "complaint"),
    [
        ((journal("m"), mark(0, {"marked": 1}), code(2, ADDED)), "the journal does not have it"),
        ((journal("c"), code(0, ADDED), desk(2, BARE)), "No state was ever so"),
        ((journal("c"), code(4, ADDED), desk(2, DESK)), "No state was ever so"),
        ((journal("c"), code(0, None), desk(2, DESK), desk(4, MARKED)), "No state was ever so"),
        (
            (journal("m", "c"), mark(0, {"marked": 1}), code(2, ADDED), desk(2, BARE)),
            "No state was ever so",
        ),
        ((journal("c", "z"), code(0, ADDED)), "Nobody asked"),
        (([Kept("c", 2, "ada", "")], code(0, ADDED)), "gaps"),
        ((journal("c", "m"), mark(0, {"marked": 1}), code(2, ADDED)), "asked for after a later"),
        ((journal("c", "d"), code(0, ADDED), code(2, ADDED, "d")), "should have stayed"),
        ((journal("c"), code(0, {"added": ["B"]})), "should have been told"),
    ],
)
def test_what_cannot_have_been_is_complained_of(history: tuple[Any, ...], complaint: str) -> None:
    found = wrong(*history)
    assert found
    assert any(complaint in one for one in found)


def test_a_step_undone_and_redone_leaves_what_it_left() -> None:
    undo = asked("undo", ["ada"], {"step": "code"}, 4, "u")
    redo = asked("redo", ["ada"], {"step": "code"}, 6, "r")
    steps = [mark(0, {"marked": 1}), code(2, ADDED), undo, redo]
    assert wrong(journal("m", "c", "u"), *steps[:3], desk(8, MARKED)) == []
    assert wrong(journal("m", "c", "u", "r"), *steps, desk(8, DESK)) == []
    assert end(journal("m", "c", "u", "r"), steps).progress("ada") == {"S": [1, 1]}
