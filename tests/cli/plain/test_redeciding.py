"""Deciding anew in lines: what is told, what is refused, and the same study as on the screen."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import Qualcode

from .conftest import Talk, content
from .test_same import _on_screen

SPLIT = "CH1A was split into CH1C, CH1D"


@pytest.fixture
def parted(study: Qualcode) -> Qualcode:
    """Coder a has Ways in on FG1:2 and ANNA:4; it is split by now, and Low notes reworded."""
    study.done("code", "FG1:2", "1a", "2b", "--as", "a")
    study.done("code", "FG1:3", "1b", "--as", "a")
    study.done("code", "ANNA:4", "1a", "--as", "a")
    study.done("memo", "FG1:2", "She was asked.", "--on", "1a", "--as", "a")
    because = ("--because", "too wide", "--as", "lead")
    study.done("codebook", "split", "1a", "--into", "Called", "--into", "Taken", *because)
    study.done("codebook", "edit", "2b", "--set", "definition=Low voices only.", *because)
    study.done("round", "update", "r1", "--as", "lead")
    return study


def test_the_turn_says_what_is_to_be_decided_anew(
    parted: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Talk(parted, monkeypatch).said("open FG1:2", "v", "? v")
    assert f"1a CH1A Ways in on the whole turn. To be decided anew: {SPLIT}." in said
    assert "v 1c: CH1C Called." in said
    assert "v keep: Low notes: Low voices only." in said
    assert "Then it said: What is said of low voices." in said


def test_g_r_hunts_for_what_is_to_be_decided_anew_from_source_to_source(
    parted: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Talk(parted, monkeypatch).said(
        "open ANNA:6", "g r", "v 1d", "n", "", "v 1a as 1c", "v keep", "n", "."
    )
    assert "Put on" not in "".join(said)
    decided = "Decided anew: CH1D Taken in place of CH1A Ways in."
    offer = "Nothing is left to decide anew in ANNA. Next: FG1, 2 codings. Enter opens it."
    assert said.index(decided) < said.index(offer)
    assert "Kept: Low notes." in said
    assert "Nothing is left to decide anew. A full stop ends the hunt." in said
    assert "n and N go to turns left to do." in said
    assert parted.asked("redecide", "--as", "a") == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("v 1c", "Which one? 1a CH1A Ways in on the whole turn."),
        ("v 1a keep", "CH1A is retired."),
        ("v 1a as", "Which code takes its place?"),
        ("v 1b off", "1b CH1B Reasons to stay here is not to be decided anew."),
        ("1a", "CH1A is retired."),
        ("v 2b as 1a", "CH1A is retired."),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(
    parted: Qualcode, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str
) -> None:
    assert Talk(parted, monkeypatch).refused("open FG1:2", line).startswith(sentence)


def test_nothing_is_decided_where_nothing_waits(
    parted: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Talk(parted, monkeypatch).refused("open FG1:3", "v")
    assert said == "Nothing on this turn is to be decided anew."


DECISIONS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "a successor, and the reworded rule kept": (["v a", "v k"], ["v 1a as 1c", "v 2b keep"]),
    "both successors": (["v c", "1 c space 1 d enter"], ["v 1a as 1c 1d"]),
    "another code, taken off, undone": (
        ["v 1 b", "v x", "u"],
        ["v 1a as 1b", "v 2b off", "u"],
    ),
    "the second of two, by Tab": (["v", "tab", "2 a"], ["v 2b as 2a"]),
}


@pytest.mark.parametrize(("keys", "lines"), DECISIONS.values(), ids=DECISIONS)
async def test_the_same_decisions_leave_the_same_study(
    parted: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    keys: Sequence[str],
    lines: Sequence[str],
) -> None:
    other = Qualcode(tmp_path / "other.qualcode", tmp_path)
    shutil.copy(parted.place, other.place)
    before = content(parted.place, "a")
    by_keys = await _on_screen(parted.place, ["g 2 enter", *keys])
    Talk(other, monkeypatch).said("open FG1:2", *lines)
    assert by_keys == content(other.place, "a") != before
